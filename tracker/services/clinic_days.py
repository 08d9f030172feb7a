"""The clinic's open days out of its settings; federal holidays are closed unless the clinic works on them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.clinic_days import WORKING_WEEK, ClinicDays
from tracker.domain.errors import InvalidEntryError

OPEN_WEEKDAYS, CLOSED_DAYS, OPEN_ON_HOLIDAYS = "open_weekdays", "closed_days", "open_on_holidays"
YEARS_AHEAD = 11
CLOSED = "closed by the clinic"


def clinic_days(settings: Mapping[str, Any], today: date) -> ClinicDays:
    """Return the days for as far ahead as a course may reach."""
    working = settings.get(OPEN_ON_HOLIDAYS, False)
    closed = {} if working else dict(federal_holidays(today.year, today.year + YEARS_AHEAD))
    closed |= {date.fromisoformat(day): CLOSED for day in settings.get(CLOSED_DAYS, ())}
    return ClinicDays(frozenset(settings.get(OPEN_WEEKDAYS, WORKING_WEEK)), closed)


@functools.cache
def federal_holidays(first: int, last: int) -> Mapping[date, str]:
    """Return the federal holidays of the years, `last` included, on the days on which they are kept."""
    import holidays  # takes a moment to load

    found = holidays.country_holidays("US", years=range(first, last + 1))
    return {day: str(name) for day, name in found.items()}


def checked_weekdays(days: frozenset[int]) -> list[int]:
    """Return the weekdays for the settings. Raises InvalidEntryError for none, or for what is no weekday."""
    if not days or not days <= frozenset(range(7)):
        raise InvalidEntryError("The clinic is open on no day of the week.", "", "Choose at least one weekday.")
    return sorted(days)
