"""Dates that lie behind, as the desk types them: a birth, and the day, month or year in which something was done."""

from __future__ import annotations

import re
from datetime import date

from tracker.domain.date_entry import NextWanted, may_become_day, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.language import msg, tr

_WAYS = msg("Type 1/12/2026, or 01/2026 or 2026 when no more is known.")
_BIRTH_WAYS = msg("Type month, day and year, such as 07/02/1951.")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_MONTH_OR_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d{1,2})?")
_WITH_YEAR = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-]|\d{4})(?P<year>\d{4}|\d{2})|(?P<first>\d{4})-\d{1,2}-\d{1,2}")


def parse_when(text: str, today: date) -> PartialDate:
    """Return the day on which something was done, or its month ("01/2026") or year ("2026") when no more is known.

    Raises InvalidEntryError for what is no date and for what has not come yet.
    """
    entry = text.strip()
    if month := _MONTH.fullmatch(entry):
        when = _partial(f"{month[2]}-{month[1]:0>2}", entry)
    elif _MONTH_OR_YEAR.fullmatch(entry):
        when = _partial(entry, entry)
    else:
        when = PartialDate.on(_day(entry, today, _WAYS))
    if when.first > today:
        raise InvalidEntryError(
            tr("“{entry}” has not come yet.", entry=entry), "", tr("Correct the date, or book the visit."), entry
        )
    return when


_BEGUN_WHEN = re.compile(r"\d{1,2}[/.-]\d{0,3}|(?:19|20)\d\d-?\d?")
_BEGUN_BIRTH = re.compile(r"\d{0,7}|\d{1,2}(?:[/.-](?:\d{1,2}(?:[/.-]\d{0,3})?)?)?|\d{4}-(?:\d{1,2}(?:-\d?)?)?")

_OLDEST = 110


def may_become_when(text: str) -> bool:
    """Tell whether more typing could still make a day, month or year of it ("01/202", "2026-")."""
    return may_become_day(text) or bool(_BEGUN_WHEN.fullmatch(text.strip()))


def may_become_birth(text: str) -> bool:
    """Tell whether more typing could still make a birth date of it ("07/02", "07/02/19")."""
    return bool(_BEGUN_BIRTH.fullmatch(text.strip()))


def parse_birth(text: str, today: date) -> date:
    """Return a birth date; it needs its year, and one of two figures lies in the last hundred years.

    Where somebody of that age and somebody a hundred years older may both come, two figures are not enough.
    """
    entry = text.strip()
    match = _WITH_YEAR.fullmatch(entry)
    if match is None:
        raise InvalidEntryError(tr("“{entry}” is no birth date.", entry=entry), "", tr(_BIRTH_WAYS), entry)
    born = _day(entry, today, _BIRTH_WAYS)
    short = match["year"] is not None and len(match["year"]) == 2
    if short and born <= today and today.year - born.year + 100 <= _OLDEST:
        older = tr("{older} or {year}?", older=born.year - 100, year=born.year)
        raise InvalidEntryError(older, "", tr("Type the year with four figures, such as 07/02/1951."), entry)
    return born.replace(year=born.year - 100) if short and born > today else born


def _partial(iso: str, entry: str) -> PartialDate:
    try:
        return PartialDate.parse(iso)
    except InvalidEntryError:
        raise InvalidEntryError(tr("“{entry}” is no month.", entry=entry), "", tr(_WAYS), entry) from None


def _day(entry: str, today: date, ways: str) -> date:
    try:
        return parse_day(entry, today, past=True)
    except InvalidEntryError as error:
        raise InvalidEntryError(error.title, error.detail, tr(ways), error.token) from None
    except NextWanted:
        raise InvalidEntryError(tr("“{text}” is no date.", text=entry), "", tr(ways), entry) from None
