"""Behaviour of what one day may hold: levels, one region, the thoraco-lumbar pair, other procedures beside it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.asking import ask, booked, codes, done, lines, outcome_of, proven, said

PAIR = ("T12-L1 left", "L1-L2 left")


@pytest.mark.parametrize(
    ("kind", "targets", "too_many"),
    [
        ("mbb", ("L4-L5 left", "L5-S1 left"), False),
        ("mbb", ("L4-L5 both", "L5-S1 both"), False),
        ("mbb", ("L3-L4 left", "L4-L5 left", "L5-S1 left"), True),
        ("mbb", ("L3-L4 left", "L4-L5 right", "L5-S1 left"), True),
        ("mbb", ("nerves L3 L4 L5 left",), False),
        ("mbb", ("nerves L2 L3 L4 L5 left",), True),
        ("tf", ("L4-L5 left", "L5-S1 left"), False),
        ("tf", ("L4-L5 left", "L5-S1 left", "S1 left"), True),
        ("root", ("L3-L4 left", "L4-L5 left", "L5-S1 left"), True),
        ("il", ("L4-L5",), False),
        ("il", ("L4-L5", "L5-S1"), True),
        ("caudal", ("caudal",), False),
    ],
)
def test_that_a_session_has_so_many_levels_and_no_date_cures_more(
    kind: str, targets: tuple[str, ...], too_many: bool
) -> None:
    verdict = ask("2026-11-23", kind, *targets)

    assert ("too_many_levels" in codes(verdict)) is too_many
    assert verdict.earliest == (None if too_many else date(2026, 11, 23))
    assert (verdict.outcome == "not_allowed") is too_many


def test_that_levels_of_another_visit_of_the_day_add_up_and_the_next_day_is_free_of_them() -> None:
    history = [booked("2026-11-23", "mbb", "L2-L3 left", "L3-L4 left")]
    verdict = ask("2026-11-23", "mbb", "L4-L5 left", history=history)

    assert outcome_of(verdict, "too_many_levels") == "not_allowed"
    assert verdict.earliest == date(2026, 11, 24)


def test_that_the_same_level_of_another_visit_is_no_further_one() -> None:
    history = [booked("2026-11-23", "mbb", "L4-L5 right", "L5-S1 right")]

    assert "too_many_levels" not in codes(ask("2026-11-23", "mbb", "L4-L5 left", "L5-S1 left", history=history))


@pytest.mark.parametrize(
    ("targets", "too_many"),
    [
        (("L3-L4 left", "L4-L5 left", "L5-S1 left"), True),
        (("L3-L4 right", "L4-L5 left", "L5-S1 left"), False),
        (("L3-L4 both", "L4-L5 both"), False),
        (("L3-L4 both", "L4-L5 both", "L5-S1 right"), True),
    ],
)
def test_that_levels_may_be_counted_on_each_side(targets: tuple[str, ...], too_many: bool) -> None:
    assert ("too_many_levels" in codes(ask("2026-11-23", "mbb", *targets, payer="made-up-one"))) is too_many


def test_that_a_planned_session_of_unknown_sides_may_have_too_many_on_one() -> None:
    verdict = ask("2026-11-23", "mbb", "L3-L4", "L4-L5", "L5-S1", payer="made-up-one")

    assert verdict.outcome == "unknown"
    assert "side" in said(verdict)


@pytest.mark.parametrize(
    ("kind", "neck", "back"), [("mbb", "C4-C5 left", "L4-L5 left"), ("tf", "C5-C6 left", "L4-L5 left")]
)
def test_that_one_day_holds_one_region(kind: str, neck: str, back: str) -> None:
    together = ask("2026-11-23", kind, neck, back)
    beside = ask("2026-11-23", kind, back, history=[booked("2026-11-23", kind, neck)])

    assert outcome_of(together, "same_day") == outcome_of(beside, "same_day") == "not_allowed"
    assert together.earliest is None
    assert beside.earliest == date(2026, 11, 24)
    assert "same_day" not in codes(ask("2026-11-24", kind, back, history=[booked("2026-11-23", kind, neck)]))


def test_that_injections_and_ablations_of_the_facets_share_the_region_of_the_day() -> None:
    verdict = ask(
        "2026-11-23", "rfa", "L4-L5 left", history=[*proven("L4-L5 left"), booked("2026-11-23", "mbb", "C4-C5 left")]
    )

    assert outcome_of(verdict, "same_day") == "not_allowed"


# --- T12-L1 with L1-L2 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "asked", "outcome", "earliest"),
    [
        ("KY", "2024-12-31", "not_allowed", "2025-01-01"),
        ("OH", "2025-01-01", "allowed", "2025-01-01"),
        ("KY", "2026-11-23", "allowed", "2026-11-23"),
        ("CA", "2025-01-01", "unknown", "2025-01-01"),
        ("TX", "2026-11-23", "unknown", "2026-11-23"),
        ("GA", "2024-12-31", "unknown", "2024-12-31"),
    ],
)
def test_that_the_thoraco_lumbar_pair_is_one_session_at_cgs_from_2025_and_open_elsewhere(
    state: str, asked: str, outcome: str, earliest: str
) -> None:
    verdict = ask(asked, "mbb", *PAIR, state=state)

    assert verdict.outcome == outcome
    assert verdict.earliest == date.fromisoformat(earliest)


def test_that_the_pair_is_coded_together() -> None:
    assert lines(ask("2026-11-23", "mbb", *PAIR)) == [("64490", "KX", 1), ("64494", "KX", 1)]
    assert lines(ask("2026-11-23", "rfa", "T12-L1 both", "L1-L2 both")) == [("64633", "50", 1), ("64636", "50", 1)]


def test_that_past_sessions_of_the_pair_count_as_lumbar_at_cgs() -> None:
    history = [done(f"2026-0{month}-02", "mbb", *PAIR, relief=90) for month in (2, 4, 6, 8)]

    assert outcome_of(ask("2026-11-23", "mbb", "L4-L5 left", history=history), "over_limit") == "not_allowed"
    assert ask("2026-11-23", "mbb", "C4-C5 left", history=history).outcome == "allowed"


def test_that_the_pair_may_be_two_records_of_one_day() -> None:
    history = [
        done(f"2026-0{month}-02", "mbb", site, relief=90, id=f"{month}{site}")
        for month in (2, 4, 6, 8)
        for site in PAIR
    ]

    assert ask("2026-11-23", "mbb", "C4-C5 left", history=history).outcome == "allowed"


def test_that_a_level_joins_the_pair_with_a_visit_of_the_day() -> None:
    full = [done(f"2026-0{month}-02", "mbb", "C4-C5 left", relief=90) for month in (2, 4, 6, 8)]
    verdict = ask("2026-11-23", "mbb", "T12-L1 left", history=[*full, booked("2026-11-23", "mbb", "L1-L2 left")])

    assert verdict.outcome == "allowed"


def test_that_the_levels_of_such_a_visit_add_up() -> None:
    verdict = ask("2026-11-23", "mbb", "L1-L2 left", "L2-L3 left", history=[booked("2026-11-23", "mbb", "T12-L1 left")])

    assert outcome_of(verdict, "too_many_levels") == "not_allowed"


@pytest.mark.parametrize("state", ["KY", "TX"])
def test_that_the_pair_does_not_excuse_the_neck(state: str) -> None:
    verdict = ask("2026-11-23", "mbb", *PAIR, history=[booked("2026-11-23", "mbb", "C4-C5 left")], state=state)

    assert outcome_of(verdict, "same_day") == "not_allowed"


def test_that_the_neck_on_that_day_leaves_the_next_day_to_an_open_pair() -> None:
    verdict = ask("2026-11-23", "mbb", *PAIR, history=[booked("2026-11-23", "mbb", "C4-C5 left")], state="TX")

    assert verdict.earliest == date(2026, 11, 24)


def test_that_t12_l1_alone_belongs_to_the_neck_and_upper_back() -> None:
    full = [done(f"2026-0{month}-02", "mbb", "L4-L5 left", relief=90) for month in (2, 4, 6, 8)]

    assert ask("2026-11-23", "mbb", "T12-L1 left", history=full).outcome == "allowed"


# --- beside other procedures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "target", "other", "other_target", "outcome"),
    [
        ("tf", "L4-L5 left", "mbb", "L4-L5 left", "not_allowed"),
        ("tf", "L4-L5 left", "tp", "", "not_allowed"),
        ("tf", "L4-L5 left", "si-tx", "SI left", "not_allowed"),
        ("mbb", "L4-L5 left", "tf", "L4-L5 left", "caution"),
        ("mbb", "L4-L5 left", "tp", "", "caution"),
        ("si-dx", "SI left", "mbb", "L4-L5 left", "not_allowed"),
        ("tp", "", "mbb", "L4-L5 left", ""),
    ],
)
def test_that_other_blocks_of_the_day_stand_in_the_way_or_are_to_be_known(
    kind: str, target: str, other: str, other_target: str, outcome: str
) -> None:
    clash = booked("2026-11-23", other, *filter(None, [other_target]))
    verdict = ask("2026-11-23", kind, *filter(None, [target]), history=[clash])

    assert outcome_of(verdict, "same_day") == outcome
    assert verdict.earliest == (date(2026, 11, 24) if outcome == "not_allowed" else date(2026, 11, 23))


def test_that_a_clash_may_be_looked_for_in_the_same_region_only() -> None:
    def with_facet(site: str) -> str:
        facet = booked("2025-11-24", "mbb", site, payer="made-up-two", id="facet")
        return outcome_of(ask("2025-11-24", "tf", "L4-L5 left", history=[facet], payer="made-up-two"), "same_day")

    assert with_facet("L1-L2 left") == "unknown"
    assert with_facet("C4-C5 left") == "not_allowed"  # another region of the day
