"""Fetches what the schedule shows: visits of a span of days, the clinic's lists, the month of a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.booking import BookingRequest
from tracker.ui.pages.page import PageContext
from tracker.ui.row_judging import AT_ONCE, RowJudging
from tracker.ui.schedule.span import Span
from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow


class ScheduleLoader(QObject):
    """`span_loaded` carries a Span, again as answers come; `month_loaded` a MonthView; only the newest is told."""

    span_loaded = Signal(object)
    month_loaded = Signal(object)
    desk_loaded = Signal(object, object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._services = context.services
        self._span = LatestOnly(context.tasks, self, "list")
        self._month = LatestOnly(context.tasks, self, "list")
        self._desk = LatestOnly(context.tasks, self, "list")
        self._shown: Span | None = None
        self._judging = RowJudging(context, self)
        self._judging.told.connect(self._on_told)
        self._judging.failed.connect(self.failed)

    def load_span(self, asked: Span) -> None:
        schedule = self._services.schedule

        def load() -> Span:
            rows = schedule.span(asked.first, asked.last, asked.provider_id, asked.site_id, AT_ONCE)
            return replace(asked, rows=rows, closed=schedule.closed_days(asked.first, asked.last))

        self._span.run(load, self._on_span, self.failed.emit)

    def _on_span(self, span: Span) -> None:
        self._shown = span
        self._judging.begin(span.rows)

    @Slot(object)
    def _on_told(self, rows: tuple[DayRow, ...]) -> None:
        if self._shown is not None:
            self.span_loaded.emit(replace(self._shown, rows=rows))

    def load_month(self, request: BookingRequest, month: date) -> None:
        """Judge each day of a month, and look for the next openings, in one call."""
        openings = self._services.openings
        self._month.run(lambda: openings.month(request, month), self.month_loaded.emit, self.failed.emit)

    def load_desk(self) -> None:
        desk = self._services.desk
        self._desk.run(
            lambda: (desk.providers(), desk.sites()),
            lambda found: self.desk_loaded.emit(*found),
            self.failed.emit,
        )
