"""The clinic's open days out of its settings; federal holidays are closed unless the clinic works on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from tracker.domain.clinic_days import WORKING_WEEK, ClinicDays
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.us_dates import weekday_of

OPEN_WEEKDAYS, CLOSED_DAYS, OPEN_ON_HOLIDAYS = "open_weekdays", "closed_days", "open_on_holidays"
YEARS_AHEAD = 11
CLOSED = msg("closed by the clinic")
_OBSERVED = " (observed)"
_HOLIDAYS = frozenset(
    {
        msg("New Year's Day"),
        msg("Martin Luther King Jr. Day"),
        msg("Washington's Birthday"),
        msg("Memorial Day"),
        msg("Juneteenth National Independence Day"),
        msg("Independence Day"),
        msg("Labor Day"),
        msg("Columbus Day"),
        msg("Veterans Day"),
        msg("Thanksgiving Day"),
        msg("Christmas Day"),
    }
)


def clinic_days(settings: Mapping[str, Any], today: date) -> ClinicDays:
    """Return the days for as far ahead as a course may reach."""
    holidays = {} if settings.get(OPEN_ON_HOLIDAYS, False) else federal_holidays(today.year, today.year + YEARS_AHEAD)
    closed = holidays | closed_by_clinic(settings)
    return ClinicDays(frozenset(settings.get(OPEN_WEEKDAYS, WORKING_WEEK)), closed)


def closed_by_clinic(settings: Mapping[str, Any]) -> dict[date, str]:
    """Return the days that the clinic itself closed, with the reason; older files hold no reasons."""
    found = settings.get(CLOSED_DAYS, {})
    reasons = found if isinstance(found, Mapping) else dict.fromkeys(found, tr(CLOSED))
    return {date.fromisoformat(day): why for day, why in reasons.items()}


@cache
def federal_holidays(first: int, last: int) -> dict[date, str]:
    """Return the federal holidays of the years, `last` included, on the days on which they are kept."""
    import holidays  # takes a moment to load

    found = holidays.country_holidays("US", years=range(first, last + 1))
    return {day: _holiday(str(name)) for day, name in found.items()}


def _holiday(name: str) -> str:
    plain = name.removesuffix(_OBSERVED)
    if plain not in _HOLIDAYS:
        return name
    return tr(plain) if plain == name else tr("{holiday} (observed)", holiday=tr(plain))


def closed_because(open_days: ClinicDays, day: date) -> str:
    """Return why the clinic does not work that day, "" when it does."""
    if open_days.is_open(day):
        return ""
    return open_days.closed.get(day) or tr("closed on {weekday}s", weekday=weekday_of(day, whole=True))


def checked_weekdays(days: frozenset[int]) -> list[int]:
    """Return the weekdays for the settings. Raises InvalidEntryError for none, or for what is no weekday."""
    if not days or not days <= frozenset(range(7)):
        raise InvalidEntryError(tr("The clinic is open on no day of the week."), "", tr("Choose at least one weekday."))
    return sorted(days)
