"""Behaviour of what must come first: how many earlier results, where, how good, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.asking import ask, booked, codes, done, outcome_of, proven, said


@pytest.mark.parametrize(
    ("reliefs", "outcome"),
    [
        ((), "not_allowed"),
        ((90,), "not_allowed"),
        ((None,), "not_allowed"),
        ((80, 80), "allowed"),
        ((80, 79), "not_allowed"),
        ((79, 80), "not_allowed"),
        ((79, 80, 80), "allowed"),
        ((80, 80, 79), "not_allowed"),
        ((80, None), "unknown"),
        ((None, 80), "unknown"),
        ((None, 80, 80), "allowed"),
        ((79, None), "not_allowed"),
    ],
)
def test_that_the_last_two_blocks_must_be_positive_before_the_first_ablation(
    reliefs: tuple[float | None, ...], outcome: str
) -> None:
    history = [done(f"2026-0{n}-05", "mbb", "L4-L5 left", relief=relief) for n, relief in enumerate(reliefs, 1)]
    verdict = ask("2026-11-23", "rfa", "L4-L5 left", history=history)

    assert verdict.outcome == outcome
    assert outcome_of(verdict, "prerequisite") == ("" if outcome == "allowed" else outcome)
    assert verdict.earliest == (None if outcome == "not_allowed" else date(2026, 11, 23))


@pytest.mark.parametrize("kind", ["rfa", "facet-tx"])
@pytest.mark.parametrize(
    ("sites", "allowed"),
    [
        (("L4-L5 left", "L4-L5 left"), True),
        (("L4-L5 both", "L4-L5 both"), True),
        (("L4-L5 left", "L4-L5 right"), False),
        (("L4-L5 left", "L5-S1 left"), False),
        (("L4-L5 both", "L4-L5 right"), False),
    ],
)
def test_that_results_hold_for_their_own_level_and_side(kind: str, sites: tuple[str, str], allowed: bool) -> None:
    first, second = (
        done(day, "mbb", site, relief=90) for day, site in zip(("2026-02-02", "2026-03-02"), sites, strict=True)
    )

    assert ("prerequisite" not in codes(ask("2026-11-23", kind, "L4-L5 left", history=[first, second]))) is allowed


def test_that_every_level_and_side_of_the_session_needs_its_own() -> None:
    history = proven("L4-L5 left", "L5-S1 left")

    assert ask("2026-11-23", "rfa", "L4-L5 left", "L5-S1 left", history=history).outcome == "allowed"
    one_side = ask("2026-11-23", "rfa", "L4-L5 both", history=history)
    assert one_side.outcome == "not_allowed"
    assert "L4-5 right" in said(one_side)


def test_that_one_day_is_one_block_however_many_records_tell_of_it() -> None:
    twice = [done("2026-02-02", "mbb", "L4-L5 left", relief=90, id=name) for name in ("record", "claim")]

    assert ask("2026-11-23", "rfa", "L4-L5 left", history=twice).outcome == "not_allowed"


def test_that_a_result_recorded_in_one_of_two_records_is_known() -> None:
    history = [*proven("L4-L5 left"), done("2024-02-05", "mbb", "L4-L5 left", id="claim")]

    assert ask("2026-11-23", "rfa", "L4-L5 left", history=history).outcome == "allowed"


def test_that_an_ablation_asks_for_medial_branch_blocks_and_a_therapeutic_injection_for_either() -> None:
    history = [done(day, "ia-dx", "L4-L5 left", relief=90) for day in ("2026-02-02", "2026-03-02")]

    assert ask("2026-11-23", "rfa", "L4-L5 left", history=history).outcome == "not_allowed"
    assert ask("2026-11-23", "mbb-tx", "L4-L5 left", history=history).outcome == "caution"


def test_that_a_block_of_the_asked_day_is_no_result_yet() -> None:
    history = [done("2026-02-02", "mbb", "L4-L5 left", relief=90), done("2026-11-23", "mbb", "L4-L5 left", relief=90)]

    assert outcome_of(ask("2026-11-23", "rfa", "L4-L5 left", history=history), "prerequisite") == "not_allowed"


def test_that_a_booked_second_block_has_no_result_yet() -> None:
    history = [done("2026-02-02", "mbb", "L4-L5 left", relief=90), booked("2026-11-02", "mbb", "L4-L5 left")]

    assert ask("2026-11-23", "rfa", "L4-L5 left", history=history).outcome == "unknown"


def test_that_a_site_ablated_before_needs_no_blocks_but_a_new_side_does() -> None:
    history = [done("2026-02-02", "rfa", "L4-L5 left", relief=60, months=6)]

    assert "prerequisite" not in codes(ask("2026-11-23", "rfa", "L4-L5 left", history=history))
    assert outcome_of(ask("2026-11-23", "rfa", "L4-L5 right", history=history), "prerequisite") == "not_allowed"
    assert outcome_of(ask("2026-11-23", "rfa", "L4-L5 both", history=history), "prerequisite") == "not_allowed"


@pytest.mark.parametrize(("relief", "outcome"), [(75, "allowed"), (74, "not_allowed"), (None, "unknown")])
def test_that_the_first_si_joint_treatment_needs_one_diagnostic_of_75_per_cent(
    relief: float | None, outcome: str
) -> None:
    history = [done("2026-02-02", "si-dx", "SI left", relief=relief)]

    assert ask("2026-11-23", "si-tx", "SI left", history=history).outcome == outcome
    assert outcome_of(ask("2026-11-23", "si-tx", "SI right", history=history), "prerequisite") == "not_allowed"


def test_that_any_positive_si_diagnostic_will_do() -> None:
    history = [done("2025-02-03", "si-dx", "SI left", relief=80), done("2026-02-02", "si-dx", "SI left", relief=20)]

    assert ask("2026-11-23", "si-tx", "SI left", history=history).outcome == "allowed"


@pytest.mark.parametrize(
    ("reliefs", "outcome"),
    [((50, 50), "allowed"), ((50, 10, 50), "allowed"), ((50, None), "unknown"), ((50, 10), "not_allowed")],
)
def test_that_any_two_results_will_do_where_the_rule_does_not_ask_for_the_last_ones(
    reliefs: tuple[float | None, ...], outcome: str
) -> None:
    history = [
        done(f"2024-0{n}-05", "mbb", "L4-L5 left", relief=r, payer="made-up-two") for n, r in enumerate(reliefs, 1)
    ]

    assert ask("2024-11-23", "rfa", "L4-L5 left", history=history, payer="made-up-two").outcome == outcome


@pytest.mark.parametrize(("first", "outcome"), [("2022-11-23", "allowed"), ("2022-11-22", "not_allowed")])
def test_that_results_may_be_too_old(first: str, outcome: str) -> None:
    history = [done(day, "mbb", "L4-L5 left", relief=90, payer="made-up-two") for day in (first, "2024-02-05")]

    assert ask("2024-11-23", "rfa", "L4-L5 left", history=history, payer="made-up-two").outcome == outcome
