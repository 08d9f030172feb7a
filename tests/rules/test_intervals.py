"""Behaviour of repeats: intervals in days with their day of doubt, in months with their ends, and earlier results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.asking import ask, booked, codes, done, outcome_of, proven

HELPED = {"relief": 60, "months": 6}


@pytest.mark.parametrize(
    ("asked", "outcome", "code", "earliest"),
    [
        ("2026-11-10", "not_allowed", "too_soon", "2026-11-24"),
        ("2026-11-22", "not_allowed", "too_soon", "2026-11-24"),
        ("2026-11-23", "caution", "boundary_day", "2026-11-24"),
        ("2026-11-24", "allowed", "", "2026-11-24"),
        ("2027-11-10", "allowed", "", "2027-11-10"),
    ],
)
def test_that_the_second_diagnostic_waits_fourteen_days_and_the_fourteenth_is_in_doubt(
    asked: str, outcome: str, code: str, earliest: str
) -> None:
    verdict = ask(asked, "mbb", "L4-L5 left", history=[done("2026-11-09", "mbb", "L4-L5 left", relief=80)])

    assert verdict.outcome == outcome
    assert codes(verdict) == ({code} if code else set())
    assert verdict.earliest == date.fromisoformat(earliest)


@pytest.mark.parametrize("other", ["L4-L5 right", "L3-L4 left", "C4-C5 left"])
def test_that_another_level_or_side_need_not_wait(other: str) -> None:
    verdict = ask("2026-11-12", "mbb", "L4-L5 left", history=[done("2026-11-09", "mbb", other, relief=80)])

    assert verdict.outcome == "allowed"


@pytest.mark.parametrize("other", ["L4-L5 both", "L4-L5 left"])
@pytest.mark.parametrize("asked", ["L4-L5 both", "L4-L5 left"])
def test_that_both_sides_meet_each_side(asked: str, other: str) -> None:
    verdict = ask("2026-11-12", "mbb", asked, history=[done("2026-11-09", "mbb", other, relief=80)])

    assert outcome_of(verdict, "too_soon") == "not_allowed"
    assert len([finding for finding in verdict.findings if finding.code == "too_soon"]) == 1


def test_that_nerves_named_in_the_history_are_the_joints_they_supply() -> None:
    history = [done("2026-11-09", "mbb", "nerves L3 L4 L5 left", relief=80)]

    assert "too_soon" in codes(ask("2026-11-12", "mbb", "L4-L5 left", history=history))
    assert "too_soon" in codes(ask("2026-11-12", "mbb", "L5-S1 left", history=history))
    assert "too_soon" not in codes(ask("2026-11-12", "mbb", "L3-L4 left", history=history))


@pytest.mark.parametrize(("relief", "outcome"), [(79, "not_allowed"), (80, "allowed"), (None, "unknown")])
def test_that_the_second_diagnostic_asks_how_the_first_went(relief: float | None, outcome: str) -> None:
    verdict = ask("2026-11-24", "mbb", "L4-L5 left", history=[done("2026-11-09", "mbb", "L4-L5 left", relief=relief)])

    assert verdict.outcome == outcome
    assert outcome_of(verdict, "prerequisite") == (outcome if outcome != "allowed" else "")
    assert verdict.earliest == (None if outcome == "not_allowed" else date(2026, 11, 24))


def test_that_two_records_of_one_day_are_read_as_one_and_the_lesser_result_holds() -> None:
    silent = done("2026-11-09", "mbb", "L4-L5 left", id="claim")
    good, poor = replace(silent, id="a", relief_percent=90), replace(silent, id="z", relief_percent=50)

    assert ask("2026-11-24", "mbb", "L4-L5 left", history=[silent, good]).outcome == "allowed"
    assert ask("2026-11-24", "mbb", "L4-L5 left", history=[good, poor]).outcome == "not_allowed"
    assert ask("2026-11-24", "mbb", "L4-L5 left", history=[poor, good]).outcome == "not_allowed"


@pytest.mark.parametrize(
    ("last", "asked", "earliest"),
    [
        ("2026-05-23", "2026-11-22", "2026-11-23"),
        ("2026-05-23", "2026-11-23", "2026-11-23"),
        ("2026-08-31", "2027-02-28", "2027-03-01"),
        ("2026-08-31", "2027-03-01", "2027-03-01"),
        ("2026-08-28", "2027-02-28", "2027-02-28"),
        ("2023-08-29", "2024-02-28", "2024-02-29"),
        ("2023-08-30", "2024-02-29", "2024-03-01"),
        ("2025-12-31", "2026-06-30", "2026-07-01"),
    ],
)
def test_that_six_months_between_ablations_are_counted_backwards_and_know_no_day_of_doubt(
    last: str, asked: str, earliest: str
) -> None:
    history = [
        *proven("L4-L5 left", first="2022-01-03", second="2022-02-07"),
        done(last, "rfa", "L4-L5 left", **HELPED),
    ]
    verdict = ask(asked, "rfa", "L4-L5 left", history=history)

    assert ("too_soon" in codes(verdict)) is (asked < earliest)
    assert "boundary_day" not in codes(verdict)
    assert verdict.earliest == date.fromisoformat(earliest)


@pytest.mark.parametrize(
    ("relief", "months", "outcome"),
    [
        (50, 6, "caution"),
        (49, 6, "not_allowed"),
        (50, 5.9, "not_allowed"),
        (49, None, "not_allowed"),
        (None, 5, "not_allowed"),
        (50, None, "unknown"),
        (None, 6, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_that_a_repeated_ablation_asks_for_half_the_pain_for_half_a_year(
    relief: float | None, months: float | None, outcome: str
) -> None:
    history = [*proven("L4-L5 left"), done("2026-02-02", "rfa", "L4-L5 left", relief=relief, months=months)]

    assert ask("2026-11-23", "rfa", "L4-L5 left", history=history).outcome == outcome


@pytest.mark.parametrize(("asked", "blocked"), [("2026-12-07", True), ("2026-12-08", False)])
def test_that_therapeutic_facets_wait_three_months_at_the_same_site(asked: str, blocked: bool) -> None:
    last = done("2026-09-08", "facet-tx", "L4-L5 left", relief=60, months=3)
    verdict = ask(asked, "facet-tx", "L4-L5 left", history=[*proven("L4-L5 left"), last])

    assert ("too_soon" in codes(verdict)) is blocked
    assert verdict.earliest == date(2026, 12, 8)


# --- epidurals --------------------------------------------------------------------------------------------------------

FAILED = done("2026-11-02", "tf", "L5-S1 left", relief=20, months=0.5)


@pytest.mark.parametrize(("asked", "blocked"), [("2027-02-01", True), ("2027-02-02", False)])
def test_that_epidurals_wait_three_months_whatever_the_approach(asked: str, blocked: bool) -> None:
    good = done("2026-11-02", "tf", "L5-S1 left", relief=60, months=3)
    verdict = ask(asked, "caudal", "caudal", history=[good])

    assert ("too_soon" in codes(verdict)) is blocked
    assert verdict.earliest == date(2027, 2, 2)
    assert ask(asked, "il", "C7-T1", history=[good]).outcome == "allowed"


@pytest.mark.parametrize(
    ("asked", "outcome", "said"),
    [
        ("2026-11-15", "not_allowed", {"too_soon"}),
        ("2026-11-16", "caution", {"boundary_day", "advice"}),
        ("2026-11-17", "caution", {"advice"}),
    ],
)
def test_that_a_changed_technique_may_follow_a_failed_first_one_after_fourteen_days(
    asked: str, outcome: str, said: set[str]
) -> None:
    verdict = ask(asked, "il", "L4-L5", history=[FAILED], changed=True)

    assert verdict.outcome == outcome
    assert codes(verdict) == said
    assert verdict.earliest == date(2026, 11, 17)


def test_that_the_exception_is_for_a_first_one_that_fell_short_only() -> None:
    before = done("2026-06-01", "tf", "L5-S1 left", relief=60, months=3)
    good = replace(FAILED, relief_percent=60, relief_months=3)

    assert ask("2026-11-20", "il", "L4-L5", history=[FAILED]).outcome == "not_allowed"
    assert ask("2026-11-20", "il", "L4-L5", history=[before, FAILED], changed=True).earliest is None
    assert ask("2026-11-20", "il", "L4-L5", history=[good], changed=True).earliest == date(2027, 2, 2)


def test_that_an_unknown_result_of_the_first_one_is_judged_both_ways() -> None:
    silent = replace(FAILED, relief_percent=None, relief_months=None)

    early = ask("2026-11-10", "il", "L4-L5", history=[silent], changed=True)
    between = ask("2026-11-20", "il", "L4-L5", history=[silent], changed=True)
    late = ask("2027-02-02", "il", "L4-L5", history=[silent], changed=True)

    assert (early.outcome, between.outcome, late.outcome) == ("not_allowed", "unknown", "caution")
    assert {"history", "prerequisite"} <= codes(between)
    # Had it helped, the next one would have to wait three months.
    assert (early.earliest, between.earliest) == (date(2027, 2, 2), date(2027, 2, 2))


def test_that_a_booked_one_before_has_no_result_yet() -> None:
    verdict = ask("2027-03-01", "tf", "L4-L5 left", history=[booked("2026-11-02", "tf", "L4-L5 left")])

    assert verdict.outcome == "unknown"
    assert "has not taken place yet" in next(f.message for f in verdict.findings if f.code == "prerequisite")


# --- trigger points and SI joints -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [("2026-11-29", "not_allowed"), ("2026-11-30", "caution"), ("2026-12-01", "allowed")],
)
def test_that_trigger_points_wait_six_weeks(asked: str, outcome: str) -> None:
    history = [done("2026-10-19", "tp", relief=50, months=1.5)]
    verdict = ask(asked, "tp", history=history)

    assert verdict.outcome == outcome
    assert verdict.earliest == date(2026, 12, 1)


@pytest.mark.parametrize(("months", "outcome"), [(1.5, "allowed"), (1.25, "not_allowed"), (None, "unknown")])
def test_that_trigger_points_must_have_helped_for_six_weeks(months: float | None, outcome: str) -> None:
    assert ask("2026-12-01", "tp", history=[done("2026-10-19", "tp", relief=50, months=months)]).outcome == outcome


def test_that_each_si_joint_has_its_own_interval() -> None:
    history = [
        done("2026-01-05", "si-dx", "SI both", relief=80),
        done("2026-09-21", "si-tx", "SI left", relief=60, months=3),
    ]

    assert "too_soon" in codes(ask("2026-12-20", "si-tx", "SI left", history=history))
    assert "too_soon" in codes(ask("2026-12-20", "si-tx", "SI both", history=history))
    assert ask("2026-12-20", "si-tx", "SI right", history=history).outcome == "allowed"
    assert ask("2026-12-21", "si-tx", "SI left", history=history).outcome == "allowed"
