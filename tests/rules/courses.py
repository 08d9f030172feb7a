"""Short words for courses, and a slow second planner that tries every day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.rules.asking import KINDS, question, rules
from tests.rules.histories import DX, RFA, SI_DX, SI_TX, TF, Kind, _event, _targets
from tracker.domain.clinic_days import ALWAYS_OPEN, ClinicDays
from tracker.domain.course import Assumed, Course, CourseStep, NoPlan, Plan
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.procedure import parse_sites
from tracker.domain.proposal import Proposal
from tracker.domain.verdict import FindingCode, Outcome
from tracker.rules import evaluate
from tracker.rules.naming import plan_course
from tracker.rules.placing import CourseQuestion


def step(
    kind: str, *targets: str, relief: float | None = None, months: float | None = None, **given: Any
) -> CourseStep:
    family, intent, approach = KINDS[kind]
    assumed = Assumed(relief, months) if relief is not None or months is not None else None
    return CourseStep(family, intent, approach, parse_sites(targets, approach).targets, assumed, **given)


def asking_for(
    *steps: CourseStep, start: str = "2026-11-27", history: Iterable[Event] = (), **given: Any
) -> CourseQuestion:
    """Return the question for a course of Medicare's in Kentucky, asked on its first day, at a clinic never closed."""
    until = given.pop("until", None)
    clinic, lead = given.pop("clinic", ALWAYS_OPEN), given.pop("lead_days", 10)
    as_of = given.pop("as_of", start)
    course = Course(steps, date.fromisoformat(start), date.fromisoformat(until) if until else None)
    case = question(start, "mbb", "L4-L5 left", history=history, as_of=as_of, **given)
    return CourseQuestion(course, case, rules(), clinic, lead)


def planned(*steps: CourseStep, **given: Any) -> Plan:
    found = plan_course(asking_for(*steps, **given))
    assert isinstance(found, Plan), found.constraints
    return found


def refused(*steps: CourseStep, **given: Any) -> NoPlan:
    found = plan_course(asking_for(*steps, **given))
    assert isinstance(found, NoPlan), days(found)
    return found


def days(plan: Plan) -> list[str]:
    return [each.day.isoformat() for each in plan.steps]


# --- the slow planner -------------------------------------------------------------------------------------------------


def breaks(asking_for: CourseQuestion, dates: tuple[date, ...]) -> str:
    """Return what the last of these days breaks, the others being kept; "" for nothing. Written without the planner."""
    place, day = len(dates) - 1, dates[-1]
    course, asked = asking_for.course, asking_for.course.steps[place]
    if not asking_for.clinic.is_open(day):
        return "closed"
    here = (EventStatus.BOOKED, EventStatus.PERFORMED)
    if any(event.when == PartialDate.on(day) and event.status in here for event in asking_for.case.history):
        return "another visit"
    if day < max(course.start, asking_for.case.as_of) or (asked.not_before and day < asked.not_before):
        return "too early"
    if course.until and day > course.until:
        return "too late"
    if place and not asked.gap_days <= (day - dates[-2]).days <= (asked.within_days or 10_000):
        return "gap"
    history = [*asking_for.case.history]
    for number, (earlier, on) in enumerate(zip(course.steps[:place], dates, strict=False)):
        given: dict[str, Any] = {}
        if earlier.assumed:
            given = {"relief_percent": earlier.assumed.percent, "relief_months": earlier.assumed.months}
        event = Event(f"s{number}", PartialDate.on(on), earlier.family, EventStatus.BOOKED, earlier.intent)
        history.append(replace(event, approach=earlier.approach, targets=earlier.targets, **given))
    proposal = Proposal(day, asked.family, asked.intent, asked.approach, asked.targets, provider="provider-1")
    verdict = evaluate(replace(asking_for.case, history=tuple(history), proposal=proposal), asking_for.book)
    for finding in verdict.findings:
        if finding.outcome in (Outcome.UNKNOWN, Outcome.NOT_ALLOWED) or finding.code is FindingCode.FORWARD_IMPACT:
            return finding.rule
        if finding.code is FindingCode.BOUNDARY_DAY and finding.clears_on:
            return "day in doubt"
        if finding.outcome is Outcome.NEEDS_AUTHORIZATION and (day - asking_for.case.as_of).days < asking_for.lead_days:
            return "lead time"
    return ""


def all_days(asking_for: CourseQuestion) -> Iterator[date]:
    assert asking_for.course.until is not None
    for number in range((asking_for.course.until - asking_for.course.start).days + 1):
        yield asking_for.course.start + timedelta(days=number)


def slow_plan(asking_for: CourseQuestion, dates: tuple[date, ...] = ()) -> tuple[date, ...] | None:
    """Return the first days of all, tried one by one."""
    if len(dates) == len(asking_for.course.steps):
        return dates
    for day in all_days(asking_for):
        if asking_for.clinic.is_open(day) and not breaks(asking_for, (*dates, day)):
            found = slow_plan(asking_for, (*dates, day))
            if found is not None:
                return found
    return None


# --- random courses ---------------------------------------------------------------------------------------------------

_COURSES: tuple[tuple[Kind, ...], ...] = (
    (DX, DX, RFA),
    (DX, RFA),
    (TF, TF),
    (SI_DX, SI_DX, SI_TX),
    (RFA, DX),
    (DX, DX),
)


def a_course(random: Random, payers: list[str]) -> CourseQuestion:
    """Return a short course within a few weeks, at a clinic with few days, beside a history near the limits."""
    start = date(random.choice((2024, 2026)), random.choice((2, 11, 12)), random.choice((1, 20, 28)))
    kinds, payer = random.choice(_COURSES), random.choice(payers)
    targets: dict[Kind, Any] = {}
    same = _targets(random, kinds[0])
    steps = tuple(
        CourseStep(
            kind.family, kind.intent, kind.approach,
            same if set(kind.levels) == set(kinds[0].levels) else targets.setdefault(kind, _targets(random, kind)),
            Assumed(random.choice((50, 80, 80, 90)), None),
            gap_days=random.choice((1, 1, 7, 14)),
            within_days=random.choice((None, None, 20, 30)),
            not_before=random.choice((None, None, start + timedelta(9))),
        )
        for kind in kinds
    )  # fmt: skip
    near = [start, start + timedelta(14), start + timedelta(35)]
    history = tuple(
        _event(random, f"h{n}", random.choice(kinds), near, start, payers, payer, opened=random.random() < 0.1)
        for n in range(random.choice((0, 1, 2, 3, 4)))
    )
    course = Course(steps, start, start + timedelta(random.choice((35, 50, 65))))
    case = question(start.isoformat(), "mbb", "L4-L5 left", history=history, payer=payer, as_of=start.isoformat())
    weekdays = random.choice(((0, 3), (1, 4), (2,), (0, 2, 4)))
    return CourseQuestion(course, case, rules(), ClinicDays(frozenset(weekdays), {start + timedelta(7): "closed"}))
