"""What the shipped files say of clocks, validity, calls and appeals: a line of the fact papers a test."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_request import PeerToPeer
from tracker.domain.authorization_terms import ClockStart, Span, Terms
from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.coverage import LineOfBusiness
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.rules.due_dates import last_valid_day

OPD, WISER = AuthorizationKind.MEDICARE_OPD, AuthorizationKind.WISER
DAY = "2026-11-23"


@cache
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def terms(payer: str, state: str = "KY", day: str = DAY, **given: Any) -> Terms:
    return catalog().terms_for(payer, state, date.fromisoformat(day), **given)


def clocks(found: Terms) -> tuple[str | None, str | None]:
    return tuple(each and each.fact.within.text for each in (found.standard, found.expedited))  # type: ignore[return-value]  # two of two


def appeals(found: Terms) -> list[tuple[int, str, str | None, str | None]]:
    def text(span: Any) -> str | None:
        return span.text if span else None

    facts = [each.fact for each in found.appeals]
    return [(f.level, f.file_within.text, text(f.decided_within), text(f.expedited_within)) for f in facts]


CLOCKS = [
    ("medicare", "KY", "2024-12-31", OPD, "10 business days", "2 business days"),
    ("medicare", "KY", "2025-01-01", OPD, "7 calendar days", "2 business days"),
    ("medicare", "OH", DAY, WISER, "72 hours", "48 hours"),
    ("humana", "KY", "2025-12-31", None, "14 calendar days", "72 hours"),
    ("humana", "KY", "2026-01-01", None, "7 calendar days", "72 hours"),
    ("alabama-medicaid", "AL", "2025-12-31", None, "14 calendar days", "72 hours"),
    ("alabama-medicaid", "AL", "2026-01-01", None, "7 calendar days", "72 hours"),
    ("aetna", "KY", DAY, None, "15 calendar days", "72 hours"),
    ("aetna", "CA", DAY, None, "5 business days", "72 hours"),
    ("unitedhealthcare", "CA", DAY, None, "5 business days", "72 hours"),
    ("uhc-tx-medicaid", "TX", DAY, None, "3 business days", "72 hours"),
    ("selecthealth-ny", "NY", DAY, None, "3 business days", "72 hours"),
    ("evicore", "KY", DAY, None, "3 business days", None),
    ("cigna", "KY", DAY, None, "3 business days", "72 hours"),
    ("bcbs-az-ma", "AZ", DAY, None, "7 calendar days", "72 hours"),
    ("trillium-or", "OR", DAY, None, "7 calendar days", "72 hours"),
    ("amerihealth-de", "DE", "2025-12-31", None, "10 calendar days", "3 business days"),
    ("amerihealth-de", "DE", "2026-01-01", None, "7 calendar days", "72 hours"),
    ("medicare", "KY", DAY, None, None, None),
    ("wa-lni", "WA", DAY, None, None, None),
    ("centene", "NY", DAY, None, None, None),
    ("nobody", "CA", DAY, None, None, None),
]


@pytest.mark.parametrize(("payer", "state", "day", "programme", "standard", "expedited"), CLOCKS)
def test_that_a_decision_takes_as_long_as_the_papers_say(
    payer: str, state: str, day: str, programme: AuthorizationKind | None, standard: str | None, expedited: str | None
) -> None:
    given = {"programme": programme} if programme else {}

    assert clocks(terms(payer, state, day, **given)) == (standard, expedited)


@pytest.mark.parametrize(
    ("payer", "state", "start"),
    [
        ("aetna", "CA", ClockStart.COMPLETE_INFORMATION),
        ("evicore", "KY", ClockStart.COMPLETE_INFORMATION),
        ("selecthealth-ny", "NY", ClockStart.COMPLETE_INFORMATION),
        ("humana", "KY", ClockStart.RECEIPT),
        ("uhc-tx-medicaid", "TX", ClockStart.RECEIPT),
    ],
)
def test_that_a_clock_begins_where_the_papers_say(payer: str, state: str, start: ClockStart) -> None:
    found = terms(payer, state).standard

    assert found is not None
    assert found.fact.counts_from is start


def test_that_the_provider_is_told_in_california_within_a_day_and_in_new_york_within_14() -> None:
    california, new_york = terms("aetna", "CA").standard, terms("selecthealth-ny", "NY").standard

    assert california is not None
    assert california.fact.until_informed == Span.parse("24 hours")
    assert new_york is not None
    assert new_york.fact.at_most == Span.parse("14 calendar days")


@pytest.mark.parametrize(
    ("payer", "by", "expedited"),
    [
        ("humana", "14 calendar days", True), ("partnership", "14 calendar days", True),
        ("selecthealth-ny", "14 calendar days", True), ("trillium-or", "14 calendar days", False),
        ("aetna", "15 calendar days", False),
    ],
)  # fmt: skip
def test_that_a_decision_may_be_put_off(payer: str, by: str, expedited: bool) -> None:
    found = terms(payer).extension

    assert found is not None
    assert (found.fact.by.text, found.fact.expedited) == (by, expedited)


APPEALS = [
    ("humana", "2024-12-31", [(1, "60 calendar days", "30 calendar days", "72 hours")]),
    ("humana", "2025-01-01", [(1, "65 calendar days", "30 calendar days", "72 hours")]),
    (
        "partnership",
        DAY,
        [(1, "60 calendar days", "30 calendar days", "72 hours"), (2, "120 calendar days", None, None)],
    ),
    ("aetna", DAY, [(1, "180 calendar days", "30 calendar days", "72 hours"), (2, "4 months", None, "72 hours")]),
    ("kaiser-wa", DAY, [(1, "180 calendar days", "60 calendar days", "72 hours"), (2, "4 months", None, "72 hours")]),
    ("nobody", DAY, []),
]


@pytest.mark.parametrize(("payer", "day", "levels"), APPEALS)
def test_that_an_appeal_has_the_terms_of_its_line(payer: str, day: str, levels: list[Any]) -> None:
    assert appeals(terms(payer, day=day)) == levels


def test_that_a_medicare_claim_is_appealed_and_a_refused_request_sent_again() -> None:
    found = terms("medicare", programme=OPD)

    assert [level[:2] for level in appeals(found)[:3]] == [
        (1, "120 calendar days"),
        (2, "180 calendar days"),
        (3, "60 calendar days"),
    ]
    assert {each.fact.against for each in found.appeals} == {"denied-claim"}
    assert found.appealable is not None
    assert found.appealable.fact is False
    assert {each.source.grade for each in found.appeals} == {Grade.RECALLED}


def test_that_a_payers_own_appeal_stands_before_that_of_its_line_and_leaves_the_next_level() -> None:
    first, second = terms("unitedhealthcare").appeals

    assert (first.source.grade, second.source.grade) == (Grade.SUMMARY, Grade.RECALLED)


@pytest.mark.parametrize(
    ("payer", "programme", "lasts", "typical"),
    [
        ("medicare", OPD, "120 calendar days", False),
        ("bcbs-ri", None, "90 calendar days", False),
        ("emblemhealth", None, "45 calendar days", False),
        ("aetna", None, "60 calendar days", True),
    ],
)
def test_that_an_approval_lasts_as_the_papers_say(
    payer: str, programme: AuthorizationKind | None, lasts: str, typical: bool
) -> None:
    found = terms(payer, **({"programme": programme} if programme else {})).validity

    assert found is not None
    assert (found.fact.lasts.text, found.fact.typical) == (lasts, typical)


@pytest.mark.parametrize(("programme", "state"), [(OPD, "KY"), (WISER, "OH")])
def test_that_the_terms_of_medicares_programmes_agree_with_the_rules_that_judge_visits(
    programme: AuthorizationKind, state: str
) -> None:
    validity = terms("medicare", state, programme=programme).validity
    runs = {
        rule.valid_days
        for policy in catalog().policies
        for versions in policy.versions.values()
        for version in versions
        for rule in version.rules
        if isinstance(rule, NeedsAuthorization) and rule.programme == programme
    }

    assert validity is not None
    decided = date(2026, 3, 1)
    assert {(last_valid_day(validity.fact, decided) - decided).days + 1} == runs == {120}


def test_that_a_hospital_affirmation_is_for_one_day_and_one_claim_and_never_afterwards() -> None:
    found = terms("medicare", programme=OPD)

    assert found.scope is not None
    assert (found.scope.fact.days_of_service, found.scope.fact.one_claim) == ("one", True)
    assert found.retroactive is not None
    assert found.retroactive.fact.allowed is False
    assert found.submission is not None
    assert found.submission.fact.before_service is not None
    assert found.submission.fact.before_service.text == "2 calendar days"


@pytest.mark.parametrize(
    ("payer", "allowed", "within"),
    [
        ("humana", True, "364 calendar days"),
        ("priority-health", True, "90 calendar days"),
        ("priority-health-ma", False, None),
        ("colorado-medicaid", False, None),
        ("bcbs-ri", False, None),
    ],
)
def test_that_a_request_after_the_service_is_taken_or_not(payer: str, allowed: bool, within: str | None) -> None:
    found = terms(payer).retroactive

    assert found is not None
    assert found.fact.allowed is allowed
    assert (found.fact.within.text if found.fact.within else None) == within


def test_that_unitedhealthcare_takes_changes_five_business_days_after_the_service() -> None:
    older, newer = terms("unitedhealthcare", day="2020-12-31").changes, terms("unitedhealthcare").changes

    assert older is not None
    assert older.fact.after_service is None
    assert newer is not None
    assert newer.fact.after_service is not None
    assert newer.fact.after_service.text == "5 business days"


def test_that_texas_medicaid_of_unitedhealthcare_asks_calls_and_renews_in_its_own_terms() -> None:
    found = terms("uhc-tx-medicaid", "TX")

    assert found.missing_information is not None
    assert found.missing_information.fact.asked_within == found.missing_information.fact.answered_within
    assert found.peer_to_peer is not None
    assert found.peer_to_peer.fact.before_denial
    assert found.renewal is not None
    assert found.renewal.fact.earliest is not None
    assert found.renewal.fact.earliest.text == "60 calendar days"


@pytest.mark.parametrize(
    ("payer", "effect", "windows"),
    [
        ("evicore", PeerToPeer.UNKNOWN, []),
        ("cigna", PeerToPeer.UNKNOWN, []),
        ("bcbs-az-ma", PeerToPeer.UNKNOWN, []),
        ("trillium-or", PeerToPeer.UNKNOWN, ["48 hours", "2 business days"]),
        ("aetna", PeerToPeer.UNKNOWN, ["2 calendar days"]),
    ],
)
def test_that_a_call_has_a_window_and_an_effect(payer: str, effect: PeerToPeer, windows: list[str]) -> None:
    found = terms(payer).peer_to_peer

    assert found is not None
    assert found.fact.effect is effect
    assert [each.text for each in found.fact.windows] == windows


@pytest.mark.parametrize(
    ("payer", "told"), [("evicore", True), ("cigna", True), ("bcbs-az-ma", True), ("aetna", False)]
)
def test_that_a_call_at_evicore_may_only_explain(payer: str, told: bool) -> None:
    assert any("cannot overturn" in each.fact for each in terms(payer).notes) is told


def test_that_what_plans_commonly_do_does_not_reach_medicares_programmes() -> None:
    assert terms("medicare", programme=OPD).peer_to_peer is None
    assert terms("aetna").peer_to_peer is not None


def test_that_the_plans_own_line_may_be_another_than_the_payers() -> None:
    assert clocks(terms("aetna", line=LineOfBusiness.MEDICARE_ADVANTAGE)) == ("7 calendar days", "72 hours")


def test_that_every_payer_says_by_whose_law_it_runs() -> None:
    assert [payer.id for payer in catalog().payers if payer.line is None] == []


def test_that_every_fact_has_a_document_and_only_what_is_recalled_has_no_address() -> None:
    for payer in catalog().payers:
        for programme in AuthorizationKind:
            found = terms(payer.id, "OH", programme=programme)
            topics = [getattr(found, name) for name in found.__dataclass_fields__ if name not in ("appeals", "notes")]
            for cited in (*filter(None, topics), *found.appeals, *found.notes):
                assert cited.source.title
                assert cited.source.url or "data set" in cited.source.title or cited.source.grade is Grade.RECALLED
