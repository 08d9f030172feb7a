"""Behaviour of approvals: what covers a visit, and more than forty near misses, each told in its own sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.asking import approval, ask, at, codes, outcome_of, said
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.coverage import Biller, Coverage
from tracker.domain.verdict import Verdict

Line = AuthorizationLine
PLAN = "medicare-advantage"
ONE = Line("64493")
S = AuthorizationStatus


def plan(*authorizations: Authorization, targets: tuple[str, ...] = ("L4-L5 left",), **given: Any) -> Verdict:
    """Ask a plan that wants approvals for a diagnostic block on 2026-11-23."""
    coverage = Coverage(PLAN, authorization_required=True)
    given.setdefault("as_of", "2026-11-16")
    site = {"facility": "Clinic A"} | given.pop("site", {})
    return ask(
        given.pop("day", "2026-11-23"), given.pop("kind", "mbb"), *targets, payer=PLAN, coverages=(coverage,),
        authorizations=authorizations, site=site, **given,
    )  # fmt: skip


# --- the plan's own approval ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fits",
    [
        approval(ONE),
        approval(ONE, start=date(2026, 11, 23), end=date(2026, 12, 31)),
        approval(ONE, start=None, end=None),
        approval(ONE, facility="Clinic A", place_of_service="11", provider="provider-1"),
        approval(Line("64493", units=None, used=40)),
        approval(Line("64493", units=3, used=2)),
        approval(Line("64493", targets=at("L4-L5 left"))),
        approval(Line("64493", targets=at("L4-L5 both"))),
        approval(Line("64493", targets=at("L4-L5 left", "L5-S1 left"))),
        approval(ONE, Line("64494", denied=True), status=S.PARTIALLY_APPROVED),
        approval(ONE, status=S.MODIFIED),
        approval(Line("64493", units=0), ONE),
        approval(status=S.NOT_REQUIRED, number=None),
        approval(status=S.NOT_REQUIRED, start=None, end=date(2026, 11, 23)),
        approval(Line("64493", units=None), status=S.NOT_REQUIRED),
    ],
)
def test_that_an_approval_covers_what_it_names(fits: Authorization) -> None:
    verdict = plan(fits)

    assert verdict.outcome == "allowed"
    assert any("authorization" in met.rule for met in verdict.met)


@pytest.mark.parametrize(
    ("miss", "words"),
    [
        (approval(ONE, status=S.DRAFT), "is a draft and was not sent"),
        (approval(ONE, status=S.SUBMITTED), "was sent and is not decided"),
        (approval(ONE, status=S.SUBMITTED, submitted=date(2026, 11, 9)), "sent 11/09/2026"),
        (approval(ONE, status=S.PENDED), "wants more time or papers"),
        (approval(ONE, status=S.DENIED), "was denied"),
        (approval(ONE, status=S.CANCELLED), "was cancelled"),
        (approval(ONE, number=None), "has no number yet"),
        (approval(ONE, number=""), "has no number yet"),
        (approval(ONE, end=date(2026, 11, 22)), "A-1 ended 11/22/2026"),
        (approval(ONE, start=date(2026, 11, 24)), "A-1 begins 11/24/2026"),
        (approval(ONE, status=S.MODIFIED, end=date(2026, 10, 29)), "A-1 ended 10/29/2026"),
        (approval(ONE, place_of_service="24"), "is for place of service 24, this is 11"),
        (approval(ONE, facility="ASC A"), "is for ASC A, this is Clinic A"),
        (approval(Line("64494")), "does not name 64493"),
        (approval(Line("64635")), "does not name 64493"),
        (approval(), "does not name 64493"),
        (approval(Line("64493", denied=True)), "64493 was denied"),
        (approval(Line("64493", denied=True), Line("64494"), status=S.PARTIALLY_APPROVED), "64493 was denied"),
        (approval(Line("64493", used=1)), "0 of 1 unit of 64493 left"),
        (approval(Line("64493", units=2, used=3)), "0 of 1 unit of 64493 left"),
        (approval(Line("64493", units=0)), "0 of 1 unit of 64493 left"),
        (approval(Line("64493", targets=at("L5-S1 left"))), "other levels: it names L5-S1 left, not L4-5 left"),
        (approval(Line("64493", targets=at("L4-L5 right"))), "another side: it names L4-5 right, not L4-5 left"),
        (approval(Line("64493", targets=at("C5-C6 left"))), "another region: it names C5-6 left, not L4-5 left"),
        (approval(Line("64493", targets=at("L4-L5"))), "another side: it names L4-5"),
        (approval(ONE, status=S.MORE_WANTED), "wants more papers"),
        (approval(ONE, status=S.APPEALED), "was appealed and is not decided"),
        (approval(ONE, status=S.WITHDRAWN), "was withdrawn"),
        (approval(Line("64493", units=3, used=2, booked=1)), "0 of 1 unit of 64493 left (3 granted, 2 used, 1 booked)"),
        (approval(ONE, status=S.NOT_REQUIRED, end=date(2026, 11, 22)), "none is needed on other days"),
        (approval(Line("64635"), status=S.NOT_REQUIRED), "none is needed for 64635, not for 64493"),
    ],
)
def test_that_a_near_miss_of_the_plans_approval_is_told(miss: Authorization, words: str) -> None:
    verdict = plan(miss)

    assert verdict.outcome == "needs_authorization"
    assert outcome_of(verdict, "authorization") == "needs_authorization"
    assert words in said(verdict)
    assert verdict.earliest == date(2026, 11, 23)


@pytest.mark.parametrize(
    "stranger",
    [
        replace(approval(ONE), payer="aetna"),
        replace(approval(ONE), kind=AuthorizationKind.MEDICARE_OPD),
        replace(approval(ONE), kind=AuthorizationKind.WISER),
        replace(approval(status=S.NOT_REQUIRED), payer="aetna"),
        replace(approval(status=S.NOT_REQUIRED), kind=AuthorizationKind.WISER),
    ],
)
def test_that_what_belongs_to_another_payer_or_programme_is_none(stranger: Authorization) -> None:
    verdict = plan(stranger)

    assert verdict.outcome == "needs_authorization"
    assert "None is on file." in said(verdict)


def test_that_every_code_must_be_covered_and_each_may_have_its_own_approval() -> None:
    two = ("L4-L5 left", "L5-S1 left")
    other = approval(Line("64494"), number="A-2")

    assert plan(approval(ONE, Line("64494")), targets=two).outcome == "allowed"
    assert plan(approval(ONE), other, targets=two).outcome == "allowed"
    assert "does not name 64494" in said(plan(approval(ONE), targets=two))
    assert "wants an authorization for 64493, 64494. None is on file." in said(plan(targets=two))


def test_that_not_required_frees_the_codes_that_it_was_said_of_and_no_others() -> None:
    two = ("L4-L5 left", "L5-S1 left")
    free = approval(Line("64494", units=None), status=S.NOT_REQUIRED, number=None)

    assert plan(approval(ONE), replace(free, id="free"), targets=two).outcome == "allowed"
    assert "wants an authorization for 64493" in said(plan(free, targets=two))
    assert outcome_of(plan(free, targets=two), "authorization") == "needs_authorization"


def test_that_one_line_must_hold_all_units_of_a_code() -> None:
    three = ("L3-L4 left", "L4-L5 left", "L5-S1 left")
    base = Line("64635")

    def ask_for(*further: Line) -> str:
        verdict = plan(approval(base, *further), targets=three, kind="rfa")
        return outcome_of(verdict, "authorization")

    assert ask_for(Line("64636", units=2)) == ""
    assert ask_for(Line("64636", units=1)) == "needs_authorization"
    assert ask_for(Line("64636", units=1), Line("64636", units=1)) == "needs_authorization"
    assert ask_for(Line("64636", units=3, used=2)) == "needs_authorization"


def test_that_both_lines_of_a_centers_own_claim_need_their_units() -> None:
    own = {"place_of_service": "24", "biller": Biller.FACILITY}

    def ask_for(units: int) -> str:
        return plan(approval(Line("64493", units=units)), targets=("L4-L5 both",), site=own).outcome

    assert ask_for(1) == "needs_authorization"
    assert ask_for(2) == "allowed"


def test_that_named_targets_must_hold_every_level_and_side() -> None:
    two = ("L4-L5 both", "L5-S1 left")
    lines = [
        Line("64493", targets=at("L4-L5 both", "L5-S1 left")),
        Line("64494", targets=at("L4-L5 left", "L5-S1 left")),
    ]

    assert "another side: it names L4-5 left, L5-S1 left, not L4-5 right" in said(plan(approval(*lines), targets=two))
    assert plan(approval(lines[0], replace(lines[0], code="64494")), targets=two).outcome == "allowed"


def test_that_targets_fit_procedures_without_sides() -> None:
    for kind, target in (("il", "L4-L5"), ("caudal", "caudal")):
        verdict = plan(approval(Line("62323", targets=at(target))), kind=kind, targets=(target,))
        assert "authorization" not in codes(verdict)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([approval(ONE, provider="provider-2")], "names another provider"),
        ([approval(ONE), approval(ONE, number="A-2")], "A-1 and A-2 both cover 64493"),
        ([approval(ONE, end=date(2026, 11, 30))], "A-1 ends Mon 11/30/2026"),
        ([approval(ONE, end=date(2026, 11, 23))], "A-1 ends Mon 11/23/2026"),
    ],
)
def test_that_an_approval_may_fit_with_something_to_know(found: list[Authorization], words: str) -> None:
    verdict = plan(*found)

    assert verdict.outcome == outcome_of(verdict, "authorization") == "caution"
    assert words in said(verdict)


@pytest.mark.parametrize(
    "found",
    [
        [approval(ONE, end=date(2026, 12, 1))],
        [approval(ONE, provider=None)],
        [approval(ONE), approval(ONE, number="A-2", end=date(2026, 11, 22))],
        [approval(ONE), approval(Line("64493", used=1), number="A-2")],
        [approval(ONE), approval(ONE, number="A-2", status=S.DENIED)],
    ],
)
def test_that_what_does_not_fit_or_lies_far_off_is_no_caution(found: list[Authorization]) -> None:
    assert plan(*found).outcome == "allowed"


def test_that_nobody_knowing_whether_the_plan_wants_one_is_no_yes() -> None:
    open_ = Coverage(PLAN)

    def ask_with(*found: Authorization) -> Verdict:
        return ask("2026-11-23", "mbb", "L4-L5 left", payer=PLAN, coverages=(open_,), authorizations=found)

    assert ask_with().outcome == "unknown"
    assert outcome_of(ask_with(), "authorization") == "unknown"
    assert ask_with(approval(status=S.NOT_REQUIRED)).outcome == "allowed"


def test_that_the_clinics_own_entry_stands_for_traditional_medicare_too() -> None:
    wanting = Coverage("medicare", authorization_required=True)

    assert ask("2026-11-23", "mbb", "L4-L5 left", coverages=(wanting,)).outcome == "needs_authorization"


def test_that_a_procedure_without_a_code_can_not_be_matched() -> None:
    verdict = plan(approval(ONE), targets=("C1-C2 left",))

    assert verdict.outcome == "unknown"
    assert "no code is on file" in said(verdict)
    assert plan(targets=("nerves L4 left",)).outcome == "caution"  # nothing is billed


def test_that_an_approval_removes_no_limit() -> None:
    verdict = plan(
        approval(Line("64493"), Line("64494"), Line("64495")), targets=("L3-L4 left", "L4-L5 left", "L5-S1 left")
    )

    assert verdict.outcome == "not_allowed"
    assert "authorization" not in codes(verdict)
