"""Invented plans, one for each way in which payers count, with cases on each side of every limit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.rule_library.case_reading import read_case
from tracker.services.rule_library.cases import answer_cases
from tracker.services.rule_library.expectation import differences

PLANS = Path(__file__).parent / "plans"


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    """The shipped rules with the invented plans over them."""
    return load_catalog(resource_root(), PLANS)


def cases() -> Iterator[Any]:
    for path in sorted((PLANS / "cases").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=case["id"])


@pytest.mark.parametrize("case", list(cases()))
def test_that_an_invented_plan_answers_as_its_case_expects(case: dict[str, Any], catalog: PolicyCatalog) -> None:
    (answer,) = answer_cases(json.dumps([case]), case["id"], catalog)

    assert differences(case["expect"], answer, read_case(case, 1)[1]) == [], case["why"]


def test_that_every_invented_plan_has_cases(catalog: PolicyCatalog) -> None:
    plans = {payer.id for payer in catalog.payers if payer.id.startswith("plan-")}

    assert plans == {path.stem for path in (PLANS / "cases").glob("*.json")}
