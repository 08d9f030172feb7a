"""Behaviour of dates and places: when each contractor's policy begins, and what each says of a third level."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.rules.asking import ask, codes, outcome_of

THREE_LEVELS = ("L3-L4 left", "L4-L5 left", "L5-S1 left")
FACET_STARTS = {
    "KY": "2021-05-02", "OH": "2021-05-02", "IL": "2021-04-25", "NY": "2021-04-25", "IA": "2021-04-25",
    "MI": "2021-04-25", "CA": "2021-04-25", "WA": "2021-04-25", "TX": "2021-04-25", "NJ": "2021-04-25",
    "FL": "2021-04-25", "GA": "2021-04-25", "VA": "2021-04-25",
}  # fmt: skip
EPIDURAL_STARTS = {
    "GA": "2021-12-05", "VA": "2021-12-05", "IL": "2021-12-05", "NY": "2021-12-05", "KY": "2022-06-19",
    "IA": "2022-06-19", "CA": "2022-06-19", "WA": "2022-06-19", "TX": "2022-06-19", "FL": "2022-06-19",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "target", "state", "start"),
    [
        *(("mbb", "L4-L5 left", state, start) for state, start in FACET_STARTS.items()),
        *(("tf", "L4-L5 left", state, start) for state, start in EPIDURAL_STARTS.items()),
        *(("si-dx", "SI left", state, "2023-03-19") for state in ("KY", "IL", "IA", "CA", "WA", "GA")),
        *(("tp", "", state, "2024-04-01") for state in ("KY", "IL", "IA", "CA", "WA", "GA")),
    ],
)
def test_that_a_policy_answers_from_its_first_day_on(kind: str, target: str, state: str, start: str) -> None:
    first = date.fromisoformat(start)
    day_before = first - timedelta(1)

    begun = ask(start, kind, *filter(None, [target]), state=state)
    before = ask(day_before.isoformat(), kind, *filter(None, [target]), state=state)

    assert begun.outcome == "allowed"
    assert before.outcome == "unknown"
    assert codes(before) == {"no_policy"}
    assert before.earliest == day_before


@pytest.mark.parametrize("state", ["TX", "FL", "NJ", "PR"])
@pytest.mark.parametrize(
    ("kind", "target"), [("si-dx", "SI left"), ("si-tx", "SI left"), ("si-rfa", "SI left"), ("tp", "")]
)
def test_that_novitas_and_first_coast_have_no_policy_for_si_joints_and_trigger_points(
    kind: str, target: str, state: str
) -> None:
    verdict = ask("2026-11-23", kind, *filter(None, [target]), state=state)

    assert (verdict.outcome, codes(verdict)) == ("unknown", {"no_policy"})
    assert verdict.earliest == date(2026, 11, 23)


@pytest.mark.parametrize("state", ["KY", "IL", "IA", "CA", "WA", "GA"])
def test_that_si_joint_ablation_is_not_covered_where_there_is_a_policy(state: str) -> None:
    verdict = ask("2026-11-23", "si-rfa", "SI left", state=state)

    assert outcome_of(verdict, "not_covered") == "not_allowed"
    assert verdict.earliest is None


@pytest.mark.parametrize(
    ("state", "day", "outcome"),
    [
        *((state, "2024-04-30", "caution") for state in FACET_STARTS),
        *((state, "2024-10-01", "not_allowed") for state in FACET_STARTS),
        ("GA", "2024-07-06", "caution"),
        ("VA", "2024-07-07", "not_allowed"),
        ("IA", "2024-07-13", "caution"),
        ("MI", "2024-07-14", "not_allowed"),
        ("TX", "2024-08-10", "caution"),
        ("NJ", "2024-08-11", "not_allowed"),
        ("KY", "2024-07-06", "caution"),
        ("KY", "2024-07-07", "unknown"),
        ("KY", "2024-08-14", "unknown"),
        ("KY", "2024-08-15", "not_allowed"),
        ("CA", "2024-08-15", "unknown"),
        ("CA", "2024-08-16", "not_allowed"),
    ],
)
def test_that_a_third_level_ends_on_each_contractors_own_day(state: str, day: str, outcome: str) -> None:
    verdict = ask(day, "mbb", *THREE_LEVELS, state=state)

    assert verdict.outcome == outcome
    assert outcome_of(verdict, "too_many_levels") == outcome
    assert verdict.earliest == (None if outcome == "not_allowed" else date.fromisoformat(day))
    assert verdict.levels == 3


@pytest.mark.parametrize("state", ["", "XX", "ky"])
def test_that_a_place_without_a_contractor_has_no_answer(state: str) -> None:
    verdict = ask("2026-11-23", "mbb", "L4-L5 left", state=state)

    assert (verdict.outcome, codes(verdict)) == ("unknown", {"no_policy"})
    assert "Correct the state" in verdict.findings[0].ask


@pytest.mark.parametrize("payer", ["commercial", "nobody-knows", "", "Medicare"])
def test_that_a_payer_without_rules_has_no_answer(payer: str) -> None:
    verdict = ask("2026-11-23", "mbb", "L4-L5 left", payer=payer)

    assert (verdict.outcome, codes(verdict)) == ("unknown", {"no_policy"})


def test_that_a_patient_without_coverage_on_the_day_has_no_answer() -> None:
    verdict = ask("2026-11-23", "mbb", "L4-L5 left", coverages=())

    assert (verdict.outcome, codes(verdict)) == ("unknown", {"no_policy"})


@pytest.mark.parametrize("payer", ["medicare-advantage", "humana"])
def test_that_medicare_advantage_follows_the_contractor_of_the_state(payer: str) -> None:
    verdict = ask("2026-11-23", "mbb", *THREE_LEVELS, payer=payer)

    assert outcome_of(verdict, "too_many_levels") == "not_allowed"
    assert verdict.policies[0].id == "medicare-facet"
