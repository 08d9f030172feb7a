"""Behaviour of Medicare's own programmes: hospital outpatient departments and WISeR."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.asking import affirmation, ask, at, codes, said
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.verdict import Verdict

Line = AuthorizationLine
PLAN = "medicare-advantage"
ONE = Line("64493")
S = AuthorizationStatus


def hospital(*authorizations: Authorization, day: str = "2026-11-23", pos: str = "22", **given: Any) -> Verdict:
    site = {"place_of_service": pos, "facility": "Hospital B"} | given.pop("site", {})
    return ask(day, given.pop("kind", "mbb"), *given.pop("targets", ("L4-L5 left",)), site=site,
               authorizations=authorizations, **given)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2026-09-30", "needs_authorization"),
        ("2026-10-01", "allowed"),
        ("2026-11-23", "allowed"),
        ("2027-01-28", "allowed"),
        ("2027-01-29", "needs_authorization"),
    ],
)
def test_that_an_affirmation_runs_120_days_from_its_decision(day: str, outcome: str) -> None:
    assert hospital(affirmation(ONE), day=day, as_of="2026-09-20").outcome == outcome


@pytest.mark.parametrize(
    ("miss", "words"),
    [
        (affirmation(ONE, decided=None), "has no day of decision"),
        (affirmation(ONE, decided=date(2026, 11, 30)), "UTN-1 begins 11/30/2026"),
        (affirmation(ONE, start=date(2026, 12, 1)), "UTN-1 begins 12/01/2026"),
        (affirmation(ONE, end=date(2026, 11, 1)), "UTN-1 ended 11/01/2026"),
        (affirmation(ONE, status=S.SUBMITTED), "not decided"),
        (affirmation(ONE, status=S.DENIED), "denied"),
        (affirmation(ONE, number=None), "no number"),
        (affirmation(Line("64493", used=1)), "was used; it holds for one day of service"),
        (affirmation(Line("64493", units=5, used=1)), "was used; it holds for one day of service"),
        (affirmation(ONE, Line("64494", used=1)), "was used; it holds for one day of service"),
        (affirmation(Line("64490")), "does not name 64493"),
        (affirmation(ONE, facility="Hospital C"), "is for Hospital C, this is Hospital B"),
        (affirmation(ONE, place_of_service="19"), "is for place of service 19, this is 22"),
        (affirmation(Line("64493", targets=at("L4-L5 right"))), "another side: it names L4-5 right"),
        (replace(affirmation(ONE), kind=AuthorizationKind.PAYER), "None is on file"),
        (replace(affirmation(ONE), payer=PLAN), "None is on file"),
    ],
)
def test_that_a_near_miss_of_an_affirmation_is_told(miss: Authorization, words: str) -> None:
    verdict = hospital(miss)

    assert verdict.outcome == "needs_authorization"
    assert words in said(verdict)


@pytest.mark.parametrize(
    ("pos", "day", "wanted"),
    [
        ("22", "2023-07-01", True), ("19", "2023-07-01", True), ("22", "2023-06-30", False),
        ("11", "2026-11-23", False), ("24", "2026-11-23", False), ("21", "2026-11-23", False),
    ],
)  # fmt: skip
def test_that_medicare_asks_in_hospital_outpatient_departments_from_july_2023(pos: str, day: str, wanted: bool) -> None:
    assert (hospital(pos=pos, day=day).outcome == "needs_authorization") is wanted


@pytest.mark.parametrize(("kind", "target"), [("tf", "L4-L5 left"), ("si-dx", "SI left"), ("tp", "")])
def test_that_other_procedures_are_not_on_the_list(kind: str, target: str) -> None:
    assert hospital(kind=kind, targets=tuple(filter(None, [target]))).outcome == "allowed"


@pytest.mark.parametrize(("day", "wanted"), [("2024-08-15", True), ("2024-08-16", False)])
def test_that_the_third_level_left_the_list_in_august_2024(day: str, wanted: bool) -> None:
    three = ("L3-L4 left", "L4-L5 left", "L5-S1 left")
    verdict = hospital(affirmation(ONE, Line("64494"), decided=date(2024, 8, 1)), day=day, targets=three)

    assert ("64495" in said(verdict)) is wanted


@pytest.mark.parametrize("payer", ["medicare-advantage", "humana"])
def test_that_the_programmes_concern_traditional_medicare_only(payer: str) -> None:
    assert "authorization" not in codes(hospital(payer=payer))
    assert "authorization" not in codes(ask("2026-11-23", "tf", "L4-L5 left", payer=payer, state="OH"))


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ([], "allowed"),
        ([affirmation(ONE, status=S.DRAFT)], "caution"),
        ([affirmation(ONE, status=S.SUBMITTED)], "caution"),
        ([affirmation(ONE, status=S.PENDED)], "caution"),
        ([affirmation(ONE, status=S.CANCELLED)], "allowed"),
        ([affirmation(ONE, status=S.NOT_REQUIRED)], "allowed"),
    ],
)
def test_that_an_exempt_hospital_sends_nothing(found: list[Authorization], outcome: str) -> None:
    assert hospital(*found, site={"hospital_exempt": True}).outcome == outcome


# --- WISeR ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "day", "kind", "warned"),
    [
        ("OH", "2026-01-15", "tf", True), ("OH", "2026-01-14", "tf", False), ("KY", "2026-11-23", "tf", False),
        ("NJ", "2026-11-23", "il", True), ("TX", "2026-11-23", "caudal", True), ("AZ", "2031-12-31", "tf", True),
        ("WA", "2032-01-01", "tf", False), ("OK", "2026-11-23", "mbb", False),
    ],
)  # fmt: skip
def test_that_wiser_warns_of_epidurals_in_its_states(state: str, day: str, kind: str, warned: bool) -> None:
    target = {"caudal": "caudal", "il": "L4-L5"}.get(kind, "L4-L5 left")
    verdict = ask(day, kind, target, state=state)

    assert verdict.outcome == ("caution" if warned else "allowed")
    assert ("authorization" in codes(verdict)) is warned


def test_that_a_wiser_affirmation_settles_it() -> None:
    affirmed = replace(affirmation(Line("64483")), kind=AuthorizationKind.WISER)

    def at_day(day: str, found: Authorization) -> str:
        return ask(day, "tf", "L4-L5 left", state="OH", authorizations=[found], as_of="2026-09-20").outcome

    assert at_day("2026-11-23", affirmed) == "allowed"
    assert at_day("2027-01-29", affirmed) == "caution"
    assert at_day("2026-11-23", replace(affirmed, status=S.DENIED)) == "caution"
    assert at_day("2026-11-23", replace(affirmed, kind=AuthorizationKind.PAYER)) == "caution"
