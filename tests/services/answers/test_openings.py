"""When it could be: a month judged day by day, and the next days within the limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.builders import a_request, performed
from tests.fakes import FixedClock, SessionLimitJudge
from tests.fixtures import TODAY
from tracker.domain.booking import BookingStatus
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome
from tracker.services.answers.openings import OpeningService
from tracker.services.desk.desk import DeskService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.visits.booking import BookingService

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def openings(transactions: Transactions, judge: SessionLimitJudge, clock: FixedClock) -> OpeningService:
    return OpeningService(transactions, judge, clock)


def fill(history: HistoryService, patient_id: str, *days: str) -> None:
    for day in days:
        history.add(patient_id, performed(day, a_request(patient_id, TODAY).family))


def test_that_days_before_the_first_eligible_one_break_the_rule_and_say_so(
    openings: OpeningService, history: HistoryService, patient_id: str
) -> None:
    fill(history, patient_id, "2025-12-08", "2026-03-02", "2026-06-01", "2026-09-01")
    month = openings.month(a_request(patient_id, TODAY), DECEMBER)
    by_day = {each.day: each for each in month.days}

    assert len(month.days) == 31
    assert by_day[date(2026, 12, 8)].outcome is Outcome.NOT_ALLOWED
    assert by_day[date(2026, 12, 8)].headline == "Not before Wed 12/09/2026"
    assert by_day[date(2026, 12, 8)].reason == "The limit is 4."
    assert by_day[date(2026, 12, 9)].eligible
    assert month.first == date(2026, 12, 9)


def test_that_days_on_which_the_clinic_is_closed_are_no_openings(openings: OpeningService, patient_id: str) -> None:
    month = openings.month(a_request(patient_id, TODAY), TODAY)
    closed = {each.day.day: each.closed for each in month.days if each.closed}

    assert closed[26] == "Thanksgiving Day"
    assert closed[28] == "closed on Saturdays"
    assert not {each.day for each in month.openings} & {date(2026, 11, 26), date(2026, 11, 28), date(2026, 11, 29)}
    assert month.openings[0].day == TODAY
    assert len(month.openings) == 10


def test_that_days_that_are_past_have_no_answer(openings: OpeningService, patient_id: str) -> None:
    month = openings.month(a_request(patient_id, TODAY), TODAY)

    assert [each.outcome for each in month.days[:23]] == [None] * 23
    assert all(each.outcome is not None for each in month.days[23:])


def test_that_openings_count_the_visits_of_the_provider_and_not_cancelled_ones(
    openings: OpeningService, booking: BookingService, patients: PatientService, desk: DeskService, patient_id: str
) -> None:
    provider = desk.providers()[0].id
    for number, family in enumerate((Family.TRIGGER_POINT, Family.FACET_ABLATION, Family.SCS_TRIAL)):
        request = a_request(patient_id, TODAY + timedelta(days=1), family=family, intent=None, approach=None)
        request = replace(request, starts=time(9 + number), provider_id=provider if number else "")
        made = booking.book(request, booking.check(request).fingerprint).value
        if number == 2:
            booking.set_status(made.id, BookingStatus.CANCELLED)
    asked = a_request(patient_id, TODAY)

    assert openings.month(replace(asked, provider_id=provider), TODAY).openings[1].visits == 1
    assert openings.month(asked, TODAY).openings[1].visits == 2


def test_that_without_coverage_there_is_no_opening_and_the_reason_is_told(
    openings: OpeningService, patients: PatientService
) -> None:
    from tests.builders import a_patient

    bare = patients.add(a_patient(last="Bare", mrn="X9")).value
    month = openings.month(a_request(bare.id, TODAY), TODAY)

    assert month.openings == ()
    assert month.first is None
    assert "no coverage" in month.because
    assert month.days[-1].outcome is Outcome.UNKNOWN


def test_that_openings_jump_over_what_is_full_without_judging_each_day(
    openings: OpeningService, history: HistoryService, judge: SessionLimitJudge, patient_id: str
) -> None:
    fill(history, patient_id, "2026-08-03", "2026-09-01", "2026-10-01", "2026-11-02")
    month = openings.month(a_request(patient_id, TODAY), TODAY)

    assert month.openings[0].day == date(2027, 8, 4)
    assert len(judge.cases) < 40
