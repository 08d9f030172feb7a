"""Adds a patient, or changes what is on file about one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.patient.patient_words import SEXES
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField, read_birth
from tracker.ui.widgets.fields import LineField

_SEXES = ("", "female", "male", "other")
_OPEN = tr("Open that patient")


class PatientDialog(SavingDialog):
    """`typed` is what was looked for when nobody was found: it is not typed twice. `open_wanted` carries an id."""

    help_place = "find#add-a-patient"
    open_wanted = Signal(str)

    def __init__(
        self, context: PageContext, parent: QWidget, patient: Patient | None = None, *, typed: str = ""
    ) -> None:
        title, save = (tr("Change patient"), tr("Save")) if patient else (tr("New patient"), tr("Add patient"))
        super().__init__(context, title, save, parent, beside=identity_of(patient) if patient else "")
        self._patient = patient
        self._holder_id = ""
        self._build()
        if patient:
            self._show(patient)
        elif typed.strip():
            self._take_typed(typed.strip())
        self.finish()
        if typed.strip():
            self._next_to_type().setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep_draft(f"patient {patient.id}" if patient else "patient new")
        self.notice.step_wanted.connect(self._on_open)

    def _build(self) -> None:
        today = self.context.services.clock.today()
        self.last = LineField("", self)
        self.first = LineField("", self)
        self.middle = LineField("", self)
        self.born = DayField(today, self, read=read_birth, placeholder="07/02/1951")
        self.mrn = LineField("", self)
        self.sex = ChoiceField((), self)
        self.phone = LineField("", self)
        self._offer_sexes("")
        self.form.add(tr("&Last name"), self.last)
        self.form.add(tr("&First name"), self.first, (tr("&Middle"), self.middle))
        self.form.add(tr("&Birth date"), self.born, (tr("&Sex"), self.sex))
        self.form.add(tr("&Record no."), self.mrn, (tr("&Phone"), self.phone))

    def _offer_sexes(self, present: str) -> None:
        words = _SEXES if present in _SEXES else (*_SEXES, present)
        self.sex.set_choices([Choice(word, SEXES.get(word, word) or tr("not recorded")) for word in words], present)

    def _show(self, patient: Patient) -> None:
        self.last.setText(patient.last)
        self.first.setText(patient.first)
        self.middle.setText(patient.middle)
        self.mrn.setText(patient.mrn)
        self.phone.setText(patient.phone)
        self.born.set_day(patient.born)
        self._offer_sexes(patient.sex)

    def _take_typed(self, entry: str) -> None:
        """Put what was looked for where it belongs: a name, a birth date, or a number."""
        if not any(char.isdigit() for char in entry):
            last, _comma, first = entry.partition(",")
            self.last.setText(last.strip())
            self.first.setText(first.strip())
            return
        self.born.setText(entry)
        if self.born.day() is None:
            self.born.setText("")
            self.mrn.setText(entry)

    def _next_to_type(self) -> LineField:
        """Return the first field that what was looked for left empty: a letter would replace the others."""
        return next((field for field in (self.last, self.first, self.born) if not field.text()), self.mrn)

    def work(self) -> Callable[[], Done[Any]] | None:
        self.last.set_error(None if self.last.text().strip() else tr("A patient needs a last name."))
        born = self._read_birth()
        if born is None or self.form.first_wrong() is not None:
            return None
        patient = replace(
            self._patient or Patient("", "", born, ""),
            last=self.last.text().strip(),
            first=self.first.text().strip(),
            middle=self.middle.text().strip(),
            born=born,
            mrn=self.mrn.text().strip(),
            sex=str(self.sex.value() or ""),
            phone=self.phone.text().strip(),
        )
        save = self.context.services.patients.change if self._patient else self.context.services.patients.add
        return lambda: save(patient)

    def _read_birth(self) -> date | None:
        if self.born.settle() and self.born.day() is None:
            self.born.set_error(tr("A patient needs a birth date, such as 07/02/1951."))
        return self.born.day()

    def place(self, error: TrackerError) -> bool:
        fields = {"birth": self.born, "last": self.last}
        if isinstance(error, InvalidEntryError) and error.about in fields:
            fields[error.about].set_error(error.sentence())
            return True
        holder_id = getattr(error, "holder_id", "")
        if not holder_id:
            return False
        self._holder_id = holder_id
        self.mrn.set_error(error.title)
        self.notice.show_error(error, _OPEN)
        return True

    @Slot()
    def _on_open(self) -> None:
        """Leave, and open the patient to whom the record number belongs."""
        if self._holder_id:
            self.done(int(self.DialogCode.Rejected))
            self.open_wanted.emit(self._holder_id)
