"""Behaviour of visits booked later: told when this one displaces them, and not when it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.asking import ask, booked, codes, done, question, rules, told
from tracker.domain.anatomy import Region
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event
from tracker.rules import evaluate

THREE = [done(f"2026-0{month}-12", "mbb", "L1-L2 left", relief=90) for month in (1, 4, 7)]


def impact(day: str, kind: str, target: str, later: Event, *history: Event, **given: object) -> bool:
    verdict = ask(day, kind, target, history=[*history, later], **given)
    assert verdict.outcome in ("allowed", "caution")
    return "forward_impact" in codes(verdict)


@pytest.mark.parametrize(
    ("later", "displaced"),
    [("2026-12-14", True), ("2027-01-11", True), ("2027-01-12", True), ("2027-01-13", False), ("2027-04-14", False)],
)
def test_that_a_booked_fifth_session_is_displaced_until_the_first_has_left(later: str, displaced: bool) -> None:
    assert impact("2026-11-24", "mbb", "L4-L5 left", booked(later, "mbb", "L5-S1 right"), *THREE) is displaced


@pytest.mark.parametrize(("kind", "target"), [("mbb", "C4-C5 left"), ("tf", "L4-L5 left"), ("rfa", "L5-S1 right")])
def test_that_another_region_or_family_displaces_nothing(kind: str, target: str) -> None:
    later = booked("2026-12-14", "mbb", "L5-S1 right")
    history = [*THREE, done("2025-01-06", "rfa", "L5-S1 right", relief=60, months=12)]

    assert not impact("2026-11-24", kind, target, later, *history)


@pytest.mark.parametrize(("later", "displaced"), [("2026-12-07", True), ("2026-12-08", False), ("2026-12-09", False)])
def test_that_a_booked_visit_may_come_too_soon_after_this_one(later: str, displaced: bool) -> None:
    # Day 14 itself is in doubt but not too soon.
    assert impact("2026-11-24", "mbb", "L4-L5 left", booked(later, "mbb", "L4-L5 both")) is displaced


def test_that_months_count_for_booked_visits_too() -> None:
    def tf(later: str) -> bool:
        return impact("2026-11-24", "tf", "L4-L5 left", booked(later, "il", "L5-S1"))

    assert tf("2027-02-23")
    assert not tf("2027-02-24")


def test_that_results_which_do_not_exist_yet_are_not_looked_at() -> None:
    assert not impact("2026-11-24", "mbb", "L4-L5 left", booked("2026-12-14", "rfa", "L4-L5 left"))


def test_that_what_is_over_the_limit_anyway_is_not_this_ones_doing() -> None:
    four = [*THREE, done("2026-08-12", "mbb", "L1-L2 left", relief=90)]
    verdict = ask("2026-11-24", "mbb", "L4-L5 left", history=[*four, booked("2026-12-14", "mbb", "L5-S1 right")])

    assert "forward_impact" not in codes(verdict)


def test_that_a_visit_joined_on_its_day_displaces_nothing_further() -> None:
    beside = booked("2026-11-24", "mbb", "L3-L4 left")
    later = booked("2026-12-14", "mbb", "L5-S1 right")

    assert not impact("2026-11-24", "mbb", "L4-L5 left", later, *THREE[1:], beside)


def test_that_each_displaced_visit_is_named() -> None:
    later = [booked("2026-12-14", "mbb", "L5-S1 right"), booked("2027-01-04", "mbb", "L3-L4 right")]
    verdict = ask("2026-11-24", "mbb", "L4-L5 left", history=[*THREE[1:], *later])

    assert [f.counted for f in verdict.findings if f.code == "forward_impact"] == [("2027-01-04",)]


def test_that_a_booked_visit_of_unknown_level_or_side_may_be_displaced() -> None:
    somewhere = replace(booked("2026-12-14", "mbb"), region=Region.LUMBAR_SACRAL)

    assert impact("2026-11-24", "mbb", "L4-L5 left", somewhere, *THREE)
    assert impact("2026-11-24", "mbb", "L4-L5 left", booked("2026-12-01", "mbb", "L4-L5"))


def test_that_one_reading_of_the_history_is_enough() -> None:
    history = [*THREE[1:], told(THREE[0])]

    assert impact("2026-11-24", "mbb", "L4-L5 left", booked("2026-12-14", "mbb", "L5-S1 right"), *history)


def test_that_a_pair_which_counts_as_lumbar_displaces_nothing_in_the_neck() -> None:
    three = [done(f"2026-0{month}-12", "mbb", "C4-C5 left", relief=90) for month in (1, 4, 7)]
    later = booked("2026-12-14", "mbb", "C5-C6 right")
    verdict = ask("2026-11-24", "mbb", "T12-L1 left", "L1-L2 left", history=[*three, later])

    assert verdict.outcome == "allowed"


def test_that_a_booked_visit_stands_under_the_payer_of_its_own_day() -> None:
    now = Coverage("made-up-two", end=date(2026, 11, 30), authorization_required=False)
    then = Coverage("made-up-one", start=date(2026, 12, 1), authorization_required=False)
    history = [done("2026-10-05", "tf", "C5-C6 left", relief=60, months=3, payer="made-up-one")]
    later = booked("2026-12-14", "il", "L5-S1", payer="made-up-one")
    day = "2026-11-24"
    one_more = done("2026-09-07", "tf", "L4-L5 left", relief=60, months=3, payer="made-up-one")

    # Three a year that begins with the first one, at the later payer only.
    verdict = ask(day, "tf", "L4-L5 right", history=[*history, one_more, later], coverages=(now, then))

    assert "forward_impact" in codes(verdict)


@pytest.mark.parametrize(("chosen", "displaced"), [(None, True), ("made-up-one", True), ("made-up-two", False)])
def test_that_a_booked_visit_stands_under_the_payer_that_was_chosen_for_it(chosen: str | None, displaced: bool) -> None:
    """Three a year with the first payer; with the second four in twelve months, which nothing here reaches."""
    first = Coverage("made-up-one", authorization_required=False)
    second = Coverage("made-up-two", order=2, authorization_required=False)
    history = [
        done("2026-09-07", "tf", "L4-L5 left", relief=60, months=3, payer="made-up-one"),
        done("2026-10-05", "tf", "C5-C6 left", relief=60, months=3, payer="made-up-one"),
    ]
    later = booked("2026-12-14", "il", "L5-S1", payer=chosen)

    verdict = ask("2026-11-24", "tf", "L4-L5 right", history=[*history, later], coverages=(first, second))

    assert ("forward_impact" in codes(verdict)) is displaced


@pytest.mark.parametrize(("billed", "displaced"), [("made-up-one", True), ("made-up-two", True)])
def test_that_the_payer_chosen_for_this_one_is_not_that_of_a_booked_visit(billed: str, displaced: bool) -> None:
    """The visit goes with the order on file, whose first payer allows three a year."""
    first = Coverage("made-up-one", authorization_required=False)
    second = Coverage("made-up-two", order=2, authorization_required=False)
    history = (
        done("2026-09-07", "tf", "L4-L5 left", relief=60, months=3, payer="made-up-one"),
        done("2026-10-05", "tf", "C5-C6 left", relief=60, months=3, payer="made-up-one"),
        booked("2026-12-14", "il", "L5-S1", payer=None),
    )
    asked = question("2026-11-24", "tf", "L4-L5 right", history=history, coverages=(first, second))

    verdict = evaluate(asked.paid_by({"made-up-one": first, "made-up-two": second}[billed]), rules())

    assert ("forward_impact" in codes(verdict)) is displaced


def test_that_a_booked_visit_of_two_first_payers_is_displaced_where_either_says_so() -> None:
    first, unended = Coverage("made-up-one", authorization_required=False), date(2026, 1, 1)
    second = Coverage("made-up-two", start=unended, authorization_required=False)
    history = [
        done("2026-09-07", "tf", "L4-L5 left", relief=60, months=3, payer="made-up-one"),
        done("2026-10-05", "tf", "C5-C6 left", relief=60, months=3, payer="made-up-one"),
        booked("2026-12-14", "il", "L5-S1", payer=None),
    ]

    verdict = ask("2026-11-24", "tf", "L4-L5 right", history=history, coverages=(first, second))

    assert "forward_impact" in codes(verdict)


def test_that_what_is_booked_before_a_booked_visit_was_not_paid_by_the_payer_chosen_for_this_one() -> None:
    """With the first payer the visit is over its three a year already, whatever comes of this one."""
    first = Coverage("made-up-one", authorization_required=False)
    second = Coverage("made-up-two", order=2, authorization_required=False)
    history = (
        done("2026-09-07", "tf", "L4-L5 left", relief=60, months=3, payer="made-up-one"),
        done("2026-10-05", "tf", "C5-C6 left", relief=60, months=3, payer="made-up-one"),
        booked("2026-12-07", "tf", "C5-C6 right", payer=None),
        booked("2026-12-14", "il", "L5-S1", payer=None),
    )
    asked = question("2026-11-24", "tf", "L4-L5 right", history=history, coverages=(first, second))

    verdict = evaluate(asked.paid_by(second), rules())

    displaced = [finding.counted for finding in verdict.findings if finding.code == "forward_impact"]
    assert displaced == [("2026-12-07",)]
