"""The day's list and the days ahead: every open visit judged now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.builders import a_coverage, a_patient, a_provider, a_request, a_site, performed
from tests.fakes import FixedClock, SessionLimitJudge
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.booking import BookingStatus, Elsewhere, Override, OverrideReason
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import Place
from tracker.domain.verdict import CodeLine, CoveredBy, Finding, FindingCode, Outcome, Verdict
from tracker.services.desk.desk import DeskService
from tracker.services.pace import CalledOffError, Pace
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.schedule import ScheduleService, authorization_text

DAY = date(2026, 12, 3)


def _book(booking: BookingService, patient_id: str, day: date = DAY, **given: object) -> str:
    request = a_request(patient_id, day, **given)
    return booking.book(request, booking.check(request).fingerprint).value.id


def _another(patients: PatientService, last: str) -> str:
    patient = patients.add(a_patient(last=last)).value
    patients.add_coverage(patient.id, a_coverage())
    return patient.id


def test_that_a_day_lists_its_visits_by_time_with_their_answers(
    booking: BookingService, schedule: ScheduleService, patients: PatientService, desk: DeskService, patient_id: str
) -> None:
    provider = desk.providers()[0].id
    _book(booking, patient_id, starts=time(14), provider_id=provider)
    _book(booking, _another(patients, "Ruiz"), starts=time(8))
    _book(booking, _another(patients, "Cho"), date(2026, 12, 4))
    rows = schedule.day(DAY).rows
    assert [(row.patient.last, row.provider, row.flag) for row in rows] == [
        ("Ruiz", "", "Allowed"),
        ("Whitaker", "Lee", "Allowed"),
    ]
    assert (rows[1].procedure, rows[1].coverage) == ("MBB L4-5 right", "Medicare Part B")
    assert not any(row.flagged for row in rows)


def test_that_a_visit_is_judged_anew_when_the_history_changes(
    booking: BookingService,
    schedule: ScheduleService,
    history: HistoryService,
    judge: SessionLimitJudge,
    patient_id: str,
) -> None:
    judge.limit = 2
    _book(booking, patient_id)
    for day in ("2026-05-01", "2026-06-01"):
        history.add(patient_id, performed(day, place=Place.ELSEWHERE))
    row = schedule.day(DAY).rows[0]
    assert (row.outcome, row.flag) == (Outcome.NOT_ALLOWED, "Not before 05/02/2027")
    assert row.booking.verdict is not None
    assert row.booking.verdict.outcome is Outcome.ALLOWED
    assert (row.count, row.reason) == ("2 of 2 sessions used", "The limit is 2.")
    assert row.flagged


def test_that_a_closed_visit_is_shown_as_it_was_booked(
    booking: BookingService, schedule: ScheduleService, clock: FixedClock, judge: SessionLimitJudge, patient_id: str
) -> None:
    visit = _book(booking, patient_id)
    clock.day = DAY
    booking.set_status(visit, BookingStatus.DONE)
    judged = len(judge.cases)
    row = schedule.day(DAY).rows[0]
    assert (row.past, row.flag, row.outcome) == (True, "Allowed", Outcome.ALLOWED)
    assert len(judge.cases) == judged


def test_that_an_overridden_visit_says_so_as_long_as_something_stands_against_it(
    booking: BookingService, schedule: ScheduleService, judge: SessionLimitJudge, patient_id: str
) -> None:
    judge.limit = 0
    request = a_request(patient_id, DAY)
    booking.override(request, booking.check(request).fingerprint, Override(OverrideReason.SELF_PAY))
    assert schedule.day(DAY).rows[0].flag == "Overridden"
    judge.limit = 9
    assert schedule.day(DAY).rows[0].flag == "Allowed"


def test_that_a_visit_without_coverage_is_told_and_the_others_are_listed(
    booking: BookingService, schedule: ScheduleService, patients: PatientService, patient_id: str
) -> None:
    patient = patients.add(a_patient(last="Ruiz")).value
    ending = patients.add_coverage(patient.id, a_coverage()).value
    _book(booking, patient.id, starts=time(8))
    _book(booking, patient_id)
    patients.change_coverage(patient.id, a_coverage(id=ending.id, end=date(2026, 11, 30)))
    rows = schedule.day(DAY).rows
    assert [(row.outcome, row.flag) for row in rows] == [
        (Outcome.UNKNOWN, "Cannot check"),
        (Outcome.ALLOWED, "Allowed"),
    ]
    assert "no coverage on file" in rows[0].headline


def test_that_days_are_narrowed_to_a_provider_and_a_site(
    booking: BookingService, schedule: ScheduleService, patients: PatientService, desk: DeskService, patient_id: str
) -> None:
    provider = desk.add_provider(a_provider(name="Anil Patel", short="Patel")).value.id
    site = desk.add_site(a_site(name="Office", place_of_service="11")).value.id
    _book(booking, patient_id, provider_id=provider)
    _book(booking, _another(patients, "Ruiz"), site_id=site)
    assert [row.patient.last for row in schedule.day(DAY, provider_id=provider).rows] == ["Whitaker"]
    assert [row.patient.last for row in schedule.day(DAY, site_id=site).rows] == ["Ruiz"]


def test_that_the_days_ahead_hold_open_visits_only(
    booking: BookingService, schedule: ScheduleService, patients: PatientService, patient_id: str
) -> None:
    _book(booking, patient_id, date(2026, 11, 24))
    booking.set_status(_book(booking, _another(patients, "Ruiz")), BookingStatus.CANCELLED)
    _book(booking, _another(patients, "Cho"), date(2026, 12, 7))
    _book(booking, _another(patients, "Late"), date(2026, 12, 8))
    assert [row.patient.last for row in schedule.next_days(date(2026, 11, 24), 14)] == ["Whitaker", "Cho"]


def test_that_what_was_asked_about_elsewhere_is_part_of_the_answer_of_the_day(
    booking: BookingService, schedule: ScheduleService, patient_id: str
) -> None:
    _book(booking, patient_id, elsewhere=Elsewhere.NOT_ASKED)
    row = schedule.day(DAY).rows[0]
    assert (row.outcome, row.flag) == (Outcome.CAUTION, "Ask elsewhere")


def test_that_a_task_is_late_after_its_day_and_closed_with_a_reason(
    booking: BookingService, schedule: ScheduleService, judge: SessionLimitJudge, clock: FixedClock, patient_id: str
) -> None:
    judge.limit = 0
    request = a_request(patient_id, DAY)
    override = Override(OverrideReason.PAYER_EXCEPTION, reference="X-77")
    booking.override(request, booking.check(request).fingerprint, override)
    task = schedule.day(DAY).tasks[0]
    assert (task.late, task.patient.last, task.due) == (False, "Whitaker", clock.today())
    assert "X-77" in task.text
    clock.day = DAY
    assert schedule.day(DAY).tasks[0].late
    with pytest.raises(InvalidEntryError):
        schedule.close_task(task.id, " ")
    schedule.close_task(task.id, "attached")
    assert schedule.day(DAY).tasks == ()
    with pytest.raises(ConflictError):
        schedule.close_task(task.id, "attached by another desk")


def test_that_a_row_says_what_kind_of_attention_it_needs(
    booking: BookingService, schedule: ScheduleService, history: HistoryService, judge: SessionLimitJudge,
    patient_id: str,
) -> None:  # fmt: skip
    judge.limit = 2
    _book(booking, patient_id)
    calm = schedule.day(DAY).rows[0]
    assert (calm.booked_as, calm.day_that_fits, calm.overridden, calm.lacks_authorization) == ("", None, False, False)
    for day in ("2026-05-01", "2026-06-01"):
        history.add(patient_id, performed(day, place=Place.ELSEWHERE))
    full = schedule.day(DAY).rows[0]
    assert (full.booked_as, full.day_that_fits) == ("Allowed on Thu 12/03/2026", date(2027, 5, 2))
    waiting = Finding(FindingCode.AUTHORIZATION, Outcome.NEEDS_AUTHORIZATION, "auth", "None is on file.")
    only_checked = Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, "auth", "Check it.")
    assert full.verdict is not None
    for finding, lacks in ((waiting, True), (only_checked, False)):
        judged = replace(full.verdict, findings=(*full.verdict.findings, finding))
        assert replace(full, verdict=judged).lacks_authorization is lacks


def _authorization(number: str, **given: object) -> Authorization:
    status = given.pop("status", AuthorizationStatus.APPROVED)
    lines = (AuthorizationLine("64493", 2, 1),)
    return Authorization(number, "medicare", status, lines=lines, **given)  # type: ignore[arg-type]  # test table


@pytest.mark.parametrize(
    ("authorizations", "text"),
    [
        ([], "–"),
        ([_authorization("A1")], "A1"),
        ([_authorization("A1", end=date(2026, 11, 20))], "A1, ended 11/20"),
        ([_authorization("A1", start=date(2026, 12, 10))], "A1, not yet 12/10"),
        ([_authorization("A1", end=date(2026, 1, 1)), _authorization("A2", end=DAY)], "A2"),
        ([_authorization("A1", status=AuthorizationStatus.PENDED)], "A1, pended"),
    ],
)
def test_that_an_authorization_is_named_with_what_is_left_of_it(authorizations: list[Authorization], text: str) -> None:
    verdict = Verdict(Outcome.ALLOWED, DAY, DAY, codes=(CodeLine("64493"),))
    assert authorization_text(authorizations, verdict, "medicare", DAY) == text


def test_that_the_approval_that_covers_a_visit_is_named_with_what_is_left_of_it() -> None:
    covered = (CoveredBy("A1", "64493", 2, DAY), CoveredBy("A1", "64494", 1, DAY))
    verdict = Verdict(Outcome.ALLOWED, DAY, DAY, codes=(CodeLine("64493"), CodeLine("64494")), approvals=covered)
    assert authorization_text([_authorization("A1")], verdict, "medicare", DAY) == "A1, 1 left"
    endless = replace(verdict, approvals=(CoveredBy("A1", "64493", None, None),))
    assert authorization_text([_authorization("A1")], endless, "medicare", DAY) == "A1"


def test_that_an_approval_of_the_days_that_does_not_cover_the_visit_is_said_not_to_fit() -> None:
    wanting = Finding(FindingCode.AUTHORIZATION, Outcome.NEEDS_AUTHORIZATION, "plan-authorization", "It wants one.")
    verdict = Verdict(Outcome.NEEDS_AUTHORIZATION, DAY, DAY, (wanting,), (CodeLine("64493"),))
    assert authorization_text([_authorization("A1")], verdict, "medicare", DAY) == "A1, does not fit"


def test_that_the_days_ahead_tell_how_far_they_are_and_stop_when_called_off(
    schedule: ScheduleService, booking: BookingService, patient_id: str
) -> None:
    request = a_request(patient_id, date(2026, 12, 3))
    booking.book(request, booking.check(request).fingerprint)
    heard: list[tuple[int, int]] = []
    schedule.next_days(date(2026, 11, 24), 14, Pace(lambda done, total: heard.append((done, total))))
    assert heard == [(0, 1), (1, 1)]
    with pytest.raises(CalledOffError):
        schedule.next_days(date(2026, 11, 24), 14, Pace(cancelled=lambda: True))
