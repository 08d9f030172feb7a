"""What single cells mean: dates whole and partial, yes and no, sides, relief and how long it lasted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from tracker.domain.anatomy import Side
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.language import tr

Value = TypeVar("Value")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_US_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_END = re.compile(r"9999[-/.]?\d{1,2}[-/.]?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]9999")
"""So other programs write that something has no end."""
_CLOCK = re.compile(r"[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?(Z|[+-]\d{2}:?\d{2})?$")
_US_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_MONTHS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m|mo|mos|month|months|w|wk|wks|week|weeks)?\.?")
WEEKS_A_MONTH = 4
SHOWN = 40
SIDES: Mapping[str, Side] = {
    "left": Side.LEFT, "l": Side.LEFT, "lt": Side.LEFT, "right": Side.RIGHT, "r": Side.RIGHT, "rt": Side.RIGHT,
    "both": Side.BOTH, "b": Side.BOTH, "bl": Side.BOTH, "bilateral": Side.BOTH, "50": Side.BOTH,
    "midline": Side.MIDLINE, "m": Side.MIDLINE, "unknown": Side.UNKNOWN, "u": Side.UNKNOWN,
}  # fmt: skip
_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def shown(text: str) -> str:
    """Return the cell's text short enough to be told."""
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def parse_day(text: str) -> date:
    """Read 01/12/2026, 1/12/2026, 2026-01-12 or 20260112, with a time of day or without. Raises InvalidEntryError."""
    plain = _CLOCK.sub("", text.strip())
    if match := _US_DAY.fullmatch(plain):
        month, day, year = map(int, match.groups())
    elif match := _ISO_DAY.fullmatch(plain) or _DIGITS.fullmatch(plain):
        year, month, day = map(int, match.groups())
    elif _SHORT_YEAR.fullmatch(plain):
        raise _no_date(text, tr("Write the year with four digits."))
    else:
        raise _no_date(text, tr("Write MM/DD/YYYY."))
    return _real(text, year, month, day)


def parse_last_day(text: str) -> date | None:
    """Read a day as `parse_day` does, and one of the year 9999 as no end. Raises InvalidEntryError."""
    return None if _NO_END.fullmatch(_CLOCK.sub("", text.strip())) else parse_day(text)


def parse_when(text: str) -> PartialDate:
    """Read a day, or a month (01/2026, 2026-01) or a year when no more is known. Raises InvalidEntryError."""
    plain = text.strip()
    if match := _US_MONTH.fullmatch(plain):
        first = _real(text, int(match[2]), int(match[1]), 1)
        return PartialDate.parse(f"{first:%Y-%m}")
    if match := _ISO_MONTH.fullmatch(plain):
        first = _real(text, int(match[1]), int(match[2]), 1)
        return PartialDate.parse(f"{first:%Y-%m}")
    if _YEAR.fullmatch(plain):
        return PartialDate.parse(f"{_real(text, int(plain), 1, 1):%Y}")
    return PartialDate.on(parse_day(plain))


def _real(text: str, year: int, month: int, day: int) -> date:
    if year < EARLIEST_YEAR:
        raise _no_date(text, tr("Write MM/DD/YYYY."))
    if year > LATEST_YEAR:
        raise _no_date(text, tr("Look at the year."))
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_date(text, tr("Write MM/DD/YYYY.")) from None


def _no_date(text: str, remedy: str) -> InvalidEntryError:
    return InvalidEntryError(tr("{cell} is no date.", cell=shown(text)), "", remedy, text)


def parse_yes(text: str) -> bool:
    return one_of(_YES_NO, tr("yes or no"))(text)


def parse_side(text: str) -> Side:
    return one_of(SIDES, tr("left, right, both or midline"))(text)


def one_of(values: Mapping[str, Value], wanted: str) -> Callable[[str], Value]:
    """Return a parser that knows these words."""

    def parse(text: str) -> Value:
        found = values.get(text.casefold().strip(" ."))
        if found is None:
            raise InvalidEntryError(
                tr("{cell} means nothing here.", cell=shown(text)), "", tr("Write {wanted}.", wanted=wanted), text
            )
        return found

    return parse


def parse_percent(text: str) -> float:
    """Read 85, 85% or 85.5 %; a fraction such as 0.85 could mean two things and is refused."""
    plain = text.removesuffix("%").strip().replace(",", ".")
    number = float(plain) if re.fullmatch(r"\d{1,3}(\.\d+)?", plain) else -1.0
    if not 0 <= number <= 100 or (0 < number < 1 and "%" not in text):
        raise InvalidEntryError(
            tr("{cell} is no percentage.", cell=shown(text)),
            "",
            tr("Write a number from 0 to 100, such as 85."),
            text,
        )
    return number


def parse_months(text: str) -> float:
    """Read 3, 3.5, "4 months" or "6 weeks" (four weeks are a month)."""
    match = _MONTHS.fullmatch(text.casefold().strip())
    number = float(match[1].replace(",", ".")) if match and len(match[1]) < 8 else -1.0
    months = number / WEEKS_A_MONTH if match and (match[2] or "").startswith("w") else number
    if not 0 <= months <= 240:
        raise InvalidEntryError(
            tr("{cell} is no time in months.", cell=shown(text)), "", tr("Write 3, or 6 weeks."), text
        )
    return months
