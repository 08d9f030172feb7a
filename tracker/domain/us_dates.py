"""Dates as a US desk writes and reads them out, the names of days and months in the language in use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tracker.domain.language import Words, msg, spoken, tr

WEEKDAYS = (msg("Mon"), msg("Tue"), msg("Wed"), msg("Thu"), msg("Fri"), msg("Sat"), msg("Sun"))
_WHOLE_WEEKDAYS = (
    msg("Monday"), msg("Tuesday"), msg("Wednesday"), msg("Thursday"), msg("Friday"), msg("Saturday"), msg("Sunday"),
)  # fmt: skip
_MONTHS = (
    msg("Jan"), msg("Feb"), msg("Mar"), msg("Apr"), msg("May"), msg("Jun"), msg("Jul"), msg("Aug"), msg("Sep"),
    msg("Oct"), msg("Nov"), msg("Dec"),
)  # fmt: skip
_WHOLE_MONTHS = (
    msg("January"), msg("February"), msg("March"), msg("April"), msg("May"), msg("June"), msg("July"), msg("August"),
    msg("September"), msg("October"), msg("November"), msg("December"),
)  # fmt: skip


def us_date(day: date, weekday: bool = False) -> str:
    """Return "12/01/2026", or "Tue 12/01/2026" where the day is proposed."""
    return f"{weekday_of(day)} {_figures(day)}" if weekday else _figures(day)


@lru_cache(maxsize=4096)
def _figures(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def long_date(day: date) -> str:
    """Return "Tuesday 12/01/2026"."""
    return f"{weekday_of(day, whole=True)} {day:%m/%d/%Y}"


def day_in_year(day: date) -> str:
    """Return "Tue 12/01"."""
    return f"{weekday_of(day)} {day:%m/%d}"


def weekday_of(day: date, *, whole: bool = False) -> str:
    """Return "Tue", or "Tuesday" for `whole`."""
    return tr((_WHOLE_WEEKDAYS if whole else WEEKDAYS)[day.weekday()])


def month_of(day: date) -> str:
    """Return "Dec"."""
    return tr(_MONTHS[day.month - 1])


def month_name(day: date, words: Words | None = None) -> str:
    """Return "December", in the language in use or in that of `words`."""
    return (words or spoken()).tr(_WHOLE_MONTHS[day.month - 1])


def month_year(day: date) -> str:
    """Return "December 2026"."""
    return tr("{month} {year}", month=month_name(day), year=day.year)
