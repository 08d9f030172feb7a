"""A planned course as the screens show it: a row a step, and the sentence that says what cannot be met."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.course import Assumed, Constraint, Course, CourseStep, NoPlan, Plan, PlannedStep, StepState
from tracker.domain.language import msg, tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome, Verdict
from tracker.services.words import wording


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. `day` is None where no day was found for it; `fingerprint` proves what was seen of it.

    `provider` is the name in short, `clash` why that provider cannot do it then, "" where nothing stands in the way.
    """

    number: int
    step: CourseStep
    procedure: str
    day: date | None
    outcome: Outcome | None
    flag: str
    headline: str
    reason: str
    assumption: str
    request_by: date | None
    verdict: Verdict | None
    fingerprint: str
    provider: str = ""
    clash: str = ""

    @property
    def place(self) -> int:
        return self.number - 1

    @property
    def label(self) -> str:
        return tr("Step {number}, {procedure}", number=self.number, procedure=self.procedure)


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """The course with its days; `constraints` are empty when every step has one."""

    course: Course
    rows: tuple[StepRow, ...]
    constraints: tuple[Constraint, ...] = ()
    complete: bool = True

    @property
    def headline(self) -> str:
        """Return the answer in one line, as it is read out on the phone."""
        if not self.constraints:
            last = self.rows[-1].day
            return tr("Done by {day}", day=us_date(last, weekday=True)) if last else ""
        step = next((row.number for row in self.rows if row.day is None), len(self.rows))
        return _no_day(step, self.course.until, self.complete)

    @property
    def outcome(self) -> Outcome:
        """The worst answer of all steps; not allowed, or cannot tell, where no days satisfy everything."""
        if self.constraints:
            finding = self.constraints[0].finding
            unknown = not self.complete or (finding is not None and finding.outcome is Outcome.UNKNOWN)
            return Outcome.UNKNOWN if unknown else Outcome.NOT_ALLOWED
        return max((row.outcome for row in self.rows if row.outcome), default=Outcome.ALLOWED)

    @property
    def why(self) -> str:
        """Return what cannot be met in sentences, "" when all can."""
        named = " ".join(each.sentence for each in self.constraints)
        return tr("{why} Not every order of days could be tried.", why=named) if named and not self.complete else named

    @property
    def ask(self) -> str:
        return " ".join(dict.fromkeys(each.ask for each in self.constraints if each.ask))

    @property
    def clashes(self) -> str:
        """Return which steps their providers cannot do at their time, in sentences."""
        return " ".join(tr("Step {n}: {clash}", n=row.number, clash=row.clash) for row in self.rows if row.clash)


def _no_day(step: int, until: date | None, complete: bool) -> str:
    if until is None:
        return tr("No day fits step {step}", step=step) if complete else tr("No day found for step {step}", step=step)
    day = us_date(until, weekday=True)
    if complete:
        return tr("No day fits step {step} by {day}", step=step, day=day)
    return tr("No day found for step {step} by {day}", step=step, day=day)


def shown(found: Plan | NoPlan) -> PlannedCourse:
    """Return the rows of a plan, or of what could be placed of it."""
    placed = found.steps if isinstance(found, Plan) else found.placed
    rows = [_row(place, step, found.course.steps) for place, step in enumerate(placed)]
    rows += [_without_day(place, step) for place, step in enumerate(found.course.steps) if place >= len(placed)]
    if isinstance(found, Plan):
        return PlannedCourse(found.course, tuple(rows))
    return PlannedCourse(found.course, tuple(rows), found.constraints, found.complete)


def _row(place: int, planned: PlannedStep, steps: tuple[CourseStep, ...]) -> StepRow:
    verdict, step = planned.verdict, planned.step
    return StepRow(
        number=place + 1,
        step=step,
        procedure=step_text(step),
        day=planned.day,
        outcome=verdict.outcome if verdict else None,
        flag=wording.short_flag(verdict) if verdict else tr(STATE_WORDS[step.state]),
        headline=wording.headline(verdict) if verdict else tr(STATE_WORDS[step.state]),
        reason=wording.reason_text(verdict) if verdict else "",
        assumption=_assumption(planned, steps),
        request_by=planned.request_by,
        verdict=verdict,
        fingerprint=_fingerprint(place, planned),
    )


def _without_day(place: int, step: CourseStep) -> StepRow:
    return StepRow(place + 1, step, step_text(step), None, None, "–", "", "", "", None, None, "")


STATE_WORDS = {
    StepState.OPEN: msg("Planned"),
    StepState.HELD: msg("Held"),
    StepState.BOOKED: msg("Booked"),
    StepState.DONE: msg("Done"),
}


def step_text(step: CourseStep) -> str:
    return wording.procedure_text(step.family, step.intent, step.approach, step.targets, step.body_regions)


def assumed_text(assumed: Assumed | None) -> str:
    """Return "80% relief", "50% relief for 3 months", "" where nothing is assumed."""
    if assumed is None:
        return ""
    relief = tr("{percent:g}% relief", percent=assumed.percent) if assumed.percent is not None else tr("relief")
    months = assumed.months
    if not months:
        return relief
    return tr_n("{relief} for {months} month", "{relief} for {months} months", 1 if months == 1 else 2, relief=relief,
                months=f"{months:g}")  # fmt: skip


def _assumption(planned: PlannedStep, steps: tuple[CourseStep, ...]) -> str:
    """Return "80% relief after steps 1 and 2": what the answer counts on and nobody has recorded yet."""
    by_result: dict[str, list[int]] = {}
    for place in planned.assumes:
        by_result.setdefault(assumed_text(steps[place].assumed), []).append(place)
    return "; ".join(
        tr_n(
            "{result} after step {numbers}",
            "{result} after steps {numbers}",
            len(places),
            result=result,
            numbers=_numbers(places),
        )
        for result, places in by_result.items()
    )


def _numbers(places: Iterable[int]) -> str:
    *others, last = (str(place + 1) for place in places)
    return tr("{others} and {last}", others=", ".join(others), last=last) if others else last


def _fingerprint(place: int, planned: PlannedStep) -> str:
    verdict = planned.verdict
    said = (verdict.outcome, verdict.findings, verdict.codes, verdict.policies) if verdict else ()
    step = planned.step
    asked = (place, planned.day, planned.assumes, step.family, step.intent, step.approach, step.targets, step.state)
    return hashlib.sha256(repr((asked, said, step.starts, step.provider_id)).encode()).hexdigest()[:32]
