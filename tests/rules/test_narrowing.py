"""What a rule is judged by once stands for all that it sees: a search finds what judging each question alone finds.

NARROWING_CASES=300 tries more courses.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from tests.benchmarks.planner import five_steps
from tests.rules.asking import rules
from tests.rules.courses import a_course
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding
from tracker.rules import judging
from tracker.rules.active import Active
from tracker.rules.grounds import Ground, View
from tracker.rules.judging import judge_one
from tracker.rules.naming import plan_course
from tracker.rules.placing import CourseQuestion
from tracker.rules.reading import Reading

COUNT = int(os.environ.get("NARROWING_CASES", "12"))
FIRST = int(os.environ.get("NARROWING_SEED", "0"))


def payers() -> list[str]:
    return [payer.id for payer in rules().payers if payer.rules]


def asked(seed: int) -> list[CourseQuestion]:
    long = (five_steps(Random(seed), payers(), *opened) for opened in ((0.1, 6), (0.6, 10)))
    return [*long, a_course(Random(seed), payers())]


def test_that_a_search_finds_in_each_reading_what_judging_it_alone_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    found, seen, wrong = judging._found, Counter[str](), list[tuple[int, date]]()

    def checked(
        case: Case, active: Active, readings: Sequence[Reading], number: int, view: View, ground: Ground
    ) -> tuple[Finding, ...]:
        said = found(case, active, readings, number, view, ground)
        seen.update(judged=1)
        if said != judge_one(case, active, readings[number], telling=False).findings:
            wrong.append((seed, case.proposal.day))
        return said

    monkeypatch.setattr(judging, "_found", checked)
    for seed in range(FIRST, FIRST + COUNT):
        for each in asked(seed):
            plan_course(each)

    assert not wrong
    assert seen["judged"] > COUNT


@pytest.mark.parametrize("seed", [547, 1261, 1383])
def test_that_rules_of_two_versions_which_join_other_levels_are_not_taken_for_one(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Courses across a new year: the same rules stood in both versions, and one of them joined T12-L1 to L1-L2."""
    wrong, found = list[date](), judging._found

    def checked(
        case: Case, active: Active, readings: Sequence[Reading], number: int, view: View, ground: Ground
    ) -> tuple[Finding, ...]:
        said = found(case, active, readings, number, view, ground)
        if said != judge_one(case, active, readings[number], telling=False).findings:
            wrong.append(case.proposal.day)
        return said

    monkeypatch.setattr(judging, "_found", checked)
    plan_course(five_steps(Random(seed), payers(), 0.6, 10))

    assert not wrong


@pytest.mark.parametrize("seed", [782, 896])
def test_that_what_only_a_trial_brings_to_light_is_told_in_words(seed: int) -> None:
    told = plan_course(five_steps(Random(seed), payers(), 0.6, 10))

    assert not [each for each in getattr(told, "constraints", ()) if each.sentence.rstrip().endswith(":")]
    assert getattr(told, "constraints", ())
