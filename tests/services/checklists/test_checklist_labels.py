"""Short names of checklist items."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.domain.authorization_terms import Span
from tracker.domain.checklist import ChecklistItem, Proof, SatisfiedBy
from tracker.domain.verdict import Source
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.policies.checklists import read_checklists
from tracker.policies.sourced_files import Names
from tracker.policies.toml_file import Problems
from tracker.services.checklists.checklist_labels import _LABELS, label_of

ITEM = ChecklistItem("pain-score", "A whole sentence.", True, SatisfiedBy(Proof.SCORE), Source("A list"))


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({}, "Pain score now, one number"),
        ({"satisfied_by": SatisfiedBy(Proof.SCORE, 3, "of 10")}, "Pain score now, one number: 3 of 10 or more"),
        (
            {"id": "pain-duration", "satisfied_by": SatisfiedBy(Proof.DURATION, lasting=Span.parse("3 months"))},
            "How long the pain has been there: 3 months",
        ),
        ({"id": "sedation-reason", "only_if": "sedation is planned"}, "If sedation is planned: why sedation"),
        ({"id": "a-clinics-own"}, "A whole sentence"),
    ],
)
def test_that_a_short_name_carries_the_figure_and_the_condition(given: dict[str, object], label: str) -> None:
    assert label_of(replace(ITEM, **given)) == label  # type: ignore[arg-type]  # fields of the item


def test_that_every_shipped_item_that_is_not_a_result_has_a_short_name() -> None:
    problems = Problems()
    catalog = load_catalog(resource_root())
    names = Names({payer.id for payer in catalog.payers}, set(catalog.contractors))
    files = read_checklists([resource_root() / "checklists"], names, problems)
    items = {item.id for file in files for item in file.item if item.satisfied_by.proof is not Proof.RESULT}
    kept_for_the_record = {item.id for file in files for item in file.item if item.stage == "record"}
    assert items - kept_for_the_record <= set(_LABELS)
