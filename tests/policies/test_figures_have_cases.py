"""Every figure of every shipped rule has a case on each side: one more or one less, and some case fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.proposal import Case
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import MaxCount, MaxLevels, Repeat, Requires
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.loader import Policy
from tracker.services.rule_library.case_reading import read_case
from tracker.services.rule_library.cases import answer_cases
from tracker.services.rule_library.expectation import differences

FOLDER = Path(__file__).resolve().parents[1] / "cases"
STEPS = {"limit": 1, "needs": 1, "percent": 1, "relief_months": 0.25, "days": 1, "months": 1}


@cache
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@cache
def cases() -> tuple[tuple[dict[str, Any], Case], ...]:
    found = [case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]
    return tuple((case, read_case(case, 1)[1]) for case in found)


def changed(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield the rule with one of its figures a little higher or lower, and what was changed."""
    for name, step in STEPS.items():
        figure = getattr(rule, name, 0)
        if figure and isinstance(rule, MaxCount | MaxLevels | Repeat | Requires):
            yield f"{name} + {step}", replace(rule, **{name: figure + step})  # type: ignore[arg-type]  # a figure
            if figure > step:
                yield f"{name} - {step}", replace(rule, **{name: figure - step})  # type: ignore[arg-type]  # a figure
    if isinstance(rule, MaxCount) and rule.window.months:
        for months in (rule.window.months + 1, rule.window.months - 1):
            yield f"window of {months} months", replace(rule, window=replace(rule.window, months=months))


def with_rule(policy: Policy, rule_id: str, change: str) -> PolicyCatalog:
    """Return the shipped book with this change of one rule, in all its editions."""

    def edition(rule: Rule) -> Rule:
        return dict(changed(rule)).get(change, rule) if rule.id == rule_id else rule

    versions = {
        contractor: tuple(replace(each, rules=tuple(map(edition, each.rules))) for each in found)
        for contractor, found in policy.versions.items()
    }
    others = (replace(each, versions=versions) if each is policy else each for each in catalog().policies)
    return replace(catalog(), policies=tuple(others))


def noticed(book: PolicyCatalog, policy: Policy, rule: Rule) -> bool:
    payers = {payer.id for payer in book.payers if payer.rules == policy.rules}
    for case, asked in cases():
        paid = asked.coverage is not None and asked.coverage.payer in payers
        about = asked.proposal.family in (rule.families or policy.families)
        if paid and about and differences(case["expect"], answer_cases(json.dumps([case]), "", book)[0], asked):
            return True
    return False


@pytest.mark.parametrize("name", [policy.id for policy in load_catalog(resource_root()).policies])
def test_that_some_case_is_answered_wrongly_when_a_figure_is_changed(name: str) -> None:
    policy = next(each for each in catalog().policies if each.id == name)
    editions = (rule for found in policy.versions.values() for version in found for rule in version.rules)
    rules = {rule.id: rule for rule in editions}
    unnoticed = [
        f"{rule.id}: {change}"
        for rule in rules.values()
        for change, _ in changed(rule)
        if not noticed(with_rule(policy, rule.id, change), policy, rule)
    ]

    assert unnoticed == []
