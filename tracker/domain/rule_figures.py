"""The figures that a rule may have: what lies outside is refused with a sentence that names its key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tracker.domain.verdict import Outcome

LONGEST_MONTHS = 1200
LONGEST_DAYS = 36_500
"""A hundred years: what is longer leaves the calendar, and is a slip of the hand."""
MOST = 999
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
"""Between these days rules may begin and end."""


def refuse_outside(name: str, value: float, least: int = 0, most: int = MOST) -> None:
    """Raise ValueError where a figure is too small, too large, or none at all (nan)."""
    if least <= value <= most:
        return
    bounds = f"{least} to {most}" if most == 100 else f"{least} or more" if value < least else f"{most} or less"
    raise ValueError(f"{name} must be {bounds}, not {value if isinstance(value, int) else f'{value:g}'}.")


def refuse_percent(name: str, value: float) -> None:
    refuse_outside(name, value, most=100)


def refuse_months(**figures: float) -> None:
    """Raise ValueError for the first that is no length in months."""
    for name, value in figures.items():
        refuse_outside(name, value, most=LONGEST_MONTHS)


def refuse_far_days(**days: date | None) -> None:
    """Raise ValueError for a day that no payer writes: a slip of the hand, or a sign for "no end"."""
    for name, day in days.items():
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            years = f"{FIRST_DAY.year} and {LAST_DAY.year}"
            raise ValueError(f"{name} must lie between {years}; leave it out where there is no such day.")


def refuse_twice(name: str, values: Collection[object]) -> None:
    """Raise ValueError where a list names one thing twice."""
    if len(set(values)) < len(values):
        raise ValueError(f"{name} names something twice; leave one of them out.")


def refuse_empty(name: str, value: str, what: str) -> None:
    """Raise ValueError where the text is missing that people are to read."""
    if not value.strip():
        raise ValueError(f"{name} is empty; write {what}.")


def refuse_meaningless(outcome: Outcome) -> None:
    """Raise ValueError for an outcome that a rule cannot have."""
    if outcome not in (Outcome.CAUTION, Outcome.UNKNOWN, Outcome.NOT_ALLOWED):
        raise ValueError("outcome must be caution, unknown or not_allowed.")
