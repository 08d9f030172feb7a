"""What the patient's page tells beside the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import Elsewhere
from tracker.domain.procedure import Approach, Family, Intent
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services import Services
from tracker.services.answers.site_marks import Heat
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions

L45 = Target(LEVELS["L4-L5"], Side.LEFT)
DAY = TODAY + timedelta(days=14)


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, clock: FixedClock) -> Services:
    return assemble(transactions, data_key, load_catalog(resource_root()), clock, demo=False)


@pytest.fixture
def patient_id(services: Services) -> str:
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage())
    for days in (60, 30):
        when = (TODAY - timedelta(days=days)).isoformat()
        services.history.add(patient.id, performed(when, Family.FACET_INJECTION, "L4-L5 left", relief_percent=90.0))
    return patient.id


def approve(services: Services, patient_id: str, **given: object) -> None:
    answer = Authorization(
        number="A1003952C", payer=a_coverage().payer, status=AuthorizationStatus.APPROVED,
        decided=TODAY - timedelta(days=10), start=TODAY - timedelta(days=10), end=TODAY + timedelta(days=90),
        lines=(AuthorizationLine("64635", 1, targets=(L45,)), AuthorizationLine("64636", 2)),
    )  # fmt: skip
    services.authorizations.add(patient_id, replace(answer, **given), AuthorizationRequest())


def book_ablation(services: Services, patient_id: str) -> str:
    request = replace(
        a_request(patient_id, DAY), family=Family.FACET_ABLATION, intent=None, approach=None, targets=(L45,),
        elsewhere=Elsewhere.NONE,
    )  # fmt: skip
    return services.booking.book(request, services.booking.check(request).fingerprint).value.id


def test_that_approvals_stand_by_code_with_what_visits_use_of_them(services: Services, patient_id: str) -> None:
    approve(services, patient_id)
    book_ablation(services, patient_id)

    rows = services.overview.read(patient_id).approvals

    assert [(row.line.code, row.where, row.line.used, row.line.booked, row.line.left) for row in rows] == [
        ("64635", "L4-5 left", 0, 1, 0),
        ("64636", "any level", 0, 0, 2),
    ]
    assert [row.visits for row in rows] == [(DAY,), ()]


def test_that_what_has_ended_stands_below_what_may_be_used(services: Services, patient_id: str) -> None:
    approve(services, patient_id, number="OLD", start=date(2026, 1, 1), end=date(2026, 3, 1), decided=date(2026, 1, 1))
    approve(services, patient_id)

    rows = services.overview.read(patient_id).approvals

    assert [row.record.authorization.number for row in rows] == ["A1003952C", "A1003952C", "OLD", "OLD"]
    assert [row.work.expired for row in rows] == [False, False, True, True]


def test_that_open_requests_are_told_and_decided_ones_are_not(services: Services, patient_id: str) -> None:
    approve(services, patient_id)
    draft = services.authorizations.draft_from(
        replace(a_request(patient_id, DAY), family=Family.FACET_ABLATION, intent=None, approach=None, targets=(L45,))
    ).value

    assert [row.id for row in services.overview.read(patient_id).requests] == [draft.id]


def test_that_each_injection_has_its_codes_and_each_place_its_heat(services: Services, patient_id: str) -> None:
    overview = services.overview.read(patient_id)

    assert set(overview.codes.values()) == {"64493"}
    assert overview.heat == {L45: Heat(2, 2)}


def test_that_a_coverage_that_would_change_a_visits_answer_names_the_visit(services: Services, patient_id: str) -> None:
    booking_id = book_ablation(services, patient_id)
    medicare = services.patients.get(patient_id).coverages[0]

    ended = services.overview.effects(patient_id, replace(medicare, end=DAY - timedelta(days=1)))
    same = services.overview.effects(patient_id, replace(medicare, end=DAY))

    assert [effect.booking.id for effect in ended] == [booking_id]
    assert ended[0].now.startswith("This coverage is not in force") or ended[0].now.startswith("This patient has no")
    assert same == ()


def test_that_a_new_coverage_that_pays_first_is_told_by_its_payer(services: Services, patient_id: str) -> None:
    epidural = replace(
        a_request(patient_id, DAY), family=Family.EPIDURAL, intent=Intent.THERAPEUTIC, approach=Approach.TRANSFORAMINAL,
        targets=(L45,), elsewhere=Elsewhere.NONE,
    )  # fmt: skip
    services.booking.book(epidural, services.booking.check(epidural).fingerprint)
    medicare = services.patients.get(patient_id).coverages[0]
    moved = replace(medicare, payer="self-pay", plan="")

    effects = services.overview.effects(patient_id, moved)

    assert len(effects) == 1
    assert effects[0].was != effects[0].now
    assert services.patients.get(patient_id).coverages[0] == medicare


def test_that_a_visit_goes_with_the_coverage_that_pays_first_by_now_unless_one_was_chosen(
    services: Services, patient_id: str
) -> None:
    """The plan changed after the visit was booked: nobody chose the old one for it, it paid first then."""
    epidural = replace(
        a_request(patient_id, DAY), family=Family.EPIDURAL, intent=Intent.THERAPEUTIC, approach=Approach.TRANSFORAMINAL,
        targets=(L45,), elsewhere=Elsewhere.NONE,
    )  # fmt: skip
    visit = services.booking.book(epidural, services.booking.check(epidural).fingerprint).value
    medicare = services.patients.get(patient_id).coverages[0]
    services.patients.change_coverage(patient_id, replace(medicare, order=2))
    services.patients.add_coverage(patient_id, a_coverage(payer="bcbs-ma", plan="PPO"))

    goes_with = services.booking.as_it_stands(visit.id)
    (row,) = services.schedule.day(DAY).rows
    moved = services.booking.check_move(visit.id, DAY + timedelta(days=1))
    chosen = replace(goes_with, coverage_id=medicare.id)
    services.booking.change(visit.id, goes_with, chosen, services.booking.check_change(visit.id, chosen).fingerprint)

    assert goes_with.coverage_id == ""
    assert "Medicare" not in row.coverage
    assert "Medicare" not in moved.payer_label
    assert services.booking.as_it_stands(visit.id).coverage_id == medicare.id


def test_that_a_visit_moves_past_the_end_of_its_coverage_into_the_next_one(services: Services, patient_id: str) -> None:
    booking_id = book_ablation(services, patient_id)
    medicare = services.patients.get(patient_id).coverages[0]
    services.patients.change_coverage(patient_id, replace(medicare, end=DAY + timedelta(days=30)))
    services.patients.add_coverage(patient_id, a_coverage(payer="aetna", plan="PPO", start=DAY + timedelta(days=31)))

    assert "Aetna" in services.booking.check_move(booking_id, DAY + timedelta(days=31)).payer_label
    assert "Medicare" in services.booking.check_move(booking_id, DAY + timedelta(days=30)).payer_label


def test_that_acts_on_the_patients_records_are_listed_newest_first_and_nobody_elses(
    services: Services, patient_id: str
) -> None:
    other = services.patients.add(a_patient(mrn="M2", last="Other")).value
    kinds = [act.what for act in services.overview.acts(patient_id)]

    assert kinds[-1] == "add patient"
    assert "add coverage" in kinds
    assert len(kinds) == 4
    assert [act.what for act in services.overview.acts(other.id)] == ["add patient"]
