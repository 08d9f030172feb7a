"""Behaviour of the earliest day: the first with nothing dated against it, none where no date helps."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.asking import ask, booked, done, proven
from tracker.domain.coverage import Coverage

THREE_LEVELS = ("L3-L4 left", "L4-L5 left", "L5-S1 left")


def test_that_the_latest_of_several_reasons_decides() -> None:
    history = [
        *(done(f"2026-0{month}-12", "mbb", "L1-L2 left", relief=90) for month in (1, 4, 7)),
        done("2026-11-16", "mbb", "L4-L5 left", relief=90),
    ]

    assert ask("2026-11-23", "mbb", "L4-L5 left", history=history).earliest == date(2027, 1, 13)
    assert ask("2027-01-20", "mbb", "L4-L5 left", history=history).earliest == date(2027, 1, 20)


def test_that_several_sessions_may_have_to_leave() -> None:
    history = [done(f"2026-{month:02}-12", "mbb", "L1-L2 left", relief=90) for month in (1, 2, 3, 4, 5, 6)]

    assert ask("2026-11-23", "mbb", "L4-L5 left", history=history).earliest == date(2027, 3, 13)


def test_that_booked_visits_on_the_way_fill_the_window_again() -> None:
    history = [done(f"2026-0{month}-12", "mbb", "L1-L2 left", relief=90) for month in (1, 4, 7, 9)]
    on_the_way = [booked("2026-12-28", "mbb", "L2-L3 left"), booked("2027-01-13", "mbb", "C4-C5 left")]

    # On 13 January the neck is on that day already and five still count, until April's has left.
    assert ask("2026-11-23", "mbb", "L4-L5 left", history=history).earliest == date(2027, 1, 13)
    assert ask("2026-11-23", "mbb", "L4-L5 left", history=[*history, *on_the_way]).earliest == date(2027, 4, 13)


def test_that_a_clash_on_the_way_costs_one_more_day() -> None:
    history = [done("2026-11-16", "mbb", "L4-L5 left", relief=90), booked("2026-12-01", "mbb", "C4-C5 left")]

    assert ask("2026-11-23", "mbb", "L4-L5 left", history=history).earliest == date(2026, 12, 2)


@pytest.mark.parametrize(("state", "earliest"), [("GA", None), ("IA", None), ("TX", None), ("KY", None)])
def test_that_no_date_cures_too_many_levels(state: str, earliest: date | None) -> None:
    assert ask("2026-11-23", "mbb", *THREE_LEVELS, state=state).earliest == earliest


def test_that_a_new_version_may_free_a_later_day() -> None:
    pair = ("T12-L1 left", "L1-L2 left")

    assert ask("2024-11-23", "mbb", *pair).earliest == date(2025, 1, 1)
    assert ask("2022-01-01", "mbb", *pair).earliest == date(2025, 1, 1)
    assert ask("2021-12-31", "mbb", *pair).earliest is None  # more than 36 months ahead


def test_that_a_new_version_may_forbid_a_later_day() -> None:
    last = done("2024-06-03", "rfa", "L3-L4 left", "L4-L5 left", "L5-S1 left", relief=60, months=6)
    verdict = ask("2024-07-01", "rfa", *THREE_LEVELS, history=[*proven(*THREE_LEVELS), last], state="GA")

    assert verdict.earliest is None


def test_that_a_missing_prerequisite_is_cured_by_no_date_and_no_other_visit() -> None:
    assert ask("2026-11-23", "rfa", "L4-L5 left").earliest is None
    assert ask("2026-11-23", "si-tx", "SI left", history=[booked("2027-03-01", "si-tx", "SI left")]).earliest is None
    assert ask("2024-07-07", "il", "L5-S1", history=[
        done("2023-01-01", "caudal", "caudal", relief=0, months=3), booked("2025-07-12", "tf", "L5-S1 right"),
    ]).earliest is None  # fmt: skip


def test_that_missing_results_authorizations_and_rules_do_not_move_it() -> None:
    silent = done("2026-02-02", "tf", "L4-L5 left")
    coverage = Coverage("medicare-advantage", authorization_required=True)

    assert ask("2026-11-23", "tf", "L4-L5 left", history=[silent]).earliest == date(2026, 11, 23)
    assert ask("2026-11-23", "tf", "L4-L5 left", coverages=(coverage,)).earliest == date(2026, 11, 23)
    assert ask("2026-11-23", "tp", state="TX").earliest == date(2026, 11, 23)


def test_that_another_coverage_may_free_a_later_day() -> None:
    history = [done(f"2026-0{month}-12", "tp", relief=60, months=2) for month in (2, 5, 8)]
    now = Coverage("medicare", end=date(2026, 12, 31))
    later = Coverage("made-up-one", start=date(2027, 1, 1), authorization_required=False)

    assert ask("2026-11-23", "tp", history=history, coverages=(now,)).earliest == date(2027, 2, 13)
    assert ask("2026-11-23", "tp", history=history, coverages=(now, later)).earliest == date(2027, 1, 1)


def test_that_a_coverage_without_rules_is_no_way_out() -> None:
    history = [done(f"2026-0{month}-12", "tp", relief=60, months=2) for month in (2, 5, 8)]
    now = Coverage("medicare", end=date(2026, 12, 31))
    later = Coverage("commercial", start=date(2027, 1, 1), authorization_required=False)

    assert ask("2026-11-23", "tp", history=history, coverages=(now, later)).earliest == date(2027, 2, 13)


@pytest.mark.parametrize(("free", "earliest"), [(True, date(2027, 1, 12)), (False, date(2027, 1, 13))])
def test_that_a_free_anniversary_may_be_the_earliest_day(free: bool, earliest: date) -> None:
    history = [done(f"2026-0{month}-12", "mbb", "L1-L2 left", relief=90) for month in (1, 4, 7, 9)]

    assert ask("2026-11-23", "mbb", "L4-L5 left", history=history, anniversary_free=free).earliest == earliest


def test_that_a_day_of_doubt_moves_it_by_one() -> None:
    assert ask(
        "2026-11-23", "mbb", "L4-L5 left", history=[done("2026-11-09", "mbb", "L4-L5 left", relief=90)]
    ).earliest == (date(2026, 11, 24))


def test_that_a_lifetime_and_a_window_too_long_have_none() -> None:
    twice = [done(day, "mbb", "L4-L5 left", relief=90, payer="made-up-one") for day in ("2020-01-06", "2020-02-03")]

    assert ask("2026-11-23", "mbb", "L4-L5 left", history=twice, payer="made-up-one").earliest is None
