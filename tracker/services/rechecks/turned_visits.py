"""The coming visits whose answer came out another, with whom they are for: what each was, what it is, and because."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.booking import Booking
from tracker.domain.patient import Patient
from tracker.services.rechecks.recheck_run import Flip
from tracker.services.words.retelling import told_again
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TurnedVisit:
    """A visit, with its answer in words before and now."""

    booking: Booking
    patient: Patient
    was: str
    now: str
    reason: str


def visits_turned(uow: UnitOfWork, flips: Iterable[Flip]) -> tuple[TurnedVisit, ...]:
    """Return them by day and time; one that is gone meanwhile is left out."""
    by_visit = {flip.now.booking_id: flip for flip in flips}
    visits = uow.bookings.list_of(by_visit, len(by_visit))
    patients = uow.patients.get_many({visit.patient_id for visit in visits})
    found = ((visit, by_visit[visit.id]) for visit in visits)
    return tuple(
        TurnedVisit(
            visit,
            patients[visit.patient_id],
            told_again(flip.was.headline) if flip.was else "",
            told_again(flip.now.headline),
            told_again(flip.now.reason),
        )
        for visit, flip in found
    )
