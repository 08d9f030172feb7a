"""Visits on hold: released by the approval that covers them, held again when it is taken away, and told beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest, Channel, Outside
from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override, OverrideReason
from tracker.domain.event import EventStatus
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.judging import judge_request
from tracker.services.authorizations.authorization_steps import Approval, Closing, Denial, Submission
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.words.payers import PayerNames
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance, TaskKind

TODAY = date(2026, 11, 24)
FOLLOW = date(2026, 12, 1)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
HELD, BOOKED = BookingStatus.HELD, BookingStatus.BOOKED
RIGHT = parse_sites(["L4-L5 right"]).targets


@cache
def _rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def service(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, _rules(), payers, clock)


@pytest.fixture
def aetna(patients: PatientService) -> str:
    """A patient with a plan that wants approvals."""
    added = patients.add(a_patient()).value
    patients.add_coverage(added.id, a_coverage(payer="medicare-advantage", plan="HMO", authorization_required=True))
    return added.id


class Visits:
    """Puts visits on the schedule and tells how they stand."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def book(
        self,
        patient_id: str,
        day: date,
        status: BookingStatus,
        override: Override | None = None,
        site: str = "L4-L5 right",
    ) -> str:
        event = replace(
            performed(day.isoformat(), Family.FACET_INJECTION, site), id=new_id(), status=EventStatus.BOOKED
        )
        booking = Booking(new_id(), patient_id, event, status, None, 30, "", "", "", None, override, Elsewhere.NONE)
        with self._transactions.writing() as uow:
            uow.events.add(HistoryEntry(patient_id, event, Provenance(Origin.BOOKING, "Jo Diaz", NOW)))
            uow.bookings.add(booking)
            uow.commit(Act("test", "booking"))
        return booking.id

    def status(self, booking_id: str) -> BookingStatus:
        with self._transactions.reading() as uow:
            return uow.bookings.get(booking_id).status

    def tasks(self) -> list[tuple[TaskKind, str]]:
        with self._transactions.reading() as uow:
            return [(task.kind, task.booking_id) for task in uow.tasks.list_open()]


@pytest.fixture
def visits(transactions: Transactions) -> Visits:
    return Visits(transactions)


def _sent(service: AuthorizationService, patient_id: str, units: int = 1) -> AuthorizationRecord:
    answer = Authorization(None, "medicare-advantage", AuthorizationStatus.DRAFT)
    request = AuthorizationRequest(
        family=Family.FACET_INJECTION,
        intent=Intent.DIAGNOSTIC,
        approach=Approach.MEDIAL_BRANCH,
        targets=RIGHT,
        asked=(AskedLine("64493", units),),
        next_action=FOLLOW,
    )
    draft = service.add(patient_id, answer, request).value
    return service.step(draft.id, draft.version, Submission(NOW, Channel.PORTAL, "R-1", next_action=FOLLOW)).value


def _approve(service: AuthorizationService, sent: AuthorizationRecord, end: date = date(2027, 2, 22)) -> object:
    return service.step(sent.id, sent.version, Approval("A-1", TODAY, TODAY, end))


def test_that_an_approval_releases_the_visit_that_waited_for_it_with_a_reason(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    visit = visits.book(aetna, date(2026, 12, 10), HELD)
    done = service.step((sent := _sent(service, aetna)).id, sent.version, Approval("A-1", TODAY, TODAY))
    assert visits.status(visit) is BOOKED
    assert "Released: MBB L4-5 right, Thu 12/10/2026. Authorization A-1 covers it." in done.sentence
    assert ".." not in done.sentence  # a middle initial has a point of its own
    assert done.value.log[-1].text.startswith("Released: MBB L4-5 right")


def test_that_what_the_approval_does_not_cover_stays_on_hold(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    late = visits.book(aetna, date(2027, 2, 23), HELD)
    _approve(service, _sent(service, aetna))
    assert visits.status(late) is HELD


def test_that_one_unit_releases_the_first_of_two_visits(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    second = visits.book(aetna, date(2027, 1, 20), HELD)
    first = visits.book(aetna, date(2026, 12, 10), HELD, site="L4-L5 left")
    _approve(service, _sent(service, aetna))
    assert (visits.status(first), visits.status(second)) == (BOOKED, HELD)


def test_that_two_units_release_both(service: AuthorizationService, visits: Visits, aetna: str) -> None:
    second = visits.book(aetna, date(2027, 1, 20), HELD)
    first = visits.book(aetna, date(2026, 12, 10), HELD, site="L4-L5 left")
    _approve(service, _sent(service, aetna, units=2))
    assert (visits.status(first), visits.status(second)) == (BOOKED, BOOKED)


def test_that_a_denial_holds_the_visit_again_and_leaves_a_task(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    visit = visits.book(aetna, date(2026, 12, 10), HELD)
    sent = _sent(service, aetna)
    approved = service.step(sent.id, sent.version, Approval("A-1", TODAY, TODAY)).value
    done = service.step(approved.id, approved.version, Denial(TODAY, "82", next_action=FOLLOW))
    assert visits.status(visit) is HELD
    assert "On hold: MBB L4-5 right, Thu 12/10/2026. The plan wants an authorization for 64493." in done.sentence
    assert visits.tasks() == [(TaskKind.REQUEST_AUTHORIZATION, visit)]


def test_that_the_task_closes_itself_when_the_approval_comes_after_all(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    visit = visits.book(aetna, date(2026, 12, 10), HELD)
    sent = _sent(service, aetna)
    approved = service.step(sent.id, sent.version, Approval("A-1", TODAY, TODAY)).value
    denied = service.step(approved.id, approved.version, Denial(TODAY, "82", next_action=FOLLOW)).value
    service.step(denied.id, denied.version, Approval("A-2", TODAY, TODAY))
    assert visits.status(visit) is BOOKED
    assert visits.tasks() == []


def test_that_undo_puts_the_visit_back_with_the_approval(
    service: AuthorizationService, visits: Visits, undo: UndoService, aetna: str
) -> None:
    visit = visits.book(aetna, date(2026, 12, 10), HELD)
    sent = _sent(service, aetna)
    done = service.step(sent.id, sent.version, Approval("A-1", TODAY, TODAY))
    assert done.undo is not None
    undo.undo(done.undo)
    assert visits.status(visit) is HELD


def test_that_an_edit_says_beforehand_which_visits_fall_out_and_writes_nothing(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    visit = visits.book(aetna, date(2026, 12, 10), HELD)
    sent = _sent(service, aetna)
    approved = service.step(sent.id, sent.version, Approval("A-1", TODAY, TODAY)).value
    shorter = replace(approved, authorization=replace(approved.authorization, end=date(2026, 12, 9)))
    told = service.fall_out(shorter)
    assert [(change.booking.id, change.held) for change in told] == [(visit, True)]
    assert "A-1 ended 12/09/2026" in told[0].reason
    assert visits.status(visit) is BOOKED
    service.change(shorter)
    assert visits.status(visit) is HELD


def test_that_a_visit_booked_against_the_answer_is_left_alone(
    service: AuthorizationService, visits: Visits, aetna: str
) -> None:
    why = Override(OverrideReason.URGENT, "", "Dr. Lee", "Jo Diaz", NOW)
    visit = visits.book(aetna, date(2026, 12, 10), BOOKED, why)
    sent = _sent(service, aetna)
    approved = service.step(sent.id, sent.version, Approval("A-1", TODAY, TODAY)).value
    service.step(approved.id, approved.version, Closing("The plan took it back"))
    assert visits.status(visit) is BOOKED


def test_that_a_cancelled_approval_holds_its_visit(service: AuthorizationService, visits: Visits, aetna: str) -> None:
    lines = (AuthorizationLine("64493"),)
    answer = Authorization("A-9", "medicare-advantage", AuthorizationStatus.APPROVED, lines=lines)
    record = service.add(aetna, answer, AuthorizationRequest()).value
    visit = visits.book(aetna, date(2026, 12, 10), BOOKED)
    service.step(record.id, record.version, Closing("Void"))
    assert visits.status(visit) is HELD


def _sent_for(service: AuthorizationService, patient_id: str, **outside: object) -> AuthorizationRecord:
    sent = _sent(service, patient_id)
    changed = replace(sent, request=replace(sent.request, **outside))  # type: ignore[arg-type]  # fields by name
    return service.change(changed).value


@pytest.mark.parametrize(
    ("outside", "status", "words"),
    [
        ({"facility_outside": Outside("St. Anne Hospital"), "facility_place": "22"}, HELD, "place of service 22"),
        ({"facility_outside": Outside("St. Anne Hospital"), "facility_place": "24"}, HELD, "is for St. Anne Hospital"),
        ({"facility_outside": Outside("St. Anne Hospital")}, HELD, "is for St. Anne Hospital"),
        ({"facility_outside": Outside("Bluegrass Surgery Center"), "facility_place": "24"}, BOOKED, ""),
        ({"rendering_outside": Outside("Dr. Ann Gray")}, BOOKED, ""),
        ({"ordering_outside": Outside("Dr. Ann Gray")}, BOOKED, ""),
    ],
)
def test_that_an_approval_for_a_facility_from_outside_releases_no_visit_here(
    service: AuthorizationService,
    visits: Visits,
    transactions: Transactions,
    aetna: str,
    outside: dict[str, object],
    status: BookingStatus,
    words: str,
) -> None:
    visit = visits.book(aetna, date(2026, 12, 10), HELD)
    _approve(service, _sent_for(service, aetna, **outside))
    with transactions.reading() as uow:
        chart = Chart.load(uow, aetna)
        verdict = judge_request(_rules().judge, chart, request_of(uow.bookings.get(visit), chart), TODAY)
    assert visits.status(visit) is status
    assert words in " ".join(finding.message for finding in verdict.findings)


@pytest.mark.parametrize(("name", "told"), [("Dr. Ann Gray", True), ("Susan Lee, MD", False)])
def test_that_an_approval_for_a_provider_from_outside_is_told_where_one_of_ours_does_it(
    service: AuthorizationService, transactions: Transactions, aetna: str, name: str, told: bool
) -> None:
    _approve(service, _sent_for(service, aetna, rendering_outside=Outside(name)))
    with transactions.reading() as uow:
        chart = Chart.load(uow, aetna)
        provider = next(each.id for each in uow.clinic.list_providers())
    ours = chart.clinic.providers[provider].name
    assert ours
    wanted = a_request(aetna, date(2026, 12, 10), sites=("L4-L5 right",), provider_id=provider)
    said = " ".join(each.message for each in judge_request(_rules().judge, chart, wanted, TODAY).findings)
    assert ("A-1 names another provider" in said) is (name != ours) is told
