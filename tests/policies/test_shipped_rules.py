"""What holds of every shipped rule file: it loads, its rules are asked for by cases, and its payers are told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.domain.verdict import Grade, Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.rules import evaluate
from tracker.rules.kinds import RULE_KINDS
from tracker.services.rule_library.case_reading import read_case

CASES = Path(__file__).parents[1] / "cases"
MEDICARE = ("medicare-epidural", "medicare-facet", "medicare-si-joint", "medicare-trigger-point", "medicare-programmes")


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture(scope="module")
def verdicts(catalog: PolicyCatalog) -> list[Verdict]:
    """The answers to all cases."""
    texts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.json"))]
    asked = [read_case(case, place) for cases in texts for place, case in enumerate(cases, 1)]
    return [evaluate(case, catalog) for _, case in asked]


def test_that_every_payer_with_rules_is_asked_about(catalog: PolicyCatalog) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in CASES.glob("*.json"))

    missing = [payer.id for payer in catalog.payers if payer.rules and f'"payer": "{payer.id}"' not in texts]

    assert missing == []


def test_that_every_rule_of_a_plan_speaks_in_some_case(catalog: PolicyCatalog, verdicts: list[Verdict]) -> None:
    spoken = {
        (policy.id, said.rule)
        for verdict in verdicts
        for policy in verdict.policies
        for said in (*verdict.findings, *verdict.tallies, *verdict.met)
    }

    silent = [
        f"{policy.id}: {rule.id}"
        for policy in catalog.policies
        for versions in policy.versions.values()
        for version in versions
        for rule in version.rules
        if policy.id not in MEDICARE and type(rule) in RULE_KINDS and (policy.id, rule.id) not in spoken
    ]

    # Rules that speak only when they refuse say nothing where they are met; cases refuse each of them.
    assert silent == []


def test_that_a_rule_known_from_memory_alone_never_refuses(catalog: PolicyCatalog, verdicts: list[Verdict]) -> None:
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    recalled = [each for each in findings if each.source and each.source.grade is Grade.RECALLED]

    assert recalled
    assert {each.outcome for each in recalled} == {"caution"}
    assert not [each for each in recalled if each.clears_on]


def test_that_a_document_without_a_day_shows_none(catalog: PolicyCatalog) -> None:
    (policy,) = [each for each in catalog.policies if each.id == "tricare-ablation"]
    (version,) = policy.versions[""]

    assert [version.source(rule).effective_from for rule in version.rules] == [None] * len(version.rules)


def test_that_a_rule_with_a_day_of_its_own_shows_it(catalog: PolicyCatalog) -> None:
    (policy,) = [each for each in catalog.policies if each.id == "aetna-si-joint"]
    (version,) = policy.versions[""]
    (rule,) = [each for each in version.rules if each.id == "other-ablations-not-covered"]

    assert str(version.source(rule).effective_from) == "2026-01-01"


def test_that_no_two_payers_share_a_name(catalog: PolicyCatalog) -> None:
    own = [{name.casefold() for name in (payer.id, payer.name, *payer.aliases)} for payer in catalog.payers]
    names = [name for names in own for name in names]

    assert sorted({name for name in names if names.count(name) > 1}) == []
