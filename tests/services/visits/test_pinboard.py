"""The pinboard: parked requests are judged when they are shown, and go off with their booking or by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.builders import a_request, performed
from tests.fakes import FixedClock, SessionLimitJudge
from tests.fixtures import TODAY, USER
from tracker.domain.booking import BookingStatus, Elsewhere
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.services.changes import Kind
from tracker.services.desk.clinic_settings import ClinicSettingsService
from tracker.services.patients.history import HistoryService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.pinboard import PinboardService


@pytest.fixture
def pinboard(transactions: Transactions, judge: SessionLimitJudge, clock: FixedClock) -> PinboardService:
    return PinboardService(transactions, judge, clock)


def test_that_a_parked_request_comes_back_whole_with_who_and_when(pinboard: PinboardService, patient_id: str) -> None:
    asked = replace(a_request(patient_id, TODAY), starts=time(9, 30), note="stairs", elsewhere=Elsewhere.NONE)
    done = pinboard.pin(asked, " Tuesdays only ")
    row = pinboard.list().rows[0]

    assert row.request == asked
    assert (row.note, row.made_by, row.patient.id) == ("Tuesdays only", USER.name, patient_id)
    assert done.sentence.startswith("On the pinboard: ")
    assert done.changes.kinds == {Kind.PINS}


def test_that_the_earliest_day_is_judged_when_it_is_shown(
    pinboard: PinboardService, history: HistoryService, patient_id: str
) -> None:
    pinboard.pin(a_request(patient_id, TODAY))
    before = pinboard.list().rows[0].when
    for day in ("2025-12-08", "2026-03-02", "2026-06-01", "2026-09-01"):
        history.add(patient_id, performed(day, a_request(patient_id, TODAY).family))

    assert before == "any day"
    assert pinboard.list().rows[0].when == "from Wed 12/09/2026"


def test_that_a_day_on_which_the_clinic_is_closed_is_not_offered(
    pinboard: PinboardService,
    history: HistoryService,
    transactions: Transactions,
    clock: FixedClock,
    patient_id: str,
) -> None:
    pinboard.pin(a_request(patient_id, TODAY))
    for day in ("2025-12-08", "2026-03-02", "2026-06-01", "2026-09-01"):
        history.add(patient_id, performed(day, a_request(patient_id, TODAY).family))
    ClinicSettingsService(transactions, clock).close_day(date(2026, 12, 9), "The roof")
    row = pinboard.list().rows[0]

    assert (row.when, row.earliest) == ("from Thu 12/10/2026", date(2026, 12, 10))


def test_that_the_same_is_not_parked_twice(pinboard: PinboardService, patient_id: str) -> None:
    pinboard.pin(a_request(patient_id, TODAY))
    with pytest.raises(ConflictError, match="on the pinboard already"):
        pinboard.pin(a_request(patient_id, TODAY))


def test_that_what_is_taken_off_comes_back_by_undo(
    pinboard: PinboardService, undo: UndoService, patient_id: str
) -> None:
    pin_id = pinboard.pin(a_request(patient_id, TODAY)).value
    done = pinboard.take_off(pin_id)
    empty = pinboard.list()
    undo.undo(done.undo)

    assert empty.count == 0
    assert [row.id for row in pinboard.list().rows] == [pin_id]


def test_that_booking_takes_it_off_and_undo_brings_both_back(
    pinboard: PinboardService, booking: BookingService, undo: UndoService, patient_id: str
) -> None:
    request = a_request(patient_id, TODAY)
    pin_id = pinboard.pin(request).value
    done = booking.book(request, booking.check(request).fingerprint, pin_id)
    off = pinboard.list().count
    undo.undo(done.undo)

    assert off == 0
    assert Kind.PINS in done.changes.kinds
    assert pinboard.list().count == 1


def test_that_booking_something_else_leaves_it_there(
    pinboard: PinboardService, booking: BookingService, patient_id: str
) -> None:
    from tracker.domain.procedure import Family

    pin_id = pinboard.pin(a_request(patient_id, TODAY)).value
    other = a_request(patient_id, TODAY, family=Family.TRIGGER_POINT, intent=None, approach=None, targets=())
    booking.book(other, booking.check(other).fingerprint, pin_id)

    assert pinboard.list().count == 1


def test_that_a_cancelled_visit_can_be_parked_and_an_open_one_cannot(
    pinboard: PinboardService, booking: BookingService, patient_id: str
) -> None:
    request = a_request(patient_id, TODAY)
    visit = booking.book(request, booking.check(request).fingerprint).value
    with pytest.raises(InvalidEntryError, match="still booked"):
        pinboard.pin_visit(visit.id)
    booking.set_status(visit.id, BookingStatus.CANCELLED)
    pinboard.pin_visit(visit.id)

    assert pinboard.list().rows[0].request.targets == request.targets
