"""The processor's time of each plan: of hard courses of five steps, and of the shipped courses as a clinic has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.benchmarks.figures import Figure, cpu_seconds, percentile
from tests.rules.asking import question, rules
from tests.rules.histories import DX, IL, RFA, SI_DX, SI_TX, TF, TX, Kind, _event, _targets
from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.clinic_days import WORKING_WEEK, ClinicDays
from tracker.domain.course import Assumed, Course, CourseStep
from tracker.domain.course_template import CourseTemplate
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventStatus
from tracker.rules.naming import plan_course
from tracker.rules.placing import CourseQuestion
from tracker.services.clinic_days import federal_holidays
from tracker.services.garbage import uncollected

COUNT = {"small": 40, "full": 200}
GOAL_MS = 200.0
FIVE: tuple[tuple[Kind, ...], ...] = (
    (DX, DX, RFA, RFA, TX),
    (TF, TF, TF, TF, TF),
    (DX, DX, RFA, RFA, RFA),
    (SI_DX, SI_DX, SI_TX, SI_TX, SI_TX),
    (IL, IL, TF, TF, TF),
    (DX, DX, TX, TX, TX),
)


def measure(scale: str) -> list[Figure]:
    payers = [payer.id for payer in rules().payers if payer.rules]
    figures: list[Figure] = []
    for name, opened, most in (("one fact in ten open", 0.1, 6), ("six facts in ten open", 0.6, 10)):
        asked = [five_steps(Random(seed), payers, opened, most) for seed in range(COUNT[scale])]
        figures += _spent(f"course of five steps, {name} (processor)", asked)
    return figures + _spent(
        "shipped course at a clinic, every fact known (processor)",
        [at_a_clinic(Random(seed), rules().courses) for seed in range(COUNT[scale])],
    )


def _spent(name: str, asked: Sequence[CourseQuestion]) -> list[Figure]:
    plan_course(asked[0])  # the first fills what is kept of the rules
    with uncollected():  # as the service of courses does
        spent = [cpu_seconds(lambda each=each: plan_course(each)) * 1000 for each in asked]
    read: tuple[tuple[str, Callable[[], float]], ...] = (
        ("p50", lambda: percentile(spent, 50)),
        ("p99", lambda: percentile(spent, 99)),
        ("worst", lambda: max(spent)),
    )
    return [Figure(f"{name}, {which}", of(), "ms", GOAL_MS) for which, of in read]


def five_steps(random: Random, payers: list[str], opened: float, most: int) -> CourseQuestion:
    """Return a course of five steps for a patient with up to `most` events, some of them visits that are booked."""
    start = date(random.choice((2024, 2026)), random.choice((2, 11, 12)), random.choice((1, 20, 28)))
    kinds, payer = random.choice(FIVE), random.choice(payers)
    targets = {kind: _targets(random, kind) for kind in dict.fromkeys(kinds)}
    steps = tuple(
        CourseStep(
            kind.family,
            kind.intent,
            kind.approach,
            targets[kind],
            Assumed(random.choice((50, 80, 80, 90)), random.choice((None, 3, 6))),
            gap_days=random.choice((1, 1, 7, 14, 28)),
            within_days=random.choice((None, None, 30, 60, 120)),
        )
        for kind in kinds
    )
    near = [start + timedelta(days) for days in (0, 14, 35, 100, -200)]
    history = tuple(
        _event(random, f"h{n}", random.choice(kinds), near, start, payers, payer, opened=random.random() < opened)
        for n in range(random.randrange(most + 1))
    )
    course = Course(steps, start, random.choice((None, None, start + timedelta(200), start + timedelta(400))))
    case = question(start.isoformat(), "mbb", "L4-L5 left", history=history, payer=payer, as_of=start.isoformat())
    days = ClinicDays(frozenset(random.choice(((0, 1, 2, 3, 4), (0, 3), (1, 4), (2,)))))
    return CourseQuestion(course, case, rules(), days)


# --- as a clinic has them ---------------------------------------------------------------------------------------------

_BESIDE: dict[str, tuple[Kind, ...]] = {
    "facet-ablation": (DX, DX, RFA, TF),
    "tf-series": (TF, TF, IL, DX),
    "il-series": (IL, IL, TF, DX),
    "si-injections": (SI_DX, SI_TX, TF),
    "si-ablation": (SI_DX, SI_TX, TF),
}
"""What the patients of a course had before, or are booked for."""
_PAYERS = (
    *("medicare", "medicare", "medicare", "medicare", "medicare-advantage", "medicare-advantage", "humana"),
    *("aetna", "anthem", "cigna", "unitedhealthcare", "evicore", "carelon", "bcbs-sc"),
)
_WEEKS = (WORKING_WEEK, WORKING_WEEK, frozenset({0, 1, 3}), frozenset({1, 3}), frozenset({2}))


def at_a_clinic(random: Random, templates: Sequence[CourseTemplate]) -> CourseQuestion:
    """Return a shipped course beside up to six sessions of which everything is known, at a clinic with holidays."""
    start = date(2026, random.choice((1, 3, 6, 11, 12)), random.randrange(1, 29))
    template, payer = random.choice(templates), random.choice(_PAYERS)
    beside = _BESIDE[template.id]
    targets = _targets(random, beside[0])
    course = replace(
        template.course("", targets, start),
        until=random.choice((None, None, None, start + timedelta(60), start + timedelta(180))),
    )
    history = tuple(_session(random, f"h{n}", beside, targets, start, payer) for n in range(random.randrange(7)))
    given: dict[str, Any] = {"history": history, "as_of": start.isoformat()}
    if random.random() < 0.4:
        given["coverages"] = (Coverage(payer, authorization_required=True),)
        given["authorizations"] = _approvals(random, payer, start)
    case = question(start.isoformat(), "mbb", "L4-L5 left", payer=payer, **given)
    days = ClinicDays(random.choice(_WEEKS), federal_holidays(start.year, start.year + 11))
    return CourseQuestion(course, case, rules(), days)


def _session(
    random: Random, name: str, kinds: tuple[Kind, ...], targets: tuple[Target, ...], start: date, payer: str
) -> Event:
    """Return one that was done and recorded, mostly where the course goes; one in eight is booked."""
    kind = random.choice(kinds)
    coming = random.random() < 0.125
    day = start + timedelta(random.randrange(7, 120)) if coming else start - timedelta(random.randrange(10, 720))
    event = _event(random, name, kind, [day], start, [payer], payer, opened=False)
    return replace(
        event,
        when=type(event.when).on(day),
        status=EventStatus.BOOKED if coming else EventStatus.PERFORMED,
        targets=targets if kind is kinds[0] else event.targets,
        payer=payer,
        relief_percent=None if coming else random.choice((30, 50, 60, 80, 80, 90)),
        relief_months=None if coming else random.choice((1, 3, 4, 6, 9)),
        kx_claimed=kind is DX,
    )


def _approvals(random: Random, payer: str, start: date) -> tuple[Authorization, ...]:
    """Return none, or one for some codes of the courses and ninety days."""
    codes = random.sample(("64493", "64494", "64635", "64483", "62323", "27096", "64625"), 3)
    lines = tuple(AuthorizationLine(code, units=random.choice((1, 2, 4))) for code in codes)
    first = start + timedelta(random.choice((-30, -5, 5)))
    given = Authorization("A-1", payer, AuthorizationStatus.APPROVED, decided=first, start=first,
                          end=first + timedelta(90), lines=lines)  # fmt: skip
    return random.choice(((), (given,)))
