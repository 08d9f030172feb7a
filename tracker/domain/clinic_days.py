"""On which days the clinic works: its open weekdays, less the days on which it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.windows import ONE_DAY

WORKING_WEEK = frozenset(range(5))
"""Monday to Friday, as `date.weekday` counts."""
_LONGEST_CLOSURE = 400


@dataclass(frozen=True, slots=True)
class ClinicDays:
    """`closed` gives the closed days with the reason, such as a holiday's name."""

    weekdays: frozenset[int] = WORKING_WEEK
    closed: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("the open weekdays are some of 0 (Monday) to 6 (Sunday).")

    def is_open(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.closed

    def first_open(self, day: date) -> date | None:
        """Return the first open day from `day` on, None when the clinic is closed for more than a year."""
        for _ in range(_LONGEST_CLOSURE):
            if self.is_open(day):
                return day
            day += ONE_DAY
        return None

    def last_open(self, day: date) -> date | None:
        """Return the last open day up to `day`, None when the clinic was closed for more than a year."""
        for _ in range(_LONGEST_CLOSURE):
            if self.is_open(day):
                return day
            day -= ONE_DAY
        return None


ALWAYS_OPEN = ClinicDays(frozenset(range(7)))
