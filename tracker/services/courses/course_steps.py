"""The steps of a course on their way to a visit: complete, as they were seen, in their order, as the plan assumes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tracker.domain.booking import BookingRequest
from tracker.domain.course import Course, CourseStep, StepState
from tracker.domain.errors import InvalidEntryError, NotFoundError, StaleAnswerError
from tracker.domain.language import tr
from tracker.services.answers.charts import Chart
from tracker.services.answers.complete_requests import check_complete
from tracker.services.courses.planned_course import PlannedCourse, StepRow


class PlanChangedError(StaleAnswerError):
    """Nothing was booked: the step is not what was seen any more. `plan` is the new one."""

    def __init__(self, plan: PlannedCourse) -> None:
        super().__init__(
            tr("The plan changed while you were looking, so nothing was booked."),
            "",
            tr("Read the new plan, then book again."),
        )
        self.plan = plan


def wanted_row(planned: PlannedCourse, place: int, seen: str) -> StepRow:
    """Return the step's row. Raises when it may not be taken now, or is not as it was seen."""
    if not 0 <= place < len(planned.rows):
        raise NotFoundError(tr("This step is not part of the course any more."), "", tr("Go back and look again."))
    row = planned.rows[place]
    if row.step.taken and row.fingerprint == seen:
        title = tr("Step {number} has its visit already, so nothing was booked.", number=row.number)
        raise InvalidEntryError(title, "", tr("Move that visit, or cancel it first."))
    if row.fingerprint != seen:
        raise PlanChangedError(planned)
    if planned.constraints:
        title = tr("{headline}, so nothing was booked.", headline=planned.headline)
        raise InvalidEntryError(title, planned.why, tr("Change the course, or book a single visit in Check and book."))
    earlier = next((each for each in planned.rows[:place] if not each.step.taken), None)
    if earlier is not None:
        rests = tr(
            "The day of step {number} rests on that of step {earlier}, which has no visit yet.",
            number=row.number,
            earlier=earlier.number,
        )
        raise InvalidEntryError(rests, "", tr("Hold or book step {number} first.", number=earlier.number))
    return row


def with_visit(step: CourseStep, present: CourseStep | None) -> CourseStep:
    if present is None:
        return step
    seen = replace(step, state=present.state, day=present.day, event_id=present.event_id, booking_id=present.booking_id)
    return replace(seen, starts=present.starts, provider_id=present.provider_id) if present.taken else seen


def without_lost_visit(step: CourseStep, visits: Collection[str]) -> CourseStep:
    """Return the step open again where its visit is not among the events of `visits` any more: it was taken back."""
    if not step.event_id or step.event_id in visits:
        return step
    return replace(step, state=StepState.OPEN, day=None, event_id="", booking_id="")


def step_request(course: Course, row: StepRow, chart: Chart) -> BookingRequest:
    step = row.step
    return BookingRequest(
        course.patient_id, step.family, row.day or course.start, step.intent, step.approach, step.targets,
        starts=step.starts, provider_id=provider_of(step, chart),
    )  # fmt: skip


def provider_of(step: CourseStep, chart: Chart) -> str:
    """Return who is to do it: the step's own provider, else the clinic's usual one; who did it where it is taken."""
    return step.provider_id if step.provider_id or step.taken else usual_provider(chart)


def with_names(course: Course, chart: Chart) -> Course:
    """Return the course with its providers' names, which an approval may have to agree with."""
    named = (replace(step, provider=chart.clinic.provider_name(step.provider_id)) for step in course.steps)
    return replace(course, steps=tuple(named))


def usual_provider(chart: Chart) -> str:
    """Return the clinic's usual provider, the only one, or ""."""
    offered = [each.id for each in chart.clinic.providers.values() if each.active]
    usual = chart.clinic.settings.get("default_provider", "")
    return usual if usual in offered else offered[0] if len(offered) == 1 else ""


def as_assumed(chart: Chart, course: Course) -> Chart:
    """Return the chart with the results that the plan counts on."""
    visits = {step.event_id: step for step in course.steps if step.event_id}
    entries = tuple(
        replace(entry, event=visits[entry.event.id].with_assumed(entry.event)) if entry.event.id in visits else entry
        for entry in chart.entries
    )
    return replace(chart, entries=entries)


def check_steps(course: Course, chart: Chart) -> None:
    """Raise InvalidEntryError, naming the step, when one of them can never be right or something is missing."""
    for number, step in enumerate(course.steps, 1):
        day = step.day or course.start
        request = BookingRequest(course.patient_id, step.family, day, step.intent, step.approach, step.targets)
        try:
            check_complete(request, chart.patient.born)
        except InvalidEntryError as error:
            lacks = error.title if error.about == "levels" else f"{error.title[0].lower()}{error.title[1:]}"
            title = tr("Step {number}: {lacks}", number=number, lacks=lacks)
            raise InvalidEntryError(title, error.detail, error.remedy, error.token, about=error.about) from None
