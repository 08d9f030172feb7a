"""How much an injection helped and for how long, asked for in two short fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError
from tracker.domain.patient import Patient
from tracker.domain.relief_entry import figure_text, parse_months, parse_percent
from tracker.services.changes import Done
from tracker.services.wording import event_text, us_partial
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.fields import LineField

if TYPE_CHECKING:
    from tracker.services.entries import EventRow


class ReliefDialog(SavingDialog):
    """An empty field takes a figure away."""

    def __init__(self, context: PageContext, patient: Patient, row: EventRow, parent: QWidget) -> None:
        super().__init__(context, "Relief", "Save", parent, beside=identity_of(patient), width=480)
        self._patient_id = patient.id
        self._row = row
        self.say(f"{event_text(row.event)}, {us_partial(row.event.when)}")
        self.percent = LineField("not recorded", self, name="Relief in per cent")
        self.months = LineField("not recorded", self, name="How many months it helped")
        self.percent.setText(figure_text(row.event.relief_percent))
        self.months.setText(figure_text(row.event.relief_months))
        self.form.add("&Per cent", self.percent, ("&Months", self.months))
        self.finish()
        self.percent.selectAll()

    def work(self) -> Callable[[], Done[Any]] | None:
        percent = read_into(self.percent, parse_percent)
        months = read_into(self.months, parse_months)
        if self.form.first_wrong() is not None:
            return None
        record, row = self.context.services.history.record_relief, self._row
        return lambda: record(self._patient_id, row.event.id, percent, months, row.version)


def read_into(field: LineField, read: Callable[[str], float | None]) -> float | None:
    """Return the figure, or say below the field what is wrong with it."""
    try:
        figure = read(field.text())
    except InvalidEntryError as error:
        field.set_error(error.sentence())
        return None
    field.set_error(None)
    return figure
