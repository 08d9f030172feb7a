"""Fetches what the Today page shows: a day and the pinboard behind all quick calls, the days ahead on the long lane."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.pace import Pace
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.pages.page import PageContext
from tracker.ui.row_judging import AT_ONCE, RowJudging
from tracker.ui.tasks import LatestOnly
from tracker.ui.today.day_bar import AHEAD_DAYS

if TYPE_CHECKING:
    from tracker.services.visits.pinboard import PinList, PinRow
    from tracker.services.visits.schedule import DayList, DayRow

PINS_A_STEP = 8
"""So many parked requests are judged in a tenth of a second; then others get their turn."""


class DayLoader(QObject):
    """`day_loaded` carries day and DayList, `ahead_loaded` rows, `desk_loaded` providers and sites, `pins_loaded` pins.

    A day of very many visits is told before they are judged, and again as their answers come.

    Only the newest answer of each kind is told; `failed` carries the error of the newest call. `ahead_begun` carries
    the job that tells how far the days ahead are.
    """

    day_loaded = Signal(object, object)
    ahead_loaded = Signal(object)
    desk_loaded = Signal(object, object)
    pins_loaded = Signal(object)
    failed = Signal(object)
    ahead_begun = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._give_way = context.services, context.tasks.give_way
        self._day = LatestOnly(context.tasks, self, "list")
        self._desk = LatestOnly(context.tasks, self, "list")
        self._pins = LatestOnly(context.tasks, self, "list")
        self._ahead = LatestOnly(context.tasks, self, "long")
        self._job = ImportJob()
        self._judging = RowJudging(context, self)
        self._shown: tuple[date, DayList] | None = None
        self._judging.told.connect(self._on_told)
        self._judging.failed.connect(self.failed)

    def load_day(self, day: date, provider_id: str, site_id: str) -> None:
        schedule = self._services.schedule
        self._day.run(
            lambda: schedule.day(day, provider_id, site_id, AT_ONCE),
            lambda found: self._on_day(day, found),
            self.failed.emit,
        )

    def _on_day(self, day: date, found: DayList) -> None:
        self._shown = day, found
        self._judging.begin(found.rows)

    def is_judged(self) -> bool:
        """Tell whether every visit of the day that was told has the answer of now."""
        return self._judging.is_done()

    @Slot(object)
    def _on_told(self, rows: tuple[DayRow, ...]) -> None:
        if self._shown is not None:
            day, found = self._shown
            self.day_loaded.emit(day, replace(found, rows=rows))

    def load_pins(self) -> None:
        """Judge what is parked anew; it is told when all of it is judged."""
        self._load_pins_after(())

    def _load_pins_after(self, rows: tuple[PinRow, ...]) -> None:
        pinboard = self._services.pinboard
        self._pins.run(
            lambda: pinboard.list(len(rows), PINS_A_STEP), lambda found: self._on_pins(rows, found), self.failed.emit
        )

    def _on_pins(self, before: tuple[PinRow, ...], found: PinList) -> None:
        rows = before + found.rows
        if len(found.rows) < PINS_A_STEP:
            self.pins_loaded.emit(replace(found, rows=rows))
        else:
            self._load_pins_after(rows)

    def load_ahead(self, first: date) -> None:
        """Judge the open visits of the next 14 days, without keeping the desk's quick calls waiting."""
        self._job.call_off()
        job, schedule, give_way = ImportJob(), self._services.schedule, self._give_way
        self._job = job

        def tell(done: int, total: int) -> None:
            job.tell(done, total)
            give_way()

        self._ahead.run(
            lambda: schedule.next_days(first, AHEAD_DAYS, Pace(tell, job.is_called_off)),
            self.ahead_loaded.emit,
            self.failed.emit,
        )
        self.ahead_begun.emit(job)

    def forget_ahead(self) -> None:
        """Drop what is under way: the facts it is judged by are not the facts any more."""
        self._ahead.cancel()
        self._job.call_off()

    @Slot()
    def call_off_ahead(self) -> None:
        """Stop judging the days ahead; `failed` tells that it was called off."""
        self._job.call_off()

    def load_desk(self) -> None:
        desk = self._services.desk
        self._desk.run(
            lambda: (desk.providers(), desk.sites()),
            lambda found: self.desk_loaded.emit(*found),
            self.failed.emit,
        )
