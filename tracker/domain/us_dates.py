"""Dates as a US desk writes and reads them out, the names of days and months in the language in use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tracker.domain.language import tr


@lru_cache(maxsize=4096)
def us_date(day: date, weekday: bool = False) -> str:
    """Return "12/01/2026", or "Tue 12/01/2026" where the day is proposed."""
    return f"{weekday_of(day)} {day:%m/%d/%Y}" if weekday else f"{day:%m/%d/%Y}"


def long_date(day: date) -> str:
    """Return "Tuesday 12/01/2026"."""
    return f"{weekday_of(day, whole=True)} {day:%m/%d/%Y}"


def day_in_year(day: date) -> str:
    """Return "Tue 12/01"."""
    return f"{weekday_of(day)} {day:%m/%d}"


def weekday_of(day: date, *, whole: bool = False) -> str:
    """Return "Tue", or "Tuesday" for `whole`."""
    if whole:
        return (
            tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"), tr("Saturday"), tr("Sunday"),
        )[day.weekday()]  # fmt: skip
    return (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))[day.weekday()]


def month_of(day: date) -> str:
    """Return "Dec"."""
    return (
        tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"), tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"),
        tr("Nov"), tr("Dec"),
    )[day.month - 1]  # fmt: skip
