"""The sample of a rule shows what each of its keys does: with another value one of its answers turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fixtures import TODAY
from tracker.domain.anatomy import SpinePart
from tracker.domain.procedure import Family, Intent
from tracker.domain.rule import Rule, Scope, Which, WindowSpec
from tracker.domain.rule_kinds import (
    Advice,
    EarlyRepeat,
    MaxCount,
    MaxLevels,
    NotCovered,
    Repeat,
    Requires,
    SameDay,
    Unless,
)
from tracker.domain.verdict import Grade, Outcome, Source
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.rule_library.rule_samples import sample_of

ABOUT = {"id": "sample", "evidence": Grade.PRIMARY, "source": "", "families": (Family.FACET_INJECTION,)}
ABLATION = ABOUT | {"families": (Family.FACET_ABLATION,)}
BLOCKS = Which((Family.FACET_INJECTION,), (Intent.DIAGNOSTIC,))
COUNT = MaxCount(**ABOUT, limit=3, per=Scope.REGION, window=WindowSpec(months=12))  # type: ignore[arg-type]  # shared keys
FIRST = Requires(**ABLATION, of=BLOCKS, needs=2, percent=80)  # type: ignore[arg-type]  # shared keys
APART = Repeat(**ABOUT, per=Scope.REGION, months=3, percent=50, relief_months=3)  # type: ignore[arg-type]  # shared keys
EPISODE = Advice(**ABOUT, text="New episode.", after=Which((Family.FACET_INJECTION,)))  # type: ignore[arg-type]  # shared keys
AGAIN = Advice(**ABLATION, text="Blocks first.", after=Which((Family.FACET_ABLATION,)))  # type: ignore[arg-type]  # shared keys
LEVELS = MaxLevels(**ABOUT, limit=2)  # type: ignore[arg-type]  # shared keys
UNPAID = NotCovered(**ABOUT, text="Not paid.")  # type: ignore[arg-type]  # shared keys


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        (COUNT, replace(COUNT, merge_sides_months=1)),
        (COUNT, replace(COUNT, next_day_joins=True)),
        (COUNT, replace(COUNT, improved_percent=50)),
        (replace(COUNT, improved_percent=50), replace(COUNT, improved_percent=80)),
        (COUNT, replace(COUNT, former_payers="count")),
        (COUNT, replace(COUNT, former_payers="ignore")),
        (replace(COUNT, former_payers="count"), replace(COUNT, former_payers="ignore")),
        (APART, replace(APART, early=EarlyRepeat(14))),
        (replace(APART, early=EarlyRepeat(14)), replace(APART, early=EarlyRepeat(21))),
        (FIRST, replace(FIRST, last=False)),
        (FIRST, replace(FIRST, void_after_months=12)),
        (FIRST, replace(FIRST, apart_days=14)),
        (LEVELS, replace(LEVELS, contiguous=True)),
        (LEVELS, replace(LEVELS, per_side=True)),
        (UNPAID, replace(UNPAID, both_sides=True)),
        (UNPAID, replace(UNPAID, spine=(SpinePart.THORACIC,))),
        (EPISODE, replace(EPISODE, after=None)),
        (EPISODE, replace(EPISODE, gap_months=24)),
        (EPISODE, replace(EPISODE, percent=50)),
        (AGAIN, replace(AGAIN, unless=Unless(BLOCKS, 1, 80))),
        (EPISODE, replace(EPISODE, after=Which((Family.EPIDURAL,)))),
        (
            SameDay(**ABOUT, clashes=Which((Family.EPIDURAL,))),  # type: ignore[arg-type]  # shared keys
            SameDay(**ABOUT, clashes=Which((Family.TRIGGER_POINT,))),  # type: ignore[arg-type]  # shared keys
        ),
    ],
)
def test_that_a_changed_key_turns_an_answer_of_the_sample(rule: Rule, changed: Rule, catalog: PolicyCatalog) -> None:
    rows = sample_of(rule, changed, catalog, catalog.procedures, TODAY).rows

    assert any(row.differs for row in rows), [(row.words, row.before, row.after) for row in rows]


@pytest.mark.parametrize("rule", [COUNT, FIRST, EPISODE, LEVELS, UNPAID], ids=lambda rule: type(rule).__name__)
def test_that_each_question_of_a_sample_has_words_of_its_own(rule: Rule, catalog: PolicyCatalog) -> None:
    words = [row.words for row in sample_of(None, rule, catalog, catalog.procedures, TODAY).rows]

    assert len(words) == len(set(words)) >= 1


def test_that_a_rule_from_memory_only_warns_in_its_sample_as_it_does_when_it_is_tried(catalog: PolicyCatalog) -> None:
    recalled = replace(COUNT, evidence=Grade.RECALLED)

    written = sample_of(None, COUNT, catalog, catalog.procedures, TODAY)
    remembered = sample_of(COUNT, recalled, catalog, catalog.procedures, TODAY)

    assert Outcome.NOT_ALLOWED in [row.after_tone for row in written.rows]
    assert [row.words for row in remembered.rows] == [row.words for row in written.rows]
    assert [row.before for row in remembered.rows] == [row.after for row in written.rows]
    assert max(row.after_tone for row in remembered.rows) is Outcome.CAUTION


def test_that_a_confirmed_rule_refuses_in_its_sample_until_a_figure_of_it_is_changed(catalog: PolicyCatalog) -> None:
    recalled = replace(COUNT, evidence=Grade.RECALLED, source="seen")
    policy = catalog.policies[0]
    name, versions = next(iter(policy.versions.items()))
    sources = {**versions[0].sources, "seen": Source("Letter", grade=Grade.RECALLED, confirmed="seen by A. Manager")}
    version = replace(versions[0], rules=(*versions[0].rules, recalled), sources=sources)
    policy = replace(policy, versions={**policy.versions, name: (version, *versions[1:])})
    book = replace(catalog, policies=(policy, *catalog.policies[1:]))

    sample = sample_of(recalled, replace(recalled, limit=2), book, catalog.procedures, TODAY)

    assert max(row.before_tone for row in sample.rows if row.before_tone is not None) is Outcome.NOT_ALLOWED
    assert max(row.after_tone for row in sample.rows) is Outcome.CAUTION


def test_that_of_a_long_sample_the_first_and_the_last_days_are_told(catalog: PolicyCatalog) -> None:
    many = replace(COUNT, limit=40)

    told = sample_of(None, many, catalog, catalog.procedures, TODAY).history

    assert told.startswith("Done 40 times: ")
    assert told.count("/") == 2 * 6
