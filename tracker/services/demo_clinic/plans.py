"""What comes next for a patient of the crowd: a visit that its history bears, with the history that it needs."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.procedure import Family
from tracker.services.demo_clinic.courses import Step, epidural, facet_targets
from tracker.services.demo_clinic.house import weekday_near


@dataclass(frozen=True, slots=True)
class Plan:
    """A visit on `day` and the steps before it; the crowd's other courses stay out of `families`."""

    day: date
    kind: str
    targets: tuple[str, ...]
    before: tuple[Step, ...]
    families: frozenset[Family]


FACET = frozenset({Family.FACET_INJECTION, Family.FACET_ABLATION})
Planner = Callable[[random.Random, date, date], Plan]


def _first_block(chance: random.Random, today: date, day: date) -> Plan:
    return Plan(day, "mbb", facet_targets(chance), (), FACET)


def _second_block(chance: random.Random, today: date, day: date) -> Plan:
    targets = facet_targets(chance)
    first = min(day - timedelta(chance.randint(18, 35)), today - timedelta(chance.randint(3, 12)))
    return Plan(day, "mbb", targets, (Step(weekday_near(first), "mbb", targets, chance.choice((80, 85, 90))),), FACET)


def _ablation(chance: random.Random, today: date, day: date) -> Plan:
    targets = facet_targets(chance)
    second = weekday_near(today - timedelta(chance.randint(4, 30)))
    first = weekday_near(second - timedelta(chance.randint(20, 35)))
    reliefs = chance.choices((80, 85, 90, 95), k=2)
    steps = tuple(Step(when, "mbb", targets, relief) for when, relief in zip((first, second), reliefs, strict=True))
    return Plan(day, "rfa", targets, steps, FACET)


def _first_epidural(chance: random.Random, today: date, day: date) -> Plan:
    return Plan(day, *epidural(chance), (), frozenset({Family.EPIDURAL}))


def _next_epidural(chance: random.Random, today: date, day: date) -> Plan:
    kind, targets = epidural(chance)
    days = [day - timedelta(chance.randint(102, 140))]
    if chance.random() < 0.5:
        days.append(days[0] - timedelta(chance.randint(98, 115)))
    steps = tuple(Step(weekday_near(d), kind, targets, chance.choice((55, 60, 70, 80)), 3.5) for d in reversed(days))
    return Plan(day, kind, targets, steps, frozenset({Family.EPIDURAL}))


def _si_block(chance: random.Random, today: date, day: date) -> Plan:
    return Plan(day, "si-dx", (f"SI {chance.choice(('left', 'right'))}",), (), frozenset({Family.SI_INJECTION}))


def _si_treatment(chance: random.Random, today: date, day: date) -> Plan:
    targets = (f"SI {chance.choice(('left', 'right', 'both'))}",)
    last = weekday_near(day - timedelta(57 + chance.randint(8, 30)))  # some plans want two months between
    first = weekday_near(last - timedelta(chance.randint(20, 35)))
    steps = (Step(first, "si-dx", targets, 80), Step(last, "si-dx", targets, chance.choice((75, 85, 90))))
    return Plan(day, "si", targets, steps, frozenset({Family.SI_INJECTION}))


def _trigger_points(chance: random.Random, today: date, day: date) -> Plan:
    last = weekday_near(day - timedelta(chance.randint(70, 130)))
    steps = (Step(last, "tp", (), chance.choice((55, 60, 70)), 2),) if chance.random() < 0.5 else ()
    return Plan(day, "tp", (), steps, frozenset({Family.TRIGGER_POINT}))


PLANNERS: tuple[tuple[Planner, int], ...] = (
    (_first_block, 16),
    (_second_block, 16),
    (_ablation, 18),
    (_first_epidural, 16),
    (_next_epidural, 20),
    (_si_block, 5),
    (_si_treatment, 5),
    (_trigger_points, 4),
)


def next_visit(chance: random.Random, today: date, day: date) -> Plan:
    """Choose what is done on `day`."""
    planner = chance.choices([each for each, _ in PLANNERS], [weight for _, weight in PLANNERS])[0]
    return planner(chance, today, day)
