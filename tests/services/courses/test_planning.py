"""Courses through real storage and the shipped rules: kept, held, booked, planned again, and never on a stale day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.builders import a_coverage, a_patient, a_provider, a_request, a_site
from tests.fakes import FixedClock
from tests.rules.asking import at, rules
from tracker.domain.booking import BookingStatus
from tracker.domain.course import Course, StepState
from tracker.domain.errors import ConflictError, InvalidEntryError, NotFoundError
from tracker.domain.event import EventStatus
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome
from tracker.services.clinic_days import federal_holidays
from tracker.services.courses.planning import PlanChangedError, PlannedCourse, PlanningService
from tracker.services.desk.desk import DeskService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.schedule import ScheduleService
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act

BOTH = at("L4-L5 both", "L5-S1 both")
START = date(2026, 11, 25)


@pytest.fixture
def in_force() -> RulesInForce:
    return RulesInForce(rules())


@pytest.fixture
def booking(
    transactions: Transactions, in_force: RulesInForce, payers: PayerNames, clock: FixedClock
) -> BookingService:
    return BookingService(transactions, in_force.judge, payers, clock)


@pytest.fixture
def schedule(
    transactions: Transactions, in_force: RulesInForce, payers: PayerNames, clock: FixedClock
) -> ScheduleService:
    return ScheduleService(transactions, in_force.judge, payers, clock)


@pytest.fixture
def planning(
    transactions: Transactions, in_force: RulesInForce, payers: PayerNames, clock: FixedClock, desk: DeskService
) -> PlanningService:
    desk.add_site(a_site(name="Second center"))
    desk.add_provider(a_provider(name="Anil Patel, MD", short="Patel"))
    return PlanningService(transactions, in_force.judge, in_force.plan, payers, clock, rules().courses)


@pytest.fixture
def course(planning: PlanningService, patient_id: str) -> Course:
    return planning.draft(patient_id, "facet-ablation", BOTH, START)


def held(planning: PlanningService, course: Course, *places: int) -> Course:
    for place in places:
        course = planning.hold(course, place, planning.plan(course).rows[place].fingerprint).value
    return course


def dates(plan: PlannedCourse) -> list[str]:
    return [row.day.isoformat() if row.day else "" for row in plan.rows]


def test_that_a_course_is_planned_on_days_of_the_clinic(planning: PlanningService, course: Course) -> None:
    plan = planning.plan(course)

    # 26 November is Thanksgiving; day 14 after the first block is in doubt.
    assert dates(plan) == ["2026-11-25", "2026-12-10", "2026-12-14", "2026-12-15"]
    assert plan.headline == "Done by Tue 12/15/2026"
    assert [row.procedure for row in plan.rows][2:] == ["RFA L4-5 L5-S1 left", "RFA L4-5 L5-S1 right"]
    assert plan.rows[2].assumption == "80% relief after steps 1 and 2"


def test_that_planning_writes_nothing(planning: PlanningService, course: Course, transactions: Transactions) -> None:
    with transactions.reading() as uow:
        before = uow.acts.latest_id()
    planning.plan(course)

    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before
    assert planning.courses(course.patient_id) == ()


def test_that_a_kept_course_comes_back_as_it_was_and_can_be_changed(planning: PlanningService, course: Course) -> None:
    steps = tuple(replace(step, not_before=date(2026, 12, 1), within_days=90) for step in course.steps)
    wanted = replace(course, steps=steps, until=date(2027, 6, 30), note="after the holidays")
    kept = planning.keep(wanted).value
    shorter = planning.keep(replace(kept, steps=kept.steps[:2])).value

    assert replace(kept, id="", version=1, steps=tuple(replace(s, id="") for s in kept.steps)) == wanted
    assert planning.courses(course.patient_id) == (shorter,)
    assert len(shorter.steps) == 2


def test_that_a_course_that_somebody_changed_meanwhile_is_not_overwritten(
    planning: PlanningService, course: Course
) -> None:
    kept = planning.keep(course).value
    planning.keep(replace(kept, note="first"))
    with pytest.raises(ConflictError):
        planning.keep(replace(kept, note="second"))


def test_that_a_held_step_keeps_its_day_and_counts(
    planning: PlanningService, course: Course, schedule: ScheduleService
) -> None:
    after = held(planning, course, 0)
    row = schedule.day(START).rows[0]

    assert (row.booking.status, row.booking.event.status) == (BookingStatus.HELD, EventStatus.BOOKED)
    assert (after.steps[0].state, after.steps[0].day) == (StepState.HELD, START)
    assert dates(planning.plan(after)) == ["2026-11-25", "2026-12-10", "2026-12-14", "2026-12-15"]


def test_that_all_steps_can_be_held_while_their_results_are_only_assumed(
    planning: PlanningService, course: Course, schedule: ScheduleService
) -> None:
    after = held(planning, course, 0, 1, 2, 3)

    assert {step.state for step in after.steps} == {StepState.HELD}
    ablation = schedule.day(date(2026, 12, 14)).rows[0]
    assert ablation.outcome is Outcome.UNKNOWN  # by itself it is judged without the assumption
    assert ablation.booking.verdict is not None


def test_that_a_step_whose_results_are_assumed_is_held_and_not_booked(
    planning: PlanningService, course: Course
) -> None:
    after = held(planning, course, 0, 1)
    with pytest.raises(InvalidEntryError, match="step 3 was not booked") as caught:
        planning.book(after, 2, planning.plan(after).rows[2].fingerprint)

    assert caught.value.remedy.startswith("Hold it. Ask how much")


def test_that_steps_are_taken_in_their_order(planning: PlanningService, course: Course) -> None:
    with pytest.raises(InvalidEntryError, match="rests on that of step 1") as caught:
        planning.hold(course, 1, planning.plan(course).rows[1].fingerprint)

    assert caught.value.remedy == "Hold or book step 1 first."


def test_that_a_step_is_booked_once(planning: PlanningService, course: Course) -> None:
    after = planning.book(course, 0, planning.plan(course).rows[0].fingerprint).value
    with pytest.raises(InvalidEntryError, match="has its visit already"):
        planning.book(after, 0, planning.plan(after).rows[0].fingerprint)

    assert after.steps[0].state is StepState.BOOKED


def test_that_another_visit_booked_in_between_stops_the_step(
    planning: PlanningService, course: Course, booking: BookingService, transactions: Transactions
) -> None:
    seen = planning.plan(course).rows[0].fingerprint
    other = a_request(course.patient_id, date(2026, 12, 2), sites=("L4-L5 left",))
    booking.book(other, booking.check(other).fingerprint)
    with transactions.reading() as uow:
        before = uow.acts.latest_id()
    with pytest.raises(PlanChangedError) as caught:
        planning.hold(course, 0, seen)

    assert caught.value.plan.rows[0].day != START
    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before
    assert planning.courses(course.patient_id) == ()


def test_that_undo_takes_back_the_visit_and_the_link(
    planning: PlanningService, course: Course, undo: UndoService, schedule: ScheduleService
) -> None:
    kept = planning.keep(course).value
    done = planning.hold(kept, 0, planning.plan(kept).rows[0].fingerprint)
    assert done.undo is not None
    undo.undo(done.undo)

    assert planning.courses(course.patient_id)[0].steps[0].state is StepState.OPEN
    assert schedule.day(START).rows == ()


def test_that_a_cancelled_visit_opens_its_step_again(
    planning: PlanningService, course: Course, booking: BookingService
) -> None:
    after = held(planning, course, 0)
    booking.set_status(after.steps[0].booking_id, BookingStatus.CANCELLED)
    (again,) = planning.courses(course.patient_id)

    assert (again.steps[0].state, again.steps[0].booking_id) == (StepState.OPEN, "")
    assert held(planning, again, 0).steps[0].state is StepState.HELD


def test_that_a_held_visit_becomes_a_booked_one(
    planning: PlanningService, course: Course, booking: BookingService
) -> None:
    after = held(planning, course, 0)
    done = booking.set_status(after.steps[0].booking_id, BookingStatus.BOOKED)

    assert done.value.status is BookingStatus.BOOKED
    assert done.sentence.startswith("Booked: ")
    assert planning.courses(course.patient_id)[0].steps[0].state is StepState.BOOKED


@pytest.mark.parametrize("status", [BookingStatus.BOOKED, BookingStatus.CONFIRMED])
def test_that_a_held_visit_is_not_booked_while_its_results_are_missing(
    planning: PlanningService, course: Course, booking: BookingService, status: BookingStatus
) -> None:
    after = held(planning, course, 0, 1, 2)
    with pytest.raises(InvalidEntryError, match="so the visit stays held"):
        booking.set_status(after.steps[2].booking_id, status)

    assert booking.get(after.steps[2].booking_id).status is BookingStatus.HELD


def test_that_a_course_goes_on_from_what_was_done(
    planning: PlanningService, course: Course, booking: BookingService, clock: FixedClock
) -> None:
    after = held(planning, course, 0)
    clock.day = START
    booking.set_status(after.steps[0].booking_id, BookingStatus.DONE)
    plan = planning.plan(planning.courses(course.patient_id)[0])

    assert (plan.rows[0].flag, plan.rows[0].verdict) == ("Done", None)
    assert dates(plan)[1] == "2026-12-10"


def test_that_an_approval_to_be_asked_for_becomes_a_task(
    planning: PlanningService, patients: PatientService, transactions: Transactions
) -> None:
    patient = patients.add(a_patient()).value
    patients.add_coverage(patient.id, a_coverage(payer="medicare-advantage", authorization_required=True))
    course = planning.draft(patient.id, "tf-series", at("L4-L5 left"), START)
    plan = planning.plan(course)
    held(planning, course, 0)
    with transactions.reading() as uow:
        tasks = uow.tasks.list_open()

    assert [(task.due, task.kind) for task in tasks] == [(plan.rows[0].request_by, "request-authorization")]


def test_that_a_removed_course_leaves_its_visits(
    planning: PlanningService, course: Course, schedule: ScheduleService
) -> None:
    after = held(planning, course, 0)
    planning.remove(after.id)

    assert planning.courses(course.patient_id) == ()
    assert len(schedule.day(START).rows) == 1
    with pytest.raises(NotFoundError):
        planning.remove(after.id)


def test_that_what_cannot_be_met_is_one_sentence_with_whom_to_ask(planning: PlanningService, patient_id: str) -> None:
    course = planning.draft(patient_id, "facet-ablation", BOTH, START)
    plan = planning.plan(replace(course, steps=course.steps[2:3]))

    assert (plan.outcome, plan.headline) == (Outcome.NOT_ALLOWED, "No day fits step 1")
    with pytest.raises(InvalidEntryError, match="No day fits step 1, so nothing was booked"):
        planning.hold(plan.course, 0, plan.rows[0].fingerprint)
    assert plan.why.startswith("Step 1, facet ablation: Needs 2 diagnostic facet sessions")


@pytest.mark.parametrize(
    ("template", "targets", "start", "words"),
    [
        ("facet-ablation", (), START, "Say where the course goes."),
        ("facet-ablation", at("L4-L5"), START, "L4-5 needs a side."),
        ("facet-ablation", BOTH, date(2026, 11, 1), "is past, so no course can start then."),
        ("no such", BOTH, START, "Choose which course it is to be."),
    ],
)
def test_that_wrong_input_is_told_in_a_sentence(
    planning: PlanningService, patient_id: str, template: str, targets: tuple[object, ...], start: date, words: str
) -> None:
    with pytest.raises(InvalidEntryError, match=words):
        planning.draft(patient_id, template, targets, start)  # type: ignore[arg-type]  # built by a parser


def test_that_an_incomplete_step_is_named(planning: PlanningService, course: Course) -> None:
    with pytest.raises(InvalidEntryError, match="Step 2: say which epidural it is"):
        planning.plan(
            replace(course, steps=(course.steps[0], replace(course.steps[1], family=Family.EPIDURAL, approach=None)))
        )


def test_that_a_side_without_levels_drops_its_step(planning: PlanningService, patient_id: str) -> None:
    course = planning.draft(patient_id, "facet-ablation", at("L4-L5 left"), START)

    assert [str(step.targets[0]) for step in course.steps] == ["L4-L5 left"] * 3


def test_that_the_clinics_own_days_are_minded(planning: PlanningService, course: Course, desk: DeskService) -> None:
    desk.change_settings(
        replace(desk.settings(), open_weekdays=frozenset({0, 3}), closed_days={date(2026, 12, 14): "the roof"})
    )
    assert dates(planning.plan(course)) == ["2026-11-30", "2026-12-17", "2026-12-21", "2026-12-24"]

    desk.change_settings(replace(desk.settings(), open_on_holidays=True))
    assert dates(planning.plan(course))[0] == "2026-11-26"
    with pytest.raises(InvalidEntryError, match="open on no day"):
        desk.change_settings(replace(desk.settings(), open_weekdays=frozenset()))


def test_that_federal_holidays_are_known_on_the_days_on_which_they_are_kept() -> None:
    days = federal_holidays(2026, 2028)

    assert days[date(2026, 11, 26)] == "Thanksgiving Day"
    assert date(2026, 7, 3) in days  # 4 July 2026 is a Saturday
    assert date(2028, 2, 29) not in days


# Time and provider of a step


@pytest.fixture
def lee(desk: DeskService, planning: PlanningService) -> str:
    return next(each.id for each in desk.providers() if each.active and each.short != "Patel")


@pytest.fixture
def patel(desk: DeskService, planning: PlanningService) -> str:
    return next(each.id for each in desk.providers() if each.short == "Patel")


def at_half_past_nine(course: Course, provider_id: str, place: int = 0) -> Course:
    step = replace(course.steps[place], starts=time(9, 30), provider_id=provider_id)
    return replace(course, steps=(*course.steps[:place], step, *course.steps[place + 1 :]))


def test_that_time_and_provider_of_a_step_are_kept_with_the_course(
    planning: PlanningService, course: Course, patel: str
) -> None:
    kept = planning.keep(at_half_past_nine(course, patel)).value
    (again,) = planning.courses(course.patient_id)

    assert (again.steps[0].starts, again.steps[0].provider_id) == (time(9, 30), patel)
    assert (kept.steps[1].starts, kept.steps[1].provider_id) == (None, "")
    assert [row.provider for row in planning.plan(again).rows] == ["Patel", "", "", ""]


@pytest.mark.parametrize("status", [BookingStatus.HELD, BookingStatus.BOOKED])
def test_that_a_step_is_taken_at_its_time_with_its_provider(
    planning: PlanningService, course: Course, patel: str, schedule: ScheduleService, status: BookingStatus
) -> None:
    wanted = at_half_past_nine(course, patel)
    take = planning.hold if status is BookingStatus.HELD else planning.book
    after = take(wanted, 0, planning.plan(wanted).rows[0].fingerprint).value
    (row,) = schedule.day(START).rows

    assert (row.booking.starts, row.booking.provider_id, row.booking.status) == (time(9, 30), patel, status)
    assert (after.steps[0].starts, after.steps[0].provider_id) == (time(9, 30), patel)


def test_that_a_visit_that_was_moved_shows_its_own_time(
    planning: PlanningService, course: Course, patel: str, lee: str, transactions: Transactions
) -> None:
    after = held(planning, at_half_past_nine(course, patel), 0)
    with transactions.writing() as uow:
        visit = uow.bookings.get(after.steps[0].booking_id)
        uow.bookings.change(replace(visit, starts=time(14), provider_id=lee))
        uow.commit(Act("change visit", "booking", visit.id))
    step = planning.plan(after).course.steps[0]

    assert (step.starts, step.provider_id) == (time(14), lee)


def test_that_a_cancelled_step_wants_its_time_and_provider_again(
    planning: PlanningService, course: Course, patel: str, booking: BookingService
) -> None:
    after = held(planning, at_half_past_nine(course, patel), 0)
    booking.set_status(after.steps[0].booking_id, BookingStatus.CANCELLED)
    (again,) = planning.courses(course.patient_id)

    assert (again.steps[0].state, again.steps[0].starts) == (StepState.OPEN, time(9, 30))
    assert again.steps[0].provider_id == patel


def busy(booking: BookingService, patients: PatientService, provider_id: str, starts: time) -> None:
    """Book somebody else with the provider on the day of the first step."""
    other = patients.add(a_patient(last="Ortiz", mrn="M-77")).value
    patients.add_coverage(other.id, a_coverage(authorization_required=False))
    request = a_request(other.id, START, starts=starts, provider_id=provider_id)
    answer = booking.check(request)
    booking.book(request, answer.fingerprint)


@pytest.mark.parametrize(
    ("starts", "free"), [(time(9, 1), False), (time(9, 59), False), (time(9), True), (time(10), True)]
)
def test_that_a_clash_of_the_provider_is_told_in_the_plan_and_stops_the_step(
    planning: PlanningService,
    course: Course,
    patel: str,
    booking: BookingService,
    patients: PatientService,
    starts: time,
    free: bool,
) -> None:
    busy(booking, patients, patel, starts)
    wanted = at_half_past_nine(course, patel)
    plan = planning.plan(wanted)
    assert bool(plan.rows[0].clash) is not free
    assert plan.clashes.startswith("Step 1: The provider has another visit from") is not free
    if free:
        planning.hold(wanted, 0, plan.rows[0].fingerprint)
        return
    with pytest.raises(ConflictError, match="The provider has another visit"):
        planning.hold(wanted, 0, plan.rows[0].fingerprint)
    assert planning.courses(course.patient_id) == ()


def test_that_a_provider_who_is_not_offered_any_more_is_told_and_not_booked(
    planning: PlanningService, course: Course, patel: str, desk: DeskService
) -> None:
    wanted = planning.keep(at_half_past_nine(course, patel)).value
    gone = next(each for each in desk.providers() if each.id == patel)
    desk.change_provider(replace(gone, active=False))
    plan = planning.plan(wanted)

    assert plan.rows[0].clash == "Anil Patel, MD is not offered any more."
    with pytest.raises(InvalidEntryError, match="Step 1: Anil Patel, MD is not offered any more"):
        planning.book(wanted, 0, plan.rows[0].fingerprint)


def test_that_the_usual_provider_is_one_who_is_offered(
    planning: PlanningService, course: Course, patel: str, lee: str, desk: DeskService, schedule: ScheduleService
) -> None:
    """Two are on file, one of them is offered: that one is meant where a step names nobody."""
    gone = next(each for each in desk.providers() if each.id == lee)
    desk.change_provider(replace(gone, active=False))
    held(planning, course, 0)

    assert schedule.day(START).rows[0].booking.provider_id == patel


def test_that_another_time_makes_a_plan_that_was_seen_stale(
    planning: PlanningService, course: Course, patel: str
) -> None:
    seen = planning.plan(course).rows[0].fingerprint
    with pytest.raises(PlanChangedError):
        planning.hold(at_half_past_nine(course, patel), 0, seen)
