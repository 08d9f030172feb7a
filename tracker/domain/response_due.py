"""When somebody has to ask how an injection helped, and whether what is on file answers it.

A diagnostic block is judged while its drug acts: by the next day. Of a treatment payers want the first result and how
long it lasted; the shortest duration that Medicare's documents count is three months (policies.md 9, 5.1, 5.2), and
two weeks are the shortest interval between blocks, by which the first result has to be there (policies.md 5.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.event import Event, EventStatus, Place
from tracker.domain.procedure import Family, Intent
from tracker.domain.windows import first_day_after_months

AFTER_BLOCK_DAYS = 1
AFTER_TREATMENT_DAYS = 14
LASTING_MONTHS = 3
LOOK_BACK_DAYS = 120
"""Older injections are not asked about, so that a history that was imported makes no flood of tasks."""

_DAYS_A_MONTH = 30.4
_NOT_ASKED = frozenset({Family.SCS_TRIAL})
"""A trial's result is its own end, not a score some days after."""


@dataclass(frozen=True, slots=True)
class ResponseCheck:
    """A day on which to ask; with `lasting` it asks for how long it helped, else how much."""

    due: date
    lasting: bool = False


def checks_of(event: Event) -> tuple[ResponseCheck, ...]:
    """Return when to ask about an injection: none for what was not done, not done here, or not on a known day."""
    if event.status is not EventStatus.PERFORMED or event.place is not Place.HERE or not event.when.exact:
        return ()
    if event.family in _NOT_ASKED:
        return ()
    day = event.when.first
    if event.intent is Intent.DIAGNOSTIC:
        return (ResponseCheck(day + timedelta(days=AFTER_BLOCK_DAYS)),)
    first = ResponseCheck(day + timedelta(days=AFTER_TREATMENT_DAYS))
    return first, ResponseCheck(first_day_after_months(day, LASTING_MONTHS), lasting=True)


def answered(check: ResponseCheck, event: Event, recorded: date | None) -> bool:
    """Tell whether the event's relief answers the check; `recorded`: when it was asked, None for not known.

    A duration that is shorter than the time until it was recorded says that the relief is over; one that is not may
    still grow, so it is asked for again.
    """
    if event.relief_percent is None:
        return False
    if not check.lasting or event.relief_percent == 0:
        return True
    months = event.relief_months
    if months is None:
        return False
    if months >= LASTING_MONTHS or recorded is None:
        return True
    return months * _DAYS_A_MONTH < (recorded - event.when.first).days
