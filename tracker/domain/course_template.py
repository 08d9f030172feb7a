"""Courses that clinics plan often: the steps without their levels, which the patient's own fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.anatomy import Side, Target
from tracker.domain.course import Assumed, Course, CourseStep
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import MIDLINE_APPROACHES, ProcedureChoice, TargetKind


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """One step; `side` keeps only that side of the patient's levels, and drops the step where there is none."""

    choice: ProcedureChoice
    side: Side | None = None
    assumed: Assumed | None = None
    gap_days: int = 1
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class CourseTemplate:
    """A course from resources/procedures/courses.toml; `source`: where its figures come from."""

    id: str
    label: str
    steps: tuple[TemplateStep, ...]
    source: str = ""

    @property
    def targets(self) -> TargetKind:
        """What kind of place its first step goes to, and so all of it."""
        return self.steps[0].choice.targets

    def course(self, patient_id: str, targets: tuple[Target, ...], start: date) -> Course:
        """Return the course at the patient's levels. Raises InvalidEntryError where levels or sides are missing."""
        if not targets and self.targets not in (TargetKind.NONE, TargetKind.CAUDAL, TargetKind.BODY):
            remedy = tr("Type the levels, such as l45b for L4-5 on both sides.")
            raise InvalidEntryError(tr("Say where the course goes."), "", remedy, about="levels")
        without = next((target for target in targets if self.targets.sided and not target.side.single_sides), None)
        if without is not None:
            label = without.level.label
            raise InvalidEntryError(
                tr("{label} needs a side.", label=label), "", tr("Add l, r or b behind the level."), about="levels"
            )
        steps = tuple(step for each in self.steps if (step := _at(each, targets)) is not None)
        return Course(steps, start, title=self.label, template=self.id, patient_id=patient_id)


def _at(step: TemplateStep, targets: tuple[Target, ...]) -> CourseStep | None:
    there = targets
    if step.side is not None:
        there = tuple(Target(each.level, step.side) for each in targets if step.side in each.side.single_sides)
    if step.choice.approach in MIDLINE_APPROACHES:
        there = tuple(Target(each.level, Side.MIDLINE) for each in there)
    if step.side is not None and not there:
        return None
    choice = step.choice
    return CourseStep(
        choice.family, choice.intent, choice.approach, there, step.assumed, step.gap_days, step.within_days
    )
