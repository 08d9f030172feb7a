"""Adds what was typed and is not on file: patient, coverage, site or provider; the form goes on with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot

from tracker.domain.coverage import Coverage, Site
from tracker.domain.patient import Patient, Provider
from tracker.services.changes import Done
from tracker.ui.check.form import CheckForm
from tracker.ui.check.outside import ask_coverage, opened
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.provider_dialog import ProviderDialog
from tracker.ui.dialogs.site_dialog import SiteDialog
from tracker.ui.pages.page import Page


class QuickAdd(QObject):
    """Opens the dialog with what was typed in it, and puts what was saved into the field."""

    def __init__(self, form: CheckForm, page: Page) -> None:
        super().__init__(page)
        self._form, self._page = form, page
        form.fields.patient.add_wanted.connect(self._add_patient)
        form.fields.site.add_wanted.connect(self._add_site)
        form.fields.provider.add_wanted.connect(self._add_provider)
        form.coverage_wanted.connect(self._add_coverage)

    @Slot(str)
    def _add_patient(self, typed: str) -> None:
        dialog = PatientDialog(self._page.context, self._page, typed=typed)
        dialog.open_wanted.connect(self._page.patient_wanted)
        dialog.acted.connect(self._take_patient)
        opened(self._page, dialog)

    @Slot(object)
    def _take_patient(self, done: Done[Patient]) -> None:
        """Ask for this patient; the next thing is the coverage, which nobody has entered yet."""
        self._form.fields.patient.take(done.value)
        self._form.fields.procedure.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _add_coverage(self) -> None:
        patient = self._form.fields.patient.patient()
        if patient is not None:
            ask_coverage(self._page, patient, Coverage(""))

    @Slot(str)
    def _add_site(self, typed: str) -> None:
        state = self._page.context.services.clinic.state
        dialog = SiteDialog(self._page.context, self._page, typed=typed, state=state)
        dialog.acted.connect(self._take_desk)
        opened(self._page, dialog)

    @Slot(str)
    def _add_provider(self, typed: str) -> None:
        dialog = ProviderDialog(self._page.context, self._page, typed=typed)
        dialog.acted.connect(self._take_desk)
        opened(self._page, dialog)

    @Slot(object)
    def _take_desk(self, done: Done[Site | Provider]) -> None:
        self._form.fields.add_desk(done.value)
        self._form.changed.emit()
