"""Below the list: why the chosen visit is flagged, by which rule, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade
from tracker.ui import theme
from tracker.ui.identifiers import Identifiers
from tracker.ui.theme import plain_text
from tracker.ui.theme.status import Status
from tracker.ui.today.reason_words import authorization_words, headline_of, reason_of
from tracker.ui.today.visit_columns import STATUS_WORDS, flag_glyph, flag_status
from tracker.ui.visit_acts import VISIT_ACTS, VisitActs
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.glyph_mark import GlyphMark
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

_BUTTONS = (BookingStatus.CONFIRMED, BookingStatus.ARRIVED, BookingStatus.DONE)
_LINE, _AROUND = 17, 104
_NARROW_BELOW, _TINY_BELOW, _HINTS_FROM = 760, 700, 1000
_SOURCE_WIDTH, _NARROW_SOURCE = 250, 172


class ReasonStrip(Ground):
    """`show_row` says all there is to say about one visit. On low windows the buttons give way; the keys stay."""

    def __init__(self, acts: VisitActs, names: Identifiers, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self._names, self._lowest = names, False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._acts = acts
        self._row: DayRow | None = None
        self._build_lines()
        self._build_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(2)
        column.addLayout(self._head_row())
        column.addLayout(self._reason_row())
        column.addWidget(self._bar)
        self._reserve()
        self.show_row(None)

    def _build_lines(self) -> None:
        self._glyph = GlyphMark(self)
        self._headline = PlainLabel("", "subtitle", parent=self)
        self._patient = PlainLabel("", "strong", parent=self, elide=True)
        self._identifiers = PlainLabel("", "body", "ink2", self)
        self._coverage = PlainLabel("", "body", "ink3", self, elide=True)
        # What is known beside the patient may be cut; the patient only when there is no other way.
        self._coverage.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._count = PlainLabel("", "body", "ink2", self)
        self._reason = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._source = PlainLabel("", "caption", "ink3", self, elide=True)
        self._pips = EvidencePips(Grade.SUMMARY, self)

    def _build_buttons(self) -> None:
        self.move_button = ActionButton(tr("Move"), self, key="M", small=True)
        self.move_button.clicked.connect(self._on_move)
        self.status_buttons: dict[BookingStatus, ActionButton] = {}
        for act in VISIT_ACTS:
            if act.status in _BUTTONS:
                button = ActionButton(act.text, self, key=act.key, small=True)
                button.clicked.connect(partial(self._on_status, act.status))
                self.status_buttons[act.status] = button
        self.recheck_button = ActionButton(tr("Check again"), self, key="R", small=True)
        self.recheck_button.clicked.connect(self._on_recheck)
        self.ask_button = ActionButton(tr("Authorization"), self, key="A", small=True)
        self.ask_button.clicked.connect(self._on_ask)
        self._bar = QWidget(self)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        for button in (self.move_button, *self.status_buttons.values(), self.recheck_button, self.ask_button):
            row.addWidget(button)
        row.addStretch(1)
        self._hints = KeyHints((("X", tr("cancel")), ("N", tr("no-show")), ("Enter", tr("patient"))), self)
        row.addWidget(self._hints)

    def _head_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addWidget(self._headline)
        row.addSpacing(4)
        row.addWidget(self._patient)
        row.addWidget(self._identifiers)
        row.addSpacing(4)
        row.addWidget(self._coverage, 1)
        row.addWidget(self._count)
        return row

    def _reason_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._reason, 1, top)
        row.addSpacing(8)
        row.addWidget(self._source, 0, top)
        row.addWidget(self._pips, 0, top)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve()

    def _reserve(self) -> None:
        """Keep room for the longest reasons, so that the list above does not jump from row to row."""
        narrow = self.width() < theme.scaled(_NARROW_BELOW)
        asks = not narrow and self._row is not None and self._row.lacks_authorization
        self.ask_button.setVisible(asks)
        self._hints.setVisible(not asks or self.width() >= theme.scaled(_HINTS_FROM))
        changed = self._row is not None and self._row.news is not None  # was, is and because ask for more
        self._reason.setFixedHeight((3 if narrow or changed else 2) * theme.scaled(_LINE))
        self._source.setMaximumWidth(theme.scaled(_NARROW_SOURCE if narrow else _SOURCE_WIDTH))
        # On the smallest windows the reason itself, which holds the count, needs the room.
        roomy = self.width() >= theme.scaled(_TINY_BELOW)
        self._count.setVisible(roomy)
        self._source.setVisible(roomy and not self._lowest)
        self._name_coverage(roomy)
        self._pips.setVisible(self._row is not None and self._row.source is not None and not self._lowest)

    def _name_coverage(self, roomy: bool) -> None:
        """Name authorization and coverage, each whole or not at all: no number and no plan is cut."""
        if (row := self._row) is None:
            return
        labels = [self._headline, self._patient, self._identifiers, *([self._count] if roomy else [])]
        room = self.width() - _AROUND - sum(label.sizeHint().width() for label in labels)
        words, metrics = authorization_words(row), QFontMetrics(theme.font("body"))
        both = ", ".join(part for part in (words, row.coverage) if part)
        fitting = (each for each in (both, words, row.coverage) if metrics.horizontalAdvance(each) <= room)
        self._coverage.setText(next(fitting, ""))

    def set_low(self, low: bool) -> None:
        """Leave the buttons out where every pixel of height counts."""
        self._bar.setVisible(not low)

    def set_lowest(self, lowest: bool) -> None:
        """Leave the reason out too: the answer alone stays."""
        self._lowest = lowest
        self._reason.setVisible(not lowest)
        self._reserve()

    def row(self) -> DayRow | None:
        return self._row

    def show_row(self, row: DayRow | None) -> None:
        """Say why this visit is flagged, or that nothing stands in its way."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        status = flag_status(row) or Status.NEUTRAL
        if row.past:
            status = Status.NEUTRAL
        self._glyph.show_glyph(status, STATUS_WORDS[row.booking.status][1] if row.past else flag_glyph(row))
        self._headline.setText(headline_of(row))
        self._headline.set_tone("ink2" if row.past else status.token)
        self._patient.setText(self._names.name(row.patient))
        number = row.patient.mrn if self._names.hidden else f"{us_date(row.patient.born)}   {row.patient.mrn}"
        self._identifiers.setText(number)
        self._count.setText(row.count)
        self._reason.setText(reason_of(row))
        self._reserve()
        self._reason.setToolTip(plain_text.as_tip(reason_of(row)))
        self._source.setText(row.source.name if row.source else "")
        self._pips.setVisible(row.source is not None and not self._lowest)
        if row.source is not None:
            self._pips.show_grade(row.source.grade)
        self._offer(row)

    def sentence(self) -> str:
        """Return headline and reason as they stand."""
        return f"{self._headline.text()}. {self._reason.text()}".strip()

    def patient_label(self) -> PlainLabel:
        return self._patient

    def source(self) -> str:
        return self._source.text()

    def count(self) -> str:
        return self._count.text()

    def _offer(self, row: DayRow) -> None:
        closed = tr("this visit is closed") if row.past else None
        fits = row.day_that_fits
        self.move_button.setText(tr("Move to {fits}", fits=us_date(fits, weekday=True)) if fits else tr("Move"))
        self.move_button.set_off(closed)
        words = {BookingStatus.CONFIRMED: tr("Not confirmed"), BookingStatus.HELD: tr("Book")}
        self.status_buttons[BookingStatus.CONFIRMED].setText(words.get(row.booking.status, tr("Confirm")))
        for button in (*self.status_buttons.values(), self.recheck_button):
            button.setVisible(not row.past)
        if row.booking.status is BookingStatus.ARRIVED:
            for status in (BookingStatus.CONFIRMED, BookingStatus.ARRIVED):
                self.status_buttons[status].hide()
        if (bar := self._bar.layout()) is not None:
            bar.activate()  # buttons hidden before the strip is shown would keep their room

    @Slot()
    def _on_move(self) -> None:
        if self._row is not None:
            self._acts.move(self._row.booking, self._row.day_that_fits)

    @Slot()
    def _on_recheck(self) -> None:
        if self._row is not None:
            self._acts.recheck_wanted.emit(self._row.booking.id)

    @Slot()
    def _on_ask(self) -> None:
        if self._row is not None:
            self._acts.ask(self._row)

    def _on_status(self, status: BookingStatus) -> None:
        if self._row is not None:
            self._acts.set_status(self._row.booking, status)
