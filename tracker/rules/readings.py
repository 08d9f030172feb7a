"""The readings of a history: every way in which its open facts can be settled at once (DESIGN 2; CHOICES 5).

Rules look at one reading at a time, in which every date, side and count is settled, and need not know of doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from operator import attrgetter
from typing import Protocol

from tracker.domain.anatomy import Target
from tracker.domain.event import Event
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case, Proposal
from tracker.domain.windows import ONE_DAY
from tracker.rules import doubt_words
from tracker.rules.body import NO_BODY, planned_bodies, regions_are_named
from tracker.rules.doubts import (
    Doubt,
    OpenEvent,
    days_of,
    has_open_facts,
    open_event,
    settled,
    settled_sides,
    without_side,
)
from tracker.rules.facts import Fact
from tracker.rules.grounds import Ground
from tracker.rules.reading import Every, Made, Reading, on_any, with_regions
from tracker.rules.settling import Picks, Sees, Settling, is_paid_by
from tracker.rules.sight import Sight, turning_days

_BY_DAY = attrgetter("day", "id")

OTHER_PAYERS = "other payers"
PROPOSAL = "proposal"
BODY = "body"
AS_IT_IS = Picks(((),), 1)
"""Nothing is open."""


class Tells(Protocol):
    """Tells what the rules tell a fact by, None for nothing, the proposal going to these sites and regions."""

    def tell(self, fact: Fact, targets: tuple[Target, ...], body: frozenset[str]) -> Hashable:
        """Return what they tell it by on the day that is asked about."""

    def tell_on_any_day(self, fact: Fact, targets: tuple[Target, ...], body: frozenset[str]) -> Hashable:
        """Return what they may tell it by on some day."""

    def reach(self, days: list[date]) -> Hashable:
        """Return which of some days of facts, in order, each of the rules looks at on the day asked about."""


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings that matter on one day, and the doubts that they settle; nothing is open without `every`."""

    doubts: tuple[Doubt, ...]
    readings: Sequence[Reading]
    picks: Picks
    every: Every | None = None


def read(case: Case, sight: Sight, payer: str, tells: Tells | None = None, ground: Ground | None = None) -> Readings:
    """Return the readings of the case's history as the rules can tell them apart on its day.

    With `tells` ways to settle an event that look alike to the rules are read once.
    """
    ground = ground or Ground()
    events, targets = sight.events(case), case.proposal.targets
    foreign = _some_foreign(events, case, payer)
    bodies = planned_bodies(case.proposal, events) if sight.body else (NO_BODY,)
    by_body = sight.body and regions_are_named(case.proposal, events)
    open_plan = (sight.sides and without_side(targets)) or len(bodies) > 1
    if foreign or open_plan or _some_open(events, sight, by_body):
        opened = _open_events(events, case, sight, payer, ground, by_body=by_body)
        return _every_way(opened, case, sight, payer, bodies, tells, ground)
    facts = [settled(event, event.when.first) for event in events]
    return Readings((), (Reading(with_regions(facts, case.proposal, sight), targets, (), bodies[0]),), AS_IT_IS)


def _every_way(
    events: list[OpenEvent],
    case: Case,
    sight: Sight,
    payer: str,
    bodies: Sequence[frozenset[str]],
    tells: Tells | None,
    ground: Ground,
) -> Readings:
    former = sight.former_payers and any(_paid_otherwise(each, case, payer) for each in events)
    sides = settled_sides(case.proposal.targets) if sight.sides else ()
    sides = sides if len(sides) > 1 else (case.proposal.targets,)
    doubts = [doubt for each in events for doubt, _ in each.doubts]
    settling = Settling(events, case, payer, former=len(doubts) if former else None, ground=ground)
    doubts += [Doubt(OTHER_PAYERS, "", 2, doubt_words.of_other_payers)] if former else []
    doubts += [Doubt(PROPOSAL, "", len(sides), doubt_words.of_planned_side)] if len(sides) > 1 else []
    doubts += [Doubt(BODY, "", len(bodies), doubt_words.of_planned_body)] if len(bodies) > 1 else []
    joined = {each.event.family for each in events if sight.joined and on_any(_sites_of(each), sight.joined)}
    places = tuple(product(sides, bodies))
    sees = _seen_by(tells, events, places, sight, case.proposal, joined) if tells else None
    picks = settling.picks([doubt.ways for doubt in doubts], sees)
    every = Every(settling, case.proposal, sight, sides, tuple(bodies), apart=not joined)
    return Readings(tuple(doubts), Made(every, picks.tried), picks, every)


def _seen_by(
    tells: Tells,
    events: list[OpenEvent],
    places: tuple[tuple[tuple[Target, ...], frozenset[str]], ...],
    sight: Sight,
    proposal: Proposal,
    joined: set[Family],
) -> Sees | None:
    """Return what the rules tell a fact by, wherever the proposal may go; None where events cannot be told apart."""
    if len({each.event.id for each in events}) < len(events):
        return None
    shared = {family: _shared_days(family, events, proposal) for family in joined}

    def on_day(fact: Fact) -> Hashable:
        if fact.family in joined:
            if fact.day in shared[fact.family]:  # its levels may move others to another region, and they it
                return fact
            (fact,) = with_regions([fact], proposal, sight)
        seen = tuple([tells.tell(fact, targets, body) for targets, body in places])
        return seen if any(seen) else None

    def on_any_day(fact: Fact) -> Hashable:
        if fact.family in joined:
            return fact
        seen = tuple([tells.tell_on_any_day(fact, targets, body) for targets, body in places])
        return (fact if fact in seen else seen) if any(seen) else None

    return Sees(on_day, on_any_day, (tuple(body for _, body in places), frozenset(joined)), tells.reach)


def _shared_days(family: Family, events: list[OpenEvent], proposal: Proposal) -> set[date]:
    """Return the days on which more than one session of a family may have been, the proposed one among them."""
    counts = Counter(day for each in events if each.event.family is family for day in each.days)
    planned = {proposal.day} if proposal.family is family else set[date]()
    return planned | {day for day, count in counts.items() if count > 1}


def _sites_of(each: OpenEvent) -> frozenset[Target]:
    """Return the sites in which the event may have been."""
    return each.settled.sites.union(*(change.sites for _, ways in each.doubts for change in ways if change.sites))


def _open_events(
    events: list[Event], case: Case, sight: Sight, payer: str, ground: Ground, *, by_body: bool
) -> list[OpenEvent]:
    spans, near = [event.when for event in events if not event.when.exact], frozenset[date]()
    if spans:
        days = turning_days(sight.rules, events, case, case.proposal.day)
        first, last = min(span.first for span in spans), max(span.last for span in spans)
        inside = [day for day in days if first - ONE_DAY <= day <= last + ONE_DAY]
        near = frozenset([*inside, *(day - ONE_DAY for day in inside), *(day + ONE_DAY for day in inside)])
    opened = []
    for event in events:
        tried = days_of(event, case.as_of, near)
        known = ground.opened.get((id(event), by_body, tried))
        if known is None:
            matters = {"sides_matter": sight.sides, "kx_matters": _kx_matters(event, sight, case, payer)}
            known = event, open_event(event, case, tried, body_matters=by_body, **matters)
            ground.opened[id(event), by_body, tried] = known
        opened.append(known[1])
    return opened


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
    return sight.kx and is_paid_by(payer, event, case, event.when.first)


def _paid_otherwise(each: OpenEvent, case: Case, payer: str) -> bool:
    return not all(is_paid_by(payer, each.event, case, day) for day in each.days)
