"""The course planner: the first days that fit, what it minds, and the one thing that it names where none do."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.rules.asking import approval, booked, done, proven, rules
from tests.rules.courses import a_course, breaks, days, planned, refused, slow_plan, step, terms
from tracker.domain.authorization import AuthorizationLine
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.course import ConstraintKind, NoPlan, Plan, StepState
from tracker.domain.coverage import Coverage
from tracker.domain.verdict import Outcome
from tracker.rules.naming import loosened, plan_course
from tracker.rules.placing import Drop, Terms

COUNT = int(os.environ.get("PLANNER_CASES", "40"))
FIRST = int(os.environ.get("PLANNER_SEED", "0")) * 1_000_000
CHUNKS = 8
BOTH = ("L4-L5 both", "L5-S1 both")
LEFT, RIGHT = ("L4-L5 left", "L5-S1 left"), ("L4-L5 right", "L5-S1 right")
BLOCK = step("mbb", *BOTH, relief=80)
MONDAYS = ClinicDays(frozenset({0}))


def payers() -> list[str]:
    return [payer.id for payer in rules().payers if payer.rules]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_plans_are_those_of_trying_every_day_and_that_what_is_named_stands_in_the_way(chunk: int) -> None:
    seeds = range(FIRST + chunk * COUNT // CHUNKS, FIRST + (chunk + 1) * COUNT // CHUNKS)
    wrong = [said for seed in seeds if (said := difference(a_course(Random(seed), payers()), seed))]

    assert not wrong, "\n".join(wrong)


def difference(asked: Terms, seed: int) -> str:
    found, slow = plan_course(asked), slow_plan(asked)
    if isinstance(found, Plan):
        dates = tuple(each.day for each in found.steps)
        broken = [said for last in range(len(dates)) if (said := breaks(asked, dates[: last + 1]))]
        if broken:
            return f"seed {seed}: {dates} break {broken}"
        return f"seed {seed}: {dates}, the slow planner has {slow}" if dates != slow else ""
    if slow is not None:
        return f"seed {seed}: no plan ({found.constraints}), the slow planner has {slow}"
    named = [Drop(c.kind, c.rule, c.step if c.kind in _OF_A_STEP else -1) for c in found.constraints]
    if not isinstance(plan_course(loosened(asked, named)), Plan):
        return f"seed {seed}: without {named} there is no plan either"
    return ""


_OF_A_STEP = (ConstraintKind.GAP, ConstraintKind.LATEST, ConstraintKind.NOT_BEFORE, ConstraintKind.VISIT)


def test_that_random_courses_are_both_possible_and_impossible() -> None:
    found = {type(plan_course(a_course(Random(seed), payers()))) for seed in range(FIRST, FIRST + 40)}

    assert found == {Plan, NoPlan}
