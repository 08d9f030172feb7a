"""What the demo clinic did in the last weeks, for what looks back: visits moved in time, claims denied, overrides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override, OverrideReason, VerdictRecord
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.coverage import coverage_on
from tracker.domain.event import EventStatus, PartialDate
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.demo_clinic.house import OFFICE, House, weekday_near
from tracker.services.demo_clinic.records import DemoClinic, DemoPatient
from tracker.storage.records import Act, HistoryEntry, Standing
from tracker.storage.unit_of_work import UnitOfWork

WorkAt = Callable[[datetime, str], UnitOfWork]
"""Opens the file for somebody at a past moment."""

DONE_DAYS = 90
"""Done visits of so many days have on record what they were booked under."""
FRONT, BACK = "Demo Desk", "Billing Desk"
_MOVED, _CLEARED = 4, 3
_PAST_VISITS = 36
_FEWEST_DAYS = 8
_REASONS = (
    OverrideReason.OTHER_SITE, OverrideReason.NOT_PERFORMED,
    OverrideReason.CLINICIAN_APPEAL, OverrideReason.OTHER_PAYER,
)  # fmt: skip
_OPEN_REASONS = (OverrideReason.PAYER_EXCEPTION, OverrideReason.SELF_PAY, OverrideReason.URGENT)
"""Why one books where nothing is on file: nobody can say that a count was wrong."""
_DENIALS = (("151", "N362", 31240), ("119", "", None), ("197", "", 22875), ("50", "N115", None), ("151", "", 18900))
_LATER_DAYS = 12


@dataclass(frozen=True, slots=True)
class Turned:
    """A coming visit whose answer turned: `moved` from another day, else cleared, or still flagged."""

    booking: Booking
    before: date
    at: date
    moved: bool
    cleared: bool


def with_past_visits(house: House, patients: Iterable[DemoPatient]) -> tuple[DemoPatient, ...]:
    """Return the patients with some of what was done here in the last weeks as visits that were booked."""
    first, last = house.ago(DONE_DAYS - 5), house.ago(_LATER_DAYS + 4)
    left, found = _PAST_VISITS, []
    for each in patients:
        booked = {booking.event.id for booking in each.bookings}
        mine = [
            entry
            for entry in each.entries
            if first <= entry.event.when.first <= last and entry.event.when.exact and entry.provider_id
            and entry.event.status is EventStatus.PERFORMED and entry.event.id not in booked
            and coverage_on(each.coverages, entry.event.when.first)
        ]  # fmt: skip
        if not mine or not left or each.situation:
            found.append(each)
            continue
        left -= 1
        found.append(replace(each, bookings=(*each.bookings, _past_visit(house, each, mine[-1]))))
    return tuple(found)


def _past_visit(house: House, who: DemoPatient, entry: HistoryEntry) -> Booking:
    payer = coverage_on(who.coverages, entry.event.when.first)
    return Booking(
        house.new_id("booking"), who.patient.id, entry.event, BookingStatus.DONE, time(9 + _minutes(who) // 60,
        _minutes(who) % 60), 30, entry.provider_id, OFFICE.id, payer.id if payer else "", None, None, Elsewhere.NONE,
    )  # fmt: skip


def _minutes(who: DemoPatient) -> int:
    """Return when in the day, from nine on."""
    return int(who.patient.id[-3:]) % 24 * 15


def turned(clinic: DemoClinic) -> tuple[Turned, ...]:
    """Return the coming visits of the crowd that were flagged once, and what was done about them."""
    told = {booking.id for each in clinic.patients if each.situation for booking in each.bookings}
    calm = [
        booking
        for booking in clinic.upcoming
        if booking.id not in told and booking.override is None and booking.verdict is not None
        and booking.verdict.outcome <= Outcome.CAUTION and (booking.day - clinic.today).days >= _FEWEST_DAYS
    ]  # fmt: skip
    found = []
    for number, booking in enumerate(calm[: _MOVED + _CLEARED]):
        at = weekday_near(clinic.today - timedelta(days=4 + 5 * number))
        found.append(Turned(booking, weekday_near(booking.day - timedelta(days=7)), at, number < _MOVED, True))
    return tuple(sorted(found, key=lambda each: each.at))


def overridden(booking: Booking, number: int) -> Booking:
    """Return a done visit that was flagged, as booked against the answer."""
    made = datetime.combine(booking.day - timedelta(days=6), time(15, 10), UTC)
    open_answer = booking.verdict is not None and booking.verdict.outcome is Outcome.UNKNOWN
    reasons = _OPEN_REASONS if open_answer else _REASONS
    reason = reasons[number % len(reasons)]
    by = (FRONT, FRONT, BACK)[number % 3]
    return replace(booking, override=Override(reason, "Told by telephone.", "CALL 40711", by, made))


def look_back(clinic: DemoClinic, work: WorkAt, entries: Iterable[HistoryEntry]) -> None:
    """Do what was done in the last weeks, the oldest first."""
    by_event = {entry.event.id: entry for entry in entries}
    acts: list[tuple[datetime, str, Callable[[UnitOfWork], Act]]] = []
    for each in turned(clinic):
        acts += _turn(each, by_event[each.booking.event.id])
    for booking, denial in _denied(clinic):
        at = datetime.combine(denial.denied_on, time(16, 40), UTC)
        acts.append((at, BACK, _deny(booking, denial)))
    for at, by, do in sorted(acts, key=lambda act: act[0]):
        with work(at, by) as uow:
            uow.commit(do(uow))


def _turn(each: Turned, entry: HistoryEntry) -> Iterator[tuple[datetime, str, Callable[[UnitOfWork], Act]]]:
    """Yield the booking of a visit, and what was done when its answer turned."""
    made, flagged = _moment(each.at, -6, 10), _moment(each.at, -1, 18)
    first = each.before if each.moved else each.booking.day
    early = replace(entry.event, when=PartialDate.on(first))
    verdict = each.booking.verdict

    def book(uow: UnitOfWork) -> Act:
        uow.events.add(replace(entry, event=early))
        record = replace(verdict, at=made) if verdict else None
        uow.bookings.add(replace(each.booking, event=early, verdict=record))
        _stand(uow, each.booking.id, Outcome.ALLOWED, "Allowed", made)
        words = f"Not before {us_date(each.booking.day, True)}" if each.moved else "Needs authorization"
        outcome = Outcome.NOT_ALLOWED if each.moved else Outcome.NEEDS_AUTHORIZATION
        _stand(uow, each.booking.id, outcome, words, flagged)
        return Act("book", "booking", each.booking.id)

    def move(uow: UnitOfWork) -> Act:
        uow.events.change(replace(entry, version=1))
        record = replace(verdict, at=_moment(each.at, 0, 14)) if verdict else None
        uow.bookings.change(replace(each.booking, verdict=record, version=1))
        _stand_as(uow, each.booking.id, record, _moment(each.at, 0, 15))
        return Act("move booking", "booking", each.booking.id)

    def confirm(uow: UnitOfWork) -> Act:
        uow.bookings.change(replace(each.booking, status=BookingStatus.CONFIRMED, version=1))
        _stand_as(uow, each.booking.id, verdict, _moment(each.at, 0, 15))
        return Act("visit confirmed", "booking", each.booking.id)

    yield made, FRONT, book
    yield _moment(each.at, 0, 14), FRONT, move if each.moved else confirm


def _stand(uow: UnitOfWork, booking_id: str, outcome: Outcome, words: str, at: datetime) -> None:
    uow.standings.save([Standing(booking_id, outcome, words, "", "", at)])


def _stand_as(uow: UnitOfWork, booking_id: str, record: VerdictRecord | None, at: datetime) -> None:
    if record is not None:
        _stand(uow, booking_id, record.outcome, record.headline, at)


def _denied(clinic: DemoClinic) -> Iterator[tuple[Booking, ClaimDenial]]:
    """Yield some done visits with the payer's refusal, long enough ago for an answer to a claim."""
    last = clinic.today - timedelta(days=_LATER_DAYS + 2)
    done = [each for each in clinic.bookings if each.status is BookingStatus.DONE and each.verdict and each.day < last]
    for booking, (code, remark, cents) in zip(done[:: max(1, len(done) // len(_DENIALS))], _DENIALS, strict=False):
        day = weekday_near(booking.day + timedelta(days=_LATER_DAYS))
        yield booking, ClaimDenial(booking.event.id, day, code, remark, "CO", cents)


def _deny(booking: Booking, denial: ClaimDenial) -> Callable[[UnitOfWork], Act]:
    return lambda uow: Act("add denial", "claim_denial", uow.denials.add(denial))


def _moment(day: date, days: int, hour: int) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(hour, 20), UTC)
