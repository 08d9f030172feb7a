"""Behaviour of facts that are open: each read in every way, alone and together, and named when it decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.asking import aborted, ask, codes, done, outcome_of, proven, said, told
from tracker.domain.anatomy import Region
from tracker.domain.event import Event, Place

LEVELS = ("L1-L2 left", "L2-L3 right", "L3-L4 left", "L4-L5 right")


def blocks(*days: str) -> list[Event]:
    return [done(day, "mbb", LEVELS[n % 4], relief=90) for n, day in enumerate(days)]


THREE = blocks("2026-04-15", "2026-07-22", "2026-08-26")


@pytest.mark.parametrize(
    ("known", "asked", "outcome", "earliest"),
    [
        ("2026-01", "2027-01-20", "unknown", "2027-02-01"),
        ("2026-01", "2027-01-01", "not_allowed", "2027-02-01"),
        ("2026-01", "2027-01-31", "unknown", "2027-02-01"),
        ("2026-01", "2027-02-01", "caution", "2027-02-01"),
        ("2026-02", "2027-01-20", "not_allowed", "2027-03-01"),
        ("2026", "2027-01-20", "unknown", "2027-12-31"),
        ("2025", "2027-01-20", "caution", "2027-01-20"),
    ],
)
def test_that_a_month_or_a_year_is_read_day_by_day(known: str, asked: str, outcome: str, earliest: str) -> None:
    verdict = ask(asked, "mbb", "L5-S1 left", history=[*THREE, done(known, "mbb", "L1-L2 right", relief=90)])

    assert verdict.outcome == outcome
    assert ("history" in codes(verdict)) is (outcome == "unknown")
    if known != "2026":
        assert verdict.earliest == date.fromisoformat(earliest)


def test_that_of_too_many_ways_to_try_all_the_ends_of_every_date_are_tried_together() -> None:
    """Allowed only where both blocks lie late in their year and both ablations early: seven days each are 2401 ways."""
    blocks_then = [done("2022", "mbb", "L4-L5 left", relief=90, id=f"d{n}", payer="made-up-two") for n in (1, 2)]
    ablations = [done("2023", "rfa", "L4-L5 left", relief=90, id=f"r{n}", payer="made-up-two") for n in (1, 2)]
    verdict = ask("2024-03-01", "rfa", "L4-L5 left", history=[*blocks_then, *ablations], payer="made-up-two")

    assert verdict.outcome == "unknown"


def test_that_everything_said_of_an_open_answer_is_said_in_words() -> None:
    """Read in the patient's favour it is the last one in the window, which is told beside what is open."""
    verdict = ask("2027-01-20", "mbb", "L5-S1 left", history=[*THREE, done("2026-01", "mbb", "L1-L2 right", relief=90)])

    assert [finding.code for finding in verdict.findings] == ["history", "over_limit", "advice"]
    assert all(finding.message for finding in verdict.findings)


def test_that_what_was_done_lies_not_later_than_the_day_of_the_question() -> None:
    late = done("2026-11", "mbb", "L5-S1 left", relief=90)

    # Up to 9 November it lies fourteen days back at the least.
    clear = ask("2026-11-24", "mbb", "L5-S1 left", history=[late], as_of="2026-11-09")
    open_ = ask("2026-11-24", "mbb", "L5-S1 left", history=[late], as_of="2026-11-20")

    assert clear.outcome == "allowed"
    assert open_.outcome == "unknown"


def test_that_the_answer_names_what_is_open_and_whom_to_ask() -> None:
    history = [*THREE, done("2026-01", "mbb", "L1-L2 right", relief=90, place=Place.ELSEWHERE)]
    finding = ask("2027-01-20", "mbb", "L5-S1 left", history=history).findings[0]

    assert finding.code == "history"
    assert "January 2026" in finding.message
    assert "clinic that did it" in finding.ask


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [("L4-L5 left", "unknown"), ("L4-L5 both", "not_allowed"), ("L5-S1 left", "allowed")],
)
def test_that_a_side_that_was_not_recorded_is_left_right_or_both(asked: str, outcome: str) -> None:
    history = [done("2026-11-09", "mbb", "L4-L5", relief=90)]

    assert ask("2026-11-16", "mbb", asked, history=history).outcome == outcome


def test_that_each_missing_side_is_open_by_itself() -> None:
    history = [done("2026-11-09", "mbb", "L3-L4", "L4-L5", relief=90)]

    assert ask("2026-11-16", "mbb", "L3-L4 left", "L4-L5 right", history=history).outcome == "unknown"


@pytest.mark.parametrize(
    ("history", "outcome"),
    [
        ([done("2026-11-09", "mbb", "L4-L5 left", relief=90)], "unknown"),
        ([done("2026-11-09", "mbb", "L4-L5 both", relief=90)], "not_allowed"),
        ([], "allowed"),
    ],
)
def test_that_a_planned_side_that_is_not_said_is_open(history: list[Event], outcome: str) -> None:
    assert ask("2026-11-16", "mbb", "L4-L5", history=history).outcome == outcome


def test_that_a_prerequisite_on_a_side_not_recorded_is_open() -> None:
    history = [
        done("2026-02-02", "mbb", "L4-L5 left", relief=90),
        done("2026-03-02", "mbb", "L4-L5", relief=90),
    ]

    assert ask("2026-11-23", "rfa", "L4-L5 left", history=history).outcome == "unknown"
    assert ask("2026-11-23", "rfa", "L5-S1 left", history=history).outcome == "not_allowed"


@pytest.mark.parametrize("doubt", [told, aborted])
def test_that_what_may_not_have_happened_is_read_both_ways(doubt: object) -> None:
    event: Event = doubt(done("2026-11-09", "mbb", "L4-L5 left", relief=90))  # type: ignore[operator]

    assert ask("2026-11-16", "mbb", "L4-L5 left", history=[event]).outcome == "unknown"
    assert ask("2026-11-24", "mbb", "L4-L5 left", history=[event]).outcome == "allowed"
    assert ask("2026-11-16", "mbb", "L4-L5 left", history=[event]).earliest == date(2026, 11, 24)


def test_that_a_claim_is_as_good_as_a_record() -> None:
    from tracker.domain.event import EventEvidence

    claim = replace(done("2026-11-09", "mbb", "L4-L5 left", relief=90), evidence=EventEvidence.CLAIM)

    assert ask("2026-11-16", "mbb", "L4-L5 left", history=[claim]).outcome == "not_allowed"


def test_that_an_intent_that_was_not_recorded_is_either() -> None:
    open_ = replace(blocks("2026-01-20")[0], intent=None)
    full = ask("2026-11-23", "mbb", "L5-S1 left", history=[*THREE, open_])
    free = ask("2026-11-23", "mbb", "L5-S1 left", history=[*THREE[:2], open_])

    assert (full.outcome, free.outcome) == ("unknown", "caution")
    assert "diagnostic or therapeutic" in said(full)


@pytest.mark.parametrize(
    ("region", "outcome"),
    [(Region.LUMBAR_SACRAL, "not_allowed"), (Region.CERVICAL_THORACIC, "caution"), (None, "unknown")],
)
def test_that_a_level_that_was_not_recorded_counts_in_its_region(region: Region | None, outcome: str) -> None:
    somewhere = replace(done("2026-01-20", "mbb", relief=90), region=region)

    assert ask("2026-11-23", "mbb", "L5-S1 left", history=[*THREE, somewhere]).outcome == outcome


def test_that_a_level_that_was_not_recorded_may_be_the_asked_one() -> None:
    somewhere = replace(done("2026-11-09", "mbb", relief=90), region=Region.LUMBAR_SACRAL)

    assert ask("2026-11-16", "mbb", "L5-S1 left", history=[somewhere]).outcome == "unknown"
    assert ask("2026-11-16", "mbb", "C4-C5 left", history=[somewhere]).outcome == "allowed"


def test_that_another_payers_events_hold_for_intervals_and_results() -> None:
    soon = done("2026-11-09", "mbb", "L4-L5 left", relief=90, payer="aetna")
    blocks_before = [replace(event, payer="aetna") for event in proven("L4-L5 left")]

    assert ask("2026-11-16", "mbb", "L4-L5 left", history=[soon]).outcome == "not_allowed"
    assert ask("2026-11-23", "rfa", "L4-L5 left", history=blocks_before).outcome == "allowed"


def test_that_two_open_facts_may_decide_together() -> None:
    history = [*THREE, done("2025-11", "mbb", "L1-L2 right", relief=90), told(blocks("2026-02-02")[0])]
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=history)

    assert verdict.outcome == "unknown"
    assert {"2025-11", "2026-02-02"} == set(verdict.findings[0].counted)


def test_that_a_day_in_the_midst_of_a_month_may_decide() -> None:
    # On 10 March it would be one session with the one that is known.
    history = [*THREE, *blocks("2026-03-10"), done("2026-03", "mbb", "L1-L2 right", relief=90)]
    other_month = [*THREE, *blocks("2026-03-10"), done("2026-02", "mbb", "L1-L2 right", relief=90)]

    assert ask("2026-11-23", "mbb", "L5-S1 left", history=[*history[1:]]).outcome == "unknown"
    assert ask("2026-11-23", "mbb", "L5-S1 left", history=[*other_month[1:]]).outcome == "not_allowed"


def test_that_a_fact_that_decides_nothing_changes_nothing() -> None:
    history = [*THREE[:1], told(blocks("2026-02-02")[0]), done("2026-03", "mbb", "C4-C5", relief=90)]
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=history)

    assert verdict.outcome == "allowed"
    assert "history" not in codes(verdict)


def test_that_what_is_blocked_in_every_reading_is_not_allowed() -> None:
    history = [*THREE, *blocks("2026-02-02"), told(done("2026-05-04", "mbb", "L1-L2 right", relief=90))]
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=history)

    assert verdict.outcome == "not_allowed"
    assert verdict.earliest == date(2027, 4, 16)


def test_that_the_planned_left_side_is_tried_however_many_sides_of_old_visits_are_open() -> None:
    """Only on the right a first block brought too little; six sides open elsewhere are 729 ways beside the three."""
    elsewhere = [done(f"2024-0{month}-05", "mbb", "L1-L2", "L2-L3", relief=90) for month in (2, 4, 6)]
    history = [*elsewhere, done("2026-07-01", "mbb", "L4-L5 right", relief=70)]
    verdict = ask("2026-11-01", "mbb", "L4-L5", history=history, state="IA")

    assert verdict.outcome == "unknown"
    assert "the side that is planned" in said(verdict)


@pytest.mark.parametrize("count", [5, 8, 12])
def test_that_many_open_facts_are_never_taken_for_allowed(count: int) -> None:
    history = [told(done(f"2026-{month:02}-05", "mbb", "L1-L2", relief=90)) for month in range(1, 11)]
    history += [done(f"{year}", "mbb", "L4-L5", relief=None) for year in range(2016, 2016 + count - 4)]
    verdict = ask("2026-11-23", "mbb", "L5-S1", history=history)

    assert verdict.outcome == "unknown"


@pytest.mark.parametrize("kind", ["mbb", "si-dx"])
def test_that_a_proposal_without_its_intent_is_judged_as_both(kind: str) -> None:
    from tests.rules.asking import question, rules
    from tracker.rules import evaluate

    target = "L4-L5 left" if kind == "mbb" else "SI left"
    case = question("2026-11-23", kind, target)
    verdict = evaluate(replace(case, proposal=replace(case.proposal, intent=None)), rules())

    # Diagnostic it may be booked, therapeutic it lacks what must come first.
    assert verdict.outcome == "unknown"
    assert "diagnostic or therapeutic" in said(verdict)


@pytest.mark.parametrize("kind", ["mbb", "rfa", "tf", "si-tx"])
def test_that_a_proposal_without_a_level_cannot_be_judged(kind: str) -> None:
    verdict = ask("2026-11-23", kind)

    assert verdict.outcome == "unknown"
    assert outcome_of(verdict, "history") == "unknown"
    assert verdict.earliest == date(2026, 11, 23)
