"""Behaviour of the question who wants an approval: by payer, codes, place, state and day, without any patient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.rules.asking import ask
from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_needs import Need, NeedsQuestion, Standing
from tracker.domain.coverage import Coverage, Site
from tracker.domain.procedure import Intent
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.rules.needs import needs

OPD, WISER, PLAN = AuthorizationKind.MEDICARE_OPD, AuthorizationKind.WISER, AuthorizationKind.PAYER
DAY = "2026-11-23"


@cache
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def found(payer: str, *codes: str, state: str = "KY", pos: str = "11", day: str = DAY, **given: Any) -> list[Need]:
    site = Site(state, pos, hospital_exempt=given.pop("exempt", False))
    return list(needs(NeedsQuestion(payer, codes, site, date.fromisoformat(day), **given), catalog()))


def standings(*args: Any, **given: Any) -> list[tuple[Standing, AuthorizationKind | None, tuple[str, ...]]]:
    return [(each.standing, each.programme, each.codes) for each in found(*args, **given)]


@pytest.mark.parametrize("pos", ["19", "22"])
@pytest.mark.parametrize("code", ["64490", "64491", "64493", "64494", "64633", "64634", "64635", "64636", "63650"])
def test_that_medicare_wants_an_affirmation_in_hospital_outpatient_departments(code: str, pos: str) -> None:
    assert standings("medicare", code, pos=pos) == [(Standing.NEEDED, OPD, (code,))]


@pytest.mark.parametrize(
    ("code", "pos", "day"),
    [
        ("64493", "22", "2023-06-30"), ("63650", "22", "2021-06-30"), ("64495", "22", "2024-08-16"),
        ("64492", "22", "2024-08-16"), ("64493", "11", DAY), ("64493", "24", DAY), ("64493", "21", DAY),
        ("64483", "22", DAY), ("27096", "22", DAY), ("20552", "22", DAY),
    ],
)  # fmt: skip
def test_that_medicare_wants_nothing_elsewhere_or_before(code: str, pos: str, day: str) -> None:
    (none,) = found("medicare", code, pos=pos, day=day)

    assert (none.standing, none.programme, none.codes) == (Standing.NONE, None, (code,))


@pytest.mark.parametrize(
    ("code", "day"),
    [("64493", "2023-07-01"), ("63650", "2021-07-01"), ("64495", "2024-08-15"), ("64492", "2024-08-15")],
)
def test_that_medicare_wants_it_on_the_first_and_the_last_day_of_the_list(code: str, day: str) -> None:
    assert [each[:2] for each in standings("medicare", code, pos="22", day=day)] == [(Standing.NEEDED, OPD)]


def test_that_an_exempt_hospital_must_not_send_a_request() -> None:
    (need,) = found("medicare", "64493", pos="22", exempt=True)

    assert need.standing is Standing.EXEMPT
    assert need.terms.standard is None
    assert "must not send" in need.why


@pytest.mark.parametrize("state", ["NJ", "OH", "OK", "TX", "AZ", "WA"])
def test_that_wiser_reviews_epidurals_in_its_states_from_its_first_day(state: str) -> None:
    assert standings("medicare", "64483", state=state, day="2026-01-15") == [(Standing.VOLUNTARY, WISER, ("64483",))]
    assert [each[0] for each in standings("medicare", "64483", state=state, day="2026-01-14")] == [Standing.NONE]


def test_that_wiser_reviews_neither_blocks_nor_other_states() -> None:
    assert [each[0] for each in standings("medicare", "64493", state="OH")] == [Standing.NONE]
    assert [each[0] for each in standings("medicare", "64483", state="KY")] == [Standing.NONE]


def test_that_a_need_tells_who_decides_and_how_long_it_takes() -> None:
    (need,) = found("medicare", "64493", pos="22")

    assert need.reviewer == "the Medicare contractor"
    assert need.source is not None
    assert need.terms.standard is not None
    assert need.terms.standard.fact.within.text == "7 calendar days"
    assert need.terms.validity is not None
    assert need.terms.validity.fact.lasts.text == "120 calendar days"


@pytest.mark.parametrize(
    "code",
    ["64490", "64495", "64633", "64636", "64625", "64999", "0213T", "0218T", "62321", "62323", "64479", "64484"],
)
def test_that_humana_wants_one_through_cohere(code: str) -> None:
    (need,) = found("humana", code)

    assert (need.standing, need.programme, need.reviewer) == (Standing.NEEDED, PLAN, "Cohere")


def test_that_humana_leaves_active_treatment_free_after_enrolment() -> None:
    assert "first 90 days of enrolment" in found("humana", "64493")[0].why


def test_that_codes_no_rule_names_have_to_be_asked_for() -> None:
    assert standings("humana", "64493", "27096") == [
        (Standing.NEEDED, PLAN, ("64493",)),
        (Standing.ASK, PLAN, ("27096",)),
    ]


@pytest.mark.parametrize("code", ["64490", "64495", "64625", "64633", "64636"])
def test_that_bcbs_arizona_wants_one_for_medicare_advantage_only(code: str) -> None:
    (advantage,), (commercial,) = found("bcbs-az-ma", code, state="AZ"), found("bcbs-az", code, state="AZ")

    assert (advantage.standing, advantage.reviewer) == (Standing.NEEDED, "eviCore")
    assert commercial.standing is Standing.NONE


@pytest.mark.parametrize("pos", ["11", "19", "22", "24"])
def test_that_alabama_medicaid_wants_one_everywhere_from_may_2024(pos: str) -> None:
    first, before = (found("alabama-medicaid", "64493", pos=pos, day=day) for day in ("2024-05-01", "2024-04-30"))

    assert [each.standing for each in (*first, *before)] == [Standing.NEEDED, Standing.ASK]


@pytest.mark.parametrize(
    ("payer", "code"),
    [("tricare", "64483"), ("tricare", "64493"), ("tricare", "64635"), ("ny-wc", "64633")],
)
def test_that_some_want_none(payer: str, code: str) -> None:
    assert [each[0] for each in standings(payer, code)] == [Standing.NONE]


def test_that_tricare_wants_one_for_active_duty() -> None:
    for code in ("64483", "64635"):
        assert "active duty members need one" in found("tricare", code)[0].why


def test_that_members_of_optum_in_arizona_need_a_referral() -> None:
    referral, plan = found("unitedhealthcare-ma", "64493", state="AZ")

    assert referral.standing is Standing.KNOW
    assert "LIFE1" in referral.why
    assert plan.standing is Standing.ASK
    assert [each[0] for each in standings("unitedhealthcare-ma", "64493", state="KY")] == [Standing.ASK]


@pytest.mark.parametrize(
    ("pos", "day", "told"),
    [("24", "2026-07-01", True), ("22", DAY, True), ("24", "2026-06-30", False), ("11", DAY, False)],
)
def test_that_unitedhealthcare_reviews_the_place_of_an_ablation(pos: str, day: str, told: bool) -> None:
    remarks = [each for each in found("unitedhealthcare", "64635", pos=pos, day=day) if each.standing is Standing.KNOW]

    assert [each.rule for each in remarks] == (["ablation-office-first"] if told else [])


def test_that_a_remark_names_only_the_codes_it_is_about() -> None:
    remark = next(e for e in found("unitedhealthcare", "64635", "64483", pos="24") if e.standing is Standing.KNOW)

    assert remark.codes == ("64635",)


@pytest.mark.parametrize(("entered", "standing"), [(True, Standing.NEEDED), (False, Standing.NONE)])
@pytest.mark.parametrize("payer", ["humana", "bcbs-az", "aetna"])
def test_that_the_clinics_own_entry_stands_before_a_rule(payer: str, entered: bool, standing: Standing) -> None:
    (need,) = found(payer, "64493", entered=entered)

    assert (need.standing, need.programme) == (standing, PLAN)
    assert "clinic entered it" in need.why


def test_that_the_entry_for_a_plan_does_not_touch_medicares_programme() -> None:
    assert (Standing.NEEDED, OPD, ("64493",)) in standings("medicare", "64493", pos="22", entered=False)


def test_that_a_patient_who_pays_needs_none() -> None:
    assert standings("self-pay", "64493") == [(Standing.NONE, None, ("64493",))]


def test_that_an_unknown_payer_and_an_unknown_code_have_to_be_asked_for() -> None:
    assert standings("nobody", "64493") == [(Standing.ASK, PLAN, ("64493",))]
    assert standings("aetna", "00000") == [(Standing.ASK, PLAN, ("00000",))]


def test_that_an_open_intent_leaves_in_what_speaks_about_any() -> None:
    question = NeedsQuestion("wps-arise", ("64493",), Site("WI"), date(2026, 11, 23))

    for intent in (None, *Intent):
        assert [each.standing for each in needs(replace(question, intent=intent), catalog())] == [Standing.NEEDED]


@pytest.mark.parametrize(
    ("payer", "state", "pos", "kind", "code", "targets"),
    [
        ("medicare", "KY", "22", "mbb", "64493", ("L4-L5 left",)),
        ("medicare", "KY", "11", "mbb", "64493", ("L4-L5 left",)),
        ("medicare", "OH", "11", "tf", "64483", ("L4-L5 left",)),
        ("humana", "KY", "11", "mbb", "64493", ("L4-L5 left",)),
        ("humana", "KY", "11", "tf", "64483", ("L4-L5 left",)),
        ("bcbs-az", "AZ", "11", "mbb", "64493", ("L4-L5 left",)),
        ("alabama-medicaid", "AL", "24", "mbb", "64493", ("L4-L5 left",)),
        ("medicare-advantage", "KY", "22", "mbb", "64493", ("L4-L5 left",)),
    ],
)
def test_that_the_verdict_of_a_visit_speaks_of_the_same_rules(
    payer: str, state: str, pos: str, kind: str, code: str, targets: tuple[str, ...]
) -> None:
    verdict = ask(DAY, kind, *targets, coverages=(Coverage(payer),), state=state, site={"place_of_service": pos})
    spoken = {each.rule for each in (*verdict.findings, *verdict.met)}
    asked = {each.rule for each in found(payer, code, state=state, pos=pos) if each.rule != "no-programme"}

    assert asked <= spoken
