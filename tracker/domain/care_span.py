"""How long conservative care was tried: days of the log, each counted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.domain.authorization_terms import Span, TimeUnit
from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.windows import ONE_DAY, months_before

DAYS_A_WEEK = 7


def care_days(care: Iterable[ConservativeCare], day: date) -> int:
    """Return on how many days before `day` something was tried; treatments beside each other count once."""
    count, reached = 0, date.min
    for each in sorted(care, key=lambda entry: entry.start):
        first = max(each.start, reached)
        after = min(each.end + ONE_DAY if each.end else day, day)
        if after > first:
            count += (after - first).days
            reached = after
    return count


def longest_care(care: Iterable[ConservativeCare], day: date) -> ConservativeCare | None:
    """Return the treatment that lasted longest before `day`, None without any."""
    return max((each for each in care if each.start < day), key=lambda each: care_days((each,), day), default=None)


def days_of(span: Span, before: date) -> int:
    """Return how many days a span of time that ends on `before` has."""
    match span.unit:
        case TimeUnit.MONTHS:
            return (before - months_before(before, span.value)).days
        case TimeUnit.WEEKS:
            return span.value * DAYS_A_WEEK
        case TimeUnit.HOURS:
            return -(-span.value // 24)
        case _:
            return span.value


def begins(span: Span, before: date) -> date:
    """Return the first day of a span of time that ends on `before`."""
    return before - timedelta(days=days_of(span, before))
