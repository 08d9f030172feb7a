"""Courses of treatment: planned from a template, kept, planned again, and held or booked step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.anatomy import Target
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.clock import Clock
from tracker.domain.course import Course, NoPlan, Plan, StepState
from tracker.domain.effort import Effort
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.answers.answers import Answer, answer_for
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.clinic_days import clinic_days
from tracker.services.courses.course_steps import (
    PlanChangedError,
    as_assumed,
    check_steps,
    step_request,
    usual_provider,
    wanted_row,
    with_names,
    with_visit,
    without_lost_visit,
)
from tracker.services.courses.planned_course import PlannedCourse, StepRow, shown
from tracker.services.courses.step_providers import refuse_provider, with_providers
from tracker.services.garbage import uncollected
from tracker.services.transactions import Transactions
from tracker.services.visits.new_visits import add_visit
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act, Task, TaskKind
from tracker.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from tracker.domain.course_template import CourseTemplate

__all__ = ["PlanChangedError", "PlannedCourse", "PlanningService", "StepRow"]

Planner = Callable[[Case, Course, ClinicDays, Effort], Plan | NoPlan]
"""Finds the days of a course under the rules in force."""


class PlanningService:
    """`plan` never writes. What writes plans again inside its transaction, so no stale day can be booked."""

    def __init__(
        self,
        transactions: Transactions,
        judge: Judge,
        planner: Planner,
        payers: PayerNames,
        clock: Clock,
        templates: tuple[CourseTemplate, ...],
    ) -> None:
        self._transactions = transactions
        self._judge = judge
        self._planner = planner
        self._payers = payers
        self._clock = clock
        self._templates = templates

    def templates(self) -> tuple[CourseTemplate, ...]:
        return self._templates

    def draft(self, patient_id: str, template_id: str, targets: tuple[Target, ...], start: date) -> Course:
        """Return a course of the template, not kept yet. Raises InvalidEntryError where something is missing."""
        if start < self._clock.today():
            past = tr("{day} is past, so no course can start then.", day=us_date(start, True))
            raise InvalidEntryError(past, "", tr("Choose today or a later day."), about="day")
        found = next((each for each in self._templates if each.id == template_id), None)
        if found is None:
            raise InvalidEntryError(tr("Choose which course it is to be."), "", "", about="procedure")
        return found.course(patient_id, targets, start)

    def plan(self, course: Course, effort: Effort | None = None) -> PlannedCourse:
        """Find the days. Raises InvalidEntryError when a step is incomplete, EndedError when `effort` is at its end."""
        with self._transactions.reading() as uow:
            known = self._refreshed(uow, course)
            chart = Chart.load(uow, known.patient_id)
        with uncollected():
            planned = self._plan(chart, known, effort or Effort())
        with self._transactions.reading() as uow:
            return with_providers(uow, chart, planned)

    def courses(self, patient_id: str) -> tuple[Course, ...]:
        """Return the courses that are kept, the newest first."""
        with self._transactions.reading() as uow:
            return uow.courses.list_for(patient_id)

    def keep(self, course: Course) -> Done[Course]:
        """Keep the course, new or changed, so that it can be looked at and planned again."""
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, course.patient_id)
            check_steps(course, chart)
            course_id = self._put(uow, course)
            kept = uow.courses.get(course_id)
            act_id = uow.commit(Act("keep course", "course", course_id))
        return _done(
            kept, tr("Kept the course for {patient}: {course}", patient=_name(chart), course=kept.title), act_id
        )

    def remove(self, course_id: str) -> Done[Course]:
        """Take the plan away; visits that were held or booked for it stay."""
        with self._transactions.writing() as uow:
            gone = uow.courses.get(course_id)
            chart = Chart.load(uow, gone.patient_id)
            uow.courses.remove(course_id)
            act_id = uow.commit(Act("remove course", "course", course_id))
        return _done(
            gone, tr("Removed the course of {patient}: {course}", patient=_name(chart), course=gone.title), act_id
        )

    def hold(self, course: Course, place: int, seen: str) -> Done[Course]:
        """Hold the step's day: it keeps the slot and counts, and is booked when the results are on record."""
        return self._take(course, place, seen, BookingStatus.HELD)

    def book(self, course: Course, place: int, seen: str) -> Done[Course]:
        """Book the step as the rules allow it today, without what the plan assumes.

        Raises PlanChangedError (a StaleAnswerError) when the plan has another day or answer for the step by now.
        """
        return self._take(course, place, seen, BookingStatus.BOOKED)

    def _take(self, course: Course, place: int, seen: str, status: BookingStatus) -> Done[Course]:
        with self._transactions.writing() as uow:
            kept = self._refreshed(uow, course)
            chart = Chart.load(uow, kept.patient_id)
            planned = self._plan(chart, kept, Effort())
            row = wanted_row(planned, place, seen)
            refuse_provider(chart, row)
            answer = self._answer(uow, chart, kept, row, status)
            now, by = self._clock.now(), self._transactions.user.name
            booking = add_visit(uow, chart, answer, by, now, status=status)
            self._ask_for_approval(uow, booking, row)
            taken = replace(
                kept.steps[place], state=_STATE[status], day=row.day, event_id=booking.event.id, booking_id=booking.id
            )
            steps = tuple(taken if n == place else step for n, step in enumerate(kept.steps))
            course_id = self._put(uow, replace(kept, steps=steps))
            after = uow.courses.get(course_id)
            act_id = uow.commit(Act("hold" if status is BookingStatus.HELD else "book", "booking", booking.id))
        told = msg("Held {visit}") if status is BookingStatus.HELD else msg("Booked {visit}")
        visit = f"{_name(chart)}  {row.procedure}, {us_date(booking.day, True)}"
        return _done(after, tr(told, visit=visit), act_id)

    def _refreshed(self, uow: UnitOfWork, course: Course) -> Course:
        """Return the course as typed, with what became of its visits by now; one that was taken away is a new one."""
        on_file = uow.courses.find(course.id) if course.id else None
        if on_file is None:
            visits = uow.bookings.ids_by_event(course.patient_id)
            steps = tuple(replace(without_lost_visit(step, visits), id="") for step in course.steps)
            return replace(course, id="", version=1, steps=steps)
        present = {step.id: step for step in on_file.steps}
        return replace(course, steps=tuple(with_visit(step, present.get(step.id)) for step in course.steps))

    def _plan(self, chart: Chart, course: Course, effort: Effort) -> PlannedCourse:
        check_steps(course, chart)
        today = self._clock.today()
        case = Case(
            as_of=today,
            proposal=course.steps[0].proposal(course.start, chart.clinic.provider_name(usual_provider(chart))),
            site=chart.clinic.site(""),
            coverages=chart.coverages,
            history=tuple(entry.event for entry in chart.entries),
            authorizations=chart.authorizations,
            choices=chart.clinic.choices,
        )
        return shown(self._planner(case, with_names(course, chart), clinic_days(chart.clinic.settings, today), effort))

    def _answer(self, uow: UnitOfWork, chart: Chart, course: Course, row: StepRow, status: BookingStatus) -> Answer:
        """Return the answer under which the step is taken. Raises InvalidEntryError where it does not allow that."""
        held = status is BookingStatus.HELD
        request = step_request(course, row, chart)
        booking_ids = uow.bookings.ids_by_event(course.patient_id)
        asked = as_assumed(chart, course) if held else chart
        answer = answer_for(self._judge, asked, request, self._clock.today(), self._payers, booking_ids)
        if answer.tone > (Outcome.NEEDS_AUTHORIZATION if held else Outcome.CAUTION):
            told = (
                msg("{headline}, so step {number} was not held.")
                if held
                else msg("{headline}, so step {number} was not booked.")
            )
            title = tr(told, headline=answer.headline, number=row.number)
            ask = answer.verdict.worst.ask if answer.verdict.worst else ""
            remedy = ask or tr("Book it against the answer in Check and book.")
            raise InvalidEntryError(
                title, wording.reason_text(answer.verdict), remedy if held else tr("Hold it. {remedy}", remedy=remedy)
            )
        return answer

    def _put(self, uow: UnitOfWork, course: Course) -> str:
        if not course.id:
            return uow.courses.add(course, self._transactions.user.name, self._clock.now())
        uow.courses.change(course)
        return course.id

    def _ask_for_approval(self, uow: UnitOfWork, booking: Booking, row: StepRow) -> None:
        if row.request_by is not None:
            text = tr(
                "Request the authorization for {procedure} on {day}",
                procedure=row.procedure,
                day=us_date(booking.day, True),
            )
            by, at = self._transactions.user.name, self._clock.now()
            kind = TaskKind.REQUEST_AUTHORIZATION
            uow.tasks.add(Task(kind, booking.patient_id, text, row.request_by, by, at, booking.id))


_STATE = {BookingStatus.HELD: StepState.HELD, BookingStatus.BOOKED: StepState.BOOKED}


def _name(chart: Chart) -> str:
    return f"{chart.patient.last}, {chart.patient.first}"


def _done(course: Course, sentence: str, act_id: str) -> Done[Course]:
    changes = Changes.of(course.patient_id, Kind.COURSES, Kind.BOOKINGS, Kind.EVENTS)
    return Done(course, changes, sentence, UndoToken(act_id, sentence))
