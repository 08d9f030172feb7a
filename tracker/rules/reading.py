"""One reading of a history, made of the choices that settle it when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from tracker.domain.anatomy import Region, Target
from tracker.domain.proposal import Proposal
from tracker.rules.facts import Fact, settled_regions
from tracker.rules.grounds import Picked
from tracker.rules.settling import Settling
from tracker.rules.sight import Sight

_BY_DAY = attrgetter("day", "id")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to settle everything: the facts, the proposal's sites and `body`, and the choice made for each doubt."""

    facts: tuple[Fact, ...]
    targets: tuple[Target, ...]
    choices: tuple[int, ...]
    body: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Every:
    """Makes readings of choices: to have a thousand of them told apart takes none of them.

    `apart`: what a rule sees of a fact hangs on no other fact.
    """

    settling: Settling
    proposal: Proposal
    sight: Sight
    sides: tuple[tuple[Target, ...], ...]
    bodies: tuple[frozenset[str], ...]
    apart: bool

    def reading(self, picked: Picked) -> Reading:
        return Reading(with_regions(self.settling.facts(picked), self.proposal, self.sight), *self.place(picked))

    def place(self, picked: Picked) -> tuple[tuple[Target, ...], Picked, frozenset[str]]:
        """Return where the proposal goes, by the last of the choices."""
        body = -1 if len(self.bodies) > 1 else None
        side = None if len(self.sides) < 2 else -1 if body is None else -2
        targets = self.sides[0] if side is None else self.sides[picked[side]]
        return targets, picked, self.bodies[0] if body is None else self.bodies[picked[body]]


class Made(Sequence[Reading]):
    """The readings of some choices, each made when it is looked at."""

    def __init__(self, every: Every, tried: tuple[Picked, ...]) -> None:
        self._every, self._tried = every, tried
        self._known: dict[int, Reading] = {}

    def __len__(self) -> int:
        return len(self._tried)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place not in self._known:
            self._known[place] = self._every.reading(self._tried[place])
        return self._known[place]


@lru_cache(maxsize=4096)
def on_any(sites: frozenset[Target], levels: frozenset[str]) -> bool:
    return any(site.level.name in levels for site in sites)


def with_regions(facts: list[Fact], proposal: Proposal, sight: Sight) -> tuple[Fact, ...]:
    """Sort by day, and count sessions of joined levels in one region."""
    joined = sight.joined
    touched = [place for place, fact in enumerate(facts) if on_any(fact.sites, joined)] if joined else ()
    for place in touched:
        fact = facts[place]
        session = _session(fact, facts, proposal)
        regions = settled_regions(session, fact.levels, fact.regions, sight.pairs)
        if regions != fact.regions:
            facts[place] = _moved(fact, regions)
    return tuple(sorted(facts, key=_BY_DAY))


def _session(fact: Fact, facts: list[Fact], proposal: Proposal) -> set[str]:
    """Return the names of all levels of its family on its day: the proposed ones belong to their day's."""
    proposed = proposal.levels if (proposal.day, proposal.family) == (fact.day, fact.family) else ()
    together = [each.levels for each in facts if each.day == fact.day and each.family is fact.family]
    return {level.name for levels in (proposed, *together) for level in levels}


@lru_cache(maxsize=4096)
def _moved(fact: Fact, regions: frozenset[Region]) -> Fact:
    """Return one and the same for the same: readings are compared by it."""
    return fact._replace(regions=regions)
