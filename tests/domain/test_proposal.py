"""A question about another day is the same question in everything else."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from tracker.domain.proposal import Case, Proposal

DAY = date(2026, 11, 24)


def with_values_of_its_own(kind: type[Any], **given: Any) -> Any:
    return kind(**{each.name: given.get(each.name, object()) for each in fields(kind)})


def test_that_another_day_changes_the_day_alone() -> None:
    proposal = with_values_of_its_own(Proposal)
    case = with_values_of_its_own(Case, proposal=proposal)

    other = case.on(DAY)

    assert other.proposal.day == DAY
    for known, found, kept in ((proposal, other.proposal, "day"), (case, other, "proposal")):
        assert all(getattr(found, f.name) is getattr(known, f.name) for f in fields(known) if f.name != kept)
