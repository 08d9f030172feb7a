"""All that is on file about one patient, as it stands in one transaction: what the parts of the patient page share."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import Booking
from tracker.services.answers.charts import Chart
from tracker.storage.records import Task
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PatientFile:
    """Read once; record, visits, answers and overview are told from it, so that none differs from the others."""

    chart: Chart
    bookings: tuple[Booking, ...]
    booking_ids: dict[str, str]
    requests: tuple[AuthorizationRecord, ...]
    tasks: tuple[Task, ...]

    @classmethod
    def load(cls, uow: UnitOfWork, patient_id: str) -> PatientFile:
        """Raises NotFoundError."""
        return cls(
            Chart.load(uow, patient_id),
            uow.bookings.list_for(patient_id),
            uow.bookings.ids_by_event(patient_id),
            uow.requests.list_for(patient_id),
            uow.tasks.list_open_of(patient_id),
        )
