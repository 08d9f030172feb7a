"""A switch to a Medicare Advantage plan: what the plan before approved, honoured for 90 days, and each near miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.asking import approval, ask, at, booked, done, said
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.coverage import Coverage
from tracker.domain.verdict import FindingCode, Verdict

SWITCH = date(2026, 10, 1)
NEW = Coverage("medicare-advantage", start=SWITCH, authorization_required=True)
OLD = Coverage("humana", start=date(2025, 1, 1), end=date(2026, 9, 30), authorization_required=True)
LINE = AuthorizationLine("64493", 1)
GRANTED = approval(LINE, payer="humana", end=date(2027, 6, 30))


def switched(
    *authorizations: Authorization, day: str = "2026-11-23", coverages: tuple[Coverage, ...] = (NEW, OLD), **given: Any
) -> Verdict:
    """Ask the new plan for a diagnostic block."""
    return ask(
        day, "mbb", "L4-L5 left", payer="medicare-advantage", coverages=coverages, authorizations=authorizations,
        **given,
    )  # fmt: skip


def carried(verdict: Verdict) -> bool:
    return any(each.rule == "plan-switch" for each in verdict.findings)


@pytest.mark.parametrize(
    ("day", "honoured"),
    [("2026-10-01", True), ("2026-12-29", True), ("2026-12-30", False)],
    ids=["first day", "day 90", "day 91"],
)
def test_that_the_approval_of_the_plan_before_is_honoured_for_90_days(day: str, honoured: bool) -> None:
    verdict = switched(GRANTED, day=day)

    assert carried(verdict) is honoured
    assert verdict.outcome == ("caution" if honoured else "needs_authorization")
    assert [each.number for each in verdict.approvals] == (["A-1"] if honoured else [])


def test_that_it_says_until_when_by_what_and_whom_to_tell() -> None:
    finding = next(each for each in switched(GRANTED).findings if each.rule == "plan-switch")

    assert finding.message.startswith("A-1 is of the plan before and carries over until Tue 12/29/2026")
    assert finding.source is not None
    assert finding.source.title.startswith("42 CFR 422.112(b)(8)")
    assert finding.source.grade == "summary"
    assert finding.ask.startswith("Tell the new plan")


@pytest.mark.parametrize(
    "near_miss",
    [
        replace(GRANTED, status=AuthorizationStatus.DENIED),
        replace(GRANTED, status=AuthorizationStatus.PENDED),
        replace(GRANTED, end=date(2026, 9, 29)),
        replace(GRANTED, end=date(2026, 11, 22)),
        replace(GRANTED, start=SWITCH),
        replace(GRANTED, payer="cigna"),
        replace(GRANTED, kind=AuthorizationKind.WISER),
        replace(GRANTED, number=None),
        replace(GRANTED, place_of_service="22"),
        replace(GRANTED, lines=(AuthorizationLine("64490", 1),)),
        replace(GRANTED, lines=(AuthorizationLine("64493", 1, used=1),)),
        replace(GRANTED, lines=(AuthorizationLine("64493", 1, denied=True),)),
        replace(GRANTED, lines=(AuthorizationLine("64493", 1, targets=at("L4-L5 right")),)),
    ],
)
def test_that_only_what_ran_on_the_last_day_and_fits_the_visit_is_carried_over(near_miss: Authorization) -> None:
    verdict = switched(near_miss)

    assert not carried(verdict)
    assert verdict.outcome == "needs_authorization"


@pytest.mark.parametrize(
    "coverages",
    [
        (replace(NEW, payer="cigna"), OLD),
        (replace(NEW, start=None), OLD),
        (NEW, replace(OLD, end=None, order=2)),
        (NEW, replace(OLD, end=date(2026, 9, 29))),
        (NEW,),
    ],
    ids=["no Medicare Advantage", "no first day", "the old plan goes on", "a gap", "no plan before"],
)
def test_that_without_a_switch_to_medicare_advantage_nothing_is_carried_over(coverages: tuple[Coverage, ...]) -> None:
    assert not carried(switched(GRANTED, coverages=coverages))


def test_that_an_approval_of_the_new_plan_stands_before_the_one_of_the_old() -> None:
    verdict = switched(GRANTED, approval(LINE, number="B-1"))

    assert [each.number for each in verdict.approvals] == ["B-1"]
    assert not carried(verdict)


@pytest.mark.parametrize("earlier", [booked, done])
def test_that_a_visit_since_the_switch_has_used_the_units_that_are_carried_over(earlier: Any) -> None:
    before = earlier("2026-10-20", "mbb", "L4-L5 left", payer="medicare-advantage", relief=90)
    verdict = switched(GRANTED, history=(before,))

    assert not carried(verdict)
    assert any(each.code is FindingCode.AUTHORIZATION for each in verdict.findings)
    assert said(verdict)
