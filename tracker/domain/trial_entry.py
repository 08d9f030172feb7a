"""A made-up injection as one types it to try a rule: "01/12/2026 mbb l45l 85", or a date alone for one more of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.anatomy import Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.folding import folded
from tracker.domain.language import msg, tr
from tracker.domain.level_entry import parse_levels
from tracker.domain.level_entry import written as written_levels
from tracker.domain.procedure import ProcedureChoice, Sites
from tracker.domain.procedure_search import find_choices, names_of
from tracker.domain.relief_entry import check_months, check_percent
from tracker.domain.us_dates import us_date

_WAYS = msg("Type a date, then procedure, level and side, and relief: 01/12/2026 mbb l45l 85.")
_RELIEF = re.compile(r"(\d{1,3}(?:\.\d)?)(?:%)?")
_MONTHS = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)(?:m|mo)")
_MOST_WORDS = 3
_UNMARKED, _CHANGED, _FOREIGN = "nokx", "newtech", "otherpayer"


@dataclass(frozen=True, slots=True)
class TrialEntry:
    """What was typed: a day, and what was or shall be done then.

    `without_kx`: its claim had not the modifier. `paid_otherwise`: another payer paid it. `technique_changed`: asked
    with another technique than the last one.
    """

    day: date
    choice: ProcedureChoice
    targets: tuple[Target, ...]
    percent: float | None = None
    months: float | None = None
    body_regions: tuple[BodyRegion, ...] = ()
    without_kx: bool = False
    paid_otherwise: bool = False
    technique_changed: bool = False

    @property
    def where(self) -> tuple[object, ...]:
        return self.choice, self.targets, self.body_regions


def written(entry: TrialEntry, like: TrialEntry | None = None, *, relief: bool = True) -> str:
    """Return the line that `parse_trial` reads back: "01/12/2026 mbb l45l 85"; what is as in `like` is left out."""
    same = like is not None and entry.where == like.where
    what = "" if same else f"{entry.choice.id} {written_levels(Sites(entry.targets, body_regions=entry.body_regions))}"
    percent = f"{entry.percent:g}" if relief and entry.percent is not None else ""
    lasted = f"{entry.months:g}m" if relief and entry.months is not None else ""
    parts = [us_date(entry.day), what.strip(), percent, lasted, *_marks_of(entry)]
    return " ".join(part for part in parts if part)


def _marks_of(entry: TrialEntry) -> Iterator[str]:
    told = (entry.without_kx, entry.paid_otherwise, entry.technique_changed)
    yield from (mark for mark, holds in zip((_UNMARKED, _FOREIGN, _CHANGED), told, strict=True) if holds)


def parse_trial(text: str, today: date, choices: Iterable[ProcedureChoice], like: TrialEntry) -> TrialEntry:
    """Read one line; what it leaves out is as in `like`. Raises InvalidEntryError naming the part without meaning."""
    first, *words = text.split() or [""]
    day = _day(first, today)
    words, marks = _without_marks(words)
    percent, months, words = _relief(words)
    marked = replace(
        like,
        day=day,
        percent=percent,
        months=months,
        without_kx=_UNMARKED in marks,
        paid_otherwise=_FOREIGN in marks,
        technique_changed=_CHANGED in marks,
    )
    if not words:
        return marked
    choice, rest = _choice(words, tuple(choices), like)
    if not rest and choice.targets is like.choice.targets:
        return replace(marked, choice=choice)
    sites = parse_levels(" ".join(rest), choice.targets, choice.approach)
    return replace(marked, choice=choice, targets=sites.targets, body_regions=sites.body_regions)


def _without_marks(words: list[str]) -> tuple[list[str], set[str]]:
    """Return the words without the marks at their end, and those."""
    left, marks = list(words), set[str]()
    while left and left[-1].casefold() in (_UNMARKED, _FOREIGN, _CHANGED):
        marks.add(left.pop().casefold())
    return left, marks


def _day(text: str, today: date) -> date:
    try:
        return parse_day(text, today)
    except InvalidEntryError as error:
        raise InvalidEntryError(error.title, error.detail, tr(_WAYS), error.token) from None
    except NextWanted:
        raise InvalidEntryError(tr("“{text}” is no date.", text=text), "", tr(_WAYS), text) from None


def _relief(words: list[str]) -> tuple[float | None, float | None, list[str]]:
    """Return per cent and months from the end of the line, and the words before them."""
    percent: float | None = None
    months: float | None = None
    left = list(words)
    while left:
        if months is None and (match := _MONTHS.fullmatch(left[-1].casefold())):
            months = float(match[1])
            check_months(months)
        elif percent is None and (match := _RELIEF.fullmatch(left[-1])):
            percent = float(match[1])
            check_percent(percent)
        else:
            break
        left.pop()
    return percent, months, left


def _choice(
    words: list[str], choices: tuple[ProcedureChoice, ...], like: TrialEntry
) -> tuple[ProcedureChoice, list[str]]:
    """Return the procedure that the first words name, and the words behind it; levels alone are of `like`'s."""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        typed = folded(" ".join(words[:count]))
        for choice in choices:
            if typed in map(folded, names_of(choice)):
                return choice, words[count:]
    try:
        parse_levels(" ".join(words), like.choice.targets, like.choice.approach)
    except InvalidEntryError:
        found = find_choices(words[0], choices)
        if not found:
            raise InvalidEntryError(tr("“{word}” is no procedure.", word=words[0]), "", tr(_WAYS), words[0]) from None
        return found[0], words[1:]
    return like.choice, words
