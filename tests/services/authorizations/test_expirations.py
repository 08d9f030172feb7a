"""Approvals that end: which stand on the list, what is left of them, which visits are at risk, what extends them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import pytest

from tests.builders import a_coverage, a_patient, a_request
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest, RequestType
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.authorizations.expirations import Bucket, ExpirationService, ExpiryRow
from tracker.services.authorizations.worklist import WorklistService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames

TODAY = date(2026, 11, 24)
RIGHT = parse_sites(["L4-L5 right"]).targets


@cache
def shipped_rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def authorizations(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, shipped_rules(), payers, clock)


@pytest.fixture
def expirations(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> ExpirationService:
    return ExpirationService(transactions, shipped_rules(), payers, clock)


@dataclass
class Desk:
    """Puts approvals of a diagnostic block, and visits for it, on file."""

    patients: PatientService
    authorizations: AuthorizationService
    booking: BookingService

    def patient(self, last: str = "Ruiz") -> str:
        added = self.patients.add(a_patient(last=last)).value
        self.patients.add_coverage(added.id, a_coverage(payer="aetna", plan="PPO", start=date(2024, 1, 1)))
        return added.id

    def approval(self, patient_id: str, ends: int, number: str = "A118", units: int = 2) -> AuthorizationRecord:
        answer = Authorization(
            number, "aetna", AuthorizationStatus.APPROVED, decided=TODAY - timedelta(days=40),
            start=TODAY - timedelta(days=40), end=TODAY + timedelta(days=ends),
            lines=(AuthorizationLine("64493", units, 0, RIGHT),),
        )  # fmt: skip
        request = AuthorizationRequest(
            family=Family.FACET_INJECTION, intent=Intent.DIAGNOSTIC, approach=Approach.MEDIAL_BRANCH, targets=RIGHT,
            asked=(AskedLine("64493", units, RIGHT),),
        )  # fmt: skip
        return self.authorizations.add(patient_id, answer, request).value

    def visit(self, patient_id: str, ahead: int) -> str:
        request = a_request(patient_id, TODAY + timedelta(days=ahead))
        return self.booking.book(request, self.booking.check(request).fingerprint).value.id


@pytest.fixture
def desk(patients: PatientService, authorizations: AuthorizationService, booking: BookingService) -> Desk:
    return Desk(patients, authorizations, booking)


def only(expirations: ExpirationService) -> ExpiryRow:
    (row,) = expirations.list()
    return row


@pytest.mark.parametrize(
    ("ends", "bucket"),
    [(0, Bucket.WEEK), (7, Bucket.WEEK), (8, Bucket.FORTNIGHT), (14, Bucket.FORTNIGHT), (15, Bucket.MONTH),
     (30, Bucket.MONTH)],
)  # fmt: skip
def test_that_an_approval_falls_into_the_bucket_of_its_last_day(
    desk: Desk, expirations: ExpirationService, ends: int, bucket: Bucket
) -> None:
    desk.approval(desk.patient(), ends)

    assert only(expirations).bucket is bucket


@pytest.mark.parametrize("ends", [-1, 31])
def test_that_what_ended_without_a_visit_or_ends_later_is_not_listed(
    desk: Desk, expirations: ExpirationService, ends: int
) -> None:
    desk.approval(desk.patient(), ends)

    assert expirations.list() == ()


def test_that_an_ended_approval_is_listed_while_a_visit_is_to_come(desk: Desk, expirations: ExpirationService) -> None:
    patient = desk.patient()
    desk.approval(patient, -2)
    desk.visit(patient, 6)
    row = only(expirations)

    assert row.bucket is Bucket.ENDED
    assert [visit.day for visit in row.at_risk] == [TODAY + timedelta(days=6)]
    assert row.reason == "appointment 11/30/2026 is after the end 11/22/2026"


def test_that_a_visit_on_the_last_day_is_inside_and_the_day_after_is_not(
    desk: Desk, expirations: ExpirationService
) -> None:
    inside, outside = desk.patient("Archer"), desk.patient("Bell")
    desk.approval(inside, 10, "A1")
    desk.visit(inside, 10)
    desk.approval(outside, 10, "A2")
    desk.visit(outside, 11)
    rows = {row.work.patient.last: row for row in expirations.list()}

    assert (rows["Archer"].at_risk, rows["Archer"].reason) == ((), "")
    assert rows["Bell"].reason == "appointment 12/05/2026 is after the end 12/04/2026"


def test_that_a_visit_that_another_approval_reaches_is_not_at_risk(desk: Desk, expirations: ExpirationService) -> None:
    patient = desk.patient()
    desk.approval(patient, 5, "A1")
    desk.approval(patient, 90, "A2")
    desk.visit(patient, 12)

    assert (only(expirations).at_risk, only(expirations).reason) == ((), "another approval reaches it")


def test_that_units_left_are_those_that_no_visit_on_file_uses(desk: Desk, expirations: ExpirationService) -> None:
    patient = desk.patient()
    desk.approval(patient, 20)
    desk.visit(patient, 6)
    row = only(expirations)

    assert [(line.units, line.used, line.booked) for line in row.lines] == [(2, 0, 1)]
    assert row.left == 1


def test_that_an_extension_asks_for_the_same_from_the_day_after_the_end(
    desk: Desk, expirations: ExpirationService, authorizations: AuthorizationService
) -> None:
    patient = desk.patient()
    ending = desk.approval(patient, 5)
    draft = expirations.plan_extension(ending.id, TODAY + timedelta(days=12))

    assert authorizations.list_for(patient) == (ending,)
    assert (draft.request.type, draft.request.replaces) == (RequestType.EXTENSION, "A118")
    assert draft.request.asked == (AskedLine("64493", 2, RIGHT),)
    assert draft.request.wanted_from == TODAY + timedelta(days=6)
    assert draft.request.planned_for == TODAY + timedelta(days=12)
    assert (draft.status, draft.authorization.number) == (AuthorizationStatus.DRAFT, None)


def test_that_an_extension_of_what_has_ended_begins_today(desk: Desk, expirations: ExpirationService) -> None:
    ending = desk.approval(desk.patient(), -9)

    assert expirations.plan_extension(ending.id).request.wanted_from == TODAY


def test_that_an_extension_under_way_is_named_with_the_approval(
    desk: Desk, expirations: ExpirationService, authorizations: AuthorizationService
) -> None:
    ending = desk.approval(desk.patient(), 5)
    draft = expirations.plan_extension(ending.id)
    saved = authorizations.add(draft.patient_id, draft.authorization, draft.request).value

    assert only(expirations).renewal == saved


def test_that_the_worklist_finds_approvals_that_end_with_nothing_booked(
    desk: Desk, transactions: Transactions, payers: PayerNames, clock: FixedClock
) -> None:
    booked, unbooked, later = desk.patient("Archer"), desk.patient("Bell"), desk.patient("Crane")
    desk.approval(booked, 20, "A1")
    desk.visit(booked, 6)
    desk.approval(unbooked, 30, "A2")
    desk.approval(later, 31, "A3")
    worklist = WorklistService(transactions, payers, clock)

    assert [row.patient.last for row in worklist.page("is:unbooked").rows] == ["Bell"]


def test_that_the_worklist_finds_denials_whose_appeal_clock_runs(
    desk: Desk, authorizations: AuthorizationService, transactions: Transactions, payers: PayerNames, clock: FixedClock
) -> None:
    answer = Authorization(None, "aetna", AuthorizationStatus.DENIED)
    for last, days in (("Archer", 0), ("Bell", -1)):
        request = AuthorizationRequest(denial_text="No.", appeal_by=TODAY + timedelta(days=days))
        authorizations.add(desk.patient(last), answer, request)
    worklist = WorklistService(transactions, payers, clock)

    assert [row.patient.last for row in worklist.page("is:appealable").rows] == ["Archer"]


def test_that_a_decision_that_came_late_is_not_late_any_more(
    desk: Desk, authorizations: AuthorizationService, transactions: Transactions, payers: PayerNames, clock: FixedClock
) -> None:
    patient = desk.patient()
    request = AuthorizationRequest(denial_text="No.", decide_by=clock.now() - timedelta(days=2))
    authorizations.add(patient, Authorization(None, "aetna", AuthorizationStatus.DENIED), request)
    waiting = replace(request, denial_text="", next_action=TODAY)
    made = authorizations.add(patient, Authorization(None, "aetna", AuthorizationStatus.PENDED), waiting).value
    worklist = WorklistService(transactions, payers, clock)

    assert [row.id for row in worklist.page("is:late").rows] == [made.id]
    assert worklist.page("is:late").rows[0].overdue


def test_that_a_follow_up_without_a_next_day_is_for_what_is_not_open_any_more(
    desk: Desk, authorizations: AuthorizationService
) -> None:
    request = AuthorizationRequest(denial_text="No.", next_action=TODAY, next_step="Decide.")
    answer = Authorization(None, "aetna", AuthorizationStatus.DENIED)
    made = authorizations.add(desk.patient(), answer, request).value
    saved = authorizations.contact(made.id, made.version, "Let be.", nothing_more=True).value

    assert (saved.request.next_action, saved.request.next_step) == (None, "")
