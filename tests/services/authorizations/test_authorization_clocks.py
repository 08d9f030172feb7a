"""Steps filled in from the payers' terms on file, and drafts filled in from a check."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from tests.builders import a_coverage, a_patient, a_request, a_site
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    PeerToPeer,
)
from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import Approach, Family, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.authorizations.authorization_clocks import AuthorizationClocks
from tracker.services.authorizations.authorization_steps import Appeal, Approval, Denial, Pending, Submission
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames

TUESDAY = date(2026, 11, 24)
SENT = datetime(2026, 11, 24, 15, tzinfo=UTC)
OPD = AuthorizationKind.MEDICARE_OPD


@cache
def _rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def clocks(clock: FixedClock) -> AuthorizationClocks:
    return AuthorizationClocks(_rules().terms, clock)


@pytest.fixture
def service(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, _rules(), payers, clock)


def _record(payer: str, kind: AuthorizationKind = AuthorizationKind.PAYER, **given: Any) -> AuthorizationRecord:
    answer = Authorization(None, payer, AuthorizationStatus.SUBMITTED, kind, submitted=TUESDAY)
    base = AuthorizationRequest(asked=(AskedLine("64493"),), submitted_at=SENT, complete_at=SENT, next_action=TUESDAY)
    return AuthorizationRecord("p", answer, replace(base, **given))


def _due(clocks: AuthorizationClocks, record: AuthorizationRecord) -> datetime | None:
    step = clocks.filled(Submission(SENT, Channel.PORTAL), record, "KY")
    assert isinstance(step, Submission)
    return step.decide_by.astimezone(UTC) if step.decide_by else None


def test_that_a_medicare_advantage_plan_has_seven_calendar_days_and_an_expedited_one_72_hours(
    clocks: AuthorizationClocks,
) -> None:
    standard = _due(clocks, _record("medicare-advantage"))
    assert standard is not None
    assert standard.astimezone().date() == date(2026, 12, 1)
    assert _due(clocks, _record("medicare-advantage", expedited=True)) == datetime(2026, 11, 27, 15, tzinfo=UTC)


def test_that_somebody_looks_again_on_the_business_day_after_the_term(clocks: AuthorizationClocks) -> None:
    step = clocks.filled(Submission(SENT, Channel.FAX), _record("medicare-advantage"), "KY")
    assert isinstance(step, Submission)
    assert step.next_action == date(2026, 12, 2)


def test_that_a_payer_without_a_clock_on_file_is_asked_after_three_business_days(clocks: AuthorizationClocks) -> None:
    step = clocks.filled(Submission(SENT, Channel.FAX), _record("a payer that nobody knows"), "KY")
    assert isinstance(step, Submission)
    assert step.next_action == date(2026, 11, 30)  # Thanksgiving is no business day


def test_that_days_that_were_typed_stay(clocks: AuthorizationClocks) -> None:
    typed = Submission(SENT, Channel.FAX, decide_by=SENT, next_action=date(2026, 11, 25))
    assert clocks.filled(typed, _record("medicare-advantage"), "KY") == typed


def test_that_a_hospital_affirmation_runs_120_days_from_the_decision_which_is_the_first(
    clocks: AuthorizationClocks,
) -> None:
    step = clocks.filled(Approval("U-1", TUESDAY), _record("medicare", OPD), "KY")
    assert isinstance(step, Approval)
    assert (step.start, step.end) == (TUESDAY, date(2027, 3, 23))


def test_that_a_plan_that_gives_no_end_is_given_none(clocks: AuthorizationClocks) -> None:
    step = clocks.filled(Approval("A-1", TUESDAY), _record("aetna"), "KY")
    assert isinstance(step, Approval)
    assert step.end is None


def test_that_a_denial_of_a_medicare_advantage_plan_can_be_appealed_for_65_days(clocks: AuthorizationClocks) -> None:
    step = clocks.filled(Denial(TUESDAY, text="Not shown"), _record("medicare-advantage"), "KY")
    assert isinstance(step, Denial)
    assert step.appeal_by == date(2027, 1, 28)
    assert step.next_action == date(2026, 11, 25)


def test_that_an_appeal_has_its_own_term(clocks: AuthorizationClocks) -> None:
    step = clocks.filled(Appeal(SENT, Channel.FAX), _record("medicare-advantage"), "KY")
    assert isinstance(step, Appeal)
    assert step.decide_by is not None
    assert step.decide_by.astimezone().date() == date(2026, 12, 24)


def test_that_a_clock_that_waits_for_papers_begins_when_they_are_there(clocks: AuthorizationClocks) -> None:
    record = _record("commercial", complete_at=None)
    wanting = clocks.filled(Pending(wants="Therapy notes"), record, "CA")
    complete = clocks.filled(Pending(complete_at=datetime(2026, 11, 27, 15, tzinfo=UTC)), record, "CA")
    assert isinstance(wanting, Pending)
    assert isinstance(complete, Pending)
    assert wanting.decide_by is None
    assert complete.decide_by is not None
    assert complete.decide_by.astimezone().date() == date(2026, 12, 4)  # five business days in California


@pytest.mark.parametrize(("effect", "day"), [(PeerToPeer.EDUCATIONAL, "2026-11-25"), (PeerToPeer.NONE, "2026-11-25")])
def test_that_a_call_that_overturns_nothing_is_not_what_the_desk_is_told_to_do(
    service: AuthorizationService, advantage: str, effect: PeerToPeer, day: str
) -> None:
    denied = service.step((sent := _sent_plan(service, advantage)).id, sent.version, Denial(TUESDAY, "82", "", effect))
    assert denied.value.request.next_step == "Decide: appeal, or let it be; a call overturns nothing."
    assert denied.value.request.next_action == date.fromisoformat(day)
    assert denied.value.request.peer_to_peer is effect


def test_that_a_call_that_may_overturn_is_named_first(service: AuthorizationService, advantage: str) -> None:
    sent = _sent_plan(service, advantage)
    denied = service.step(sent.id, sent.version, Denial(TUESDAY, "82", "", PeerToPeer.CAN_OVERTURN)).value
    assert denied.request.next_step == "Decide: call the payer's clinician, appeal, or let it be."


def test_that_a_clock_from_complete_information_stands_while_the_payer_wants_more(
    service: AuthorizationService, transactions: Transactions, patients: PatientService
) -> None:
    from tracker.storage.records import Act

    with transactions.writing() as uow:
        here = uow.clinic.add_site(a_site(state="CA", name="Fresno"))
        uow.commit(Act("test", "site"))
    patient = patients.add(a_patient()).value.id
    patients.add_coverage(patient, a_coverage(payer="aetna", plan="HMO"))
    sent = _sent_plan(service, patient, "aetna", here)
    assert sent.request.decide_by is not None
    assert sent.request.decide_by.astimezone().date() == date(2026, 12, 2)

    waiting = service.step(sent.id, sent.version, Pending(wants="Therapy notes")).value
    assert waiting.request.decide_by is None
    complete = Pending(complete_at=datetime(2026, 11, 27, 15, tzinfo=UTC))
    again = service.step(waiting.id, waiting.version, complete).value
    assert again.request.decide_by is not None
    assert again.request.decide_by.astimezone().date() == date(2026, 12, 4)


def test_that_a_clock_from_receipt_runs_on_while_the_payer_wants_more(
    service: AuthorizationService, advantage: str
) -> None:
    sent = _sent_plan(service, advantage)
    waiting = service.step(sent.id, sent.version, Pending(wants="Therapy notes")).value
    assert waiting.request.decide_by == sent.request.decide_by is not None


def _sent_plan(
    service: AuthorizationService, patient: str, payer: str = "medicare-advantage", site: str = ""
) -> AuthorizationRecord:
    answer = Authorization(None, payer, AuthorizationStatus.DRAFT)
    asked = (AskedLine("64493"),)
    draft = service.add(patient, answer, AuthorizationRequest(asked=asked, site_id=site, next_action=TUESDAY)).value
    return service.step(draft.id, draft.version, Submission(SENT, Channel.FAX)).value


# --- drafts -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def advantage(patients: PatientService) -> str:
    added = patients.add(a_patient()).value
    patients.add_coverage(added.id, a_coverage(payer="medicare-advantage", plan="HMO", authorization_required=True))
    return added.id


def test_that_a_draft_is_filled_in_from_the_check(service: AuthorizationService, advantage: str) -> None:
    request = a_request(advantage, date(2026, 12, 10), sites=("L4-L5 right", "L5-S1 right"))
    draft = service.draft_from(request).value
    asked = draft.request
    assert (draft.status, draft.authorization.payer, draft.authorization.kind) == (
        AuthorizationStatus.DRAFT,
        "medicare-advantage",
        AuthorizationKind.PAYER,
    )
    assert [(line.code, line.units, line.add_on) for line in asked.asked] == [("64493", 1, False), ("64494", 1, True)]
    assert {target.label for target in asked.asked[0].targets} == {"L4-5 right", "L5-S1 right"}
    assert (asked.planned_for, asked.wanted_from, asked.wanted_to) == (
        date(2026, 12, 10),
        date(2026, 12, 10),
        date(2027, 3, 9),
    )
    assert (asked.next_action, asked.owner) == (TUESDAY, "Jo Diaz")
    assert asked.coverage_id


def test_that_the_hospital_programme_is_asked_for_at_a_hospital_and_not_in_the_office(
    service: AuthorizationService, transactions: Transactions, patient_id: str
) -> None:
    from tracker.storage.records import Act

    with transactions.writing() as uow:
        hospital = uow.clinic.add_site(a_site(place_of_service="22", facility="St. Anne", name="Hospital"))
        uow.commit(Act("test", "site"))
    here = service.draft_from(a_request(patient_id, date(2026, 12, 10))).value
    there = service.draft_from(a_request(patient_id, date(2026, 12, 10), site_id=hospital)).value
    assert (here.authorization.kind, there.authorization.kind) == (AuthorizationKind.PAYER, OPD)


def test_that_a_procedure_without_a_code_is_not_asked_for(service: AuthorizationService, advantage: str) -> None:
    sites = parse_sites(["nerves L4 left"], Approach.MEDIAL_BRANCH)
    request = a_request(advantage, date(2026, 12, 10), targets=(), lone_nerves=sites.lone_nerves)
    with pytest.raises(InvalidEntryError, match="nothing to ask an authorization for"):
        service.draft_from(replace(request, family=Family.FACET_INJECTION))
    assert service.list_for(advantage) == ()
