"""Checking, booking, overriding, moving and closing visits, on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.builders import a_coverage, a_patient, a_provider, a_request, performed
from tests.fakes import FixedClock, SessionLimitJudge
from tracker.domain.booking import BookingStatus, Elsewhere, Override, OverrideReason
from tracker.domain.coverage import first_paying
from tracker.domain.errors import ConflictError, InvalidEntryError, StaleAnswerError
from tracker.domain.event import EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import Outcome
from tracker.services.desk.clinic_settings import ClinicSettingsService
from tracker.services.desk.desk import DeskService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import AnswerChangedError, BookingService
from tracker.services.visits.schedule import ScheduleService

DAY = date(2026, 12, 3)
FOUR = ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13")


@pytest.fixture
def full(history: HistoryService, patient_id: str) -> str:
    """A patient whose four sessions are used up until 13 January 2027."""
    for day in FOUR:
        history.add(patient_id, performed(day))
    return patient_id


def test_that_an_allowed_request_is_booked_and_becomes_part_of_the_history(
    booking: BookingService, patients: PatientService, patient_id: str
) -> None:
    request = a_request(patient_id, DAY)
    answer = booking.check(request)
    done = booking.book(request, answer.fingerprint)
    record = patients.get(patient_id)
    assert answer.headline == "Allowed on Thu 12/03/2026"
    assert answer.payer_label == "Medicare Part B"
    assert done.sentence == "Booked Whitaker, Doris  MBB L4-5 right, Thu 12/03/2026 9:30 AM"
    assert [row.event.status for row in record.events] == [EventStatus.BOOKED]
    assert record.bookings == (booking.get(done.value.id),)
    assert record.events[0].booking_id == done.value.id
    assert patient_id in done.changes.patients


def test_that_checking_writes_nothing(booking: BookingService, patients: PatientService, patient_id: str) -> None:
    booking.check(a_request(patient_id, DAY))
    assert patients.get(patient_id).events == ()


def test_that_a_full_window_is_told_with_its_count_and_the_first_free_day(booking: BookingService, full: str) -> None:
    answer = booking.check(a_request(full, DAY))
    assert answer.tone is Outcome.NOT_ALLOWED
    assert answer.headline == "Not before Wed 01/13/2027"
    assert answer.count == "4 of 4 sessions used"
    counted = [answer.case_events[mark.event_id].event.when.first for mark in answer.verdict.tallies[0].counted]
    assert counted == [date.fromisoformat(day) for day in FOUR]


def test_that_a_refused_request_is_not_booked_without_a_reason(booking: BookingService, full: str) -> None:
    request = a_request(full, DAY)
    with pytest.raises(InvalidEntryError, match="Not before Wed 01/13/2027"):
        booking.book(request, booking.check(request).fingerprint)


def test_that_an_answer_that_changed_since_it_was_seen_is_not_booked(
    booking: BookingService, history: HistoryService, full: str, patients: PatientService
) -> None:
    request = a_request(full, date(2027, 1, 13))
    seen = booking.check(request)
    history.add(full, performed("2026-11-02", place=Place.ELSEWHERE))
    with pytest.raises(StaleAnswerError) as caught:
        booking.book(request, seen.fingerprint)
    assert isinstance(caught.value, AnswerChangedError)
    assert caught.value.answer.tone is Outcome.NOT_ALLOWED
    assert patients.get(full).bookings == ()


def test_that_another_time_of_day_keeps_the_answer_valid(booking: BookingService, patient_id: str) -> None:
    request = a_request(patient_id, DAY)
    seen = booking.check(request).fingerprint
    assert booking.book(replace(request, starts=time(14), note="brings X-rays"), seen).value.starts == time(14)


def test_that_a_booked_visit_counts_as_planned(
    booking: BookingService, judge: SessionLimitJudge, patient_id: str
) -> None:
    judge.limit = 1
    first = a_request(patient_id, DAY)
    booking.book(first, booking.check(first).fingerprint)
    assert booking.check(a_request(patient_id, date(2027, 6, 1))).tone is Outcome.NOT_ALLOWED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": ()}, "Say where it goes"),
        ({"day": date(1950, 1, 1)}, "before the patient's birth"),
        ({"day": date(2016, 6, 30)}, "no coverage on file for Thu 06/30/2016"),
        ({"sites": ("L4-L5",)}, "L4-5 needs a side"),
        ({"intent": None}, "diagnostic or therapeutic"),
        ({"family": Family.EPIDURAL, "approach": None}, "which epidural"),
        ({"site_id": "nowhere"}, "where it is to be done"),
    ],
)
def test_that_what_is_missing_or_impossible_is_one_sentence(
    booking: BookingService, patient_id: str, change: dict[str, object], words: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        booking.check(a_request(patient_id, **({"day": DAY} | change)))  # type: ignore[arg-type]  # mixed table
    assert words in caught.value.sentence()


def test_that_a_caudal_epidural_needs_no_level(booking: BookingService, patient_id: str) -> None:
    request = a_request(
        patient_id, DAY, family=Family.EPIDURAL, intent=Intent.THERAPEUTIC, approach=Approach.CAUDAL, targets=()
    )
    assert booking.check(request).request.targets[0].level.name == "caudal"


def test_that_nobody_having_asked_about_elsewhere_is_a_caution(booking: BookingService, patient_id: str) -> None:
    answer = booking.check(a_request(patient_id, DAY, elsewhere=Elsewhere.NOT_ASKED))
    assert answer.tone is Outcome.CAUTION
    assert answer.verdict.findings[0].rule == "elsewhere-not-asked"


def test_that_injections_elsewhere_are_unknown_until_one_is_entered(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    request = a_request(patient_id, DAY, elsewhere=Elsewhere.YES)
    before = booking.check(request)
    told = performed("2026-05", place=Place.ELSEWHERE, evidence=EventEvidence.PATIENT_REPORTED)
    history.add(patient_id, told, "Dr. Bower")
    assert (before.tone, before.verdict.findings[0].rule) == (Outcome.UNKNOWN, "elsewhere-not-entered")
    assert booking.check(request).tone is Outcome.ALLOWED


def test_that_the_same_procedure_is_not_booked_twice_on_a_day(booking: BookingService, patient_id: str) -> None:
    request = a_request(patient_id, DAY)
    booking.book(request, booking.check(request).fingerprint)
    again = replace(request, starts=time(15))
    with pytest.raises(ConflictError, match="booked for this patient already, Thu 12/03/2026 at 9:30 AM"):
        booking.book(again, booking.check(again).fingerprint)


@pytest.mark.parametrize(
    ("starts", "free"), [(time(9, 59), False), (time(10), True), (time(9), True), (time(9, 1), False)]
)
def test_that_a_provider_is_in_one_place_at_a_time(
    booking: BookingService, patients: PatientService, desk: DeskService, patient_id: str, starts: time, free: bool
) -> None:
    other = patients.add(a_patient(last="Ruiz")).value.id
    patients.add_coverage(other, a_coverage())
    provider = desk.providers()[0].id
    first = a_request(patient_id, DAY, provider_id=provider)
    booking.book(first, booking.check(first).fingerprint)
    second = a_request(other, DAY, provider_id=provider, starts=starts)
    seen = booking.check(second).fingerprint
    if free:
        assert booking.book(second, seen).value.starts == starts
    else:
        with pytest.raises(ConflictError, match="another visit from 9:30 AM to 10:00 AM"):
            booking.book(second, seen)


def test_that_a_day_that_is_past_cannot_be_booked(booking: BookingService, patient_id: str) -> None:
    request = a_request(patient_id, date(2026, 11, 23))
    with pytest.raises(InvalidEntryError, match="is past"):
        booking.book(request, booking.check(request).fingerprint)


def test_that_a_visit_of_today_can_be_booked(booking: BookingService, patient_id: str, clock: FixedClock) -> None:
    request = a_request(patient_id, clock.today())
    assert booking.book(request, booking.check(request).fingerprint).value.day == clock.today()


def test_that_an_override_is_signed_and_leaves_its_task(
    booking: BookingService, schedule: ScheduleService, clock: FixedClock, full: str
) -> None:
    request = a_request(full, DAY)
    override = Override(OverrideReason.CLINICIAN_APPEAL, "peer-to-peer asked for")
    done = booking.override(request, booking.check(request).fingerprint, override)
    tasks = schedule.day(clock.today()).tasks
    assert done.sentence.startswith("Booked against the answer: ")
    assert done.value.override is not None
    assert (done.value.override.by, done.value.override.at) == ("Jo Diaz", clock.now())
    assert done.value.verdict is not None
    assert done.value.verdict.outcome is Outcome.NOT_ALLOWED
    assert [(task.due, task.booking_id) for task in tasks] == [(date(2026, 11, 25), done.value.id)]
    assert "appeal" in booking.next_steps(override)


@pytest.mark.parametrize(
    "override",
    [
        Override(OverrideReason.PAYER_EXCEPTION),
        Override(OverrideReason.URGENT, "today please"),
        Override(OverrideReason.OTHER, "because of me"),
    ],
)
def test_that_a_reason_without_what_it_needs_books_nothing(
    booking: BookingService, patients: PatientService, full: str, override: Override
) -> None:
    request = a_request(full, DAY)
    with pytest.raises(InvalidEntryError):
        booking.override(request, booking.check(request).fingerprint, override)
    assert patients.get(full).bookings == ()


@pytest.mark.parametrize("reason", list(OverrideReason))
def test_that_every_reason_leaves_exactly_one_task(
    booking: BookingService, schedule: ScheduleService, full: str, reason: OverrideReason
) -> None:
    request = a_request(full, DAY)
    override = Override(reason, "long enough to be a reason", "REF-1")
    booking.override(request, booking.check(request).fingerprint, override)
    assert len(schedule.day(DAY).tasks) == 1
    assert booking.next_steps(override).startswith("Adds a task")


def test_that_an_allowed_visit_takes_no_override(booking: BookingService, patient_id: str) -> None:
    request = a_request(patient_id, DAY)
    with pytest.raises(InvalidEntryError, match="no reason is needed"):
        booking.override(request, booking.check(request).fingerprint, Override(OverrideReason.SELF_PAY))


def test_that_moving_leaves_the_visit_itself_out_of_the_count(
    booking: BookingService, judge: SessionLimitJudge, patient_id: str
) -> None:
    judge.limit = 1
    request = a_request(patient_id, DAY)
    visit = booking.book(request, booking.check(request).fingerprint).value
    answer = booking.check_move(visit.id, date(2026, 12, 10))
    moved = booking.move(visit.id, date(2026, 12, 10), time(11), answer.fingerprint).value
    assert answer.tone is Outcome.CAUTION
    assert (moved.day, moved.starts) == (date(2026, 12, 10), time(11))
    assert booking.get(visit.id) == moved
    assert moved.event.when == PartialDate.on(date(2026, 12, 10))


def test_that_moving_an_overridden_visit_to_a_free_day_closes_its_task(
    booking: BookingService, schedule: ScheduleService, full: str
) -> None:
    request = a_request(full, DAY)
    override = Override(OverrideReason.SELF_PAY)
    visit = booking.override(request, booking.check(request).fingerprint, override).value
    answer = booking.check_move(visit.id, date(2027, 1, 13))
    assert booking.move(visit.id, date(2027, 1, 13), None, answer.fingerprint).value.override is None
    assert schedule.day(DAY).tasks == ()


def test_that_a_visit_that_is_done_counts_as_performed(
    booking: BookingService, patients: PatientService, clock: FixedClock, patient_id: str
) -> None:
    request = a_request(patient_id, DAY)
    visit = booking.book(request, booking.check(request).fingerprint).value
    clock.day = DAY
    booking.set_status(visit.id, BookingStatus.ARRIVED)
    done = booking.set_status(visit.id, BookingStatus.DONE)
    assert done.value.status is BookingStatus.DONE
    assert patients.get(patient_id).events[0].event.status is EventStatus.PERFORMED


@pytest.mark.parametrize("status", [BookingStatus.DONE, BookingStatus.NO_SHOW, BookingStatus.ARRIVED])
def test_that_a_visit_to_come_cannot_have_happened(
    booking: BookingService, patient_id: str, status: BookingStatus
) -> None:
    request = a_request(patient_id, DAY)
    visit = booking.book(request, booking.check(request).fingerprint).value
    with pytest.raises(InvalidEntryError, match="has not come yet"):
        booking.set_status(visit.id, status)


def test_that_a_cancelled_visit_frees_its_place_and_stays_cancelled(
    booking: BookingService, judge: SessionLimitJudge, patient_id: str
) -> None:
    judge.limit = 1
    request = a_request(patient_id, DAY)
    visit = booking.book(request, booking.check(request).fingerprint).value
    booking.set_status(visit.id, BookingStatus.CANCELLED)
    assert booking.check(request).tone is Outcome.CAUTION
    with pytest.raises(InvalidEntryError, match="that stands"):
        booking.set_status(visit.id, BookingStatus.BOOKED)


def test_that_undoing_a_booking_takes_everything_of_it_back(
    booking: BookingService, patients: PatientService, schedule: ScheduleService, undo: UndoService, full: str
) -> None:
    request = a_request(full, DAY)
    override = Override(OverrideReason.URGENT, reference="Dr. Lee")
    done = booking.override(request, booking.check(request).fingerprint, override)
    assert done.undo is not None
    again = undo.undo(done.undo)
    assert patients.get(full).bookings == ()
    assert len(patients.get(full).events) == 4
    assert schedule.day(DAY).tasks == ()
    assert again.undo is not None
    undo.undo(again.undo)
    assert len(patients.get(full).bookings) == 1
    assert len(schedule.day(DAY).tasks) == 1


def test_that_an_act_is_not_undone_over_a_later_change(
    booking: BookingService, undo: UndoService, patient_id: str
) -> None:
    request = a_request(patient_id, DAY)
    done = booking.book(request, booking.check(request).fingerprint)
    booking.set_status(done.value.id, BookingStatus.CONFIRMED)
    assert done.undo is not None
    with pytest.raises(ConflictError, match="changed this meanwhile"):
        undo.undo(done.undo)
    assert booking.get(done.value.id).status is BookingStatus.CONFIRMED


def test_that_a_chosen_coverage_decides_and_one_that_ended_is_refused(
    booking: BookingService, patients: PatientService, judge: SessionLimitJudge, patient_id: str
) -> None:
    second = patients.add_coverage(patient_id, a_coverage(payer="cigna", plan="PPO", order=2, end=date(2026, 12, 31)))
    chosen = a_request(patient_id, DAY, coverage_id=second.value.id)
    assert booking.check(chosen).payer_label == "Cigna PPO"
    assert judge.cases[-1].coverage is not None
    assert judge.cases[-1].coverage.payer == "cigna"
    with pytest.raises(InvalidEntryError, match="not in force on Fri 01/01/2027"):
        booking.check(replace(chosen, day=date(2027, 1, 1)))


def test_that_a_new_coverage_beside_one_that_nobody_ended_is_never_taken_silently(
    booking: BookingService, patients: PatientService, judge: SessionLimitJudge, patient_id: str
) -> None:
    """Which of the two is judged must not hang on how their rows happen to be sorted."""
    added = patients.add_coverage(patient_id, a_coverage(payer="aetna", start=date(2026, 11, 1))).value
    answer = booking.check(a_request(patient_id, DAY))
    paying = {coverage.payer for coverage in first_paying(judge.cases[-1].coverages, DAY)}
    booking.check(a_request(patient_id, DAY, coverage_id=added.id))

    assert answer.coverage is not None
    assert answer.coverage.id == added.id
    assert paying == {"medicare", "aetna"}
    assert [coverage.payer for coverage in first_paying(judge.cases[-1].coverages, DAY)] == ["aetna"]


def test_that_the_clinics_provider_stands_in_the_case_by_name(
    booking: BookingService, desk: DeskService, judge: SessionLimitJudge, patient_id: str
) -> None:
    provider = desk.add_provider(a_provider(name="Anil Patel, MD", short="")).value
    booking.check(a_request(patient_id, DAY, provider_id=provider.id))
    assert provider.short == "Patel"
    assert judge.cases[-1].proposal.provider == "Anil Patel, MD"


@pytest.fixture
def clinic_settings(transactions: Transactions, clock: FixedClock) -> ClinicSettingsService:
    return ClinicSettingsService(transactions, clock)


def test_that_the_open_day_behind_closed_ones_is_told_with_the_reason(
    booking: BookingService, full: str, clinic_settings: ClinicSettingsService
) -> None:
    assert booking.check(a_request(full, DAY)).open_day == date(2027, 1, 13)
    clinic_settings.close_day(date(2027, 1, 13), "The roof")
    told = booking.check(a_request(full, DAY))
    assert (told.verdict.earliest, told.open_day, told.closed) == (date(2027, 1, 13), date(2027, 1, 14), "The roof")

    clinic_settings.close_day(date(2027, 1, 14), "The roof")
    clinic_settings.close_day(date(2027, 1, 15), "The roof")
    assert booking.check(a_request(full, DAY)).open_day == date(2027, 1, 19)  # a weekend and a holiday between


def test_that_no_open_day_is_told_where_the_coverage_has_ended_by_then(
    booking: BookingService, patients: PatientService, full: str, clinic_settings: ClinicSettingsService
) -> None:
    (coverage,) = patients.get(full).coverages
    patients.change_coverage(full, replace(coverage, end=date(2027, 1, 13)))
    clinic_settings.close_day(date(2027, 1, 13), "The roof")
    answer = booking.check(a_request(full, DAY))
    assert (answer.verdict.earliest, answer.open_day) == (date(2027, 1, 13), None)


def test_that_an_open_day_that_is_not_allowed_itself_is_passed_over(
    booking: BookingService, full: str, clinic_settings: ClinicSettingsService
) -> None:
    fourth = a_request(full, date(2027, 1, 14))
    booking.book(fourth, booking.check(fourth).fingerprint)
    clinic_settings.close_day(date(2027, 1, 13), "The roof")
    answer = booking.check(a_request(full, DAY))
    assert (answer.verdict.earliest, answer.open_day) == (date(2027, 1, 13), date(2027, 2, 3))
