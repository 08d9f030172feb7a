"""The readings of a history: every way in which its open facts can be settled at once (DESIGN 2; CHOICES 5).

Rules look at one reading at a time, in which every date, side and count is settled, and need not know of doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from operator import attrgetter

from tracker.domain.anatomy import Level, Region, Target
from tracker.domain.coverage import first_paying
from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.proposal import Case, Proposal
from tracker.rules.body import NO_BODY, planned_bodies, regions_are_named
from tracker.rules.doubts import (
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
    open_events = _open_events(events, case, sight, payer, by_body=by_body)
    former = sight.former_payers and any(_paid_otherwise(each, case, payer) for each in open_events)
    sides = settled_sides(targets) if sight.sides else [targets]
    doubts = [doubt for each in open_events for doubt, _ in each.doubts]
    settling = _Settling(open_events, case, payer, former=len(doubts) if former else None)
    doubts += [_other_payers()] if former else []
    doubts += [_planned_side(len(sides))] if len(sides) > 1 else []
    doubts += [_planned_body(len(bodies))] if len(bodies) > 1 else []
    side, body = -1 - (len(bodies) > 1), -1
    readings = []
    for picked in _picks([doubt.ways for doubt in doubts]):
        facts = settling.facts(picked)
        there = bodies[picked[body] if len(bodies) > 1 else 0]
        readings.append(
            Reading(
                with_regions(facts, case.proposal, sight),
                sides[picked[side]] if len(sides) > 1 else targets,
                picked,
                there,
            )
        )
    return Readings(tuple(doubts), tuple(readings))


def _open_events(events: list[Event], case: Case, sight: Sight, payer: str, *, by_body: bool) -> list[OpenEvent]:
    days = turning_days(sight.rules, events, case, case.proposal.day)
    return [
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


def _other_payers() -> Doubt:
    ask = tr("Ask this payer whether it counts what a former payer paid.")
    return Doubt(OTHER_PAYERS, "", tr("whether what another payer paid counts"), ask, 2)


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
    return sight.kx and _is_paid_by(payer, event, case, event.when.first)


def _paid_otherwise(each: OpenEvent, case: Case, payer: str) -> bool:
    return not all(_is_paid_by(payer, each.event, case, day) for day in each.days)


def _is_paid_by(payer: str, event: Event, case: Case, day: date) -> bool:
    """Tell whether surely nobody else paid: as recorded, or by what paid first on its day, if anything did."""
    if event.payer is not None:
        return event.payer == payer
    return all(coverage.payer == payer for coverage in first_paying(case.coverages, day))


class _Settling:
    """The events with what may become of each, made once: every choice of the others goes with the same fact."""

    def __init__(self, events: list[OpenEvent], case: Case, payer: str, former: int | None) -> None:
        """`former`: where among all choices that of what other payers paid stands, None where there is none."""
        self._case, self._payer, self._former = case, payer, former
        self._certain: list[Fact] = []
        self._open: list[tuple[OpenEvent, slice, dict[tuple[tuple[int, ...], bool], Fact | None]]] = []
        place = 0
        for event in events:
            if event.doubts or not self._is_ours(event.event, event.settled.day):
                self._open.append((event, slice(place, place + len(event.doubts)), {}))
                place += len(event.doubts)
            else:
                self._certain.append(event.settled)

    def facts(self, picked: tuple[int, ...]) -> list[Fact]:
        """Return those that took place, as these choices settle them."""
        counted = self._former is None or picked[self._former] == 0
        facts = self._certain.copy()
        for event, places, made in self._open:
            key = picked[places], counted
            if key not in made:
                made[key] = self._made(event, *key)
            if (fact := made[key]) is not None:
                facts.append(fact)
        return facts

    def _made(self, event: OpenEvent, picked: tuple[int, ...], counted: bool) -> Fact | None:
        changes = [changes[choice] for (_, changes), choice in zip(event.doubts, picked, strict=True)]
        if any(change.gone for change in changes):
            return None
        fact = event.settled
        for change in changes:
            fact = change.of(fact)
        return fact if self._is_ours(event.event, fact.day) else fact._replace(foreign=True, counts=counted)

    def _is_ours(self, event: Event, day: date) -> bool:
        return _is_paid_by(self._payer, event, self._case, day)


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


@lru_cache(maxsize=4096)
def _on_any(sites: frozenset[Target], levels: frozenset[str]) -> bool:
    return any(site.level.name in levels for site in sites)


def with_regions(facts: list[Fact], proposal: Proposal, sight: Sight) -> tuple[Fact, ...]:
    """Sort by day, and count sessions of joined levels in one region."""
    joined = sight.joined
    touched = [place for place, fact in enumerate(facts) if _on_any(fact.sites, joined)] if joined else ()
    for place in touched:
        fact = facts[place]
        session = _session(fact, facts, proposal)
        regions = settled_regions(session, fact.levels, fact.regions, sight.pairs)
        if regions != fact.regions:
            facts[place] = _moved(fact, regions)
    return tuple(sorted(facts, key=_BY_DAY))


def _session(fact: Fact, facts: list[Fact], proposal: Proposal) -> set[Level]:
    """Return all levels of its family on its day: the proposed ones belong to their day's."""
    proposed = proposal.levels if (proposal.day, proposal.family) == (fact.day, fact.family) else ()
    together = (each.levels for each in facts if each.day == fact.day and each.family is fact.family)
    return set(proposed).union(*together)


@lru_cache(maxsize=4096)
def _moved(fact: Fact, regions: frozenset[Region]) -> Fact:
    """Return one and the same for the same: readings are compared by it."""
    return fact._replace(regions=regions)
