"""How many days ahead the desk is reminded, for the whole clinic; a plan may have days of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.reminders import Reminders, Thresholds
from tracker.services.changes import Done
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.form_panel import FormPanel
from tracker.ui.widgets.number_field import NumberField


class RemindersPanel(FormPanel):
    """The three figures are the buckets of Expirations."""

    id = "reminders"
    title = tr("Reminders")
    help_place = "settings#reminders"
    call = "clinic_settings.change_reminders"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr(
            "When an approval ends. Holds for every payer, unless Payers and plans says otherwise for one of them."
        )
        super().__init__(context, parent, lead=lead)
        self.first, self.second, self.third = (NumberField(tr("days before the end"), self) for _ in range(3))
        self.follow_up = NumberField(tr("business days"), self)
        self.lead_days = NumberField(tr("days; 0: not minded"), self)
        self.form.add(tr("&First reminder"), self.first)
        self.form.add(tr("&Second reminder"), self.second)
        self.form.add(tr("&Third reminder"), self.third)
        self.form.add(tr("&Ask again after"), self.follow_up)
        self.form.add(tr("Answer &before the visit"), self.lead_days)
        self.places = {
            "first": self.first,
            "second": self.second,
            "third": self.third,
            "follow_up": self.follow_up,
            "lead": self.lead_days,
        }
        self.finish()

    def read(self) -> Reminders:
        return self.context.services.clinic_settings.reminders()

    def show_values(self, found: Reminders) -> None:
        days = found.thresholds
        numbers = (days.first, days.second, days.third, found.follow_up, found.lead)
        for field, number in zip(self._fields(), numbers, strict=True):
            field.set_number(number)

    def _fields(self) -> tuple[NumberField, ...]:
        return self.first, self.second, self.third, self.follow_up, self.lead_days

    def work(self) -> Callable[[], Done[Any]] | None:
        wrong = [field for field in self._fields() if not field.settle()]
        if wrong:
            return None
        first, second, third, follow_up, lead = (field.number() or 0 for field in self._fields())
        typed = Reminders(Thresholds(first, second, third), follow_up, lead)
        change = self.context.services.clinic_settings.change_reminders
        return lambda: change(typed)
