"""The answer as a card: headline, reason, counted events, proof, authorization, codes; built once, then only filled."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.check.answer_view import AnswerView
from tracker.ui.check.counted_table import CountedTable
from tracker.ui.check.facts import CodesRow, LinesRow, RuleRow
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.one_layout import one_layout
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.verdict_bar import VerdictBar


class VerdictPanel(Ground):
    """`show_view` for an answer; `show_missing` while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, card=True)
        self.bar = VerdictBar(self, alone=False)
        self.why = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.why.setContentsMargins(16, 8, 16, 8)
        self.table = CountedTable(self)
        self.looked_at = LinesRow(tr("Looks at"), self)
        self.not_counted = LinesRow(tr("Not counted"), self)
        self.ask = LinesRow(tr("Ask"), self)
        self.also = LinesRow(tr("Also"), self)
        self.limits = LinesRow(tr("Other limits"), self)
        self.met = LinesRow(tr("Also met"), self)
        self.rule = RuleRow(self)
        self.authorization = LinesRow(tr("Authorization"), self)
        self.codes = CodesRow(self)
        self._rows = (
            self.looked_at,
            self.not_counted,
            self.ask,
            self.also,
            self.rule,
            self.authorization,
            self.codes,
            self.limits,
            self.met,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (self.bar, self.why, self.table, *self._rows):
            column.addWidget(widget)
        self._view: AnswerView | None = None

    def take_bar(self) -> None:
        """Put the headline back onto the card, from where a low window keeps it."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.bar)

    def view(self) -> AnswerView | None:
        """Return the answer that is shown."""
        return self._view

    def show_view(self, view: AnswerView) -> None:
        """Show an answer; nothing is built anew."""
        self._view = view
        with one_layout(self):
            self._fill(view)

    def _fill(self, view: AnswerView) -> None:
        self.bar.show_verdict(view.status, view.headline, view.count)
        self.why.setText(view.why)
        self.table.show_rows(view.counted)
        self.looked_at.show_open(view.looked_at)
        self.not_counted.show_open(view.not_counted)
        self.ask.show_texts((view.ask,) if view.ask else ())
        self.also.show_remarks(view.also)
        self.limits.show_texts(view.limits, Glyph.DASH)
        self.met.show_texts(view.met, Glyph.TICK)
        self.rule.show_source(view.source, view.source_text)
        self.authorization.show_remarks(view.authorization)
        self.codes.show_codes(view.codes, view.levels)

    def show_missing(self, headline: str, detail: str = "", *, keep: bool = False) -> None:
        """Say what is missing for an answer; with `keep` the rows of the last answer stay while one types on."""
        self.bar.show_verdict(Status.NEUTRAL, headline)
        if keep and self._view is not None:
            return
        self._view = None
        with one_layout(self):
            self.why.setText(detail)
            for widget in (self.table, *self._rows):
                widget.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self.update()
