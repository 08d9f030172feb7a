"""Changes of a course by the keys of its list; each returns another course."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.course import Course, CourseStep
from tracker.domain.windows import ONE_DAY


def later(course: Course, place: int, day: date | None) -> Course:
    """Let the step come a day later than the day found for it."""
    step = course.steps[place]
    from_day = day or step.not_before or course.start
    return course if step.taken else with_step(course, place, replace(step, not_before=from_day + ONE_DAY))


def sooner(course: Course, place: int) -> Course:
    """Let the step come a day sooner again, to the first day that fits at the most."""
    step = course.steps[place]
    if step.taken or step.not_before is None:
        return course
    day = step.not_before - ONE_DAY
    return with_step(course, place, replace(step, not_before=day if day > course.start else None))


def from_any_day(course: Course, place: int) -> Course:
    """Let go of the first day that was set for the step."""
    return with_step(course, place, replace(course.steps[place], not_before=None))


def with_step(course: Course, place: int, step: CourseStep) -> Course:
    """Put the step there; behind the last one it is added."""
    return replace(course, steps=(*course.steps[:place], step, *course.steps[place + 1 :]))


def without_step(course: Course, place: int) -> Course:
    """Take an open step away; the last one left stays."""
    if course.steps[place].taken or len(course.steps) == 1:
        return course
    return replace(course, steps=(*course.steps[:place], *course.steps[place + 1 :]))


def moved(course: Course, place: int, by: int) -> Course:
    """Let two open neighbours change places; what has its visit stays where it is."""
    first, second = sorted((place, place + by))
    if first < 0 or second >= len(course.steps) or course.steps[first].taken or course.steps[second].taken:
        return course
    swapped = (course.steps[second], course.steps[first])
    return replace(course, steps=(*course.steps[:first], *swapped, *course.steps[second + 1 :]))


def next_open(course: Course) -> int | None:
    """Return the first step without a visit, None when all have one."""
    return next((place for place, step in enumerate(course.steps) if not step.taken), None)
