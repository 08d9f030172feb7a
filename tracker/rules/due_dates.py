"""Until when: terms of decisions, approvals, calls and appeals as days and moments (policies.md 7; CHOICES 7, 27).

The day on which something begins is not counted; business days leave out weekends and federal holidays as they are
observed. A payer's own closed days are not known here, so a decision in business days may come later than told.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tracker.domain.authorization_terms import (
    AppealLevel,
    Changes,
    ClockStart,
    DecisionTime,
    Extension,
    PeerCall,
    Renewal,
    Retroactive,
    Span,
    Submission,
    TimeUnit,
    Validity,
)
from tracker.domain.clinic_days import WORKING_WEEK, ClinicDays
from tracker.domain.windows import ONE_DAY, months_after, months_before

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day that is in time; `moment` too where the term is in hours."""

    day: date
    moment: datetime | None = None


# --- counting ---------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[date]:
    """Return the days of the year on which federal holidays are observed (31 December may be next year's)."""
    from holidays.countries.united_states import US  # slow to load, and seldom needed

    return frozenset(US(years=year))  # type: ignore[no-untyped-call]  # the package leaves its constructor unannotated


def is_business_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """Return the `count`-th business day after `day`, which itself is not counted."""
    if count < 1:
        raise ValueError(f"business days are counted from 1, not {count}")
    while count:
        day += ONE_DAY
        count -= is_business_day(day)
    return day


def business_day_on_or_before(day: date) -> date:
    """Return the day by which the desk acts so that a term that ends on `day` is kept."""
    while not is_business_day(day):
        day -= ONE_DAY
    return day


def last_shared_day(clinic: ClinicDays, day: date) -> date:
    """Return the last day up to `day` on which clinic and payers both work; the payers' where they share none."""
    if not clinic.weekdays & WORKING_WEEK:
        return business_day_on_or_before(day)
    shared = clinic.last_open(day)
    while shared is not None and not is_business_day(shared):
        shared = clinic.last_open(shared - ONE_DAY)
    return shared or business_day_on_or_before(day)


def add_hours(moment: datetime, hours: int) -> datetime:
    """Return the moment so many hours on, in the same zone; a change of the clocks does not lengthen them."""
    if moment.tzinfo is None:
        raise ValueError("hours are counted from a moment with a time zone")
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def due(span: Span, start: datetime) -> Due:
    """Return the end of a term that begins at `start`, a moment in the clinic's zone."""
    if span.unit is TimeUnit.HOURS:
        end = add_hours(start, span.value)
        return Due(end.date(), end)
    return Due(due_day(span, start.date()))


def due_day(span: Span, start: date) -> date:
    """Return the last day of a term in days, weeks or months that begins on `start`."""
    match span.unit:
        case TimeUnit.BUSINESS_DAYS:
            return add_business_days(start, span.value)
        case TimeUnit.CALENDAR_DAYS:
            return start + timedelta(days=span.value)
        case TimeUnit.WEEKS:
            return start + timedelta(weeks=span.value)
        case TimeUnit.MONTHS:
            return months_after(start, span.value)
        case TimeUnit.HOURS:
            raise ValueError("a term in hours begins at a moment, not on a day")


# --- a request and its decision ---------------------------------------------------------------------------------------


def decision_due(
    time: DecisionTime, received: datetime, complete: datetime | None = None, extended: Extension | None = None
) -> Due | None:
    """Return by when the payer must decide, None while its clock does not run.

    `complete` is when the payer had everything, None while something is missing; `extended`: it took its extension.
    """
    limits = [due(time.at_most, received)] if time.at_most else []
    if time.counts_from is ClockStart.RECEIPT:
        limits.append(due(time.within, received))
    elif complete is not None:
        limits.append(due(time.within, max(received, complete)))
    if not limits:
        return None
    first = min(limits, key=lambda each: (each.day, each.moment is None))
    return _put_off(first, extended.by, received) if extended else first


def _put_off(first: Due, by: Span, received: datetime) -> Due:
    if first.moment is not None:
        return due(by, first.moment)
    if by.unit is TimeUnit.HOURS:
        raise ValueError("a term in days is put off by days")
    return Due(due_day(by, first.day))


def earliest_service(submission: Submission, sent: date) -> date:
    """Return the first day for which a request that is sent on `sent` is taken."""
    return due_day(submission.before_service, sent) if submission.before_service else sent


# --- an approval ------------------------------------------------------------------------------------------------------


def last_valid_day(validity: Validity, decided: date, start: date | None = None) -> date:
    """Return the last day of an approval that gives no end: of 120 days from the decision, the decision + 119."""
    begins = start if validity.counts_from == "start" and start is not None else decided
    end = due_day(validity.lasts, begins)
    return end - ONE_DAY if validity.first_day_counts else end


def renewal_from(renewal: Renewal, end: date) -> date | None:
    """Return the first day on which what follows an approval that ends on `end` may be asked for, None for never."""
    if not renewal.allowed:
        return None
    if renewal.earliest is None:
        return date.min
    return _before(renewal.earliest, end)


def _before(span: Span, end: date) -> date:
    match span.unit:
        case TimeUnit.CALENDAR_DAYS:
            return end - timedelta(days=span.value)
        case TimeUnit.WEEKS:
            return end - timedelta(weeks=span.value)
        case TimeUnit.MONTHS:
            return months_before(end, span.value)
        case _:
            raise ValueError(f"{span.text} before a day cannot be told; use calendar days, weeks or months")


def change_until(changes: Changes, service: date) -> date | None:
    """Return the last day for a change of the approval, the service's own where no term is given; None for never."""
    if not changes.allowed:
        return None
    return due_day(changes.after_service, service) if changes.after_service else service


def retroactive_until(retroactive: Retroactive, service: date) -> date | None:
    """Return the last day for a request after the service; None where none is taken, or no term is on file."""
    return due_day(retroactive.within, service) if retroactive.allowed and retroactive.within else None


# --- a refusal --------------------------------------------------------------------------------------------------------


def appeal_due(level: AppealLevel, notice: date) -> date:
    """Return the last day for the appeal, counted from the day of the notice."""
    return due_day(level.file_within, notice)


def appeal_decision_due(level: AppealLevel, filed: datetime, *, expedited: bool = False) -> Due | None:
    """Return by when the appeal is decided, None where no term is on file."""
    span = level.expedited_within if expedited else level.decided_within
    return due(span, filed) if span else None


def peer_call_due(call: PeerCall, notice: datetime) -> Due | None:
    """Return the end of the first window for a call between physicians, None where none is offered or published."""
    ends = [due(span, notice) for span in call.windows] if call.offered else []
    return min(ends, key=lambda each: (each.day, each.moment is None), default=None)
