"""Courses of five steps beside histories with many open facts and other visits: the processor's time of each plan."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.benchmarks.figures import Figure, cpu_seconds, percentile
from tests.rules.asking import question, rules
from tests.rules.histories import DX, IL, RFA, SI_DX, SI_TX, TF, TX, Kind, _event, _targets
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.course import Assumed, Course, CourseStep
from tracker.rules.naming import plan_course
from tracker.rules.placing import CourseQuestion

COUNT = {"small": 40, "full": 200}
GOAL_MS = 200.0
FIVE: tuple[tuple[Kind, ...], ...] = (
    (DX, DX, RFA, RFA, TX),
    (TF, TF, TF, TF, TF),
    (DX, DX, RFA, RFA, RFA),
    (SI_DX, SI_DX, SI_TX, SI_TX, SI_TX),
    (IL, IL, TF, TF, TF),
    (DX, DX, TX, TX, TX),
)


def measure(scale: str) -> list[Figure]:
    payers = [payer.id for payer in rules().payers if payer.rules]
    figures: list[Figure] = []
    for name, opened, most in (("one fact in ten open", 0.1, 6), ("six facts in ten open", 0.6, 10)):
        asked = [five_steps(Random(seed), payers, opened, most) for seed in range(COUNT[scale])]
        plan_course(asked[0])  # the first fills what is kept of the rules
        spent = [cpu_seconds(lambda each=each: plan_course(each)) * 1000 for each in asked]
        figures += [
            Figure(f"course of five steps, {name} (processor), p50", percentile(spent, 50), "ms", GOAL_MS),
            Figure(f"course of five steps, {name} (processor), p99", percentile(spent, 99), "ms", GOAL_MS),
            Figure(f"course of five steps, {name} (processor), worst", max(spent), "ms", GOAL_MS),
        ]
    return figures


def five_steps(random: Random, payers: list[str], opened: float, most: int) -> CourseQuestion:
    """Return a course of five steps for a patient with up to `most` events, some of them visits that are booked."""
    start = date(random.choice((2024, 2026)), random.choice((2, 11, 12)), random.choice((1, 20, 28)))
    kinds, payer = random.choice(FIVE), random.choice(payers)
    targets = {kind: _targets(random, kind) for kind in dict.fromkeys(kinds)}
    steps = tuple(
        CourseStep(
            kind.family,
            kind.intent,
            kind.approach,
            targets[kind],
            Assumed(random.choice((50, 80, 80, 90)), random.choice((None, 3, 6))),
            gap_days=random.choice((1, 1, 7, 14, 28)),
            within_days=random.choice((None, None, 30, 60, 120)),
        )
        for kind in kinds
    )
    near = [start + timedelta(days) for days in (0, 14, 35, 100, -200)]
    history = tuple(
        _event(random, f"h{n}", random.choice(kinds), near, start, payers, payer, opened=random.random() < opened)
        for n in range(random.randrange(most + 1))
    )
    course = Course(steps, start, random.choice((None, None, start + timedelta(200), start + timedelta(400))))
    case = question(start.isoformat(), "mbb", "L4-L5 left", history=history, payer=payer, as_of=start.isoformat())
    days = ClinicDays(frozenset(random.choice(((0, 1, 2, 3, 4), (0, 3), (1, 4), (2,)))))
    return CourseQuestion(course, case, rules(), days)
