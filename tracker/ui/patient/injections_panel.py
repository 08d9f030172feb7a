"""Everything that was done to the patient, newest first, and where each entry comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.event import EventStatus
from tracker.domain.language import tr
from tracker.services.words.wording import place_text, us_partial
from tracker.ui import theme
from tracker.ui.models.record_table_model import Column
from tracker.ui.patient.patient_words import STATUSES, procedure_of, region_text, relief_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.answers.entries import EventRow

ADD_KEY = "Ctrl+Shift+I"
KEYS = (
    ("Enter", tr("Correct the injection, or open the visit")),
    ("R", tr("Relief")),
    ("O", tr("Add one done elsewhere")),
    ("X", tr("Take it out of the history")),
    ("D", tr("The claim for it was denied")),
)
_GLYPHS = {EventStatus.PERFORMED: Glyph.TICK, EventStatus.BOOKED: Glyph.RING}
_STRIP = 30
_FEWEST, _WHOLE = 4, 12
"""So many rows stand at least; up to so many without a scroll bar of their own, for the page has one."""
_NARROW = 860
_ELSEWHERE, _ELSEWHERE_SHORT = tr("Add one done elsewhere…"), tr("Elsewhere…")


class _Known:
    """What is worked out of the injections after they are shown: their codes, and whether they count today."""

    def __init__(self) -> None:
        self.codes: Mapping[str, str] = {}
        self.counting: Mapping[str, str] = {}

    def code(self, row: EventRow) -> str:
        return self.codes.get(row.event.id) or "–"

    def counted(self, row: EventRow) -> str:
        status = row.event.status
        if status is EventStatus.BOOKED:
            return tr("to come")
        if status in (EventStatus.CANCELLED, EventStatus.NO_SHOW):
            return tr("not counted, {status}", status=STATUSES[status].lower())
        return self.counting.get(row.event.id) or (tr("counts no more") if self.counting else "–")


def _columns(known: _Known) -> tuple[Column[EventRow], ...]:
    return (
        Column(tr("Date"), _sort_day, lambda row: us_partial(row.event.when), longest="00/00/0000"),
        Column(tr("Procedure"), lambda row: procedure_of(row.event), fit=190),
        Column(tr("Codes"), known.code, tone=lambda _row: "ink2", longest="00000 00000", drops=3),
        Column(tr("Region"), lambda row: region_text(row.event), fit=130, drops=1),
        Column(tr("Levels and side"), lambda row: place_text(row.event), fit=230, whole=True),
        Column(tr("Provider"), lambda row: row.provider, fit=110, drops=2),
        Column(tr("Payer that day"), lambda row: row.payer_label, fit=150, drops=4),
        Column(tr("Source"), lambda row: row.source_label, longest=tr("elsewhere"), tone=lambda _row: "ink2", drops=5),
        Column(tr("Counted"), known.counted, fit=220, tone=lambda _row: "ink2"),
        Column(tr("Relief"), lambda row: row.event.relief_percent, lambda row: relief_text(row.event),
               longest=tr("100 %, 10 mo"), drops=6),
        Column(tr("Status"), lambda row: STATUSES[row.event.status], status=_status, tinted=lambda _row: False,
               glyph=lambda row: _GLYPHS.get(row.event.status, Glyph.DASH), longest=tr("Cancelled")),
    )  # fmt: skip


def _sort_day(row: EventRow) -> tuple[date, date]:
    return row.event.when.first, row.event.when.last


def _status(row: EventRow) -> Status:
    return Status.AUTH if row.event.status is EventStatus.BOOKED else Status.NEUTRAL


class InjectionsPanel(Ground):
    """`correct_wanted`, `relief_wanted`, `remove_wanted` and `denial_wanted` carry the row that is current."""

    correct_wanted = Signal(object)
    relief_wanted = Signal(object)
    remove_wanted = Signal(object)
    denial_wanted = Signal(object)
    add_wanted = Signal()
    elsewhere_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.head = SectionHead(tr("Injections"), self)
        self._known = _Known()
        self.table = PanelTable(
            _columns(self._known), self, name=tr("Injections"), row_height=ROW_HEIGHT,
            past=lambda row: row.event.status in (EventStatus.CANCELLED, EventStatus.NO_SHOW),
            identity=lambda row: row.event.id,
        )  # fmt: skip
        self.empty = EmptyState(
            tr("No injection is on file."),
            tr("Add what was done here and at other clinics: both count. A month or a year is "
"enough to begin with."),
            tr("Add injection…"), ADD_KEY, self,
        )  # fmt: skip
        self.provenance = PlainLabel("", "caption", "ink2", self, elide=True)
        self._build()
        self._connect()
        self.show_rows(())

    def _build(self) -> None:
        self.correct = ActionButton(tr("Correct…"), self, key="Enter", kind="quiet", small=True)
        self.relief = ActionButton(tr("Relief…"), self, key="R", kind="quiet", small=True)
        self.denied = ActionButton(tr("Denied…"), self, key="D", kind="quiet", small=True)
        self.remove = ActionButton(tr("Take out…"), self, key="X", kind="quiet", small=True)
        self.elsewhere = ActionButton(_ELSEWHERE, self, key="O", kind="quiet", small=True)
        self.add = ActionButton(tr("Add…"), self, key=ADD_KEY, kind="quiet", small=True)
        self._keys = {self.correct: "Enter", self.relief: "R", self.denied: "D", self.remove: "X",
                      self.elsewhere: "O", self.add: ADD_KEY}  # fmt: skip
        for button in self._keys:
            self.head.add(button)
        QWidget.setTabOrder(self.add, self.table)  # it stands below them
        self.strip = Ground("panel", self, lines="t")
        self.strip.setFixedHeight(_STRIP)
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.provenance, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.table, self.empty, self.strip):
            column.addWidget(widget, 0 if widget in (self.head, self.strip) else 1)
        self.table.most = _FEWEST

    def _connect(self) -> None:
        self.table.row_activated.connect(self.correct_wanted)
        self.table.row_chosen.connect(self._show_provenance)
        self.table.bind("R", self.relief_wanted.emit)
        self.table.bind("X", self.remove_wanted.emit)
        self.table.bind("D", self.denial_wanted.emit)
        self.table.bind("O", lambda _row: self.elsewhere_wanted.emit())
        for button, signal in ((self.correct, self.correct_wanted), (self.relief, self.relief_wanted),
                               (self.remove, self.remove_wanted), (self.denied, self.denial_wanted)):  # fmt: skip
            button.clicked.connect(lambda _on=False, told=signal: self._tell(told))
        self.elsewhere.clicked.connect(self.elsewhere_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.empty.wanted.connect(self.add_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(_NARROW)
        for button, key in self._keys.items():
            button.set_key("" if narrow else key)
        self.elsewhere.setText(_ELSEWHERE_SHORT if narrow else _ELSEWHERE)

    def _tell(self, signal: SignalInstance) -> None:
        record = self.table.current_record()
        if record is not None:
            signal.emit(record)

    def show_rows(self, rows: Iterable[EventRow], wanted: str = "") -> None:
        """Show these; `wanted` is the entry that shall be current."""
        self.table.refill(rows, wanted, marks=True)
        count = len(self.table.records())
        self.head.set_beside(str(count or ""))
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        lines = max(_FEWEST, min(count, _WHOLE))
        self.table.setMinimumHeight(self.table.horizontalHeader().height() + lines * ROW_HEIGHT)
        self._show_provenance(self.table.current_record())

    def show_codes(self, codes: Mapping[str, str]) -> None:
        """Show the codes of each injection, by its id."""
        self._known.codes = codes
        self._show_known()

    def show_counting(self, counting: Mapping[str, str]) -> None:
        """Show what the rules say of each injection today, by its id."""
        self._known.counting = counting
        self._show_known()

    def _show_known(self) -> None:
        model = self.table.record_model()
        if rows := model.rowCount():
            model.dataChanged.emit(model.index(0, 0), model.index(rows - 1, model.columnCount() - 1))
            self.table.refit()

    def _show_provenance(self, row: EventRow | None) -> None:
        """Say where the current entry comes from, and what was noted with it."""
        parts = (row.provenance, row.event.note) if row else ()
        self.provenance.setText("     ".join(part for part in parts if part))
        self.strip.setVisible(row is not None)
        for button in (self.correct, self.relief, self.remove, self.denied):
            button.setEnabled(row is not None)
