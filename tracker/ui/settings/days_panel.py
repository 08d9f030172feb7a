"""On which days the clinic works: planner and Check and book offer no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.services.desk.desk import ClinicSettings
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.form_panel import LABEL_WIDTH
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.theme.status import Status
from tracker.ui.widgets.day_field import DayField, read_day
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.weekday_field import WeekdayField


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """One day of the list; `own`: the clinic closed it. `closed` is false for a holiday on which the clinic works."""

    day: date
    reason: str
    own: bool
    closed: bool = True


Found = tuple[ClinicSettings, tuple[ClosedDay, ...]]


class DaysPanel(ListPanel):
    """Switches hold at once, each is taken back with Ctrl+Z."""

    id = "days"
    title = tr("Open days")
    help_place = "settings#open-days"
    add_words = tr("Close a day…")
    add_call = call = "clinic_settings.close_day"
    columns = (
        Column(tr("Day"), lambda row: row.day, lambda row: us_date(row.day, True), longest="Wed 00/00/0000"),
        Column(tr("Reason"), lambda row: row.reason, strong=True, fit=320),
        Column(tr("Kind"), lambda row: tr("Closed by the clinic") if row.own else tr("Federal holiday"), fit=180),
        Column(tr("On this day"), lambda row: tr("Closed") if row.closed else tr("Open")),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("Plans and the earliest date (n) fall on open days only. What is booked already stays.")
        super().__init__(
            context, parent, lead=lead, past=lambda row: not row.closed, identity=lambda row: (row.day, row.own)
        )
        self.weekdays = WeekdayField(self, name=tr("Open weekdays"))
        choices = ((False, tr("Closed")), (True, tr("Open")))
        self.holidays = Segments(choices, self, name=tr("Federal holidays"))
        form = FormGrid(self, label_width=LABEL_WIDTH)
        form.add(tr("Open &weekdays"), self.weekdays)
        form.add(tr("Federal &holidays"), self.holidays)
        self.top.insertWidget(1, form)
        self.offer(tr("Open it again"), "Del", self.open_again, call="clinic_settings.open_day")
        self.end_bar()
        self.weekdays.chosen.connect(self._on_switched)
        self.holidays.chosen.connect(self._on_switched)

    def read(self) -> Found:
        desk, clinic_settings = self.context.services.desk, self.context.services.clinic_settings
        settings, own = desk.settings(), clinic_settings.closed_days()
        days = [ClosedDay(day, reason, True) for day, reason in own.items()]
        holidays = clinic_settings.holidays().items()
        days += [ClosedDay(day, name, False, not settings.open_on_holidays) for day, name in holidays]
        return settings, tuple(sorted(days, key=lambda each: (each.day, not each.own)))

    def show_rows(self, rows: Iterable[Any]) -> None:
        settings, days = rows
        self.weekdays.set_value(settings.open_weekdays)
        self.holidays.set_value(settings.open_on_holidays)
        super().show_rows(days)

    def primary(self) -> None:
        if self.may(self.call):
            self.open(ClosedDayDialog(self.context, self))

    def open_again(self, row: ClosedDay) -> None:
        """Take a closed day back; holidays are switched all together."""
        if not row.own:
            self.notice.show_sentence(Status.NEUTRAL, tr("Federal holidays are switched above the list, all together."))
            return
        self.act(lambda: self.context.services.clinic_settings.open_day(row.day))

    def show_failure(self, error: Exception) -> None:
        super().show_failure(error)
        self.load()  # what was switched and refused goes back

    @Slot(object)
    def _on_switched(self, _value: object) -> None:
        weekdays, holidays, desk = self.weekdays.value(), self.holidays.value() is True, self.context.services.desk
        self.act(
            lambda: desk.change_settings(replace(desk.settings(), open_weekdays=weekdays, open_on_holidays=holidays))
        )


class ClosedDayDialog(SavingDialog):
    """A day to come and why."""

    help_place = "settings#open-days"

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, tr("Close a day"), tr("Close it"), parent)
        self.day = DayField(context.services.clock.today(), self, read=read_day, placeholder="12/24")
        self.reason = LineField(tr("such as staff meeting"), self)
        self.form.add(tr("&Day"), self.day)
        self.form.add(tr("&Reason"), self.reason)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        day = self.day.day() if self.day.settle() else None
        if day is None:
            if not self.day.error():
                self.day.set_error(tr("Type the day."))
            return None
        close, reason = self.context.services.clinic_settings.close_day, self.reason.text()
        return lambda: close(day, reason)

    def place(self, error: TrackerError) -> bool:
        field = {"day": self.day, "reason": self.reason}.get(getattr(error, "about", ""))
        if field is not None:
            field.set_error(error.sentence())
        return field is not None
