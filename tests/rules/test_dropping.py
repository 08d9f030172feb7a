"""A rule that is left aside for a trial becomes advice, which speaks exactly where the rule spoke."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from tests.rules.asking import question, rules
from tracker.domain.coverage import Coverage
from tracker.domain.policy import InForce, PolicyVersion
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice
from tracker.rules.active import active_rules
from tracker.rules.dropping import WithoutRules

WHERE = {each.name for each in fields(Rule)} - {"id", "evidence", "about"}


@pytest.mark.parametrize(
    ("dropped", "plan", "speaks"),
    [
        ("gold-points", "Gold PPO", True),
        ("gold-points", "Silver", False),
        ("points-but-in-gold", "Gold PPO", False),
        ("points-but-in-gold", "Silver", True),
    ],
)
def test_that_what_replaces_a_rule_of_some_plans_says_nothing_to_the_others(
    dropped: str, plan: str, speaks: bool
) -> None:
    coverage = Coverage("made-up-one", plan)
    case = replace(question("2026-06-01", "tp", payer="made-up-one"), coverages=(coverage,))
    found = WithoutRules(rules(), {dropped}).in_force(
        coverage.payer, case.proposal.family, case.site, case.proposal.day
    )
    assert isinstance(found, InForce)

    assert [rule.id for _, rule in active_rules(found, case, coverage) if isinstance(rule, Advice)] == (
        [dropped] if speaks else []
    )


def test_that_no_rule_on_file_speaks_elsewhere_once_it_is_left_aside() -> None:
    versions = [each for policy in rules().policies for dated in policy.versions.values() for each in dated]
    everything = WithoutRules(rules(), {rule.id for version in versions for rule in version.rules})

    moved = [
        rule.id for version in versions for rule, loose in _pairs(everything, version) if _where(rule) != _where(loose)
    ]
    assert not moved


def _pairs(book: WithoutRules, version: PolicyVersion) -> list[tuple[Rule, Rule]]:
    return list(zip(version.rules, book._without(version).rules, strict=True))


def _where(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in WHERE}
