"""Counts by claim beside counts by record, and regions of the body, in what an answer says."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.asking import done, rules
from tracker.domain.body_regions import BodyRegion
from tracker.domain.coverage import Coverage, Site
from tracker.domain.event import Event
from tracker.domain.procedure import Family, Intent
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule import Scope, WindowSpec
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import FindingCode, Grade, Outcome, Verdict
from tracker.rules import evaluate
from tracker.rules.sentences import sentence

DAY = date(2026, 11, 23)
TREATED = ("2026-03-02", "2026-06-08", "2026-08-17")


def answer(proposal: Proposal, history: list[Event], payer: str = "medicare", state: str = "CA") -> Verdict:
    case = Case(DAY, proposal, Site(state, "11"), (Coverage(payer, authorization_required=False),), tuple(history))
    return evaluate(case, rules())


def treatment(history: list[Event]) -> Verdict:
    like = done("2026-01-01", "facet-tx", "L4-L5 left")
    return answer(Proposal(DAY, like.family, like.intent, like.approach, like.targets), history)


def block(day: str, *, kx: bool | None) -> Event:
    return done(day, "mbb", "L4-L5 left", relief=85, months=4, kx_claimed=kx)


def treatments() -> list[Event]:
    return [done(day, "facet-tx", "L4-L5 left", relief=80, months=4) for day in TREATED]


def test_that_both_counts_are_told_where_they_differ() -> None:
    verdict = treatment([block("2025-12-01", kx=False), block("2026-01-05", kx=True), *treatments()])

    over = next(finding for finding in verdict.findings if finding.code is FindingCode.OVER_LIMIT)
    assert "the count by claim: the diagnostic one of 12/01/2025 had no KX. By the record it is 3." in over.message
    assert {(tally.scope, tally.used) for tally in verdict.tallies if "therapeutic" in tally.rule} == {
        ("lumbar / sacral", 3),
        ("lumbar / sacral, by claim", 4),
    }


def test_that_one_count_is_told_where_they_do_not_differ() -> None:
    verdict = treatment([block("2025-12-01", kx=True), block("2026-01-05", kx=True), *treatments()])

    assert [tally.used for tally in verdict.tallies if "therapeutic" in tally.rule] == [3]
    assert not any("claim" in finding.message for finding in verdict.findings)


def test_that_a_claim_nobody_looked_at_is_asked_for_by_its_date_only_where_it_decides() -> None:
    verdict = treatment([block("2025-12-01", kx=None), block("2026-01-05", kx=True), *treatments()])
    assert verdict.outcome is Outcome.UNKNOWN
    assert "whether the claim of the diagnostic one of 12/01/2025 had KX" in verdict.findings[0].message
    assert "KX" in verdict.findings[0].ask

    few = treatment([block("2025-12-01", kx=None), block("2026-01-05", kx=True), *treatments()[:1]])
    assert few.outcome is Outcome.CAUTION
    assert FindingCode.HISTORY not in {finding.code for finding in few.findings}


def test_that_a_block_without_kx_frees_no_further_block() -> None:
    like = done("2026-01-01", "mbb", "L4-L5 left")
    days = ("2025-12-01", "2026-02-02", "2026-05-04", "2026-08-03")
    history = [block(day, kx=False) for day in days]

    assert answer(Proposal(DAY, like.family, like.intent, like.approach, like.targets), history).outcome is (
        Outcome.NOT_ALLOWED
    )


def test_that_a_rule_by_claim_is_said_and_asks_for_therapeutic_ones() -> None:
    given = {"id": "x", "evidence": Grade.PRIMARY, "source": "s", "per": Scope.REGION, "limit": 4,
             "window": WindowSpec(months=12), "families": (Family.FACET_INJECTION,), "without_kx": True}  # fmt: skip
    said = sentence(MaxCount(intents=(Intent.THERAPEUTIC,), **given))

    assert "blocks claimed without KX count too" in said
    with pytest.raises(ValueError, match="therapeutic ones only"):
        MaxCount(**given)


# --- regions of the body ----------------------------------------------------------------------------------------------


def points(history: list[Event], *regions: BodyRegion) -> Verdict:
    return answer(Proposal(DAY, Family.TRIGGER_POINT, Intent.THERAPEUTIC, body_regions=regions), history, "evicore")


def shots(*regions: BodyRegion) -> list[Event]:
    days = ("2026-01-12", "2026-03-30", "2026-06-15", "2026-08-31")
    return [
        done(day, "tp", relief=60, months=2, payer="evicore", body_regions=(region,) if region else ())
        for day, region in zip(days, regions, strict=True)
    ]


NECK, BACK, NOWHERE = BodyRegion.NECK, BodyRegion.LOWER_BACK, None


def test_that_each_region_of_the_body_has_a_count_of_its_own() -> None:
    verdict = points(shots(NECK, NECK, NECK, BACK), NECK, BACK)

    assert {(tally.scope, tally.used) for tally in verdict.tallies} == {("neck", 3), ("lower back", 1)}
    assert "4 trigger point sessions in the neck in any 12 months: this one is the last" in verdict.findings[0].message


def test_that_an_unknown_region_is_asked_for_by_its_date() -> None:
    verdict = points(shots(NECK, NECK, NECK, NOWHERE), NECK)

    assert verdict.outcome is Outcome.UNKNOWN
    assert "the region of the body of the one of 08/31/2026" in verdict.findings[0].message
    assert "region of the body" in verdict.findings[0].ask


def test_that_the_planned_region_is_asked_for_where_it_decides() -> None:
    full = points(shots(NECK, NECK, NECK, NECK))
    assert full.outcome is Outcome.UNKNOWN
    assert "the region of the body that is planned" in full.findings[0].message

    old = points(shots(NOWHERE, NOWHERE, NOWHERE, NOWHERE))
    assert old.outcome is Outcome.NOT_ALLOWED, "nobody named any region: all lie together (CHOICES 19)"
    assert "counted together" in old.findings[0].message
