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
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.rule_samples import sample_of

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
