"""Reads the courses that the planner offers, strictly; their steps name lines of the pick list of procedures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from tracker.domain.anatomy import Side
from tracker.domain.course import Assumed
from tracker.domain.course_template import CourseTemplate, TemplateStep
from tracker.domain.procedure import ProcedureChoice
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Problems, Strict, read

_FILE = "courses.toml"
SideIn = Annotated[Side, Field(strict=False)]


class StepIn(Strict):
    choice: str
    side: SideIn | None = None
    assumed_percent: Annotated[float, Field(strict=False, ge=0, le=100)] | None = None
    assumed_months: Annotated[float, Field(strict=False, ge=0, le=36)] | None = None
    gap_days: Annotated[int, Field(ge=1)] = 1
    within_days: Annotated[int, Field(ge=1)] | None = None


class CourseIn(Strict):
    id: str
    label: str
    source: Annotated[str, Field(min_length=1)]
    step: Annotated[tuple[StepIn, ...], Field(strict=False, min_length=1)]


class CoursesFile(Strict):
    course: Annotated[tuple[CourseIn, ...], Field(strict=False)]


def read_course_templates(
    folder: RulePath, choices: Iterable[ProcedureChoice], problems: Problems
) -> tuple[CourseTemplate, ...]:
    """Return the templates in the order of the file."""
    file = read(folder / "procedures" / _FILE, CoursesFile, problems)
    by_id = {choice.id: choice for choice in choices}
    found: dict[str, CourseTemplate] = {}
    for course in file.course if file else ():
        if course.id in found:
            problems.add(_FILE, f"course {course.id}", "is there twice.")
        steps = [_step(step, by_id, f"course {course.id}, step {n}", problems) for n, step in enumerate(course.step, 1)]
        known = tuple(step for step in steps if step is not None)
        if known:
            found[course.id] = CourseTemplate(course.id, course.label, known, course.source)
    return tuple(found.values())


def _step(step: StepIn, choices: dict[str, ProcedureChoice], where: str, problems: Problems) -> TemplateStep | None:
    choice = choices.get(step.choice)
    if choice is None:
        problems.add(_FILE, where, f"{step.choice} is not among the procedures of choices.toml.")
        return None
    if step.side not in (None, Side.LEFT, Side.RIGHT):
        problems.add(_FILE, f"{where}, side", "is left or right, or left out.")
    if step.within_days is not None and step.within_days < step.gap_days:
        problems.add(_FILE, f"{where}, within_days", "lies before gap_days; exchange them.")
        return None
    given = (step.assumed_percent, step.assumed_months)
    assumed = Assumed(*given) if given != (None, None) else None
    return TemplateStep(choice, step.side, assumed, step.gap_days, step.within_days)
