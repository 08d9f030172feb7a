"""Behaviour of counted limits: on each side of every number, of every window's edge, and of what counts at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules.asking import aborted, ask, booked, codes, done, outcome_of, proven, told
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventStatus

LEVELS = ("L1-L2 left", "L2-L3 right", "L3-L4 left", "L4-L5 right")


def blocks(*days: str) -> list[Event]:
    """Return lumbar diagnostic blocks that never meet the asked level, all positive."""
    return [done(day, "mbb", LEVELS[n % 4], relief=90) for n, day in enumerate(days)]


THREE = ("2026-03-02", "2026-05-04", "2026-07-06")


@pytest.mark.parametrize(
    ("days", "outcome", "earliest"),
    [
        ((), "allowed", "2026-11-23"),
        (THREE[:2], "allowed", "2026-11-23"),
        (THREE, "caution", "2026-11-23"),
        (("2025-11-24", *THREE), "not_allowed", "2026-11-25"),
        (("2025-11-23", *THREE), "not_allowed", "2026-11-24"),
        (("2025-11-22", *THREE), "caution", "2026-11-23"),
        (("2025-12-01", "2025-12-08", *THREE), "not_allowed", "2026-12-09"),
    ],
)
def test_that_four_diagnostic_sessions_of_a_region_fit_into_twelve_months(
    days: tuple[str, ...], outcome: str, earliest: str
) -> None:
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=blocks(*days))

    assert verdict.outcome == outcome
    assert verdict.earliest == date.fromisoformat(earliest)


def test_that_the_last_one_of_the_window_says_so_and_names_what_counts() -> None:
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=blocks(*THREE))

    assert codes(verdict) == {"advice"}
    assert verdict.findings[0].counted == THREE
    assert verdict.findings[0].limit == 4


@pytest.mark.parametrize(
    ("asked", "oldest", "earliest"),
    [
        ("2025-02-28", "2024-02-29", "2025-03-01"),
        ("2025-02-28", "2024-02-28", "2025-03-01"),
        ("2024-02-29", "2023-02-28", "2024-03-01"),
        ("2025-12-31", "2024-12-31", "2026-01-01"),
        ("2025-03-31", "2024-03-31", "2025-04-01"),
    ],
)
def test_that_a_year_is_twelve_calendar_months_back_and_its_first_day_counts(
    asked: str, oldest: str, earliest: str
) -> None:
    rest = [(date.fromisoformat(oldest) + timedelta(days)).isoformat() for days in (60, 120, 180)]

    verdict = ask(asked, "mbb", "L5-S1 left", history=blocks(oldest, *rest))

    assert outcome_of(verdict, "over_limit") == "not_allowed"
    assert verdict.earliest == date.fromisoformat(earliest)


@pytest.mark.parametrize("free", [True, False])
def test_that_the_anniversary_day_is_free_only_where_the_clinic_says_so(free: bool) -> None:
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=blocks("2025-11-23", *THREE), anniversary_free=free)

    assert verdict.outcome == ("caution" if free else "not_allowed")
    assert ("boundary_day" in codes(verdict)) is free
    assert verdict.earliest == (date(2026, 11, 23) if free else date(2026, 11, 24))


def test_that_a_free_anniversary_is_no_doubt_when_the_count_has_room_anyway() -> None:
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=blocks("2025-11-23", "2026-03-02"), anniversary_free=True)

    assert verdict.outcome == "allowed"


def test_that_diagnostic_therapeutic_and_ablation_are_counted_apart() -> None:
    history = [*blocks("2026-01-05", *THREE), *proven("L4-L5 left")]

    assert "over_limit" in codes(ask("2026-11-23", "mbb", "L5-S1 left", history=history))
    assert "over_limit" not in codes(ask("2026-11-23", "facet-tx", "L4-L5 left", history=history))
    assert "over_limit" not in codes(ask("2026-11-23", "rfa", "L4-L5 left", history=history))


def test_that_the_other_region_is_counted_apart() -> None:
    verdict = ask("2026-11-23", "mbb", "C4-C5 left", history=blocks("2026-01-05", *THREE))

    assert verdict.outcome == "allowed"


def test_that_records_of_one_day_are_one_session_and_two_sides_on_two_days_are_two() -> None:
    one_day = [*blocks("2026-03-02"), done("2026-03-02", "mbb", "L2-L3 both", id="other record"), *blocks(*THREE[1:])]
    two_days = [done("2026-03-02", "mbb", "L4-L5 left"), done("2026-03-03", "mbb", "L4-L5 right"), *blocks(*THREE[1:])]

    assert ask("2026-11-23", "mbb", "L5-S1 left", history=one_day).outcome == "caution"
    assert "over_limit" in codes(ask("2026-11-23", "mbb", "L5-S1 left", history=two_days))


def test_that_a_record_of_the_asked_day_uses_no_further_session() -> None:
    verdict = ask(
        "2026-11-23", "mbb", "L5-S1 left", history=[*blocks(*THREE), booked("2026-11-23", "mbb", "L4-L5 left")]
    )

    assert verdict.outcome == "caution"
    assert "over_limit" not in codes(verdict)


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.NO_SHOW])
def test_that_what_did_not_take_place_never_counts(status: EventStatus) -> None:
    off = replace(blocks("2026-01-05")[0], status=status)

    assert ask("2026-11-23", "mbb", "L5-S1 left", history=[off, *blocks(*THREE)]).outcome == "caution"


def test_that_a_booked_session_before_the_asked_day_counts_as_planned() -> None:
    history = [*blocks(*THREE), booked("2026-11-20", "mbb", "L2-L3 left")]

    assert outcome_of(ask("2026-11-23", "mbb", "L5-S1 left", history=history), "over_limit") == "not_allowed"


@pytest.mark.parametrize("doubtful", [told, aborted])
def test_that_what_may_not_have_taken_place_leaves_the_answer_open(doubtful: object) -> None:
    history = [doubtful(blocks("2026-01-05")[0]), *blocks(*THREE)]  # type: ignore[operator]
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=history)

    assert verdict.outcome == "unknown"
    assert "history" in codes(verdict)
    assert verdict.earliest == date(2027, 1, 6)


def test_that_what_another_payer_paid_leaves_the_answer_open() -> None:
    history = [replace(blocks("2026-01-05")[0], payer="aetna"), *blocks(*THREE)]
    verdict = ask("2026-11-23", "mbb", "L5-S1 left", history=history)

    assert verdict.outcome == "unknown"
    assert "another payer" in verdict.findings[0].message


def test_that_an_event_without_payer_was_paid_by_the_coverage_of_its_day() -> None:
    before = Coverage("aetna", end=date(2026, 6, 30), authorization_required=False)
    after = Coverage("medicare", start=date(2026, 7, 1))
    history = [replace(event, payer=None) for event in blocks("2026-01-05", *THREE)]

    mixed = ask("2026-11-23", "mbb", "L5-S1 left", history=history, coverages=(before, after))
    same = ask("2026-11-23", "mbb", "L5-S1 left", history=history, coverages=(replace(after, start=None),))

    assert mixed.outcome == "unknown"
    assert same.outcome == "not_allowed"


def test_that_a_year_known_only_by_number_may_fall_under_either_payer() -> None:
    before = Coverage("medicare", end=date(2026, 3, 31))
    between = Coverage("aetna", start=date(2026, 4, 1), end=date(2026, 5, 31), authorization_required=False)
    after = Coverage("medicare", start=date(2026, 6, 1))
    somewhen = replace(done("2026", "mbb", "L1-L2 left", relief=90), payer=None)

    verdict = ask(
        "2026-11-23", "mbb", "L5-S1 left", history=[somewhen, *blocks(*THREE)], coverages=(before, between, after)
    )

    assert verdict.outcome == "unknown"


# --- windows and units that Medicare does not use ---------------------------------------------------------------------


def made_up(day: str, kind: str, *targets: str, history: list[Event], **given: object) -> str:
    payer = str(given.pop("payer", "made-up-one"))
    paid = [replace(event, payer=payer if event.payer == "medicare" else event.payer) for event in history]
    verdict = ask(day, kind, *targets, history=paid, payer=payer, **given)
    return f"{verdict.outcome} {verdict.earliest}"


@pytest.mark.parametrize(
    ("targets", "answer"),
    [
        (("L4-L5 left",), "allowed 2026-11-23"),
        (("L4-L5 both",), "caution 2026-11-23"),
        (("L4-L5 both", "L5-S1 left"), "not_allowed 2027-03-03"),
    ],
)
def test_that_injections_are_joints_times_sides(targets: tuple[str, ...], answer: str) -> None:
    history = [done("2026-09-02", "mbb", "C4-C5 both", "C5-C6 both")]

    assert made_up("2026-11-23", "mbb", *targets, history=history) == answer


def test_that_a_free_anniversary_is_a_doubt_when_its_two_joints_would_be_one_too_many() -> None:
    history = [done("2026-05-23", "mbb", "C4-C5 both"), done("2026-09-02", "mbb", "C5-C6 both", "C6-C7 left")]
    verdict = ask(
        "2026-11-23", "mbb", "L4-L5 both", history=[replace(e, payer="made-up-one") for e in history],
        payer="made-up-one", anniversary_free=True,
    )  # fmt: skip

    assert "boundary_day" in codes(verdict)


def test_that_a_lifetime_never_ends() -> None:
    history = [done("2016-01-04", "mbb", "L4-L5 left"), done("2019-01-07", "mbb", "L4-L5 both")]

    assert made_up("2026-11-23", "mbb", "L4-L5 left", history=history) == "not_allowed None"
    assert made_up("2026-11-23", "mbb", "L4-L5 right", history=history) == "caution 2026-11-23"


@pytest.mark.parametrize(
    ("second", "answer"), [("2025-11-23", "not_allowed 2026-11-24"), ("2025-11-22", "caution 2026-11-23")]
)
def test_that_a_window_in_days_counts_its_first_day(second: str, answer: str) -> None:
    history = [done(second, "rfa", "L4-L5 left"), done("2026-02-02", "rfa", "L4-L5 right")]

    assert made_up("2026-11-23", "rfa", "L4-L5 left", history=history) == answer


def test_that_a_calendar_year_begins_anew_on_new_years_day() -> None:
    history = [done("2026-01-01", "si-tx", "SI left"), done("2026-12-31", "si-tx", "SI both")]

    assert made_up("2026-12-31", "si-tx", "SI left", history=history[:1]) == "caution 2026-12-31"
    assert made_up("2027-01-01", "si-tx", "SI left", history=history) == "allowed 2027-01-01"


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2026-09-09", "not_allowed 2026-09-10"), ("2026-09-10", "allowed 2026-09-10")],
)
def test_that_an_anchored_year_begins_with_the_first_one_and_on_its_anniversaries(day: str, answer: str) -> None:
    history = [
        done("2023-09-10", "tf", "L4-L5 left"),
        done("2025-09-10", "tf", "L4-L5 left"),
        done("2025-11-24", "tf", "C5-C6 left"),
        done("2026-01-05", "tf", "L4-L5 left"),
    ]

    assert made_up(day, "tf", "L4-L5 left", history=history) == answer


def test_that_a_former_payers_share_counts_or_not_where_the_rule_says_so() -> None:
    joints = [
        done("2026-09-02", "mbb", "C4-C5 both", "C5-C6 both", payer="aetna"),
        done("2026-09-09", "mbb", "C4-C5 both"),
    ]
    ablations = [done("2026-02-02", "rfa", "L4-L5 left", payer="aetna"), done("2026-05-04", "rfa", "L4-L5 left")]

    assert made_up("2026-11-23", "mbb", "L4-L5 left", history=joints) == "not_allowed 2027-03-03"
    assert made_up("2026-11-23", "rfa", "L4-L5 left", history=ablations) == "caution 2026-11-23"


@pytest.mark.parametrize(
    ("second", "target", "outcome"),
    [
        ("2026-05-04", "L4-L5 right", "caution"),
        ("2026-05-05", "L4-L5 right", "not_allowed"),
        ("2026-05-04", "L4-L5 left", "not_allowed"),
        ("2026-05-04", "L5-S1 right", "not_allowed"),
    ],
)
def test_that_the_other_side_of_a_level_within_a_month_is_the_same_session(
    second: str, target: str, outcome: str
) -> None:
    history = [
        done("2026-01-05", "mbb", "C5-C6 left"), done("2026-02-02", "mbb", "L2-L3 left"),
        done("2026-04-04", "mbb", "L4-L5 left"), done(second, "mbb", target),
    ]  # fmt: skip

    said = made_up("2026-11-23", "mbb", "L2-L3 left", history=history, payer="made-up-two")

    assert said.startswith(outcome)


def test_that_the_asked_session_joins_the_other_side_of_the_last_one() -> None:
    history = [
        done("2026-02-02", "mbb", "L2-L3 left"), done("2026-05-04", "mbb", "L3-L4 left"),
        done("2026-10-24", "mbb", "L4-L5 left"),
    ]  # fmt: skip

    def ask_for(target: str) -> str:
        return made_up("2026-11-23", "mbb", target, history=history, payer="made-up-two")

    assert ask_for("L4-L5 right") == "caution 2026-11-23"
    assert ask_for("L4-L5 left").startswith("not_allowed")
