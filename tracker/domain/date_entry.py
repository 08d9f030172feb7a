"""Dates as the desk types them: t, +14, -3, 2w, 3m, fri, 12/3, 12/3/27, 120326, 2026-12-03, and n for the earliest."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tracker.domain.errors import InvalidEntryError
from tracker.domain.folding import folded
from tracker.domain.language import msg, tr
from tracker.domain.windows import months_after

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPANISH_NAMES = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
"""On every desk: who types is not who chose the language of the window."""
_TODAY = ("t", "today", "hoy")
_FARTHEST_YEARS = 200
_WAYS = msg("Type 12/3, t for today, +14, 2w, 3m or fri.")


class NextWanted(Exception):
    """Raised for "n": the caller knows the earliest date, this module does not."""


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """Return the day that was typed, seen from `today`; with `past` a day without a year lies behind it.

    Raises InvalidEntryError for what is no day, NextWanted for "n".
    """
    entry = folded(text.strip())
    if entry in ("n", "next"):
        raise NextWanted
    if entry in _TODAY:
        return today
    found = _relative(entry, today) or _weekday(entry, today, past) or _calendar(entry, text.strip(), today, past)
    if found is None:
        raise InvalidEntryError(tr("“{text}” is no date.", text=text.strip()), "", tr(_WAYS), text.strip())
    if abs(found.year - today.year) > _FARTHEST_YEARS:
        raise InvalidEntryError(
            tr("“{typed}” is too far away.", typed=text.strip()), "", tr("Look at the year."), text.strip()
        )
    return found


_BEGUN = re.compile(r"[+-]\d{0,4}|\d{1,3}|\d{5}|\d{7}|\d{4}-(\d{1,2}(-\d?)?)?")
_BEGUN_CALENDAR = re.compile(r"(?P<month>\d{1,2})[/.-](?:(?P<day>\d{1,2})(?P<rest>[/.-]\d{0,3})?)?")
_WORDS = (*_NAMES, *_SPANISH_NAMES, *_TODAY[1:], "next")


def may_become_day(text: str) -> bool:
    """Tell whether more typing could still make a day of it ("12/", "+", "we")."""
    entry = folded(text.strip())
    if match := _BEGUN_CALENDAR.fullmatch(entry):
        month, day = int(match["month"]), int(match["day"] or 0)
        complete = len(match["day"] or "") == 2 and match["rest"] is None
        return 1 <= month <= 12 and day <= 31 and not complete
    return bool(entry) and (bool(_BEGUN.fullmatch(entry)) or any(name.startswith(entry) for name in _WORDS))


def _relative(entry: str, today: date) -> date | None:
    match = re.fullmatch(r"([+-]?)(\d{1,4})([dwm]?)", entry)
    if match is None or not (match[1] or match[3]):
        return None
    count, unit = int(match[2]) * (-1 if match[1] == "-" else 1), match[3] or "d"
    try:
        if unit == "m":
            return months_after(today, count)
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    except (OverflowError, ValueError):
        raise InvalidEntryError(tr("“{typed}” is too far away.", typed=entry), "", tr(_WAYS), entry) from None


def _weekday(entry: str, today: date, past: bool) -> date | None:
    """Return the next such day after today, or the last one before it."""
    if len(entry) < 2 or not entry.isalpha():
        return None
    wanted = {n for names in (_NAMES, _SPANISH_NAMES) for n, name in enumerate(names) if name.startswith(entry)}
    if len(wanted) != 1:
        return None
    ahead = (wanted.pop() - today.weekday()) % 7
    if past:
        return today - timedelta(days=(7 - ahead) % 7 or 7)
    return today + timedelta(days=ahead or 7)


def _calendar(entry: str, shown: str, today: date, past: bool) -> date | None:
    parts = _parts(entry)
    if parts is None:
        return None
    year, month, day = parts
    if year is None:
        return _nearest(month, day, shown, today, past)
    return _day(year, month, day, shown)


def _parts(entry: str) -> tuple[int | None, int, int] | None:
    """Return year (None when not typed), month, day."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", entry):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?", entry):
        return _year(match[3]), int(match[1]), int(match[2])
    if match := re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})?", entry):
        return _year(match[3]), int(match[1]), int(match[2])
    return None


def _year(figures: str | None) -> int | None:
    """Return the year; two figures are of this century."""
    return int(figures if len(figures) == 4 else f"20{figures}") if figures else None


def _nearest(month: int, day: int, shown: str, today: date, past: bool) -> date:
    """Return the day in the year that makes it the next one (the last one with `past`); 02/29 waits for a leap year."""
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    raise _impossible(shown)


def _day(year: int, month: int, day: int, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _impossible(shown) from None


def _impossible(shown: str) -> InvalidEntryError:
    return InvalidEntryError(
        tr("There is no day {shown}.", shown=shown), "", tr("Look at the month and the day."), shown
    )
