"""Adding, correcting and striking out what was done."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import a_patient, a_request, performed
from tests.fakes import FixedClock
from tracker.domain.anatomy import Region
from tracker.domain.booking import BookingStatus
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.procedure import Family
from tracker.services.desk.desk import DeskService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.schedule import ScheduleService


def test_that_everything_known_of_an_event_comes_back_as_entered(
    history: HistoryService, patients: PatientService, patient_id: str
) -> None:
    events = [
        performed(
            "2026-01-12", Family.FACET_INJECTION, "L4-L5 left", "L5-S1 both", relief_percent=85.0, relief_months=0.5
        ),
        performed("2026-03", place=Place.ELSEWHERE, evidence=EventEvidence.PATIENT_REPORTED, payer="cigna"),
        Event("", PartialDate.parse("2025"), Family.EPIDURAL, region=Region.LUMBAR_SACRAL, note="fax, page 2"),
        performed("2026-05-04", Family.FACET_INJECTION, "nerves L3 L4 L5 left", status=EventStatus.ABORTED),
    ]
    added = [history.add(patient_id, event).value.event for event in events]
    stored = {row.event.id: row.event for row in patients.get(patient_id).events}
    assert [replace(stored[event.id], id="") for event in added] == events
    assert stored[added[2].id].note == "fax, page 2"


def test_that_an_entry_names_its_provider_source_and_origin(
    history: HistoryService, desk: DeskService, patient_id: str
) -> None:
    ours = history.add(patient_id, performed("2026-01-12"), desk.providers()[0].id).value
    theirs = history.add(
        patient_id, performed("2026", place=Place.ELSEWHERE, evidence=EventEvidence.PATIENT_REPORTED), " Dr. Bower "
    ).value
    assert (ours.provider, ours.source_label) == ("Lee", "ours")
    assert ours.provenance == "Entered by Jo Diaz on 11/24/2026"
    assert (theirs.provider, theirs.source_label) == ("Dr. Bower", "elsewhere")
    assert theirs.provenance == "Entered by Jo Diaz on 11/24/2026, as the patient told it"


def test_that_a_correction_keeps_the_image_before(
    history: HistoryService, transactions: Transactions, patient_id: str
) -> None:
    row = history.add(patient_id, performed("2026-01-12")).value
    corrected = history.correct(patient_id, replace(row.event, when=PartialDate.parse("2026-01-13")), row.version)
    with transactions.reading() as uow:
        images = [json.loads(image) for image in uow.acts.images_before("event", row.event.id)]
    assert corrected.value.version == row.version + 1
    assert [image["first_day"] for image in images] == ["2026-01-12"]


def test_that_two_desks_do_not_correct_the_same_entry_unseen(history: HistoryService, patient_id: str) -> None:
    row = history.add(patient_id, performed("2026-01-12")).value
    history.correct(patient_id, replace(row.event, note="told"), row.version)
    with pytest.raises(ConflictError, match="changed this entry meanwhile"):
        history.correct(patient_id, replace(row.event, note="other"), row.version)


def test_that_a_removed_entry_stays_on_file_with_its_reason_and_comes_back_by_undo(
    history: HistoryService, patients: PatientService, undo: UndoService, transactions: Transactions, patient_id: str
) -> None:
    row = history.add(patient_id, performed("2026-01-12")).value
    done = history.remove(patient_id, row.event.id, row.version, "entered twice")
    assert patients.get(patient_id).events == ()
    with transactions.reading() as uow:
        struck = uow.events.get(row.event.id)
    assert (struck.struck, struck.struck_reason) == (True, "entered twice")
    assert done.undo is not None
    undo.undo(done.undo)
    assert [kept.event.id for kept in patients.get(patient_id).events] == [row.event.id]


def test_that_an_entry_is_not_removed_without_a_reason(history: HistoryService, patient_id: str) -> None:
    row = history.add(patient_id, performed("2026-01-12")).value
    with pytest.raises(InvalidEntryError, match="Say why"):
        history.remove(patient_id, row.event.id, row.version, "  ")


def test_that_an_entry_is_changed_only_through_its_own_patient(
    history: HistoryService, patients: PatientService, patient_id: str
) -> None:
    row = history.add(patient_id, performed("2026-01-12")).value
    other = patients.add(a_patient()).value.id
    with pytest.raises(ConflictError):
        history.remove(other, row.event.id, row.version, "by mistake")


def test_that_the_future_is_booked_and_not_entered(history: HistoryService, patient_id: str) -> None:
    with pytest.raises(InvalidEntryError, match="has not come yet"):
        history.add(patient_id, performed("2026-11-25"))
    with pytest.raises(InvalidEntryError, match="is booked, not added"):
        history.add(patient_id, performed("2026-11-24", status=EventStatus.BOOKED))


def test_that_this_year_is_known_well_enough(history: HistoryService, patient_id: str) -> None:
    assert str(history.add(patient_id, performed("2026", place=Place.ELSEWHERE)).value.event.when) == "2026"


def test_that_a_visit_to_come_is_not_taken_out_of_the_history(
    history: HistoryService, booking: BookingService, patients: PatientService, patient_id: str
) -> None:
    request = a_request(patient_id, date(2026, 12, 3))
    booking.book(request, booking.check(request).fingerprint)
    row = patients.get(patient_id).events[0]
    with pytest.raises(InvalidEntryError, match="still to come"):
        history.remove(patient_id, row.event.id, row.version, "wrong")


def test_that_correcting_the_day_of_a_done_visit_moves_it_on_the_schedule_too(
    history: HistoryService,
    booking: BookingService,
    patients: PatientService,
    schedule: ScheduleService,
    clock: FixedClock,
    patient_id: str,
) -> None:
    request = a_request(patient_id, clock.today())
    visit = booking.book(request, booking.check(request).fingerprint).value
    booking.set_status(visit.id, BookingStatus.DONE)
    row = patients.get(patient_id).events[0]
    history.correct(patient_id, replace(row.event, when=PartialDate.parse("2026-11-23")), row.version)
    assert schedule.day(clock.today()).rows == ()
    assert [shown.booking.id for shown in schedule.day(date(2026, 11, 23)).rows] == [visit.id]
