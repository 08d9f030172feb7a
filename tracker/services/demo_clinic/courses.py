"""Courses of treatment as they go in a pain clinic: each a row of steps that keeps Medicare's intervals and limits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.procedure import Family
from tracker.services.demo_clinic.house import weekday_near

LUMBAR = ("L2-L3", "L3-L4", "L4-L5", "L5-S1")
CERVICAL = ("C3-C4", "C4-C5", "C5-C6", "C6-C7")


@dataclass(frozen=True, slots=True)
class Step:
    """One procedure of a course; relief None: not recorded yet."""

    day: date
    kind: str
    targets: tuple[str, ...] = ()
    relief: float | None = None
    months: float | None = None


def facet_targets(chance: random.Random) -> tuple[str, ...]:
    """One or two neighbouring joints, mostly lumbar, on one side or both."""
    levels = LUMBAR if chance.random() < 0.75 else CERVICAL
    first = chance.randrange(1, len(levels) - 1)
    side = chance.choice(("left", "right", "both"))
    return tuple(f"{level} {side}" for level in levels[first : first + chance.choice((1, 2, 2))])


def epidural(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """An epidural's kind and place."""
    kind = chance.choices(("tf", "il", "il-neck", "caudal"), (45, 30, 15, 10))[0]
    if kind == "tf":
        side = chance.choice(("left", "right", "both"))
        return kind, (f"{chance.choice(LUMBAR[1:])} {side}",)
    if kind == "caudal":
        return kind, ("caudal",)
    return ("il", ("C7-T1",)) if kind == "il-neck" else ("il", (chance.choice(LUMBAR[2:]),))


def _facet_course(chance: random.Random, start: date) -> Iterator[Step]:
    targets = facet_targets(chance)
    day = start
    good = chance.random() < 0.72
    yield Step(day, "mbb", targets, chance.choice((80, 85, 90, 95)))
    day += timedelta(chance.randint(18, 40))
    yield Step(day, "mbb", targets, chance.choice((80, 85, 90, 100)) if good else chance.choice((20, 40, 50, 60)))
    day += timedelta(chance.randint(10, 40))
    while good:
        yield Step(day, "rfa", targets, chance.choice((55, 60, 70, 75, 80)), chance.choice((6, 7, 8, 9, 11)))
        day += timedelta(chance.randint(240, 480))
        good = chance.random() < 0.75


def _epidural_course(chance: random.Random, start: date) -> Iterator[Step]:
    kind, targets = epidural(chance)
    day = start
    for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5, 6))):
        yield Step(day, kind, targets, chance.choice((50, 55, 60, 70, 75, 80)), chance.choice((3, 3, 3.5, 4, 5)))
        day += timedelta(chance.randint(125, 240))


def _si_course(chance: random.Random, start: date) -> Iterator[Step]:
    targets = (f"SI {chance.choice(('left', 'right', 'both'))}",)
    yield Step(start, "si-dx", targets, chance.choice((75, 80, 90)))
    yield Step(start + timedelta(chance.randint(18, 35)), "si-dx", targets, chance.choice((75, 80, 90)))
    day = start + timedelta(chance.randint(45, 70))
    for _ in range(chance.choice((1, 2, 3, 4))):
        yield Step(day, "si", targets, chance.choice((50, 60, 70, 80)), chance.choice((3, 3, 4)))
        day += timedelta(chance.randint(110, 200))


def _trigger_course(chance: random.Random, start: date) -> Iterator[Step]:
    for count in range(chance.choice((1, 2, 3))):
        yield Step(start + timedelta(count * chance.randint(135, 170)), "tp", (), chance.choice((50, 60, 70)), 2)


def _knee_course(chance: random.Random, start: date) -> Iterator[Step]:
    yield Step(start, "genicular", (), chance.choice((60, 80, 90)))
    yield Step(start + timedelta(chance.randint(20, 60)), "genicular-rfa", (), chance.choice((50, 70)), 6)


def _single(chance: random.Random, start: date) -> Iterator[Step]:
    yield Step(start, chance.choice(("occipital", "occipital", "bvn", "scs")), (), chance.choice((50, 60, 70)), 3)


Course = Callable[[random.Random, date], Iterator[Step]]
COURSES: tuple[tuple[Course, int, frozenset[Family]], ...] = (
    (_facet_course, 36, frozenset({Family.FACET_INJECTION, Family.FACET_ABLATION})),
    (_epidural_course, 38, frozenset({Family.EPIDURAL})),
    (_si_course, 12, frozenset({Family.SI_INJECTION})),
    (_trigger_course, 7, frozenset({Family.TRIGGER_POINT})),
    (_knee_course, 4, frozenset({Family.GENICULAR_BLOCK, Family.GENICULAR_ABLATION})),
    (_single, 3, frozenset({Family.OCCIPITAL_BLOCK})),
)


def past_courses(chance: random.Random, today: date, count: int, without: frozenset[Family]) -> Iterator[Step]:
    """Yield the steps of up to `count` courses of different families over five years, all before today."""
    open_to = [course for course in COURSES if not course[2] & without]
    for _ in range(min(count, len(open_to))):
        chosen = chance.choices(open_to, [weight for _, weight, _ in open_to])[0]
        open_to.remove(chosen)
        start = today - timedelta(chance.randint(20, 5 * 365 - 30))
        for step in chosen[0](chance, weekday_near(start)):
            day = weekday_near(step.day)
            if day >= today:
                break
            recorded = chance.random() < 0.93 and (today - day).days > 10
            relief, months = (step.relief, step.months) if recorded else (None, None)
            yield Step(day, step.kind, step.targets, relief, months)
