"""Book on hold from Check and book: the plain button, its key, and what is said about a safe day."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.builders import a_coverage
from tests.ui.check.conftest import AddPatient, Hands
from tracker.domain.booking import BookingStatus
from tracker.domain.patient import Patient
from tracker.services import Services
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import RequestStart


@pytest.fixture
def waiting(add_patient: AddPatient) -> Patient:
    """Smith with a plan that wants an approval for everything."""
    coverage = a_coverage(payer="medicare-advantage", plan="HMO", start=date(2024, 1, 1), authorization_required=True)
    return add_patient(last="Smith", first="Jane", middle="", born=date(1950, 7, 2), coverage=coverage)


def test_that_what_lacks_only_an_approval_is_booked_on_hold_by_its_key(
    page: CheckPage, hands: Hands, waiting: Patient, services: Services
) -> None:
    hands.type("smi j\n", "esi\t", "l45\t", "12/3")
    assert page.bar.hold.isVisible()
    assert page.bar.hold.shown_text() == "Book on hold Thu 12/03/2026"
    page.bar.hold.setFocus()
    hands.alt(Qt.Key.Key_K)

    (visit,) = services.patients.get(waiting.id).bookings
    assert (visit.day, visit.status) == (date(2026, 12, 3), BookingStatus.HELD)
    (task,) = services.schedule.day(date(2026, 12, 3)).tasks or services.schedule.day(date(2026, 11, 24)).tasks
    assert "It waits for an authorization" in task.text


def test_that_the_filled_button_starts_the_authorization_that_is_lacking_and_books_nothing(
    page: CheckPage, hands: Hands, waiting: Patient, services: Services
) -> None:
    wanted: list[RequestStart] = []
    page.request_wanted.connect(wanted.append)
    hands.type("smi j\n", "esi\t", "l45\t", "12/3")
    assert page.bar.primary.shown_text() == "Start authorization"
    page.primary()
    assert [(start.patient_id, start.record_id) for start in wanted] == [(waiting.id, "")]
    assert wanted[0].request == page.form.reading().request
    assert services.patients.get(waiting.id).bookings == ()


def test_that_the_answer_says_from_when_on_it_is_safe(page: CheckPage, hands: Hands, waiting: Patient) -> None:
    hands.type("smi j\n", "esi\t", "l45\t", "11/30")
    view = page.panel.view()
    assert view is not None
    assert any(remark.text.startswith("Safe from Fri 12/04/2026") for remark in view.authorization)
    assert page.panel.authorization.isVisible()


def test_that_nothing_is_offered_to_be_held_where_it_is_allowed_or_no_day_is_typed(
    page: CheckPage, hands: Hands, ready: Patient, services: Services
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t")
    assert not page.bar.hold.isVisible()
    hands.type("12/3")
    assert not page.bar.hold.isVisible()
    hands.alt(Qt.Key.Key_K)
    assert services.patients.get(ready.id).bookings == ()
