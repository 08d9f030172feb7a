"""How long before a visit its approval is asked for: by the payer's own term on file, with a margin."""

from __future__ import annotations

from functools import cache

import pytest

from tests.rules.asking import question
from tracker.domain.coverage import Coverage
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.rules_in_force import RulesInForce


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


def test_that_a_case_without_coverage_has_the_usual_lead() -> None:
    case = question("2026-12-10", "mbb", "L4-L5 left", as_of="2026-11-24", coverages=())
    assert _rules().lead_days(case) == 10
