"""The panel at the right: one request with its answer, its clock and its log; below it the strip of an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.marks import StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.scroll_column import ScrollColumn
from tracker.ui.worklist.checklist_rows import ChecklistRows, count_text
from tracker.ui.worklist.clock_cells import DecisionClockBar
from tracker.ui.worklist.detail_parts import FactLines, LineTable, LogRows, Part, line_views
from tracker.ui.worklist.detail_words import denial_lines, head_lines, next_lines, visit_lines
from tracker.ui.worklist.strip import Strip
from tracker.ui.worklist.work_acts import next_acts
from tracker.ui.worklist.work_words import glyph_of_row, status_of_row, status_word

if TYPE_CHECKING:
    from tracker.domain.checklist_state import Checklist
    from tracker.services.authorizations.work_rows import WorkRow
    from tracker.services.authorizations.worklist import WorkDetail

WIDTH, NARROW_WIDTH = 388, 368
_ANY = 16_777_215
_BUTTONS = 3
_LEAST_BODY = 120
_BESIDE, _APART = 16, 8


class DetailPanel(Ground):
    """`act_wanted` carries the WorkAct of a button."""

    act_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__("panel", parent, lines="l")
        self._today = today
        self._row: WorkRow | None = None
        self.strip: Strip | None = None
        self._build_parts()
        self._build_foot()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.body, 1)
        self._column.addWidget(self.foot)
        self.show_row(None)

    def _build_parts(self) -> None:
        self.body = ScrollColumn(self, ground="panel")
        head = QWidget(self)
        self._name = Heading("", "subtitle", parent=head, elide=True)
        self._status = StatusLabel(parent=head)
        self._born = PlainLabel("", "body", "ink2", head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        row.addWidget(self._status)
        column = QVBoxLayout(head)
        column.setContentsMargins(15, 14, 16, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._born)
        self.facts = FactLines(6, self)
        self.clock = DecisionClockBar(self)
        clock_box = QWidget(self)
        inside = QVBoxLayout(clock_box)
        inside.setContentsMargins(16, 0, 16, 6)
        inside.addWidget(self.clock)
        self.clock_part = Part(tr("Decision clock"), clock_box, self)
        self.denial = FactLines(5, self)
        self.denial_part = Part(tr("Denied"), self.denial, self)
        self.lines = LineTable(self)
        self.lines_part = Part(tr("Asked and decided"), self.lines, self)
        self.checklist = ChecklistRows(self)
        self.checklist_part = Part(tr("What the request needs"), self.checklist, self)
        self.next = FactLines(3, self)
        self.next_part = Part(tr("Next"), self.next, self)
        self.visits = FactLines(4, self)
        self.visits_part = Part(tr("Visits to come"), self.visits, self)
        self.log = LogRows(self)
        self.log_part = Part(tr("Contacts"), self.log, self)
        for part in (head, self.facts, self.clock_part, self.denial_part, self.next_part, self.lines_part,
                     self.checklist_part, self.visits_part, self.log_part):  # fmt: skip
            self.body.column.addWidget(part)
        self.body.column.addStretch(1)

    def _build_foot(self) -> None:
        self.foot = Ground("panel", self, lines="t")
        self.foot.setFixedHeight(54)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(_BESIDE, 0, _BESIDE, 0)
        row.setSpacing(_APART)
        self.buttons: list[ActionButton] = []
        for place in range(_BUTTONS):
            button = ActionButton("", self.foot, kind="plain" if place else "primary")
            button.clicked.connect(lambda _checked=False, place=place: self._on_button(place))
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)

    def _on_button(self, place: int) -> None:
        if self._row is not None:
            self.act_wanted.emit(next_acts(self._row)[place])

    def offers(self) -> tuple[tuple[str, str], ...]:
        """Return words and key of each button."""
        return tuple((act.text, act.shown_key) for act in next_acts(self._row)) if self._row is not None else ()

    @property
    def today(self) -> date:
        return self._today()

    def row(self) -> WorkRow | None:
        return self._row

    def show_row(self, row: WorkRow | None) -> None:
        """Show what the list knows of a request; the names behind its ids come with `show_detail`."""
        same = row is not None and self._row is not None and row.id == self._row.id
        self._row = row
        self._share_height()
        self._show_buttons()
        if row is None:
            return
        patient, record = row.patient, row.record
        self._name.setText(patient.name)
        self._born.setText(f"{us_date(patient.born)}   {patient.mrn}")
        self._status.show_status(status_of_row(row), status_word(row), glyph_of_row(row))
        self.facts.show_lines(head_lines(row))
        self.clock.show_clock(row.clock)
        self.clock_part.setVisible(row.clock is not None)
        if row.clock is not None:
            speed = tr("urgent") if record.request.expedited else tr("standard")
            self.clock_part.beside.setText(tr("{speed}, {days} days", speed=speed, days=row.clock.days))
        self._show_fact_part(self.denial_part, self.denial, denial_lines(row, self.today))
        self._show_fact_part(self.next_part, self.next, next_lines(row, self.today))
        owner = record.request.owner
        self.next_part.beside.setText(tr("followed by {owner}", owner=owner) if owner else tr("followed by nobody"))
        self.lines.show_lines(line_views(record))
        if not same:
            self.visits_part.hide()
            self.checklist_part.hide()
            self.body.verticalScrollBar().setValue(0)
        self.log.show_log(record.log)
        self.log_part.setVisible(bool(record.log))
        self.log_part.beside.setText(str(len(record.log)))

    def show_detail(self, detail: WorkDetail) -> None:
        """Add the names behind the ids, and the visits that hang on it."""
        if self._row is None or detail.row.id != self._row.id:
            return
        self.facts.show_lines(head_lines(self._row, detail))
        self._show_fact_part(self.visits_part, self.visits, visit_lines(detail))

    def show_checklist(self, record_id: str, checklist: Checklist | None) -> None:
        """Add what the request needs, where a checklist is on file for it."""
        if self._row is None or record_id != self._row.id:
            return
        self.checklist_part.setVisible(checklist is not None and bool(checklist.rows))
        if checklist is not None:
            self.checklist.show_checklist(checklist)
            self.checklist_part.beside.setText(count_text(checklist))

    def show_strip(self, strip: Strip | None) -> None:
        """Put a strip at the foot, in the place of the buttons; None takes it away."""
        if self.strip is not None:
            self._column.removeWidget(self.strip)
            self.strip.hide()
        self.strip = strip
        if strip is not None:
            self._column.addWidget(strip)
            strip.show()
        self._share_height()
        self._show_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()
        self._show_buttons()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_height()  # a sentence came below a field of the strip
        return super().event(event)

    def _share_height(self) -> None:
        """Give the strip what it needs, all the height where there is little of it: it names the patient too."""
        wanted = self.strip.sizeHint().height() if self.strip is not None else 0
        room = self.height() >= wanted + (_LEAST_BODY if wanted else 0)
        self.body.setVisible(self._row is not None and room)
        if self.strip is not None:
            self.strip.setMinimumHeight(wanted if room else 0)
            alone = room and self._row is None  # what would be above it is not there: it must not be drawn apart
            self._column.setAlignment(self.strip, Qt.AlignmentFlag.AlignTop if alone else Qt.AlignmentFlag(0))

    def set_width(self, pixels: int | None) -> None:
        """Stand at the side, or (None) take all the width there is."""
        self.setMinimumWidth(pixels or 0)
        self.setMaximumWidth(pixels or _ANY)

    def _show_buttons(self) -> None:
        offers = self.offers()
        self.foot.setVisible(bool(offers) and self.strip is None)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(offers))
            if place < len(offers):
                button.setText(offers[place][0])
                button.set_key(offers[place][1])
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """Leave out the keys of the last buttons where the panel is too narrow for all words and keys."""
        shown = [button for button in self.buttons if not button.isHidden()]
        room = self.width() - 2 * _BESIDE - _APART * (len(shown) - 1)
        for button in reversed(shown):
            if sum(each.sizeHint().width() for each in shown) > room:
                button.set_key("")

    def _show_fact_part(self, part: Part, content: FactLines, lines: list[str | tuple[str, str]]) -> None:
        content.show_lines(lines)
        part.setVisible(any(lines))
