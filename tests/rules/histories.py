"""Random questions near the limits: dates a day or two beside windows and intervals, results beside thresholds."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tracker.domain.anatomy import Side
from tracker.domain.body_regions import BodyRegion
from tracker.domain.coverage import Coverage, Site
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.domain.proposal import Case, ClinicChoices, Proposal
from tracker.domain.windows import months_before

MOST_WAYS = 400
"""More ways than this to read a history are not made, for the oracle tries them all."""

STATES = ("KY", "OH", "IL", "IA", "CA", "WA", "TX", "FL", "GA", "NY", "XX")
MONTHS = (1, 2, 3, 4, 6, 12, 12, 12, 24)
DAYS = (1, 7, 13, 14, 15, 28, 30, 42, 60, 90, 183, 365, 366)
PERCENTS = (None, 0, 49, 50, 60, 70, 75, 79, 80, 80, 85, 90, 100)
RELIEFS = (None, 0.5, 1.5, 2, 3, 3, 6, 6, 12)
ASKED = (
    "2021-04-25", "2021-05-02", "2022-06-20", "2023-03-25", "2024-02-29", "2024-03-31", "2024-07-07", "2024-07-14",
    "2024-08-11", "2024-08-16", "2024-12-30", "2025-01-01", "2025-02-28", "2026-03-31", "2026-08-31", "2026-11-23",
    "2026-12-15", "2028-02-29",
)  # fmt: skip
PLANS = ("", "", "Gold PPO", " gold ppo", "Silver")
CLAIMS = (None, None, True, True, False)
BODIES = ((), (), ("neck",), ("neck",), ("neck",), ("lower-back",), ("neck", "lower-back"))
FACETS = ("C4-C5", "C5-C6", "C7-T1", "T12-L1", "L1-L2", "L3-L4", "L4-L5", "L4-L5", "L5-S1")


@dataclass(frozen=True)
class Kind:
    """A procedure and where it goes."""

    family: Family
    intent: Intent | None
    approach: Approach | None
    levels: tuple[str, ...]
    sided: bool = True


DX = Kind(Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.MEDIAL_BRANCH, FACETS)
IA = Kind(Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.INTRA_ARTICULAR, FACETS)
TX = Kind(Family.FACET_INJECTION, Intent.THERAPEUTIC, Approach.INTRA_ARTICULAR, FACETS)
RFA = Kind(Family.FACET_ABLATION, None, None, FACETS)
TF = Kind(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.TRANSFORAMINAL, ("C5-C6", "T12-L1", "L4-L5", "L5-S1", "S1"))
IL = Kind(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.INTERLAMINAR, ("C7-T1", "L4-L5", "L5-S1"), sided=False)
CAUDAL = Kind(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.CAUDAL, ("caudal",), sided=False)
ROOT = Kind(Family.EPIDURAL, Intent.DIAGNOSTIC, Approach.NERVE_ROOT, ("C5-C6", "L4-L5", "L5-S1"))
SI_DX = Kind(Family.SI_INJECTION, Intent.DIAGNOSTIC, Approach.INTRA_ARTICULAR, ("SI",))
SI_TX = Kind(Family.SI_INJECTION, Intent.THERAPEUTIC, Approach.INTRA_ARTICULAR, ("SI",))
CYST = Kind(Family.FACET_INJECTION, Intent.THERAPEUTIC, Approach.CYST, FACETS)
LBB = Kind(Family.SI_INJECTION, Intent.DIAGNOSTIC, Approach.LATERAL_BRANCH, ("SI",))
SI_RFA = Kind(Family.SI_ABLATION, None, None, ("SI",))
TP = Kind(Family.TRIGGER_POINT, Intent.THERAPEUTIC, None, (), sided=False)
KINDS = (DX, DX, DX, IA, TX, TX, RFA, RFA, RFA, TF, TF, IL, CAUDAL, ROOT, SI_DX, SI_TX, SI_TX, SI_RFA, TP, CYST, LBB)
NEAR = {
    DX: (DX, DX, DX, DX, TX, RFA, IA, TF), IA: (DX, IA, RFA), TX: (DX, DX, TX, TX, RFA), RFA: (DX, DX, RFA, RFA, IA),
    TF: (TF, TF, IL, CAUDAL, ROOT, DX), IL: (TF, IL, CAUDAL), CAUDAL: (CAUDAL, TF), ROOT: (ROOT, TF),
    SI_DX: (SI_DX, SI_TX, TF, LBB), SI_TX: (SI_DX, LBB, SI_TX, SI_TX, SI_TX), SI_RFA: (SI_DX,), TP: (TP, TP, TP, DX),
    CYST: (CYST, CYST, TX, DX, TF), LBB: (LBB, LBB, SI_DX, SI_TX),
}  # fmt: skip


def a_case(random: Random, payers: list[str], asked: date | None = None) -> Case:
    """Return a question whose history may have one or two facts open; `asked`: about this day."""
    kind = random.choice(KINDS)
    day = asked or date.fromisoformat(random.choice(ASKED)) + timedelta(random.choice((-1, 0, 0, 0, 1)))
    payer = random.choice(payers)
    proposal = Proposal(
        day=day,
        family=kind.family,
        intent=kind.intent,
        approach=kind.approach,
        targets=_targets(random, kind, open_side=random.random() < 0.03),
        technique_changed=random.random() < 0.3,
        body_regions=_body(kind, day),
    )
    history: list[Event] = []
    days, room = [day], MOST_WAYS
    for number in range(random.choice((0, 1, 2, 2, 3, 4, 4, 5, 6))):
        kinds = random.choice(NEAR[kind])
        event = _event(random, f"h{number}", kinds, days, day, payers, payer, opened=random.random() < 0.25)
        if ways(event) > room:
            event = _event(random, f"h{number}", kinds, days, day, payers, payer, opened=False)
        room //= ways(event)
        days.append(event.when.first)
        history.append(event)
    return Case(
        as_of=day - timedelta(random.choice((0, 1, 7, 7, 30))),
        proposal=proposal,
        site=Site(random.choice(STATES)),
        coverages=_coverages(random, payer, payers, day),
        history=tuple(history),
        choices=ClinicChoices(anniversary_day_free=random.random() < 0.15),
    )


def ways(event: Event) -> int:
    """Return in how many ways it can be read: day by day, side by side."""
    count = (event.when.last - event.when.first).days + 1
    count *= 3 ** len([target for target in event.targets if target.side is Side.UNKNOWN])
    count *= 2 if event.status is EventStatus.ABORTED or event.evidence is EventEvidence.PATIENT_REPORTED else 1
    count *= 2 if event.family is Family.FACET_INJECTION and event.kx_claimed is None else 1
    count *= 5 if event.family is Family.TRIGGER_POINT and not event.body_regions else 1
    count *= 3 if not event.targets and event.family is not Family.TRIGGER_POINT else 1
    return count * (2 if event.intent is None and event.family in (Family.FACET_INJECTION, Family.SI_INJECTION) else 1)


def _coverages(random: Random, payer: str, payers: list[str], day: date) -> tuple[Coverage, ...]:
    plain = Coverage(payer, random.choice(PLANS), authorization_required=False)
    if random.random() < 0.85:
        return (plain,)
    other = random.choice([*payers, "commercial"])
    change = day + timedelta(random.choice((-400, -100, -10, 0, 1, 20, 100)))
    return (
        Coverage(other, random.choice(PLANS), end=change - timedelta(1), authorization_required=False),
        replace(plain, start=change),
    )


def _targets(random: Random, kind: Kind, *, open_side: bool = False) -> Any:
    if not kind.levels:
        return ()
    count = random.choice((1, 1, 1, 2, 2, 3)) if len(kind.levels) > 1 else 1
    start = random.randrange(len(kind.levels))
    levels = list(dict.fromkeys(kind.levels[(start + step) % len(kind.levels)] for step in range(count)))
    side = random.choice(("left", "left", "right", "both"))
    texts = [level if open_side or not kind.sided else f"{level} {side}" for level in levels]
    return parse_sites(texts, kind.approach).targets


def _body(kind: Kind, day: date) -> tuple[BodyRegion, ...]:
    """Return regions by the day: what is drawn for other procedures stays as it is."""
    return tuple(BodyRegion(name) for name in BODIES[day.toordinal() % len(BODIES)]) if kind is TP else ()


def _event(
    random: Random, name: str, kind: Kind, days: list[date], asked: date, payers: list[str], payer: str, *, opened: bool
) -> Event:
    how = random.choice(("month", "month", "year", "side", "place", "nowhere", "intent", "aborted", "told"))
    when = _when(random, days, asked)
    later = when > asked
    status = EventStatus.BOOKED if later else random.choice((*[EventStatus.PERFORMED] * 12, *EventStatus))
    given: dict[str, Any] = {}
    if opened and how == "aborted":
        status = EventStatus.ABORTED
    if opened and how == "told":
        given["evidence"] = EventEvidence.PATIENT_REPORTED
    partial = PartialDate.on(when)
    if opened and how in ("month", "year") and not later:
        partial = PartialDate.parse(f"{when:%Y-%m}" if how == "month" else f"{when:%Y}")
    targets = _targets(random, kind, open_side=opened and how == "side")
    if opened and how == "place":
        given["region"], targets = (targets[0].level.region if targets else None), ()
    if opened and how == "nowhere":
        targets = ()
    # What is done on the asked day has no result yet.
    result = status is not EventStatus.BOOKED and when < asked and random.random() < 0.9
    return Event(
        id=name,
        when=partial,
        family=kind.family,
        status=status,
        intent=None if opened and how == "intent" else kind.intent,
        approach=kind.approach,
        targets=targets,
        payer=random.choice((payer, payer, payer, None, random.choice([*payers, "commercial"]))),
        relief_percent=random.choice(PERCENTS) if result else None,
        relief_months=random.choice(RELIEFS) if result else None,
        body_regions=_body(kind, when),
        kx_claimed=CLAIMS[when.toordinal() % len(CLAIMS)],
        **given,
    )


def _when(random: Random, days: list[date], asked: date) -> date:
    """Return a day near a limit of the asked day, or of another event's."""
    near = random.choice([asked, asked, *days])
    step = timedelta(random.choice((-1, 0, 0, 1, 2)))
    choice = random.random()
    if choice < 0.45:
        return months_before(near, random.choice(MONTHS)) + step
    if choice < 0.75:
        return near - timedelta(random.choice(DAYS)) + step
    if choice < 0.8:
        return near
    if choice < 0.88:
        return asked + timedelta(random.choice((1, 13, 14, 20, 90, 200, 370)))
    if choice < 0.93:
        month = random.choice((1, 2, 6, 12))
        return date(near.year - 1, month, random.choice((1, calendar.monthrange(near.year - 1, month)[1])))
    return asked - timedelta(random.randrange(1, 900))
