"""The oracle's readings of a history: every day of a date, every side, every intent, there or not, counting or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from tests.rules.oracle_calendar import ordinal
from tests.rules.oracle_facts import Fact
from tracker.domain.anatomy import Region, Target
from tracker.domain.event import Event, EventEvidence, EventStatus
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case

SIDES = (frozenset({"left"}), frozenset({"right"}), frozenset({"left", "right"}))
SIDED = {Family.FACET_INJECTION, Family.FACET_ABLATION, Family.SI_INJECTION, Family.SI_ABLATION}
SOMEWHERE = SIDED | {Family.EPIDURAL}


def payer_on(case: Case, day: int) -> str | None:
    cover = cover_on(case, day)
    return cover[0] if cover else None


def cover_on(case: Case, day: int) -> tuple[str, str] | None:
    """Return payer and plan on the day."""
    found = [
        coverage
        for coverage in case.coverages
        if (coverage.start is None or ordinal(coverage.start) <= day)
        and (coverage.end is None or day <= ordinal(coverage.end))
    ]
    first = sorted(found, key=lambda coverage: coverage.order)[:1]
    return (first[0].payer, first[0].plan) if first else None


@dataclass(frozen=True)
class Reading:
    facts: tuple[Fact, ...]
    sites: frozenset[tuple[str, str]]


def readings_of(case: Case, payer: str) -> list[Reading]:
    """Return every combination: each day, each side, each intent, each place, there or not there, counting or not."""
    events = [event for event in case.history if event.status not in (EventStatus.CANCELLED, EventStatus.NO_SHOW)]
    ways = [list(_ways(event, case, payer)) for event in events]
    foreign = any(fact is not None and fact.foreign for way in ways for fact in way)
    readings = []
    for sites in sites_of(case.proposal.targets):
        for chosen in product(*ways):
            facts = tuple(fact for fact in chosen if fact is not None)
            readings.append(Reading(facts, sites))
            if foreign:
                readings.append(Reading(tuple(replace(f, counts=not f.foreign) for f in facts), sites))
    return readings


def _ways(event: Event, case: Case, payer: str) -> Iterator[Fact | None]:
    first, last = ordinal(event.when.first), ordinal(event.when.last)
    if event.status is not EventStatus.BOOKED:
        last = max(first, min(last, ordinal(case.as_of)))
    open_intent = event.family in (Family.FACET_INJECTION, Family.SI_INJECTION) and event.intent is None
    intents = ("diagnostic", "therapeutic") if open_intent else (event.intent and event.intent.value,)
    for day in range(first, last + 1):
        for sites, regions in _places(event, case):
            for intent in intents:
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
                    foreign=(event.payer or payer_on(case, day)) not in (None, payer),
                    booked=event.status is EventStatus.BOOKED,
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
