"""Planned courses in the file, each with its steps and what became of their visits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from tracker.domain.booking import BookingStatus
from tracker.domain.course import Assumed, Course, CourseStep, StepState
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, Values
from tracker.storage.places import body_regions_of, body_regions_text, targets_of, targets_text
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.courses import course, course_step

_STEPS = select(
    course_step,
    booking.c.status.label("visit_status"),
    booking.c.day.label("visit_day"),
    booking.c.starts.label("visit_starts"),
    booking.c.provider_id.label("visit_provider"),
    booking.c.event_id,
).outerjoin(booking, booking.c.id == course_step.c.booking_id)
_STATES = {
    BookingStatus.HELD: StepState.HELD,
    BookingStatus.BOOKED: StepState.BOOKED,
    BookingStatus.CONFIRMED: StepState.BOOKED,
    BookingStatus.ARRIVED: StepState.BOOKED,
    BookingStatus.DONE: StepState.DONE,
}


class CourseRepository:
    """Courses by id and patient; a step whose visit was called off is open again."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, course_id: str) -> Course:
        return self._with_steps(self._ledger.row(course, course_id))

    def find(self, course_id: str) -> Course | None:
        row = self._ledger.connection.execute(select(course).where(course.c.id == course_id)).one_or_none()
        return self._with_steps(row) if row is not None else None

    def list_for(self, patient_id: str) -> tuple[Course, ...]:
        """Return the patient's courses, the newest first."""
        query = select(course).where(course.c.patient_id == patient_id).order_by(course.c.id.desc())
        return tuple(self._with_steps(row) for row in self._ledger.connection.execute(query).all())

    def add(self, new: Course, by: str, at: datetime) -> str:
        course_id = new.id or new_id()
        values = {"id": course_id, "version": 1, **_course_values(new), "made_by": by, "made_at": at}
        self._ledger.insert(course, values)
        for position, step in enumerate(new.steps):
            self._add_step(course_id, position, step)
        return course_id

    def change(self, changed: Course) -> None:
        """Write the course over the one on file. Raises ConflictError when that is past `changed.version`."""
        self._ledger.update(course, changed.id, changed.version, _course_values(changed))
        present = {row.id: row for row in self._ledger.connection.execute(_of_course(changed.id)).all()}
        for position, step in enumerate(changed.steps):
            row = present.pop(step.id, None)
            if row is None:
                self._add_step(changed.id, position, step)
            else:
                self._ledger.update(course_step, step.id, row.version, _step_values(changed.id, position, step))
        for step_id in present:
            self._ledger.delete(course_step, step_id)

    def remove(self, course_id: str) -> None:
        """Take the plan away; the visits that it led to stay."""
        for row in self._ledger.connection.execute(_of_course(course_id)).all():
            self._ledger.delete(course_step, row.id)
        self._ledger.delete(course, course_id)

    def _add_step(self, course_id: str, position: int, step: CourseStep) -> None:
        values = _step_values(course_id, position, step)
        self._ledger.insert(course_step, {"id": step.id or new_id(), "version": 1, **values})

    def _with_steps(self, row: Any) -> Course:
        steps = tuple(_step_of(step) for step in self._ledger.connection.execute(_of_course(row.id)).all())
        return Course(
            steps, row.start, row.until, row.title, row.template, row.note, row.patient_id, row.id, row.version
        )


def _of_course(course_id: str) -> Select[Any]:
    return _STEPS.where(course_step.c.course_id == course_id).order_by(course_step.c.position)


def _step_of(row: Any) -> CourseStep:
    state = _STATES.get(BookingStatus(row.visit_status), StepState.OPEN) if row.visit_status else StepState.OPEN
    taken = state is not StepState.OPEN
    given = (row.assumed_percent, row.assumed_months)
    return CourseStep(
        family=Family(row.family),
        intent=Intent(row.intent) if row.intent else None,
        approach=Approach(row.approach) if row.approach else None,
        targets=targets_of(row.targets),
        body_regions=body_regions_of(row.body_regions),
        assumed=Assumed(*given) if given != (None, None) else None,
        gap_days=row.gap_days,
        within_days=row.within_days,
        not_before=row.not_before,
        starts=row.visit_starts if taken else row.starts,
        provider_id=(row.visit_provider if taken else row.provider_id) or "",
        state=state,
        day=row.visit_day if taken else None,
        event_id=row.event_id if taken else "",
        booking_id=row.booking_id if taken else "",
        id=row.id,
    )


def _course_values(new: Course) -> Values:
    return {
        "patient_id": new.patient_id,
        "title": new.title,
        "template": new.template,
        "start": new.start,
        "until": new.until,
        "note": new.note,
    }


def _step_values(course_id: str, position: int, step: CourseStep) -> Values:
    return {
        "course_id": course_id,
        "position": position,
        "family": step.family.value,
        "intent": step.intent.value if step.intent else None,
        "approach": step.approach.value if step.approach else None,
        "targets": targets_text(step.targets),
        "body_regions": body_regions_text(step.body_regions),
        "assumed_percent": step.assumed.percent if step.assumed else None,
        "assumed_months": step.assumed.months if step.assumed else None,
        "gap_days": step.gap_days,
        "within_days": step.within_days,
        "not_before": step.not_before,
        "starts": step.starts,
        "provider_id": step.provider_id or None,
        "booking_id": step.booking_id or None,
    }
