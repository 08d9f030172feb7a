"""How long before a visit its approval is asked for: by the payer's own term on file, with a margin."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from tests.rules.asking import done, question
from tests.rules.courses import asking_for, step
from tracker.domain.coverage import Coverage
from tracker.domain.effort import Effort, EndedError
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.rule_library.base_book import BaseBook
from tracker.services.rule_library.rules_in_force import RulesInForce


@cache
def _rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.mark.parametrize(
    ("payer", "state", "days"),
    [
        ("medicare-advantage", "KY", 7 + 3),
        ("evicore", "KY", 6 + 3),  # three business days from a Tuesday before Thanksgiving: until the Monday after
        ("a payer that nobody knows", "KY", 7 + 3),
    ],
)
def test_that_the_lead_follows_the_payers_term(payer: str, state: str, days: int) -> None:
    case = question(
        "2026-12-10", "mbb", "L4-L5 left", payer=payer, state=state, as_of="2026-11-24", coverages=(Coverage(payer),)
    )
    assert _rules().lead_days(case) == days


def test_that_the_same_course_is_not_searched_for_twice_and_another_is() -> None:
    in_force, none_left = RulesInForce(load_catalog(resource_root())), Effort(0)
    asked = asking_for(step("mbb", "L4-L5 left", relief=80), step("rfa", "L4-L5 left"))
    found = in_force.plan(asked.case, asked.course, asked.clinic, Effort())

    assert in_force.plan(asked.case, asked.course, asked.clinic, none_left) is found
    later = replace(asked.course, start=asked.course.start + timedelta(1))
    done_before = replace(asked.case, history=(done("2026-10-01", "mbb", "L4-L5 left", relief=90),))
    for case, course in ((asked.case, later), (done_before, asked.course)):
        with pytest.raises(EndedError):
            in_force.plan(case, course, asked.clinic, none_left)
    in_force.use(BaseBook(load_catalog(resource_root())))
    with pytest.raises(EndedError):
        in_force.plan(asked.case, asked.course, asked.clinic, none_left)


def test_that_a_case_without_coverage_has_the_usual_lead() -> None:
    case = question("2026-12-10", "mbb", "L4-L5 left", as_of="2026-11-24", coverages=())
    assert _rules().lead_days(case) == 10
