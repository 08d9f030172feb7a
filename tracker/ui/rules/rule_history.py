"""The history of a rule: its versions by the documents, and what this clinic changed and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.rule_library.library_views import ChangeView, RuleView
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

_TOP = Qt.AlignmentFlag.AlignTop
_WHEN = 180


class RuleHistory(Ground):
    """Versions, newest first, and what the clinic changed and confirmed, with the way back; below the trial."""

    ended = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.versions_head = SectionHead(tr("Versions"), self)
        self.versions_head.set_beside(tr("chosen by the date of service"))
        self.clinic_head = SectionHead(tr("This clinic"), self)
        self._versions, self._clinic = QVBoxLayout(), QVBoxLayout()
        for layout in (self._versions, self._clinic):
            layout.setContentsMargins(16, 0, 16, 6)
            layout.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.clinic_head)
        column.addLayout(self._clinic)
        column.addWidget(self.versions_head)
        column.addLayout(self._versions)
        self.first: ActionButton | None = None

    def texts(self) -> tuple[str, ...]:
        """Return every line that is shown."""
        return tuple(label.text() for label in self.findChildren(PlainLabel) if label.isVisibleTo(self))

    def show_view(self, view: RuleView) -> None:
        for layout in (self._versions, self._clinic):
            _clear(layout)
        self.first = None
        for version in view.versions if len(view.versions) > 1 else ():
            told = version.sentence
            line = _line(version.days, tr("In force today. {rule}", rule=told) if version.holds else told,
                         "ink" if version.holds else "ink2")  # fmt: skip
            line.addWidget(EvidencePips(version.grade, self), 0, _TOP)
            self._versions.addLayout(line)
        self.versions_head.setVisible(len(view.versions) > 1)
        for confirmation in reversed(view.confirmations):
            day = us_date(confirmation.confirmed_at.date()) if confirmation.confirmed_at else ""
            told = tr(
                "Confirmed by {confirmed_by} in {seen_in}",
                confirmed_by=confirmation.confirmed_by,
                seen_in=confirmation.seen_in,
            )
            holds = bool(view.source.confirmed)
            line = _line(
                day,
                told if holds else tr("{told}. The rule has changed since, so this does not hold any more.", told=told),
            )
            self._add_way_back(line, tr("Withdraw"), partial(self.withdrawn.emit, confirmation))
            self._clinic.addLayout(line)
        for change in reversed(view.changes):
            self._clinic.addLayout(self._change_line(change))
        self.clinic_head.setVisible(bool(view.changes or view.confirmations))
        self.setVisible(bool(view.changes or view.confirmations) or len(view.versions) > 1)

    def _change_line(self, view: ChangeView) -> QHBoxLayout:
        made = view.change.made_at
        line = _line(us_date(made.date()) if made else "", view.words, "ink" if view.change.holds else "ink3")
        if view.change.holds:
            self._add_way_back(line, tr("End this change"), partial(self.ended.emit, view.change))
        return line

    def _add_way_back(self, line: QHBoxLayout, words: str, do: Callable[[], None]) -> None:
        button = ActionButton(words, self, small=True)
        button.clicked.connect(lambda: do())  # a slot that takes something would be given whether it is ticked
        line.addWidget(button, 0, _TOP)
        self.first = self.first or button


def _line(when: str, text: str, tone: str = "ink") -> QHBoxLayout:
    day = PlainLabel(when, "body", "ink2")
    day.setFixedWidth(_WHEN)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(day, 0, _TOP)
    line.addWidget(PlainLabel(text, "body", tone, wrap=True, selectable=True), 1)
    return line


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        while inner is not None and (part := inner.takeAt(0)) is not None:
            if (widget := part.widget()) is not None:
                widget.hide()
                widget.deleteLater()
