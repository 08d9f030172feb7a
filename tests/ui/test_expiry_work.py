"""Visits that the program holds by itself: after the re-check, told with an undo, and never in place of another's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest

from tests.builders import performed
from tests.fakes import FixedClock
from tests.ui.conftest import Settle
from tests.ui.small_pages import SMALL_PAGES
from tests.ui.visits import EPIDURAL, add_patient, epidural
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.roles import Role
from tracker.services import Services
from tracker.services.changes import Changes, Done, UndoToken
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext

VISIT, END = date(2026, 12, 10), date(2026, 12, 20)
PLAN = "medicare-advantage"


@pytest.fixture
def window(context: PageContext, services: Services) -> Iterator[MainWindow]:
    made = MainWindow(context, SMALL_PAGES)
    yield made
    made.rechecking.stop()
    made.close()


@pytest.fixture
def visit(services: Services) -> Booking:
    """A visit that an approval of one unit covers."""
    patient_id = add_patient(services, payer=PLAN, plan="HMO", authorization_required=True)
    lines = (AuthorizationLine("62323", 1, targets=EPIDURAL),)
    start = date(2026, 10, 1)
    answer = Authorization("A-1", PLAN, AuthorizationStatus.APPROVED, decided=start, start=start, end=END, lines=lines)
    request = AuthorizationRequest(
        family=Family.EPIDURAL, intent=Intent.THERAPEUTIC, approach=Approach.INTERLAMINAR, targets=EPIDURAL
    )
    services.authorizations.add(patient_id, answer, request)
    wanted = epidural(patient_id, VISIT, starts=time(9, 30))
    return services.booking.book(wanted, services.booking.check(wanted).fingerprint).value


def _use_up(services: Services, patient_id: str) -> None:
    event = performed("2026-11-20", Family.EPIDURAL, "L4-L5", approach=Approach.INTERLAMINAR, intent=Intent.THERAPEUTIC)
    services.history.add(patient_id, event)


def test_that_the_opening_holds_it_and_undo_puts_it_back_for_good(
    window: MainWindow, services: Services, visit: Booking, settle: Settle
) -> None:
    _use_up(services, visit.patient_id)
    window.rechecking.start()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.HELD
    assert "Authorization A-1 has no units left for this visit." in window.status_line.sentence()
    window.status_line.undo()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.BOOKED


def test_that_an_act_of_a_person_keeps_its_undo_and_takes_the_hold_back_with_it(
    window: MainWindow, services: Services, visit: Booking, settle: Settle
) -> None:
    window.rechecking.start()
    settle()
    event = performed("2026-11-20", Family.EPIDURAL, "L4-L5", approach=Approach.INTERLAMINAR, intent=Intent.THERAPEUTIC)
    window.show_done(services.history.add(visit.patient_id, event))
    told = window.status_line.sentence()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.HELD
    assert window.status_line.sentence() == told
    window.status_line.undo()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.BOOKED


def test_that_it_is_held_when_the_day_turns(
    window: MainWindow, services: Services, visit: Booking, settle: Settle, clock: FixedClock
) -> None:
    window.rechecking.start()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.BOOKED
    _use_up(services, visit.patient_id)
    clock.day = date(2026, 12, 1)
    window.rechecking.look_at_day()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.HELD


@pytest.mark.parametrize(("role", "offered"), [(Role.VIEWER, False), (Role.SCHEDULER, True)])
def test_that_its_undo_is_offered_to_those_only_who_may_undo(
    window: MainWindow, services: Services, role: Role, offered: bool
) -> None:
    services.rights.role = role
    window.expiry_work.settled.emit(Done(1, Changes(), "1 visit went on hold.", UndoToken("act")))

    assert window.status_line.sentence() == "1 visit went on hold."
    assert window.status_line.offers_undo() is offered
