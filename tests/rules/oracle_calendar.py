"""The oracle's own calendar: days as numbers, months taken away by hand."""

from __future__ import annotations

from datetime import date

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def ordinal(day: date) -> int:
    return day.toordinal()


def year_of(day: int) -> int:
    return date.fromordinal(day).year


def length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def back(day: int, months: int) -> int:
    """Return the day so many calendar months earlier; where the month is too short, its last day."""
    here = date.fromordinal(day)
    count = here.year * 12 + (here.month - 1) - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(here.day, length(year, month))).toordinal()


def days_of(day: int, months: int) -> int:
    """Return how many days the next so many months have."""
    return back(day, -months) - day
