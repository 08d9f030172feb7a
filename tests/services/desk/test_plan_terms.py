"""Payers that the clinic works with, their plans, and what is kept for each: down to when a request is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.builders import a_coverage, a_patient, a_request
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest, Channel
from tracker.domain.authorization_terms import Terms
from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import Family
from tracker.domain.reminders import PlanTerms, Reminders, Thresholds
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.authorizations.authorization_clocks import AuthorizationClocks, FollowUps
from tracker.services.authorizations.authorization_steps import Pending, Submission
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.authorizations.expirations import Bucket, ExpirationService
from tracker.services.desk.clinic_settings import ClinicSettingsService
from tracker.services.desk.plan_terms import PlanTermsService, terms_of
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames

SENT = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def plan_terms(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> PlanTermsService:
    return PlanTermsService(transactions, payers, clock)


@pytest.fixture(scope="module")
def rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def authorizations(
    transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: FixedClock
) -> AuthorizationService:
    return AuthorizationService(transactions, rules, payers, clock)


def offered(payers: PayerNames) -> list[str]:
    return [payer for payer, _name in payers.offered()]


def test_that_a_payer_that_is_off_is_offered_no_more_but_keeps_its_name(
    plan_terms: PlanTermsService, payers: PayerNames
) -> None:
    done = plan_terms.switch("cigna", False)
    assert done.sentence == "Cigna is offered no more"
    assert "cigna" not in offered(payers)
    assert ("cigna", "Cigna") in payers.all()
    assert [row.id for row in plan_terms.list() if not row.on] == ["cigna"]
    plan_terms.switch("cigna", True)
    assert "cigna" in offered(payers)


def test_that_whoever_has_a_payer_today_or_later_is_known_the_next_visit_first(
    plan_terms: PlanTermsService, patients: PatientService, booking: BookingService, payers: PayerNames
) -> None:
    names = ("Adams", "Baker", "Clark", "Davis", "Evans")
    people = {name: patients.add(a_patient(last=name)).value for name in names}
    ends = {"Adams": None, "Baker": date(2026, 11, 24), "Clark": date(2026, 11, 23), "Davis": date(2027, 3, 1)}
    for name, end in ends.items():
        patients.add_coverage(people[name].id, a_coverage(payer="cigna", plan="PPO", end=end))
    patients.add_coverage(people["Evans"].id, a_coverage(payer="aetna"))
    request = a_request(people["Davis"].id, date(2026, 12, 9))
    booking.book(request, booking.check(request).fingerprint)

    found = plan_terms.holders("cigna")
    assert [(each.patient.last, each.next_visit) for each in found.people] == [
        ("Davis", date(2026, 12, 9)), ("Adams", None), ("Baker", None),
    ]  # fmt: skip
    assert found.count == 3
    assert plan_terms.switch("cigna", False).sentence == "Cigna is offered no more; 3 patients still have it"
    assert plan_terms.switch("cigna", True).sentence == "Cigna is offered"
    assert plan_terms.holders("medicare").count == 0


def test_that_an_answer_says_that_its_payer_is_switched_off(
    plan_terms: PlanTermsService, patients: PatientService, booking: BookingService
) -> None:
    patient = patients.add(a_patient()).value
    patients.add_coverage(patient.id, a_coverage(payer="cigna", plan="PPO"))
    request = a_request(patient.id, date(2026, 12, 9))
    before = booking.check(request)
    plan_terms.switch("cigna", False)
    after = booking.check(request)

    assert before.payer_off == ""
    assert after.payer_off.startswith("Cigna is switched off here")
    assert "Payers and plans" in after.payer_off
    assert after.fingerprint == before.fingerprint


def test_that_the_last_payer_stays(plan_terms: PlanTermsService, payers: PayerNames) -> None:
    for payer in ("cigna", "aetna", "medicare-advantage"):
        plan_terms.switch(payer, False)
    with pytest.raises(InvalidEntryError, match="One payer has to stay"):
        plan_terms.switch("medicare", False)
    assert offered(payers) == ["medicare"]


def test_that_a_payer_of_the_clinics_own_is_offered_under_its_name(
    plan_terms: PlanTermsService, payers: PayerNames
) -> None:
    assert plan_terms.add_payer("  Bluegrass   Mutual ").value == "Bluegrass Mutual"
    assert ("Bluegrass Mutual", "Bluegrass Mutual") in payers.offered()
    assert next(row for row in plan_terms.list() if row.own).id == "Bluegrass Mutual"
    with pytest.raises(InvalidEntryError) as caught:
        plan_terms.add_payer("bluegrass mutual")
    assert caught.value.about == "name"
    with pytest.raises(InvalidEntryError, match="needs a name"):
        plan_terms.add_payer(" ")


def test_that_plans_are_those_named_and_those_on_file(plan_terms: PlanTermsService, patients: PatientService) -> None:
    patient = patients.add(a_patient()).value
    patients.add_coverage(patient.id, a_coverage(payer="aetna", plan="Choice PPO"))
    plan_terms.name_plans("aetna", ("Open Access", "choice ppo", " "))
    plan_terms.change(PlanTerms("aetna", "Gold", 2))
    aetna = next(row for row in plan_terms.list() if row.id == "aetna")
    assert aetna.plans == ("Open Access", "choice ppo", "Gold")
    with pytest.raises(InvalidEntryError, match="stands there twice"):
        plan_terms.name_plans("aetna", ("Gold", "gold"))


def test_that_a_plan_without_terms_of_its_own_has_its_payers(
    plan_terms: PlanTermsService, transactions: Transactions
) -> None:
    plan_terms.change(PlanTerms("aetna", "", 5, Thresholds(10, 20, 60)))
    plan_terms.change(PlanTerms("aetna", "Gold", 2))
    with transactions.reading() as uow:
        settings = uow.clinic.settings()
    assert terms_of(settings, "aetna", "gold") == PlanTerms("aetna", "gold", 2, Thresholds(10, 20, 60))
    assert terms_of(settings, "aetna", "Silver").follow_up == 5
    assert terms_of(settings, "cigna", "Gold") == PlanTerms("cigna", "Gold")


def test_that_what_says_nothing_is_not_kept_and_undo_brings_it_back(
    plan_terms: PlanTermsService, undo: UndoService
) -> None:
    plan_terms.change(PlanTerms("aetna", "Gold", 2))
    cleared = plan_terms.change(PlanTerms("aetna", "GOLD"))
    assert next(row for row in plan_terms.list() if row.id == "aetna").of_plans == ()
    assert cleared.undo is not None
    undo.undo(cleared.undo)
    assert next(row for row in plan_terms.list() if row.id == "aetna").of_plans == (PlanTerms("aetna", "Gold", 2),)


@pytest.mark.parametrize(
    ("terms", "about"),
    [(PlanTerms("aetna", follow_up=0), "follow_up"), (PlanTerms("aetna", thresholds=Thresholds(7, 5, 30)), "second")],
)
def test_that_terms_that_cannot_be_are_told_at_their_field(
    plan_terms: PlanTermsService, terms: PlanTerms, about: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        plan_terms.change(terms)
    assert caught.value.about == about


def request_of(coverage_id: str, planned: date | None = None) -> tuple[Authorization, AuthorizationRequest]:
    answer = Authorization(None, "cigna", AuthorizationStatus.DRAFT, AuthorizationKind.PAYER)
    asked = AuthorizationRequest(
        coverage_id=coverage_id, family=Family.FACET_ABLATION, asked=(AskedLine("64635", 1),), planned_for=planned,
        next_action=date(2026, 11, 24), next_step="Send it.",
    )  # fmt: skip
    return answer, asked


def test_that_a_plans_own_days_set_the_first_follow_up(
    authorizations: AuthorizationService, plan_terms: PlanTermsService, patients: PatientService
) -> None:
    patient = patients.add(a_patient()).value
    coverage = patients.add_coverage(patient.id, a_coverage(payer="cigna", plan="Gold")).value
    plan_terms.change(PlanTerms("cigna", "gold", 2))
    record = authorizations.add(patient.id, *request_of(coverage.id)).value
    sent = authorizations.step(record.id, record.version, Submission(SENT, Channel.FAX)).value
    assert sent.request.next_action == date(2026, 11, 27)  # Thanksgiving lies between


def clocks(clock: FixedClock) -> AuthorizationClocks:
    return AuthorizationClocks(lambda *_asked: Terms(), clock)


@pytest.mark.parametrize(
    ("follow_ups", "planned", "asked_on"),
    [
        (FollowUps(), None, "2026-11-30"),
        (FollowUps(otherwise=1), None, "2026-11-25"),
        (FollowUps(first=5), None, "2026-12-02"),
        (FollowUps(first=5, lead=3), "2026-12-04", "2026-12-01"),
        (FollowUps(first=5, lead=3), "2026-12-05", "2026-12-02"),
        (FollowUps(first=5, lead=3), "2026-12-15", "2026-12-02"),
        (FollowUps(first=5, lead=9), "2026-12-01", "2026-11-25"),  # too late already: tomorrow
        (FollowUps(first=5, lead=3), None, "2026-12-02"),
    ],
)
def test_that_nobody_asks_later_than_so_many_days_before_the_visit(
    clock: FixedClock, follow_ups: FollowUps, planned: str | None, asked_on: str
) -> None:
    day = date.fromisoformat(planned) if planned else None
    record = AuthorizationRecord("p", *request_of("", day))
    filled = clocks(clock).filled(Submission(SENT, Channel.FAX), record, "KY", follow_ups)
    assert isinstance(filled, Submission)
    assert filled.next_action == date.fromisoformat(asked_on)


def test_that_a_pending_request_is_asked_about_in_time_too(clock: FixedClock) -> None:
    record = AuthorizationRecord("p", *request_of("", date(2026, 12, 1)))
    waiting = replace(record, request=replace(record.request, next_action=None))
    filled = clocks(clock).filled(Pending(), waiting, "KY", FollowUps(otherwise=10, lead=2))
    assert isinstance(filled, Pending)
    assert filled.next_action == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (7, Bucket.WEEK),
        (8, Bucket.FORTNIGHT),
        (14, Bucket.FORTNIGHT),
        (15, Bucket.MONTH),
        (30, Bucket.MONTH),
        (31, None),
    ],
)
def test_that_an_approval_falls_into_the_bucket_of_its_last_day(
    days: int, bucket: Bucket | None, transactions: Transactions, rules: RulesInForce, payers: PayerNames,
    clock: FixedClock, authorizations: AuthorizationService, patient_id: str,
) -> None:  # fmt: skip
    approve(authorizations, patient_id, days)
    rows = ExpirationService(transactions, rules, payers, clock).list()
    assert [row.bucket for row in rows] == ([bucket] if bucket else [])


def test_that_buckets_follow_the_clinic_and_its_plans(
    transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: FixedClock,
    authorizations: AuthorizationService, plan_terms: PlanTermsService, patient_id: str,
) -> None:  # fmt: skip
    expirations = ExpirationService(transactions, rules, payers, clock)
    approve(authorizations, patient_id, 40)
    assert expirations.list() == ()
    ClinicSettingsService(transactions, clock).change_reminders(Reminders(Thresholds(10, 20, 40)))
    assert [row.bucket for row in expirations.list()] == [Bucket.MONTH]
    assert expirations.thresholds() == Thresholds(10, 20, 40)
    plan_terms.change(PlanTerms("medicare", "Part B", None, Thresholds(40, 50, 60)))
    assert [row.bucket for row in expirations.list()] == [Bucket.WEEK]
    plan_terms.change(PlanTerms("medicare", "Part B", None, Thresholds(5, 10, 39)))
    assert expirations.list() == ()


def approve(authorizations: AuthorizationService, patient_id: str, days: int) -> None:
    end = date.fromordinal(date(2026, 11, 24).toordinal() + days)
    lines = (AuthorizationLine("64635", 1),)
    answer = Authorization("A-1", "medicare", AuthorizationStatus.APPROVED, AuthorizationKind.PAYER, lines=lines,
                           start=date(2026, 10, 1), end=end, decided=date(2026, 10, 1))  # fmt: skip
    asked = AuthorizationRequest(family=Family.FACET_ABLATION, asked=(AskedLine("64635", 1),))
    authorizations.add(patient_id, answer, asked)
