"""Odd questions that real charts hold: crowded days, three coverages with gaps and overlaps, many payers, year ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.rules.histories import PLANS, a_case
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventStatus
from tracker.domain.proposal import Case

DAYS = (
    "2024-02-29", "2025-02-28", "2025-03-01", "2025-04-30", "2025-08-31", "2025-12-31", "2026-01-01", "2026-03-08",
    "2026-05-31", "2026-11-01", "2026-12-31", "2027-01-01", "2028-02-29",
)  # fmt: skip
CHANGES = (-800, -400, -366, -365, -100, -30, -1, 0, 1, 2, 20, 100, 364, 366)


def an_odd_case(random: Random, payers: list[str]) -> Case:
    """Return a question about a day at which months, years or coverages turn."""
    asked = date.fromisoformat(random.choice(DAYS)) + timedelta(random.choice((-1, 0, 0, 1)))
    case = a_case(random, payers, asked)
    history, how = case.history, random.choice(("crowded", "covered", "covered", "paid", "all"))
    if how in ("crowded", "all") and history:
        history = tuple(_crowded(random, history, asked))
    if how in ("paid", "all"):
        history = tuple(replace(e, payer=random.choice([None, *payers, "commercial"])) for e in history)
    coverages = case.coverages
    if how in ("covered", "all"):
        coverages = _coverages(random, coverages[-1].payer, payers, asked)
    return replace(case, history=history, coverages=coverages)


def _crowded(random: Random, history: tuple[Event, ...], asked: date) -> list[Event]:
    """Put most of what was done on the day of one of them."""
    when = random.choice(history).when
    if when.first != when.last or when.first >= asked:
        return list(history)
    return [
        replace(event, when=when) if event.status is not EventStatus.BOOKED and random.random() < 0.6 else event
        for event in history
    ]


def _coverages(random: Random, payer: str, payers: list[str], day: date) -> tuple[Coverage, ...]:
    """Return three that follow each other, with a gap, sometimes one that nobody ended, and sometimes a second payer."""
    first, second = sorted(day + timedelta(random.choice(CHANGES)) for _ in range(2))
    second = max(second, first + timedelta(1))
    before, after = (random.choice([*payers, "commercial", "nobody-knows"]) for _ in range(2))
    gap, last = timedelta(random.choice((1, 1, 1, 2, 40))), second - timedelta(1)
    found = [
        Coverage(before, random.choice(PLANS), end=first - gap, authorization_required=False),
        Coverage(payer, random.choice(PLANS), start=first, end=last, authorization_required=False),
        Coverage(after, random.choice(PLANS), start=second, authorization_required=False),
    ]
    if random.random() < 0.3:
        found = [replace(each, **{random.choice(("start", "end")): None}) for each in found]
    if random.random() < 0.4:
        found.append(Coverage(random.choice(payers), order=2, authorization_required=False))
    random.shuffle(found)
    return tuple(found)
