"""The readings of a history: every way in which its open facts can be settled at once (DESIGN 2; CHOICES 5).

Rules look at one reading at a time, in which every date, side and count is settled, and need not know of doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from operator import attrgetter

from tracker.domain.anatomy import Level, Target
from tracker.domain.coverage import coverage_on
from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case, Proposal
from tracker.rules.body import NO_BODY, planned_bodies, regions_are_named
from tracker.rules.doubts import (
    Change,
    Doubt,
    OpenEvent,
    has_open_facts,
    open_event,
    settled,
    settled_sides,
    without_side,
)
from tracker.rules.facts import Fact, settled_regions
from tracker.rules.sight import Sight, turning_days

MOST = 600
"""More readings than this are not tried all: then dates are read at their ends, and doubts one at a time."""

_BY_DAY = attrgetter("day", "id")

OTHER_PAYERS = "other payers"
PROPOSAL = "proposal"
BODY = "body"

Ways = list[tuple[Doubt, tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to settle everything: the facts, the proposal's sites and `body`, and the choice made for each doubt."""

    facts: tuple[Fact, ...]
    targets: tuple[Target, ...]
    choices: tuple[int, ...]
    body: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings that matter on one day, and the doubts that they settle."""

    doubts: tuple[Doubt, ...]
    readings: tuple[Reading, ...]


def read(case: Case, sight: Sight, payer: str) -> Readings:
    """Return the readings of the case's history as the rules can tell them apart on its day."""
    events, targets = sight.events(case), case.proposal.targets
    foreign = _some_foreign(events, case, payer)
    bodies = planned_bodies(case.proposal, events) if sight.body else (NO_BODY,)
    by_body = sight.body and regions_are_named(case.proposal, events)
    open_plan = (sight.sides and without_side(targets)) or len(bodies) > 1
    if not (foreign or open_plan or _some_open(events, sight, by_body)):
        facts = [settled(event, event.when.first) for event in events]
        return Readings((), (Reading(with_regions(facts, case.proposal, sight), targets, (), bodies[0]),))
    days = turning_days(sight.rules, events, case, case.proposal.day)
    open_events = [
        open_event(
            event,
            case,
            days,
            sides_matter=sight.sides,
            body_matters=by_body,
            kx_matters=_kx_matters(event, sight, case, payer),
        )
        for event in events
    ]
    ways: Ways = [way for each in open_events for way in each.doubts]
    if sight.former_payers and any(_paid_otherwise(each, case, payer) for each in open_events):
        ways.append(_other_payers())
    if sight.sides and len(sides := settled_sides(targets)) > 1:
        ways.append((_planned_side(len(sides)), tuple(sides)))
    if len(bodies) > 1:
        ways.append((_planned_body(len(bodies)), bodies))
    doubts = tuple(doubt for doubt, _ in ways)
    readings = []
    for picked in _picks([doubt.ways for doubt in doubts]):
        chosen = {doubt.key: options[choice] for (doubt, options), choice in zip(ways, picked, strict=True)}
        facts = [_paid(fact, event, case, payer, chosen) for event, fact in _settled(open_events, chosen)]
        planned = chosen.get(PROPOSAL, targets)
        sites = planned if isinstance(planned, tuple) else ()
        body = chosen.get(BODY, bodies[0])
        there = body if isinstance(body, frozenset) else NO_BODY
        readings.append(Reading(with_regions(facts, case.proposal, sight), sites, picked, there))
    return Readings(doubts, tuple(readings))


def _other_payers() -> tuple[Doubt, tuple[object, ...]]:
    ask = tr("Ask this payer whether it counts what a former payer paid.")
    return Doubt(OTHER_PAYERS, "", tr("whether what another payer paid counts"), ask, 2), (True, False)


def _planned_side(ways: int) -> Doubt:
    return Doubt(PROPOSAL, "", tr("the side that is planned"), tr("Say which side it is to be."), ways)


def _planned_body(ways: int) -> Doubt:
    what, ask = tr("the region of the body that is planned"), tr("Say which region of the body it is to be.")
    return Doubt(BODY, "", what, ask, ways)


def _some_foreign(events: list[Event], case: Case, payer: str) -> bool:
    """Tell whether another payer may have paid for any of them: a quick look at all payers that are named."""
    if any(coverage.payer != payer for coverage in case.coverages):
        return True
    return any(event.payer is not None and event.payer != payer for event in events)


def _some_open(events: list[Event], sight: Sight, by_body: bool) -> bool:
    return any(
        has_open_facts(event, sides_matter=sight.sides, body_matters=by_body, kx_matters=sight.kx) for event in events
    )


def _kx_matters(event: Event, sight: Sight, case: Case, payer: str) -> bool:
    """KX is asked of this payer's own claims."""
    return sight.kx and _paid_by(event, case, event.when.first) in (None, payer)


def _paid_otherwise(each: OpenEvent, case: Case, payer: str) -> bool:
    return any(_paid_by(each.event, case, day) not in (None, payer) for day in each.days)


def _paid_by(event: Event, case: Case, day: date) -> str | None:
    """Return who paid: as recorded, or by the coverage of its day; None when neither tells."""
    if event.payer is not None:
        return event.payer
    coverage = coverage_on(case.coverages, day)
    return coverage.payer if coverage else None


def _paid(fact: Fact, event: Event, case: Case, payer: str, chosen: Mapping[str, object]) -> Fact:
    if _paid_by(event, case, fact.day) in (None, payer):
        return fact
    return fact._replace(foreign=True, counts=chosen.get(OTHER_PAYERS, True) is True)


def _picks(ways: list[int]) -> Iterable[tuple[int, ...]]:
    """Return every combination of choices, or a careful part of them when there are too many."""
    total = 1
    for count in ways:
        total *= count
    if total <= MOST:
        return product(*(range(count) for count in ways))
    ends = [(0, count - 1) for count in ways]
    if 2 ** len(ways) <= MOST:
        return product(*ends)
    base, other = tuple(0 for _ in ways), tuple(count - 1 for count in ways)
    single = [
        (*start[:place], choice, *start[place + 1 :])
        for start in (base, other)
        for place, count in enumerate(ways)
        for choice in range(count)
    ]
    return dict.fromkeys([base, other, *single])


def _settled(events: list[OpenEvent], chosen: Mapping[str, object]) -> Iterator[tuple[Event, Fact]]:
    """Yield the events that took place in this reading, with everything settled."""
    for each in events:
        if not each.doubts:
            yield each.event, each.settled
            continue
        changes = [change for doubt, _ in each.doubts if isinstance(change := chosen[doubt.key], Change)]
        if any(change.gone for change in changes):
            continue
        fact = each.settled
        for change in changes:
            fact = change.of(fact)
        yield each.event, fact


def _sessions(facts: list[Fact], proposal: Proposal) -> dict[tuple[date, Family], set[Level]]:
    """Return all levels of one family on one day: the proposed ones belong to their day's."""
    found: dict[tuple[date, Family], set[Level]] = {(proposal.day, proposal.family): set(proposal.levels)}
    for fact in facts:
        found.setdefault((fact.day, fact.family), set()).update(fact.levels)
    return found


@lru_cache(maxsize=4096)
def _on_any(sites: frozenset[Target], levels: frozenset[str]) -> bool:
    return any(site.level.name in levels for site in sites)


def with_regions(facts: list[Fact], proposal: Proposal, sight: Sight) -> tuple[Fact, ...]:
    """Sort by day, and count sessions of joined levels in one region."""
    joined = sight.joined
    some = bool(joined) and any(_on_any(fact.sites, joined) for fact in facts)
    sessions = _sessions(facts, proposal) if some else {}
    for place, fact in enumerate(facts if some else ()):
        regions = settled_regions(sessions[fact.day, fact.family], fact.levels, fact.regions, sight.pairs)
        if regions != fact.regions:
            facts[place] = fact._replace(regions=regions)
    return tuple(sorted(facts, key=_BY_DAY))
