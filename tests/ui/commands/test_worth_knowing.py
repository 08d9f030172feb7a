"""The one thing worth knowing: a visit in danger, then a request on its way, then a limit that is used up."""

from __future__ import annotations

import pytest

from tests.builders import a_patient
from tests.ui.requests import sent
from tests.ui.visits import add_patient, book, fill_window
from tracker.domain.verdict import Outcome
from tracker.services import Services
from tracker.services.patients.worth_knowing import WorthKnowingService


@pytest.fixture
def worth(services: Services) -> WorthKnowingService:
    return WorthKnowingService(services.schedule, services.authorizations, services.eligibility, services.clock)


def test_that_a_patient_without_history_has_no_limit_near(worth: WorthKnowingService, services: Services) -> None:
    fact = worth.about(add_patient(services))

    assert (fact.outcome, fact.text) == (Outcome.ALLOWED, "No limits near")


def test_that_without_coverage_nothing_can_be_told(worth: WorthKnowingService, services: Services) -> None:
    fact = worth.about(services.patients.add(a_patient()).value.id)

    assert fact.outcome is Outcome.UNKNOWN
    assert "coverage" in fact.text.lower()


def test_that_a_limit_that_is_used_up_is_told_with_the_day_it_frees(
    worth: WorthKnowingService, services: Services
) -> None:
    patient_id = add_patient(services)
    fill_window(services, patient_id)

    fact = worth.about(patient_id)

    assert (fact.outcome, fact.text) == (Outcome.NOT_ALLOWED, "Epidural, lumbar / sacral from 12/02/2026")


def test_that_a_request_at_the_payer_is_told(worth: WorthKnowingService, services: Services) -> None:
    fact = worth.about(sent(services, "Ibarra").patient_id)

    assert (fact.outcome, fact.text) == (Outcome.NEEDS_AUTHORIZATION, "Auth submitted")


def test_that_a_visit_in_danger_comes_before_anything_else(worth: WorthKnowingService, services: Services) -> None:
    booking = book(services)
    fill_window(services, booking.patient_id)

    fact = worth.about(booking.patient_id)

    assert fact.outcome is Outcome.NOT_ALLOWED
    assert fact.text.startswith("Visit 11/2")
