"""Why the current alternative is answered so: headline, what differs, reason, rule and its grade, codes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.answers.what_if import Alternative
from tracker.services.words import wording
from tracker.ui.check.answer_view import levels_text, source_text
from tracker.ui.check.facts import CodesRow, LinesRow, RuleRow
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import status_of
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.marked_line import MarkedLine
from tracker.ui.widgets.plain_label import PlainLabel

_NOTHING_STANDS = tr("Nothing on file stands in the way.")


class WhatIfReason(Ground):
    """Hidden while no row is current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.label = Heading("", "heading", parent=self, wrap=True)
        self.headline = MarkedLine(self)
        self.count = PlainLabel("", "body", "ink2", self)
        self.differs = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.why = LinesRow(tr("Reason"), self)
        self.ask = LinesRow(tr("Ask"), self)
        self.rule = RuleRow(self)
        self.codes = CodesRow(self)
        self.obstacle = LinesRow(tr("To have it"), self)
        self._build()
        self.show_row(None)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.headline, 1)
        line.addWidget(self.count)
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.setSpacing(4)
        head.addWidget(self.label)
        head.addLayout(line)
        head.addWidget(self.differs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        for row in (self.obstacle, self.why, self.ask, self.rule, self.codes):
            column.addWidget(row)

    def show_row(self, row: Alternative | None) -> None:
        """Show an alternative; nothing is built anew."""
        self.setVisible(row is not None)
        if row is None:
            return
        self.label.setText(row.label)
        status = status_of(row.outcome)
        self.headline.show_line(row.headline, status.glyph, status)
        self.count.setText(row.count)
        self.differs.setText(row.difference)
        self.differs.setVisible(bool(row.difference))
        self.obstacle.show_texts((row.obstacle,) if row.obstacle else (), Glyph.DIAMOND)
        self.why.show_texts((wording.reason_text(row.verdict) or _NOTHING_STANDS,), Glyph.DASH)
        ask = row.worst.ask if row.worst else ""
        self.ask.show_texts((ask,) if ask else (), Glyph.DIAMOND)
        self.rule.show_source(row.source, source_text(row.source))
        self.codes.show_codes(row.codes, levels_text(row.verdict))
