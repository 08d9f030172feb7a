"""The oracle's readings of a history: every day of a date, every side, every intent, there or not, counting or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from tests.rules.oracle_calendar import ordinal
from tests.rules.oracle_facts import Fact
from tracker.domain.anatomy import Region, Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventEvidence, EventStatus
from tracker.domain.procedure import Family, Intent
from tracker.domain.proposal import Case

SIDES = (frozenset({"left"}), frozenset({"right"}), frozenset({"left", "right"}))
SIDED = {Family.FACET_INJECTION, Family.FACET_ABLATION, Family.SI_INJECTION, Family.SI_ABLATION}
SOMEWHERE = SIDED | {Family.EPIDURAL}


def firsts_on(case: Case, day: int) -> list[Coverage]:
    """Return the coverages that pay first on the day, the one begun last at the head."""
    found = [
        coverage
        for coverage in case.coverages
        if (coverage.start is None or ordinal(coverage.start) <= day)
        and (coverage.end is None or day <= ordinal(coverage.end))
    ]
    first = [coverage for coverage in found if coverage.order == min(each.order for each in found)]
    return sorted(first, key=lambda coverage: -ordinal(coverage.start) if coverage.start else 0)


def cover_on(case: Case, day: int) -> tuple[str, str] | None:
    """Return payer and plan on the day."""
    first = firsts_on(case, day)
    return (first[0].payer, first[0].plan) if first else None


def _foreign(event: Event, case: Case, day: int, payer: str) -> bool:
    """Tell whether another payer paid for it, or may have."""
    paid = [event.payer] if event.payer else [coverage.payer for coverage in firsts_on(case, day)]
    return any(each != payer for each in paid)


@dataclass(frozen=True)
class Reading:
    facts: tuple[Fact, ...]
    sites: frozenset[tuple[str, str]]
    body: frozenset[str] = frozenset()


def readings_of(case: Case, payer: str) -> list[Reading]:
    """Return every combination: each day, each side, each intent, each place, there or not there, counting or not."""
    events = _taken_place(case)
    ways = [list(_ways(event, case, payer)) for event in events]
    foreign = any(fact is not None and fact.foreign for way in ways for fact in way)
    readings = []
    for sites in sites_of(case.proposal.targets):
        for chosen in product(*ways):
            facts = tuple(fact for fact in chosen if fact is not None)
            for body in _bodies(case):
                readings.append(Reading(facts, sites, body))
                if foreign:
                    readings.append(Reading(tuple(replace(f, counts=not f.foreign) for f in facts), sites, body))
    return readings


def _taken_place(case: Case) -> list[Event]:
    """Return what took place or is to; a no-show names no region, just as it uses none of a limit."""
    return [event for event in case.history if event.status not in (EventStatus.CANCELLED, EventStatus.NO_SHOW)]


PARTS = tuple(region.value for region in BodyRegion)


def _bodies(case: Case) -> list[frozenset[str]]:
    """Return where the planned trigger points are: as said, else in any one region of the body."""
    if case.proposal.family is not Family.TRIGGER_POINT:
        return [frozenset()]
    said = frozenset(region.value for region in case.proposal.body_regions)
    return [said] if said else [frozenset({part}) for part in _told_apart(case)]


def _told_apart(case: Case) -> list[str]:
    """Return the regions on file, and one that stands for the rest of the body."""
    named = sorted({region.value for event in _taken_place(case) for region in event.body_regions})
    return [*named, next(part for part in PARTS if part not in named)]


def _bodies_of(event: Event, case: Case) -> list[frozenset[str]]:
    """Return where the trigger points of an event were: as recorded, else in any regions at all."""
    if event.family is not Family.TRIGGER_POINT or event.body_regions:
        return [frozenset(region.value for region in event.body_regions)]
    if not case.proposal.body_regions and not any(each.body_regions for each in _taken_place(case)):
        return [frozenset({PARTS[0]})]  # nobody named any region: all together (CHOICES 19)
    parts = sorted({region.value for region in case.proposal.body_regions}) or _told_apart(case)
    beyond = next(part for part in PARTS if part not in parts)
    return [frozenset(some) for count in range(1, len(parts) + 1) for some in combinations(parts, count)] + [
        frozenset({beyond})
    ]


BY_CLAIM = ("medicare", "made-up-four")
"""Payers of whom some rules count by claim."""


def _kx_of(event: Event, case: Case, payer: str) -> list[bool]:
    """Return whether the claim had KX: both ways for a facet injection where nobody looked and Medicare counts it."""
    asked = case.proposal
    counts = payer in BY_CLAIM and (asked.family, asked.intent) == (Family.FACET_INJECTION, Intent.THERAPEUTIC)
    if event.kx_claimed is None and counts and event.family is asked.family and event.intent is not Intent.THERAPEUTIC:
        return [True, False] if event.status is not EventStatus.BOOKED else [True]
    return [event.kx_claimed is not False]


def _ways(event: Event, case: Case, payer: str) -> Iterator[Fact | None]:
    first, last = ordinal(event.when.first), ordinal(event.when.last)
    if event.status is not EventStatus.BOOKED:
        last = max(first, min(last, ordinal(case.as_of)))
    open_intent = event.family in (Family.FACET_INJECTION, Family.SI_INJECTION) and event.intent is None
    intents = ("diagnostic", "therapeutic") if open_intent else (event.intent and event.intent.value,)
    for day in range(first, last + 1):
        for sites, regions in _places(event, case):
            for intent, body, kx in product(intents, _bodies_of(event, case), _kx_of(event, case, payer)):
                yield Fact(
                    id=event.id,
                    day=day,
                    family=event.family.value,
                    intent=intent,
                    approach=event.approach and event.approach.value,
                    sites=sites,
                    regions=regions,
                    percent=event.relief_percent,
                    months=event.relief_months,
                    foreign=_foreign(event, case, day, payer),
                    booked=event.status is EventStatus.BOOKED,
                    body=body,
                    kx=kx,
                )
    if event.status is EventStatus.ABORTED or event.evidence is EventEvidence.PATIENT_REPORTED:
        yield None


def _places(event: Event, case: Case) -> Iterator[tuple[frozenset[tuple[str, str]], frozenset[str]]]:
    if event.targets:
        for sites in sites_of(event.targets):
            yield sites, frozenset(region_of(level) for level, _ in sites)
        return
    if event.family not in SOMEWHERE or event.nerves:
        yield frozenset(), frozenset({event.region.value} if event.region else ())
        return
    here = frozenset(site for sites in sites_of(case.proposal.targets) for site in sites)
    regions = [event.region.value] if event.region else [region.value for region in Region]
    for region in regions:
        yield frozenset(), frozenset({region})
        there = frozenset(site for site in here if region_of(site[0]) == region)
        if there:
            yield there, frozenset({region})


def sites_of(targets: Iterable[Target]) -> list[frozenset[tuple[str, str]]]:
    """Return every set of (level, side) that the targets can be: a missing side is left, right or both."""
    each: list[list[frozenset[tuple[str, str]]]] = []
    for target in targets:
        level, side = target.level.name, target.side.value
        sides = {"both": [SIDES[2]], "unknown": list(SIDES)}.get(side, [frozenset({side})])
        each.append([frozenset((level, one) for one in chosen) for chosen in sides])
    return [frozenset().union(*chosen) for chosen in product(*each)]


def region_of(level: str) -> str:
    """T12-L1 and everything above belongs to the neck and upper back, by code."""
    lumbar = level in ("S1", "SI", "caudal") or (level[0] == "L")
    return "lumbar-sacral" if lumbar else "cervical-thoracic"
