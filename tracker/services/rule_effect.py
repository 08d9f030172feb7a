"""Which coming visits another rule book would answer otherwise: what each was, what it would be, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.booking import Booking
from tracker.domain.errors import TrackerError
from tracker.domain.patient import Patient
from tracker.domain.verdict import Outcome
from tracker.services import wording
from tracker.services.charts import Chart, request_of
from tracker.services.judging import Judge, judge_request
from tracker.services.payers import PayerNames
from tracker.storage.unit_of_work import UnitOfWork

Progress = Callable[[int, int], None]
AT_ONCE = 200


class CalledOffError(TrackerError):
    """Somebody had enough of waiting; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Looking at the rules was called off.", "The rules in use stay as they are.")


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """What one book says of a visit, in words; `flag` is the headline in two or three."""

    outcome: Outcome
    flag: str
    headline: str
    reason: str


@dataclass(frozen=True, slots=True)
class VisitChange:
    """A coming visit whose answer is another under the other book."""

    booking_id: str
    patient: Patient
    day: date
    procedure: str
    coverage: str
    was: VisitAnswer
    now: VisitAnswer


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """The visits that change, by day, out of so many that were judged under both books."""

    judged: int
    visits: tuple[VisitChange, ...]


def rule_effect(
    uow: UnitOfWork, old: Judge, new: Judge, payers: PayerNames, today: date, progress: Progress
) -> RuleEffect:
    """Judge every open visit from today on under both books; `progress` may raise to stop it."""
    bookings = uow.bookings.list_between(today, date.max, open_only=True)
    found: list[VisitChange] = []
    for start in range(0, len(bookings), AT_ONCE):
        progress(start, len(bookings))
        found += _changes(uow, bookings[start : start + AT_ONCE], (old, new), payers, today)
    progress(len(bookings), len(bookings))
    return RuleEffect(len(bookings), tuple(found))


def _changes(
    uow: UnitOfWork, bookings: tuple[Booking, ...], judges: tuple[Judge, Judge], payers: PayerNames, today: date
) -> Iterator[VisitChange]:
    charts = Chart.load_many(uow, [booking.patient_id for booking in bookings])
    for booking in bookings:
        chart = charts[booking.patient_id]
        was, now = (_answer(judge, chart, booking, today) for judge in judges)
        if (was.outcome, was.headline) != (now.outcome, now.headline):
            coverage = next((each for each in chart.coverages if each.id == booking.coverage_id), None)
            procedure, paid_by = wording.event_text(booking.event), payers.coverage(coverage)
            yield VisitChange(booking.id, chart.patient, booking.day, procedure, paid_by, was, now)


def _answer(judge: Judge, chart: Chart, booking: Booking, today: date) -> VisitAnswer:
    """Answer a visit under one book; one that cannot be judged is unknown, under any."""
    try:
        verdict = judge_request(judge, chart, request_of(booking, chart), today, leave_out=booking.event.id)
    except TrackerError as error:
        return VisitAnswer(Outcome.UNKNOWN, "Cannot check", error.title, "")
    flag, headline = wording.short_flag(verdict), wording.headline(verdict)
    return VisitAnswer(verdict.outcome, flag, headline, wording.reason_text(verdict))
