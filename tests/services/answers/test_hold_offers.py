"""Booking on hold: what may wait for an approval, from when on it is safe, and what releases it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from tests.builders import a_coverage, a_patient
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest, Channel
from tracker.domain.booking import BookingRequest, BookingStatus, Elsewhere
from tracker.domain.errors import InvalidEntryError
from tracker.domain.level_entry import parse_levels
from tracker.domain.procedure import Approach, Family, Intent, TargetKind
from tracker.domain.proposal import Case
from tracker.domain.verdict import Outcome, Verdict
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.answers.answers import AnswerChangedError
from tracker.services.authorizations.authorization_steps import Approval, Denial, Submission
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames

TODAY = date(2026, 11, 24)
SENT = datetime(2026, 11, 23, 15, tzinfo=UTC)
LEVEL = parse_levels("l45", TargetKind.INTERSPACE).targets


@cache
def _rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def booking(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> BookingService:
    return BookingService(transactions, _rules().judge, payers, clock, _rules().lead_days)


@pytest.fixture
def requests(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, _rules(), payers, clock)


@pytest.fixture
def patient(patients: PatientService) -> str:
    """A plan that wants approvals and decides within seven calendar days."""
    added = patients.add(a_patient()).value
    coverage = a_coverage(
        payer="medicare-advantage", plan="HMO", start=date(2024, 1, 1), authorization_required=True
    )  # fmt: skip
    patients.add_coverage(added.id, coverage)
    return added.id


def epidural(patient: str, day: date) -> BookingRequest:
    return BookingRequest(
        patient, Family.EPIDURAL, day, Intent.THERAPEUTIC, Approach.INTERLAMINAR, LEVEL, elsewhere=Elsewhere.NONE
    )


def ask(requests: AuthorizationService, patient: str, sent: datetime | None = SENT) -> AuthorizationRecord:
    answer = Authorization(None, "medicare-advantage", AuthorizationStatus.DRAFT)
    asked = AuthorizationRequest(
        family=Family.EPIDURAL, approach=Approach.INTERLAMINAR, targets=LEVEL, asked=(AskedLine("62323", 1, LEVEL),),
        next_action=TODAY,
    )  # fmt: skip
    made = requests.add(patient, answer, asked).value
    if sent is None:
        return made
    return requests.step(made.id, made.version, Submission(sent, Channel.PORTAL, "R1")).value


def test_that_without_a_request_the_payers_time_runs_from_today(booking: BookingService, patient: str) -> None:
    answer = booking.check(epidural(patient, date(2026, 11, 30)))

    assert answer.tone is Outcome.NEEDS_AUTHORIZATION
    assert answer.hold is not None
    assert answer.hold.record_id == ""
    assert answer.hold.safe_from == date(2026, 12, 4)
    assert answer.hold.safe_text == (
        "Safe from Fri 12/04/2026: asked for today, the payer may take until 12/01/2026."
    )  # fmt: skip
    assert answer.hold.act_on == TODAY


def test_that_a_day_far_off_is_safe_and_says_by_when_to_ask(booking: BookingService, patient: str) -> None:
    answer = booking.check(epidural(patient, date(2027, 1, 14)))

    assert answer.hold is not None
    assert answer.hold.safe_from == date(2027, 1, 14)
    assert answer.hold.safe_text.startswith("This day leaves the payer its time")
    assert answer.hold.act_on == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("planned", "act_on"),
    [
        ("2027-01-05", "2026-12-24"),  # ten days before is a Saturday, and the Friday is Christmas
        ("2027-01-06", "2026-12-24"),  # a Sunday
        ("2027-01-07", "2026-12-28"),  # a Monday
        ("2026-12-03", "2026-11-24"),  # never before today
    ],
)
def test_that_somebody_acts_on_a_day_on_which_the_payer_works(
    booking: BookingService, patient: str, planned: str, act_on: str
) -> None:
    answer = booking.check(epidural(patient, date.fromisoformat(planned)))

    assert answer.hold is not None
    assert answer.hold.act_on == date.fromisoformat(act_on)


def test_that_a_visit_that_is_moved_does_not_stand_in_its_own_way(booking: BookingService, patient: str) -> None:
    request = epidural(patient, date(2026, 12, 10))
    held = booking.hold(request, booking.check(request).fingerprint).value
    moved = booking.check_move(held.id, date(2026, 12, 15))

    assert moved.hold is not None
    assert moved.hold.safe_from == date(2026, 12, 15)
    assert moved.hold.safe_text.startswith("This day leaves the payer its time")


def test_that_the_safe_day_is_looked_for_as_far_as_other_days_are(
    transactions: Transactions, payers: PayerNames, clock: FixedClock, patient: str
) -> None:
    free = date(2027, 2, 17)

    def full_until_then(case: Case) -> Verdict:
        verdict = _rules().judge(case)
        if TODAY + timedelta(days=7) < case.proposal.day < free:
            return replace(verdict, outcome=Outcome.NOT_ALLOWED, earliest=free)
        return verdict

    booking = BookingService(transactions, full_until_then, payers, clock, _rules().lead_days)
    answer = booking.check(epidural(patient, date(2026, 11, 25)))
    assert answer.hold is not None
    assert answer.hold.safe_from == free, "more than fifty open days further"


def test_that_days_after_the_end_of_the_coverage_are_no_safe_days_and_no_mistake(
    booking: BookingService, patients: PatientService
) -> None:
    added = patients.add(a_patient(mrn="M-2")).value
    coverage = a_coverage(
        payer="medicare-advantage", plan="HMO", start=date(2024, 1, 1), end=date(2026, 11, 30),
        authorization_required=True,
    )  # fmt: skip
    patients.add_coverage(added.id, coverage)
    answer = booking.check(epidural(added.id, date(2026, 11, 27)))

    assert answer.hold is not None
    assert answer.hold.safe_from is None
    assert answer.hold.safe_text.startswith("No safe day is near")


def test_that_a_request_under_way_sets_the_safe_day_by_its_own_decision(
    booking: BookingService, requests: AuthorizationService, patient: str
) -> None:
    made = ask(requests, patient)
    assert made.request.decide_by is not None
    answer = booking.check(epidural(patient, date(2026, 11, 25)))

    assert answer.hold is not None
    assert answer.hold.record_id == made.id
    assert answer.hold.reason == (
        "It waits for the authorization asked for on 11/23/2026, decision due 11/30/2026."
    )  # fmt: skip
    assert answer.hold.safe_from == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("what", "record_id"),
    [("draft", False), ("other codes", False), ("same codes", True)],
)
def test_that_only_what_the_payer_has_for_the_same_codes_is_under_way(
    booking: BookingService, requests: AuthorizationService, patient: str, what: str, record_id: bool
) -> None:
    made = ask(requests, patient, None if what == "draft" else SENT)
    if what == "other codes":
        requests.change(replace(made, request=replace(made.request, asked=(AskedLine("62321", 1),))))
    answer = booking.check(epidural(patient, date(2026, 12, 10)))

    assert answer.hold is not None
    assert bool(answer.hold.record_id) is record_id


def test_that_what_is_allowed_or_blocked_by_something_else_is_not_offered_to_be_held(
    booking: BookingService, patients: PatientService, patient_id: str
) -> None:
    allowed = booking.check(epidural(patient_id, date(2026, 12, 10)))
    assert (allowed.tone <= Outcome.CAUTION, allowed.hold) == (True, None)
    with pytest.raises(InvalidEntryError, match="so it is not held"):
        booking.hold(epidural(patient_id, date(2026, 12, 10)), allowed.fingerprint)


def test_that_a_held_visit_has_its_reason_on_the_task_and_with_the_request(
    booking: BookingService, requests: AuthorizationService, transactions: Transactions, patient: str
) -> None:
    made = ask(requests, patient)
    request = epidural(patient, date(2026, 12, 10))
    done = booking.hold(request, booking.check(request).fingerprint)

    assert done.value.status is BookingStatus.HELD
    assert done.sentence.startswith("On hold Whitaker, Doris  IL epidural L4-5, Thu 12/10/2026.")
    with transactions.reading() as uow:
        (task,) = uow.tasks.list_open_for(done.value.id)
    assert (task.due, task.text.startswith("On hold: IL epidural L4-5, Thu 12/10/2026.")) == (date(2026, 11, 30), True)
    assert requests.get(made.id).log[-1].text == task.text


def test_that_the_approval_releases_it_and_a_denial_leaves_it_on_hold(
    booking: BookingService, requests: AuthorizationService, transactions: Transactions, patient: str
) -> None:
    made = ask(requests, patient)
    request = epidural(patient, date(2026, 12, 10))
    held = booking.hold(request, booking.check(request).fingerprint).value
    denied = requests.step(made.id, requests.get(made.id).version, Denial(TODAY, text="No therapy.")).value
    assert booking.get(held.id).status is BookingStatus.HELD

    requests.step(denied.id, denied.version, Approval("A-1", TODAY, TODAY, TODAY + timedelta(days=60)))
    assert booking.get(held.id).status is BookingStatus.BOOKED
    with transactions.reading() as uow:
        assert uow.tasks.list_open_for(held.id) == ()


def test_that_an_answer_that_changed_is_not_held_and_that_holding_can_be_undone(
    booking: BookingService, patient: str, transactions: Transactions
) -> None:
    request = epidural(patient, date(2026, 12, 10))
    with pytest.raises(AnswerChangedError):
        booking.hold(request, "what somebody saw before")
    done = booking.hold(request, booking.check(request).fingerprint)
    assert done.undo is not None
    UndoService(transactions).undo(done.undo)

    with transactions.reading() as uow:
        assert uow.bookings.list_for(patient) == ()
        assert uow.tasks.list_open_for(done.value.id) == ()


def test_that_a_day_that_is_past_is_not_held(booking: BookingService, patient: str) -> None:
    request = epidural(patient, TODAY - timedelta(days=1))
    with pytest.raises(InvalidEntryError, match="is past"):
        booking.hold(request, booking.check(request).fingerprint)
