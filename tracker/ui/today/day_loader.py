"""Fetches what the Today page shows: a day on the quick lane, the days ahead in the background."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly
from tracker.ui.today.day_bar import AHEAD_DAYS


class DayLoader(QObject):
    """`day_loaded` carries day and DayList, `ahead_loaded` rows, `desk_loaded` providers and sites.

    Only the newest answer of each kind is told; `failed` carries the error of the newest call.
    """

    day_loaded = Signal(object, object)
    ahead_loaded = Signal(object)
    desk_loaded = Signal(object, object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._services = context.services
        self._day = LatestOnly(context.tasks, self)
        self._desk = LatestOnly(context.tasks, self)
        self._ahead = LatestOnly(context.tasks, self, "long")

    def load_day(self, day: date, provider_id: str, site_id: str) -> None:
        schedule = self._services.schedule
        self._day.run(
            lambda: schedule.day(day, provider_id, site_id),
            lambda found: self.day_loaded.emit(day, found),
            self.failed.emit,
        )

    def load_ahead(self, first: date) -> None:
        """Judge the open visits of the next 14 days, without keeping the desk's quick calls waiting."""
        schedule = self._services.schedule
        self._ahead.run(lambda: schedule.next_days(first, AHEAD_DAYS), self.ahead_loaded.emit, self.failed.emit)

    def forget_ahead(self) -> None:
        """Drop what is under way: the facts it is judged by are not the facts any more."""
        self._ahead.cancel()

    def load_desk(self) -> None:
        desk = self._services.desk
        self._desk.run(
            lambda: (desk.providers(), desk.sites()),
            lambda found: self.desk_loaded.emit(*found),
            self.failed.emit,
        )
