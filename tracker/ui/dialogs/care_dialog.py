"""Adds a treatment to the log of conservative care, corrects one, or takes it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.day_field import DayField, read_day
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_field import Pick, PickField

TREATMENTS = (
    tr("Physical therapy"),
    tr("Exercises at home"),
    tr("Anti-inflammatory drug"),
    tr("Other medication"),
    tr("Chiropractic"),
    tr("Acupuncture"),
    tr("Activity changed"),
)
_RESULT = tr("what came of it, such as no lasting relief")


class CareDialog(SavingDialog):
    """Payers ask what was tried, from when to when, and with what result."""

    help_place = "patient#conservative-care"

    def __init__(
        self, context: PageContext, patient: Patient, parent: QWidget, care: ConservativeCare | None = None
    ) -> None:
        title, save = (
            (tr("Correct conservative care"), tr("Save")) if care else (tr("Conservative care"), tr("Add treatment"))
        )
        super().__init__(context, title, save, parent, beside=identity_of(patient), width=600)
        self._patient_id = patient.id
        self._care = care
        self._build()
        if care is not None:
            self._show(care)
            self.remove = self.add_button(ActionButton(tr("Take out"), self, kind="quiet"), left=True)
            self.remove.clicked.connect(self._on_remove)
        self.finish()
        self.keep_draft(f"care {care.id}" if care else f"care of {patient.id}")

    def _build(self) -> None:
        today = self.context.services.clock.today()
        self.what = PickField(tr("such as physical therapy"), self, name=tr("What was tried"), free=True)
        self.what.set_picks(Pick(each, each) for each in TREATMENTS)
        self.start = DayField(today, self, read=read_day, name=tr("From"), placeholder="5/4/26")
        self.end = DayField(today, self, read=read_day, name=tr("To"), placeholder=tr("goes on"))
        self.outcome = LineField(_RESULT, self, name=tr("Result"))
        self.form.add(tr("&What"), self.what)
        self.form.add(tr("&From"), self.start, (tr("&To"), self.end))
        self.form.add(tr("&Result"), self.outcome)

    def _show(self, care: ConservativeCare) -> None:
        self.what.setText(care.what)
        self.start.set_day(care.start)
        self.end.set_day(care.end)
        self.outcome.setText(care.result)

    def work(self) -> Callable[[], Done[Any]] | None:
        self.what.settle()
        if not self.what.text().strip():
            self.what.set_error(tr("Say what was tried; a few words are enough."))
        fits = self.start.settle() and self.end.settle()
        start = self.start.day()
        if fits and start is None:
            self.start.set_error(tr("Type the day on which it began."))
        if self.form.first_wrong() is not None or start is None:
            return None
        known = self._care or ConservativeCare(self._patient_id, "", start)
        what, result = self.what.text().strip(), self.outcome.text().strip()
        care = replace(known, what=what, start=start, end=self.end.day(), result=result)
        service = self.context.services.care
        return lambda: service.correct(care) if self._care else service.add(care)

    def place(self, error: TrackerError) -> bool:
        field = {"what": self.what, "start": self.start, "end": self.end}.get(getattr(error, "about", ""))
        if field is None:
            return False
        field.set_error(error.sentence())
        return True

    @Slot()
    def _on_remove(self) -> None:
        care, service = self._care, self.context.services.care
        if care is not None and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            self.context.tasks.run(self, lambda: service.remove(care), self._on_saved, self._on_failed)
