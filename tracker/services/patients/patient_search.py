"""What a scheduler may mean by the few characters typed into Find: a name, a birth date, a number, a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

_SHORTEST_NUMBER = 3


class By(Enum):
    """Which index answers."""

    NAME = auto()
    BIRTH = auto()
    PHONE = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Query:
    """One look-up. `first` is used for names only, `born` for birth dates only."""

    by: By
    text: str = ""
    first: str = ""
    born: date | None = None


def queries(text: str, today: date) -> tuple[Query, ...]:
    """Return every reading of the text, the likeliest first; digits are tried as date, number and phone together."""
    text = text.strip()
    if not any(char.isalnum() for char in text):
        return ()
    if not any(char.isdigit() for char in text):
        return tuple(dict.fromkeys(_names(text)))
    return tuple(_numbers(text, today))


def _names(text: str) -> Iterator[Query]:
    if "," in text:
        last, first = (part.strip() for part in text.split(",", 1))
        yield Query(By.NAME, last, first)
        return
    words = text.split()
    yield Query(By.NAME, " ".join(words))
    for cut in range(1, len(words)):
        before, after = " ".join(words[:cut]), " ".join(words[cut:])
        yield Query(By.NAME, before, after)
        yield Query(By.NAME, after, before)
    yield Query(By.NAME, "", " ".join(words))


def _numbers(text: str, today: date) -> Iterator[Query]:
    for born in _birth_dates(text, today):
        yield Query(By.BIRTH, born=born)
    digits = re.sub(r"[\s().+-]", "", text)
    if digits.isascii() and digits.isdigit() and len(digits) in (4, 7, 10, 11):
        yield Query(By.PHONE, digits)
    if len(digits) >= _SHORTEST_NUMBER:
        yield Query(By.NUMBER, text)


def _birth_dates(text: str, today: date) -> Iterable[date]:
    """Read 7/2/1951, 07/02/51, 07021951, 070251 and 1951-07-02; two figures of a year lie in the last hundred years."""
    american = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", r"(\d{2})(\d{2})(\d{4}|\d{2})"
    if match := re.fullmatch(american[0], text) or re.fullmatch(american[1], text):
        month, day, year = match.groups()
    elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = match.groups()
    else:
        return ()
    full_year = int(year) if len(year) == 4 else _century(int(year), today)
    try:
        return (date(full_year, int(month), int(day)),)
    except ValueError:
        return ()


def _century(year: int, today: date) -> int:
    this_century = today.year - today.year % 100 + year
    return this_century if this_century <= today.year else this_century - 100
