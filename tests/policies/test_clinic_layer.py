"""The clinic's layer over a catalog, purely: for whom a rule is taken out, and what goes on beside it."""

from __future__ import annotations

import gettext
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction, RuleConfirmation
from tracker.domain.errors import InvalidEntryError, PolicyFileError
from tracker.domain.language import Words, speaking
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule, Scope, WindowSpec
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.layer import CLINIC_TITLE, clinic_source, confirmed_words, with_clinic_layer
from tracker.policies.narrowing import without
from tracker.policies.rule_text import fingerprint, read_rule, rule_text

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAYERS = ("a", "b", "c")
PLANS = ("", "Gold", "Silver", "Tin")
DAYS = tuple(date(2026, month, 15) for month in range(1, 13))


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def a_rule(**given: Any) -> MaxCount:
    base = MaxCount(
        id="own",
        families=(Family.EPIDURAL,),
        evidence=Grade.REPORT,
        source="",
        limit=3,
        per=Scope.LEVEL,
        window=WindowSpec(type="calendar-year"),
    )
    return replace(base, **given)


def a_change(action: ClinicRuleAction = ClinicRuleAction.ADD, rule: Rule | None = None, **given: Any) -> ClinicRule:
    base = ClinicRule(
        "aetna", action, rule.id if rule else "own", rule, "told", made_by="Jo Diaz", made_at=NOON, id="1"
    )
    return replace(base, **given)


def holds(rule: Rule, payer: str, plan: str, day: date) -> bool:
    return (not rule.payers or payer in rule.payers) and rule.concerns_plan(plan) and rule.holds(day)


some = st.sampled_from
AIMS = (*PLANS, "; ".join(PLANS[1:]), *(f"all but {plan}" for plan in PLANS[1:]), f"all but {'; '.join(PLANS[1:])}")


def meant(aim: str) -> set[str]:
    """Return the plans of the test that an aim speaks of; a coverage without a plan is none of those named."""
    named = {plan for plan in PLANS[1:] if plan in aim}
    return set(PLANS) - named if "all but" in aim else named or set(PLANS)


optional_day = st.one_of(st.none(), some(DAYS))


@given(
    payers=st.lists(some(PAYERS), unique=True, max_size=2),
    plans=st.lists(some(PLANS[1:]), unique=True, max_size=2),
    not_plans=st.lists(some(PLANS[1:]), unique=True, max_size=1),
    first=optional_day,
    last=optional_day,
    payer=some(("", *PAYERS)),
    plan=some(AIMS),
    begins=optional_day,
    ends=optional_day,
)
def test_that_a_rule_goes_on_exactly_where_the_change_does_not_hold(
    payers: list[str],
    plans: list[str],
    not_plans: list[str],
    first: date | None,
    last: date | None,
    payer: str,
    plan: str,
    begins: date | None,
    ends: date | None,
) -> None:
    if (first and last and first > last) or (begins and ends and begins > ends):
        return
    rule = a_rule(
        payers=tuple(payers), plans=tuple(plans), not_plans=tuple(not_plans), effective_from=first, effective_to=last
    )
    own = a_rule(effective_from=begins, effective_to=ends)
    change = a_change(ClinicRuleAction.REPLACE, own, payer=payer, plan=plan.upper())
    rest = list(without(rule, change, PAYERS))

    for a_payer in PAYERS:
        for a_plan in PLANS:
            for day in (*DAYS, date(2025, 1, 1), date(2028, 1, 1)):
                replaced = (not payer or a_payer == payer) and a_plan in meant(plan) and own.holds(day)
                wanted = holds(rule, a_payer, a_plan, day) and not replaced
                assert sum(holds(each, a_payer, a_plan, day) for each in rest) == wanted


def test_that_a_rule_reads_back_as_it_was_written(catalog: PolicyCatalog) -> None:
    for policy in catalog.policies:
        for versions in policy.versions.values():
            for rule in (rule for version in versions for rule in version.rules):
                assert read_rule(rule_text(rule), "x") == rule


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"kind": "max_count", "limit": "3"}', '{"kind": "none"}', "not json", '{"kind": 3}']
)
def test_that_a_text_that_is_no_rule_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        read_rule(text, "The rule “own”")

    assert refused.value.title == "The rule “own” cannot be read."
    assert refused.value.remedy


def test_that_a_fingerprint_marks_what_a_rule_says_and_not_where_it_was_read() -> None:
    rule = a_rule()

    assert fingerprint(rule) == fingerprint(replace(rule, evidence=Grade.PRIMARY, source="x", section="y"))
    assert fingerprint(rule) != fingerprint(replace(rule, limit=4))
    assert fingerprint(rule) != fingerprint(replace(rule, plans=("Gold",)))


def test_that_the_files_stay_as_they_are(catalog: PolicyCatalog) -> None:
    before = [rule for p in catalog.policies for vs in p.versions.values() for v in vs for rule in v.rules]
    with_clinic_layer(catalog, [a_change(rule=a_rule())], [])

    assert before == [rule for p in catalog.policies for vs in p.versions.values() for v in vs for rule in v.rules]


def test_that_a_family_without_a_policy_gets_one_of_the_clinics(catalog: PolicyCatalog) -> None:
    own = a_rule(families=(Family.SCS_TRIAL, Family.EPIDURAL))
    made = with_clinic_layer(catalog, [a_change(rule=own, rules="blue-kc")], [])

    (policy,) = [policy for policy in made.policies if policy.id == "clinic-blue-kc"]
    assert policy.families == (Family.SCS_TRIAL,)
    (version,) = policy.versions[""]
    (rule,) = version.rules
    assert version.source(rule).title == CLINIC_TITLE
    assert version.source(rule).effective_from == date(2026, 11, 24)
    epidural = next(p for p in made.policies if p.rules == "blue-kc" and Family.EPIDURAL in p.families)
    assert all(version.rules[-1].families == (Family.EPIDURAL,) for version in epidural.versions[""])


class Shouted(gettext.NullTranslations):
    """A language in which every text is in capitals, apart from the places for values."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{\w+\}|[^{}]+", lambda part: part[0] if "{" in part[0] else part[0].upper(), message)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (a_change(), "BY Jo Diaz SINCE 11/24/2026"),
        (a_change(ClinicRuleAction.REPLACE), "BY Jo Diaz SINCE 11/24/2026, IN PLACE OF THE PAYER’S"),
        (a_change(ClinicRuleAction.REPLACE, made_by="", made_at=None), "OF THE CLINIC, IN PLACE OF THE PAYER’S"),
        (a_change(made_by="", made_at=None), "OF THE CLINIC"),
    ],
)
def test_that_who_made_a_rule_is_told_in_the_language_of_the_window(change: ClinicRule, told: str) -> None:
    with speaking(Words("xx", Shouted())):
        assert clinic_source(change).section == told


def test_that_who_confirmed_a_rule_is_told_in_the_language_of_the_window() -> None:
    seen = RuleConfirmation("a", "b", "c", "UHC page 3", confirmed_by="Jo Diaz", confirmed_at=NOON)
    with speaking(Words("xx", Shouted())):
        assert confirmed_words(seen) == "CONFIRMED BY Jo Diaz 11/24/2026 IN UHC page 3"
        assert confirmed_words(replace(seen, confirmed_at=None)) == "CONFIRMED BY Jo Diaz IN UHC page 3"


def test_that_an_ended_change_holds_no_more(catalog: PolicyCatalog) -> None:
    ended = a_change(rule=a_rule(), ended_by="Jo Diaz", ended_at=NOON)

    assert with_clinic_layer(catalog, [ended], []).policies == catalog.policies


@pytest.mark.parametrize(("changed", "relied"), [(False, True), (True, False)])
def test_that_a_confirmation_holds_for_the_rule_that_was_confirmed(
    catalog: PolicyCatalog, changed: bool, relied: bool
) -> None:
    policy, version, rule = next(
        (policy, version, rule)
        for policy in catalog.policies
        for versions in policy.versions.values()
        for version in versions
        for rule in version.rules
        if rule.evidence is Grade.RECALLED
    )
    assert not version.relies_on(rule)
    mark = "another" if changed else fingerprint(rule)
    seen = RuleConfirmation(policy.id, rule.id, mark, "Manual 2026", "Jo Diaz", NOON)

    made = next(each for each in with_clinic_layer(catalog, [], [seen]).policies if each.id == policy.id)
    now = next(each for each in made.versions[version.contractor] if each.effective_from == version.effective_from)
    found = next(each for each in now.rules if each.id == rule.id)
    assert now.relies_on(found) is relied
    assert now.source(found).grade is Grade.RECALLED
    assert bool(now.source(found).confirmed) is relied


def test_that_files_about_authorizations_are_read_once_for_every_layer_but_not_for_other_payers(tmp_path: Path) -> None:
    shutil.copytree(resource_root(), tmp_path / "resources")
    book = load_catalog(tmp_path / "resources")
    layered = with_clinic_layer(book, [a_change(rule=a_rule())], [])
    layered.check_authorization_files()
    with pytest.raises(PolicyFileError, match="mistakes"):
        replace(book, payers=book.payers[:3]).check_authorization_files()
    shutil.rmtree(tmp_path / "resources")

    assert book.terms_for("medicare", "KY", NOON.date()) == layered.terms_for("medicare", "KY", NOON.date())
