"""The crowd of the demo clinic: patients of every payer with five years behind them, some with a visit to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.booking import BookingStatus
from tracker.domain.event import EventStatus
from tracker.domain.patient import Provider
from tracker.services.demo_clinic.courses import Step, past_courses
from tracker.services.demo_clinic.draft import Draft
from tracker.services.demo_clinic.house import HOSPITAL, OFFICE, PROVIDERS, SURGERY, House, weekday_near
from tracker.services.demo_clinic.names import names
from tracker.services.demo_clinic.plans import FACET, Plan, next_visit
from tracker.services.demo_clinic.records import DemoPatient

AHEAD_DAYS = 56
RECENT_DAYS = 14
DONE_SITES = ((OFFICE, 5), (SURGERY, 4), (HOSPITAL, 1))


@dataclass(frozen=True, slots=True)
class PlanOfPayer:
    """A plan of the region: its share of the crowd, and whether it wants authorizations (None: the policy says)."""

    payer: str
    plan: str
    share: int
    needs: bool | None


PLANS = (
    PlanOfPayer("medicare", "Part B", 190, None),
    PlanOfPayer("medicare-advantage", "Anthem MediBlue HMO", 22, True),
    PlanOfPayer("medicare-advantage", "Aetna Medicare PPO", 18, True),
    PlanOfPayer("humana", "Medicare Advantage PPO", 24, True),
    PlanOfPayer("aetna", "Open Choice PPO", 22, True),
    PlanOfPayer("unitedhealthcare", "Choice Plus", 22, True),
    PlanOfPayer("anthem", "Blue Access PPO", 20, True),
    PlanOfPayer("cigna", "Open Access Plus", 20, True),
    PlanOfPayer("tricare", "Select", 10, False),
    PlanOfPayer("carelon", "Carelon reviewed plan", 5, True),
    PlanOfPayer("evicore", "eviCore reviewed plan", 5, True),
    PlanOfPayer("commercial", "Riverbend Health PPO", 8, True),
    PlanOfPayer("highmark-wv", "PPO Blue", 4, True),
    PlanOfPayer("bcbs-sc", "Blue Essentials", 3, True),
    PlanOfPayer("bcbs-nd", "PPO", 2, True),
    PlanOfPayer("bcbs-ma", "Blue Care Elect", 2, False),
    PlanOfPayer("credence", "Blue PPO", 2, True),
    PlanOfPayer("priority-health", "HMO", 2, True),
    PlanOfPayer("florida-medicaid", "Medicaid", 2, True),
)
SENIOR = frozenset({"medicare", "medicare-advantage", "humana"})
_EVERY_PAYER_ONCE = tuple(plan for plan in PLANS if plan.payer not in SENIOR)


def crowd(house: House, count: int, visits: int) -> Iterator[DemoPatient]:
    """Yield `count` patients; the first `visits` of them have a visit to come."""
    people = names(house.chance)
    days = _days_ahead(house, visits)
    for number in range(count):
        last, first, middle, sex = next(people)
        plan = _EVERY_PAYER_ONCE[number] if number < len(_EVERY_PAYER_ONCE) else _any_plan(house)
        draft = Draft(house, last, first, _birth(house, plan), sex=sex, middle=middle)
        _cover(house, draft, plan)
        coming = next_visit(house.chance, house.today, days[number]) if number < visits else None
        yield _with_history(house, draft, plan, coming).done()


def _any_plan(house: House) -> PlanOfPayer:
    return house.chance.choices(PLANS, [plan.share for plan in PLANS])[0]


def _days_ahead(house: House, visits: int) -> list[date]:
    """Weekdays of the next weeks, nearer ones fuller."""
    days: list[date] = []
    while len(days) < visits:
        ahead = 1 + int(house.chance.random() ** 1.4 * (AHEAD_DAYS - 1))
        day = house.ahead(ahead)
        if day.weekday() < 5:
            days.append(day)
    return days


def _birth(house: House, plan: PlanOfPayer) -> date:
    years = house.chance.randint(67, 93) if plan.payer in SENIOR else house.chance.randint(24, 64)
    return house.ago(int(years * 365.25) + house.chance.randint(0, 360))


def _cover(house: House, draft: Draft, plan: PlanOfPayer) -> None:
    """Mostly one plan for long; one in eight had another before, one in six of Medicare has a second one."""
    began = house.ago(6 * 365)
    if house.chance.random() < 0.125:
        changed = house.ago(house.chance.randint(400, 1400))
        former = house.chance.choice([each for each in PLANS[2:9] if each.payer != plan.payer])
        draft.cover(former.payer, former.plan, start=began, end=changed - timedelta(days=1), needs=former.needs)
        began = changed
    draft.cover(plan.payer, plan.plan, start=began, needs=plan.needs)
    if plan.payer == "medicare" and house.chance.random() < 0.16:
        draft.cover("commercial", "Medigap Plan G", start=began, order=2, needs=False)


def _with_history(house: House, draft: Draft, plan: PlanOfPayer, coming: Plan | None) -> Draft:
    chance = house.chance
    provider = chance.choice(PROVIDERS)
    without = coming.families if coming else frozenset()
    steps = list(past_courses(chance, house.today, chance.choice((1, 2, 2, 3, 3, 4)), without))
    steps += coming.before if coming else ()
    for step in sorted(steps, key=lambda each: each.day):
        _past(house, draft, step, provider, bool(coming and step in coming.before))
    if chance.random() < 0.12:
        day = weekday_near(house.ago(chance.randint(30, 900)))
        draft.had(day, "tf", "L4-L5 left", status=chance.choice((EventStatus.CANCELLED, EventStatus.NO_SHOW)))
    if coming:
        _coming(house, draft, plan, coming, provider)
    return draft


def _past(house: House, draft: Draft, step: Step, provider: Provider, needed: bool) -> None:
    recent = (house.today - step.day).days <= RECENT_DAYS
    starts = house.next_slot(provider, step.day) if recent and not needed else None
    if starts:
        site = house.chance.choices([s for s, _ in DONE_SITES], [w for _, w in DONE_SITES])[0]
        draft.visit(step.day, starts, step.kind, *step.targets, provider=provider, site=site, status=BookingStatus.DONE)
        return
    outside = not needed and house.chance.random() < 0.03
    draft.had(
        step.day,
        step.kind,
        *step.targets,
        relief=step.relief,
        months=step.months,
        provider=None if outside else provider,
    )


def _coming(house: House, draft: Draft, plan: PlanOfPayer, coming: Plan, provider: Provider) -> None:
    day = coming.day
    while (starts := house.next_slot(provider, day)) is None:
        day = weekday_near(day + timedelta(days=3 if day.weekday() == 4 else 1))
    facet = bool(coming.families & FACET)
    site = house.chance.choices((OFFICE, SURGERY, HOSPITAL), (5, 4, 2 if facet and plan.payer == "medicare" else 0))[0]
    status = BookingStatus.CONFIRMED if (day - house.today).days <= 5 else BookingStatus.BOOKED
    draft.visit(day, starts, coming.kind, *coming.targets, provider=provider, site=site, status=status)
    if plan.needs:
        _approve(house, draft, coming, day)
    elif site is HOSPITAL:
        _affirm(house, draft, coming)


def _approve(house: House, draft: Draft, coming: Plan, day: date) -> None:
    number = f"{house.chance.choice('ACHU')}{house.chance.randint(200000, 999999)}"
    match house.chance.choices(("approved", "waiting", "missing"), (80, 13, 7))[0]:
        case "approved":
            end = max(day, house.ahead(16)) + timedelta(house.chance.randint(4, 40))
            draft.approval(number, coming.kind, *coming.targets, start=house.ago(house.chance.randint(2, 25)), end=end)
        case "waiting":
            sent = house.ago(house.chance.randint(1, 9))
            status = AuthorizationStatus.PENDED
            draft.approval("", coming.kind, *coming.targets, start=None, end=None, status=status, submitted=sent)


def _affirm(house: House, draft: Draft, coming: Plan) -> None:
    decided = house.ago(house.chance.randint(3, 25)) if house.chance.random() < 0.75 else None
    number = f"2611{house.chance.randint(10**9, 10**10 - 1)}" if decided else ""
    sent = None if decided else house.ago(house.chance.randint(1, 6))
    draft.affirmation(number, coming.kind, *coming.targets, decided=decided, submitted=sent)
