"""Reads from file what the form begins with: the clinic's lists, a patient, a request, a visit that is to be moved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tracker.domain.booking import BookingRequest
from tracker.domain.draft import Draft
from tracker.domain.patient import Patient
from tracker.services.patients.patients import PatientRecord
from tracker.ui.check.checking import Checking
from tracker.ui.check.form import CheckForm
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.tasks import LatestOnly


class FormLoader(QObject):
    """Only what was asked for last is shown. `visit_loaded` carries what a visit that is to be changed is on file."""

    visit_loaded = Signal(object)

    def __init__(self, form: CheckForm, checking: Checking, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._checking, self._context = form, checking, context
        self._latest = LatestOnly(context.tasks, self)
        self._desk_asked = False
        form.patient_changed.connect(self.load_coverages)

    def begin(self, start: CheckStart) -> None:
        """Load what the form begins with."""
        self._latest.cancel()
        self.load_desk()
        if start.booking_id:
            self._load_visit(start)
        elif start.draft is not None:
            self._load_draft(start.draft)
        elif start.request is not None or start.patient_id:
            self._load_patient(start)
        elif start.day is not None:
            # After the clinic's lists, which choose the usual provider.
            self._latest.run(lambda: None, lambda _none: self._show_slot(start))

    def load_desk(self, *, again: bool = True) -> None:
        """Offer the clinic's sites and providers; with `again` false only if they never were."""
        if self._desk_asked and not again:
            return
        self._desk_asked = True
        desk = self._context.services.desk
        self._context.tasks.run(
            self,
            lambda: (desk.sites(), desk.providers(), desk.default_site, desk.default_provider),
            lambda found: self._form.show_desk(*found),
        )

    @Slot(object)
    def load_coverages(self, patient: object) -> None:
        """Offer the coverages of the patient who was picked."""
        if isinstance(patient, Patient):
            get = self._context.services.patients.get
            self._latest.run(lambda: get(patient.id), self._on_coverages_loaded)
        else:
            self._latest.cancel()

    def _on_coverages_loaded(self, record: PatientRecord) -> None:
        self._form.show_coverages(record.coverages)
        answer = self._checking.inquiry.answer
        if answer is not None:
            self._form.show_coverage_used(answer.coverage)

    def _load_patient(self, start: CheckStart) -> None:
        patient_id = start.request.patient_id if start.request else start.patient_id
        get = self._context.services.patients.get
        self._latest.run(lambda: get(patient_id), lambda record: self._on_patient_loaded(start, record))

    def _on_patient_loaded(self, start: CheckStart, record: PatientRecord) -> None:
        self._form.show_patient(record.patient, record.coverages)
        if start.request is not None:
            self._form.show_request(start.request)
            self._form.focus_first()
        if start.day is not None:
            self._form.fields.day.set_day(start.day)
        self._checking.look_again()

    def _load_draft(self, draft: Draft) -> None:
        get = self._context.services.patients.get
        # After the clinic's lists, which choose the usual provider.
        self._latest.run(
            lambda: get(draft.patient_id) if draft.patient_id else None,
            lambda record: self._on_draft_loaded(draft, record),
        )

    def _on_draft_loaded(self, draft: Draft, record: PatientRecord | None) -> None:
        if record is not None:
            self._form.show_patient(record.patient, record.coverages)
        self._form.show_draft(draft)
        self._form.focus_first()
        self._checking.look_again()

    def _show_slot(self, start: CheckStart) -> None:
        """Fill in the free time that was chosen."""
        fields = self._form.fields
        fields.day.set_day(start.day)
        fields.time.set_time(start.starts)
        if start.provider_id:
            fields.provider.set_value(start.provider_id)
        self._checking.look_again()

    def _load_visit(self, start: CheckStart) -> None:
        booking, patients = self._context.services.booking, self._context.services.patients

        def load() -> tuple[BookingRequest, PatientRecord]:
            visit = booking.as_it_stands(start.booking_id)
            return visit, patients.get(visit.patient_id)

        self._latest.run(load, lambda found: self._on_visit_loaded(start, *found))

    def _on_visit_loaded(self, start: CheckStart, visit: BookingRequest, record: PatientRecord) -> None:
        self._form.show_patient(record.patient, record.coverages)
        self._form.show_request(replace(visit, day=start.day) if start.day else visit)
        self._form.set_moving(True, whole=start.change)
        if start.change:
            self.visit_loaded.emit(visit)
        if start.draft is not None:
            self._form.show_draft(start.draft)
        fields = self._form.fields
        (fields.procedure if start.change else fields.day).setFocus(Qt.FocusReason.OtherFocusReason)
        self._checking.look_again()
