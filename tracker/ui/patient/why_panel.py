"""Why the current line of the table says what it says: the reason, what was counted, the rule and its grade."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Source, Tally, Verdict
from tracker.services.words import wording
from tracker.ui import theme
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead


class Explained(Protocol):
    """A line that has an answer."""

    @property
    def label(self) -> str: ...

    @property
    def verdict(self) -> Verdict | None: ...


_RESERVED = 172
"""Room for a reason of one line, two lines of dates and two of the rule: what stands below does not jump."""


class WhyPanel(Ground):
    """Hidden while no line is current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.head = SectionHead(tr("Why"), self)
        self.headline = PlainLabel("", "strong", "ink", self, wrap=True)
        self.reason = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.counted = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.rule = PlainLabel("", "caption", "ink2", self, wrap=True, selectable=True)
        self.pips = EvidencePips(parent=self)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.rule, 1)
        last.addWidget(self.pips, 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setContentsMargins(16, 0, 16, 12)
        text.setSpacing(4)
        for label in (self.headline, self.reason, self.counted):
            text.addWidget(label)
        text.addLayout(last)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(text)
        column.addStretch(1)
        self._highest = self._at_width = 0
        self.show_row(None)

    def show_row(self, row: Explained | None) -> None:
        """Explain the answer of a line; nothing is shown for None, and where there is no answer."""
        self.setVisible(row is not None and row.verdict is not None)
        if row is None or row.verdict is None:
            return
        verdict, tally = row.verdict, wording.deciding_tally(row.verdict)
        self.head.set_beside(row.label)
        self.headline.setText(wording.headline(verdict))
        _say(self.reason, wording.reason_text(verdict))
        _say(self.counted, _counted_text(tally))
        source = _source_of(verdict, tally)
        _say(self.rule, tr("Rule: {rule_text}", rule_text=_rule_text(source)) if source else "")
        self.pips.setVisible(source is not None)
        if source:
            self.pips.show_grade(source.grade)
        self._reserve()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._reserve()

    def _reserve(self) -> None:
        """Be as high as the longest explanation needs, and never lower again: nothing is cut, nothing jumps back."""
        self._highest = self._highest if self.width() == self._at_width else 0
        self._at_width = self.width()
        layout = self.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout else 0
        self._highest = max(self._highest, wanted, theme.scaled(_RESERVED))
        self.setMinimumHeight(self._highest)


def _say(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _counted_text(tally: Tally | None) -> str:
    """Return "1 of 4 sessions used: 01/12/2026 until 01/13/2027, …", "" where nothing is counted."""
    if tally is None:
        return ""
    marks = [
        us_date(mark.day) + (tr(" (leaves {leaves_on})", leaves_on=us_date(mark.leaves_on)) if mark.leaves_on else "")
        for mark in tally.counted
    ]
    count = tr("{used} of {limit} {unit} used", used=tally.used, limit=tally.limit, unit=tally.unit)
    return f"{count}: {', '.join(marks)}." if marks else f"{count}."


def _source_of(verdict: Verdict, tally: Tally | None) -> Source | None:
    """Return the document behind what decides, else behind what was counted."""
    return (verdict.worst.source if verdict.worst else None) or (tally.source if tally else None)


def _rule_text(source: Source) -> str:
    return ", ".join(part for part in (source.name, source.section, source.confirmed) if part)
