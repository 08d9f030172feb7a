"""A course of treatment: procedures one after the other, the dates found for them, or what makes that impossible."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum

from tracker.domain.anatomy import Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.proposal import Proposal
from tracker.domain.verdict import Finding, Verdict
from tracker.domain.windows import first_day_after_months

DECISION_DAYS = 7
"""Calendar days that a payer may take to decide on a request."""
MARGIN_DAYS = 3
"""Days kept free beside it, for sending the request and for reading the answer."""


class StepState(StrEnum):
    """Where a step stands: still open, or a visit of its own."""

    OPEN = "open"
    HELD = "held"
    BOOKED = "booked"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Assumed:
    """The result that the later steps count on, for as long as none is on record."""

    percent: float | None = None
    months: float | None = None

    def __post_init__(self) -> None:
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError("relief is 0 to 100 per cent.")
        if self.months is not None and not 0 <= self.months <= 36:
            raise ValueError("relief lasts 0 to 36 months.")


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One procedure of a course. `gap_days` and `within_days` count from the step before, `not_before` is a day.

    `starts` and `provider_id` are wanted for its visit; "" is the clinic's usual provider. `day`, `event_id` and both
    of these are those of the visit, once there is one (`state`). `provider` is the name, as approvals give it.
    """

    family: Family
    intent: Intent | None = None
    approach: Approach | None = None
    targets: tuple[Target, ...] = ()
    assumed: Assumed | None = None
    gap_days: int = 1
    within_days: int | None = None
    not_before: date | None = None
    starts: time | None = None
    provider_id: str = ""
    state: StepState = StepState.OPEN
    day: date | None = None
    event_id: str = ""
    booking_id: str = ""
    id: str = ""
    provider: str = field(default="", compare=False)
    body_regions: tuple[BodyRegion, ...] = ()

    def __post_init__(self) -> None:
        if self.gap_days < 1:
            raise ValueError("a step comes at least a day after the step before.")
        if self.within_days is not None and self.within_days < self.gap_days:
            raise ValueError("the latest day of a step lies before its earliest.")
        if (self.day is None) is not (self.state is StepState.OPEN):
            raise ValueError("a step has a day when it has a visit, and only then.")

    @property
    def taken(self) -> bool:
        """Tell whether it has a visit already."""
        return self.day is not None

    def proposal(self, day: date, provider: str = "") -> Proposal:
        procedure = (self.family, self.intent, self.approach, self.targets)
        return Proposal(day, *procedure, provider=self.provider or provider, body_regions=self.body_regions)

    def event(self, day: date, event_id: str, place_of_service: str | None = None) -> Event:
        """Return what the step adds to the history, with the result that is assumed."""
        assumed = self.assumed or Assumed()
        return Event(
            event_id,
            PartialDate.on(day),
            self.family,
            EventStatus.BOOKED,
            self.intent,
            self.approach,
            self.targets,
            relief_percent=assumed.percent,
            relief_months=assumed.months,
            body_regions=self.body_regions,
            place_of_service=place_of_service,
        )

    def with_assumed(self, event: Event) -> Event:
        """Return the event with the assumed result where none is on record."""
        if self.assumed is None or not self.assumes(event):
            return event
        return replace(event, relief_percent=self.assumed.percent, relief_months=self.assumed.months)

    def assumes(self, event: Event | None) -> bool:
        """Tell whether the result is an assumption still, the step's visit being `event` if it has one."""
        known = event is not None and (event.relief_percent is not None or event.relief_months is not None)
        return self.assumed is not None and not known

    def result_known_on(self, day: date) -> date:
        """Return the day from which the assumed result can be known: relief that shall last must have lasted."""
        months = math.ceil(self.assumed.months or 0) if self.assumed else 0
        return first_day_after_months(day, months) if months else day


@dataclass(frozen=True, slots=True)
class Course:
    """A patient's steps in their order, from `start` on, to be done by `until` where a day is set."""

    steps: tuple[CourseStep, ...]
    start: date
    until: date | None = None
    title: str = ""
    template: str = ""
    note: str = ""
    patient_id: str = ""
    id: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("a course has at least one step.")
        if self.until is not None and self.until < self.start:
            raise ValueError("the last day of a course lies before its start.")


class ConstraintKind(StrEnum):
    """What can stand in the way of a course."""

    RULE = "rule"
    OPEN_FACT = "open-fact"
    NO_RULES = "no-rules"
    AUTHORIZATION = "authorization"
    LEAD_TIME = "lead-time"
    LATER_VISIT = "later-visit"
    CLINIC_DAYS = "clinic-days"
    COURSE_END = "course-end"
    GAP = "gap"
    LATEST = "latest"
    NOT_BEFORE = "not-before"
    VISIT = "visit"
    OTHER_VISIT = "other-visit"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that cannot be met. `step` counts from 0; `rule` is the id of the rule or finding where there is one.

    `sentence` says it in one or two sentences, `ask` whom to ask or what to change.
    """

    kind: ConstraintKind
    step: int
    sentence: str
    rule: str = ""
    ask: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step on its day. `verdict` is None for what is done already; `request_by` where an approval must be asked for.

    `assumes` names the earlier steps, counted from 0, whose results the verdict counts on.
    """

    step: CourseStep
    day: date
    verdict: Verdict | None
    request_by: date | None = None
    assumes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Days that satisfy everything."""

    course: Course
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True)
class NoPlan:
    """No days satisfy everything. Without any one of `constraints` alone (`alone`), or without all of them, some would.

    `placed` are the steps before the one that fits nowhere. `complete` is false where not every way could be tried.
    """

    course: Course
    constraints: tuple[Constraint, ...]
    placed: tuple[PlannedStep, ...] = ()
    complete: bool = True

    @property
    def constraint(self) -> Constraint:
        """The one that is named first."""
        return self.constraints[0]


def request_day(day: date, lead_days: int = DECISION_DAYS + MARGIN_DAYS) -> date:
    """Return the last day to ask for an approval that must be there on `day`."""
    return day - timedelta(days=lead_days)
