"""Begins a request: from a check, from a patient, or from nothing; the draft is filled in before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import BookingRequest
from tracker.domain.errors import TrackerError
from tracker.domain.patient import Patient
from tracker.services.authorizations.work_rows import WorkRow
from tracker.ui.pages.page import PageContext, RequestStart
from tracker.ui.widgets.keys_held import read_first
from tracker.ui.worklist.draft_strips import DraftStrip, NewStrip
from tracker.ui.worklist.strip_host import StripHost

NEW = "new"


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft with whose it is, and who is asked."""

    draft: AuthorizationRecord
    patient: Patient
    payer: str


class RequestStarts(QObject):
    """Opens the strips of a new request in the host."""

    def __init__(self, context: PageContext, host: StripHost, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._host = host
        self._filling = self._save_when_shown = False

    def begin(self, start: RequestStart) -> None:
        """Fill in a draft from the check; for a patient, or without anything, ask what it is for."""
        if start.request is not None:
            request = start.request
            self._fill(request, None)
        elif start.patient_id:
            get = self._context.services.patients.get
            read_first(self._context.tasks, self, lambda: get(start.patient_id).patient, self.ask)
        else:
            self.ask()

    def ask(self, patient: Patient | None = None) -> None:
        """Open the strip that asks whom, what and where."""
        self._host.open(NEW if patient is None else f"{NEW} {patient.id}", lambda: self._new_strip(patient))

    def show(self, filled: Filled) -> None:
        """Open the strip of a draft that is filled in."""
        asked = filled.draft.request
        key = f"draft {filled.patient.id} {asked.replaces} {asked.planned_for}"
        today = self._context.services.clock.today()
        self._host.open(key, lambda: DraftStrip(filled.draft, filled.patient, filled.payer, today))

    def _new_strip(self, patient: Patient | None) -> NewStrip:
        strip = NewStrip(self._context, patient)
        strip.save_wanted.connect(lambda: self._plan(strip))
        return strip

    def _plan(self, strip: NewStrip) -> None:
        if not strip.settle():
            return
        try:
            request = strip.asked()
        except TrackerError as error:
            strip.show_error(error)
            return
        strip.notice.clear()
        self._fill(request, strip)

    def extend(self, work: WorkRow, planned_for: date | None) -> None:
        """Fill in the draft that extends an approval."""
        plan = self._context.services.expirations.plan_extension
        self._run(lambda: Filled(plan(work.id, planned_for), work.patient, work.payer), None)

    def primary(self) -> None:
        """Save the strip that is open; a draft that is still being filled in is saved as soon as it is there."""
        strip = self._host.strip()
        if self._filling:
            self._save_when_shown = True
        elif strip is not None:
            strip.save_wanted.emit()

    def _fill(self, request: BookingRequest, strip: NewStrip | None) -> None:
        services = self._context.services

        def fill() -> Filled:
            draft, record = services.authorizations.plan_draft(request), services.patients.get(request.patient_id)
            coverage = next((each for each in record.coverages if each.id == draft.request.coverage_id), None)
            return Filled(draft, record.patient, services.patients.coverage_label(coverage))

        self._run(fill, strip)

    def _run(self, fill: Callable[[], Filled], strip: NewStrip | None) -> None:
        if self._filling:
            return
        self._filling = True

        def done(filled: Filled) -> None:
            self._filling, at_once = False, self._save_when_shown
            self._save_when_shown = False
            if strip is not None:
                self._host.drop()
            self.show(filled)
            if at_once:
                self.primary()

        def failed(error: Exception) -> None:
            self._filling = self._save_when_shown = False
            if strip is not None and isinstance(error, TrackerError):
                strip.show_error(error)
            else:
                self._context.tasks.unseen.emit(error)

        self._context.tasks.run(self, fill, done, failed)
