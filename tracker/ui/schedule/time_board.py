"""A day or a week of the schedule, below it all there is to say about the visit where the hands are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.clock import Clock
from tracker.ui.identifiers import Identifiers
from tracker.ui.schedule.time_grid import Block, TimeGrid
from tracker.ui.schedule.time_table import TimeTable
from tracker.ui.today.reason_strip import ReasonStrip
from tracker.ui.visit_acts import VisitActs

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

_LOW, _LOWEST, _MINUTE_MS = 330, 240, 60_000


class TimeBoard(QWidget):
    """`slot_wanted` carries lane and Block of a free stretch."""

    slot_wanted = Signal(object, object)

    def __init__(self, clock: Clock, acts: VisitActs, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the table scrolls
        self._clock = clock
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._tell_time)
        self.table = TimeTable(names, self)
        self.strip = ReasonStrip(acts, names, self)
        acts.bind(self.table, lambda block: block.row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.strip)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.slot_wanted.connect(self._on_slot)

    def show_grid(self, grid: TimeGrid, *, anew: bool) -> None:
        self.table.show_grid(grid, anew=anew)
        self._on_chosen(self.table.current_block())

    def current_row(self) -> DayRow | None:
        block = self.table.current_record()
        return block.row if block else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_time()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    @Slot()
    def _tell_time(self) -> None:
        now = self._clock.now().astimezone()
        self.table.set_now(datetime.combine(self._clock.today(), now.time()))

    def set_height(self, height: int) -> None:
        """Fit the strip to the height there is."""
        self.strip.set_low(height < _LOW)
        self.strip.set_lowest(height < _LOWEST)

    @Slot(object)
    def _on_chosen(self, block: Block | None) -> None:
        self.strip.show_row(block.row if block else None)

    @Slot(object)
    def _on_slot(self, block: Block) -> None:
        self.slot_wanted.emit(self.table.lane(block), block)
