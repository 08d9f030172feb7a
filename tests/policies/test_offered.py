"""Offered rules: typed, in nobody's way until a clinic adopts them, and then a warning in its own name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.rules.asking import codes, done, question, said
from tracker.domain.errors import PolicyFileError
from tracker.domain.event import Event
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Grade, Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog, read_offered
from tracker.rules import evaluate

PAYER = '[[payer]]\nid = "commercial"\nname = "Commercial plan"\ngeneric = true\nrules = "commercial"\n'


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> PolicyCatalog:
    """The shipped rules with the offered ones over them."""
    layer = tmp_path_factory.mktemp("layer")
    (layer / "payers.toml").write_text(PAYER, encoding="utf-8")
    shutil.copytree(resource_root() / "policies-offered", layer / "policies")
    return load_catalog(resource_root(), layer)


def asked(catalog: PolicyCatalog, kind: str, target: str, *history: Event) -> Verdict:
    return evaluate(question("2026-11-23", kind, target, history=history, payer="commercial"), catalog)


def earlier(kind: str, target: str, *days: str) -> list[Event]:
    return [done(day, kind, target, payer="commercial", relief=80, months=3) for day in days]


def test_that_the_offered_rules_are_typed_and_named_as_the_clinics_own() -> None:
    (policy,) = read_offered(resource_root())
    (version,) = policy.versions[""]
    counts = [rule for rule in version.rules if isinstance(rule, MaxCount)]

    assert len(counts) == len(version.rules) == 4
    assert {rule.evidence for rule in counts} == {Grade.RECALLED}
    assert {rule.limit for rule in counts if "facet-ablation" in rule.families} == {2}
    assert {rule.limit for rule in counts if "facet-ablation" not in rule.families} == {3}
    assert all("clinic's own" in rule.text for rule in counts)


def test_that_nothing_offered_is_in_force_before_it_is_adopted() -> None:
    shipped = load_catalog(resource_root())
    verdict = asked(shipped, "mbb", "L4-L5 left", *earlier("mbb", "L4-L5 left", "2026-01-12", "2026-03-02"))

    assert not {policy.id for policy in shipped.policies} & {policy.id for policy in read_offered(resource_root())}
    assert (verdict.outcome, codes(verdict)) == ("unknown", {"no_policy"})
    assert "No published rule is known" in said(verdict)


@pytest.mark.parametrize(
    ("kind", "target", "limit"),
    [("mbb", "L4-L5 left", 3), ("tf", "L4-L5 left", 3), ("si-tx", "SI left", 3), ("rfa", "L4-L5 left", 2)],
)
def test_that_an_adopted_figure_warns_and_never_refuses(
    kind: str, target: str, limit: int, adopted: PolicyCatalog
) -> None:
    days = ["2025-11-23", "2026-03-02", "2026-06-01"][:limit]

    under = asked(adopted, kind, target, *earlier(kind, target, *days[: limit - 2]))
    last = asked(adopted, kind, target, *earlier(kind, target, *days[: limit - 1]))
    over = asked(adopted, kind, target, *earlier(kind, target, *days))
    free = asked(adopted, kind, target, *earlier(kind, target, "2025-11-22", *days[1:]))

    assert (under.outcome, codes(under)) == ("allowed", set())
    assert (last.outcome, codes(last)) == ("caution", {"advice"})
    assert (over.outcome, codes(over)) == ("caution", {"over_limit"})
    assert "not the plan's" in said(over)
    assert over.earliest == over.asked
    assert (free.outcome, codes(free)) == ("caution", {"advice"})


def test_that_another_level_has_a_count_of_its_own(adopted: PolicyCatalog) -> None:
    three = earlier("mbb", "L3-L4 left", "2026-01-12", "2026-03-02", "2026-06-01")

    assert asked(adopted, "mbb", "L4-L5 left", *three).outcome == "allowed"
    assert asked(adopted, "mbb", "L3-L4 right", *three).outcome == "caution"


def test_that_a_mistake_in_an_offered_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "policies-offered").mkdir()
    (tmp_path / "policies-offered" / "own.toml").write_text('id = "own"\n', encoding="utf-8")

    with pytest.raises(PolicyFileError) as told:
        read_offered(tmp_path)

    assert "policies-offered/own.toml: title: is missing." in told.value.detail
