"""The history as one reading of it has it: every date, side and count settled, and how a rule looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from tracker.domain.anatomy import Level, Region, Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.language import msg, tr
from tracker.domain.policy import PolicyVersion, Together
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.proposal import ClinicChoices, Proposal
from tracker.domain.rule import Rule, Scope, Which
from tracker.domain.verdict import CoveredBy, Finding, Met, Source, Tally

Item = Finding | Tally | Met | CoveredBy
"""What a rule says: something to know, how far a limit is used, or a requirement that is met."""

PLANNED = msg("region that is planned")
"""Stands for the planned region of the body where nobody said which: one in which nothing on file is known to lie."""

Key = str | Region | Level | Target | None
"""A place in which a rule counts; None is the whole patient."""


class Fact(NamedTuple):
    """One event with nothing open. `counts` is false when this reading leaves it out of counts only.

    `foreign`: another payer paid for it. `body`: regions of the body; `kx`: its
    claim had KX.     A tuple, because thousands are made for one look at all visits.
    """

    id: str
    day: date
    family: Family
    intent: Intent | None
    approach: Approach | None
    sites: frozenset[Target]
    regions: frozenset[Region]
    counts: bool = True
    foreign: bool = False
    relief_percent: float | None = None
    relief_months: float | None = None
    booked: bool = False
    body: frozenset[str] = frozenset()
    kx: bool = True

    @property
    def levels(self) -> frozenset[Level]:
        return site_levels(self.sites)

    def fits(self, which: Which) -> bool:
        return which.fits(self.family, self.intent, self.approach)


@lru_cache(maxsize=4096)
def site_levels(sites: frozenset[Target]) -> frozenset[Level]:
    return frozenset(site.level for site in sites)


@lru_cache(maxsize=4096)
def single_sites(targets: tuple[Target, ...]) -> frozenset[Target]:
    """Return targets with one side each: "L4-L5 both" is two; midline stays itself."""
    return frozenset(
        Target(target.level, side) for target in targets for side in (target.side.single_sides or {target.side})
    )


def settled_regions(
    session: Collection[str], own: Collection[Level], regions: frozenset[Region], pairs: Iterable[Together]
) -> frozenset[Region]:
    """Return the regions of `own` levels; those that the rules join within the session count in one region.

    `session`: the names of all its levels.
    """
    for pair in pairs:
        touched = pair.counted and any(level.name in pair.levels for level in own)
        if touched and set(session).issuperset(pair.levels):
            return frozenset({level.region for level in own if level.name not in pair.levels} | {pair.region})
    return regions


@dataclass(slots=True)
class Look:
    """What a rule may look at: the proposal on `day`, the facts of one reading, the version that it belongs to.

    `sites`, `levels` and `regions` are those of the proposal; the regions of its lone nerves when it has no level.
    `body` holds the regions of the body that are planned. `same_day` is what else the day holds.
    `beside`: names of levels that the session has, too, though no fact holds them.
    `telling` false: what is met and the words of findings are not asked for, nor tallies unless `counting`.
    """

    day: date
    as_of: date
    proposal: Proposal
    facts: tuple[Fact, ...]
    version: PolicyVersion
    choices: ClinicChoices = field(default=ClinicChoices())
    region: Region | None = None
    telling: bool = True
    body: frozenset[str] = frozenset()
    counting: bool = False
    beside: frozenset[str] = frozenset()
    sites: frozenset[Target] = field(init=False)
    levels: frozenset[Level] = field(init=False)
    regions: frozenset[Region] = field(init=False)
    same_day: list[Fact] = field(init=False)
    _past: list[Fact] = field(init=False)
    _fitting: dict[int, list[Fact]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._past = [fact for fact in self.facts if fact.day <= self.day]
        self.same_day = [fact for fact in self._past if fact.day == self.day]
        self.sites = single_sites(self.proposal.targets)
        self.levels = site_levels(self.sites)
        if not self.body and self.proposal.family is Family.TRIGGER_POINT:
            self.body = frozenset(self.proposal.body_regions or (PLANNED,))
        self.regions = self.proposal.regions or (frozenset({self.region}) if self.region else frozenset())
        if self.version.together:
            same = (fact.levels for fact in self.same_day if fact.family is self.proposal.family)
            session = {level.name for levels in (self.levels, *same) for level in levels} | self.beside
            self.regions = settled_regions(session, self.levels, self.regions, self.version.together)

    def source(self, rule: Rule) -> Source:
        return self.version.source(rule)

    def keys(self, scope: Scope) -> Sequence[Key]:
        """Return the places of the proposal in which a rule of this scope counts, in a settled order."""
        match scope:
            case Scope.PATIENT:
                return [None]
            case Scope.REGION:
                return _in_order(self.regions)
            case Scope.LEVEL:
                return _in_order(self.levels)
            case Scope.SITE:
                return _in_order(self.sites)
            case Scope.BODY_REGION:
                return _in_order(self.body)

    def inside(self, fact: Fact, scope: Scope, key: Key) -> bool:
        """Tell whether a fact touches the place."""
        match scope:
            case Scope.PATIENT:
                return True
            case Scope.REGION:
                return key in fact.regions
            case Scope.LEVEL:
                return key in fact.levels
            case Scope.SITE:
                return isinstance(key, Target) and _touch(key, fact.sites)
            case Scope.BODY_REGION:
                return key in fact.body

    def matching(self, which: Which, scope: Scope, key: Key) -> list[Fact]:
        """Return the facts up to the day that are meant and touch the place, oldest first."""
        fitting = self._fitting.get(id(which))  # rules stay as long as the look at them lasts
        if fitting is None:
            families, fits = which.families, which.fits
            meant = [fact for fact in self._past if fact.family in families] if families else self._past
            if which.intents or which.approaches:
                meant = [fact for fact in meant if fits(fact.family, fact.intent, fact.approach)]
            fitting = meant
            self._fitting[id(which)] = fitting
        if scope is Scope.PATIENT or not fitting:
            return fitting
        if scope is Scope.REGION:
            return [fact for fact in fitting if key in fact.regions]
        if scope is Scope.SITE and isinstance(key, Target):
            return [fact for fact in fitting if _touch(key, fact.sites)]
        return [fact for fact in fitting if self.inside(fact, scope, key)]

    def before(self, which: Which, scope: Scope, key: Key) -> list[Fact]:
        """Return such facts before the day; those of the day itself belong to the session."""
        found = self.matching(which, scope, key)
        return [fact for fact in found if fact.day < self.day] if self.same_day else found


@lru_cache(maxsize=4096)
def _touch(place: Target, sites: frozenset[Target]) -> bool:
    return any(place.overlaps(site) for site in sites)


def _in_order(places: frozenset[Any]) -> Sequence[Key]:
    return sorted(places) if len(places) > 1 else tuple(places)


def scope_label(key: Key) -> str:
    """Return "lumbar / sacral", "L4-5 left", "L4-5"; "" for the whole patient."""
    if isinstance(key, str) and not isinstance(key, Region | BodyRegion):
        return tr(key)
    return "" if key is None else key.label


def region_of_nerve(nerve: str) -> Region:
    """Return the region of a medial branch that was named alone: by the joint below it."""
    return Region.LUMBAR_SACRAL if nerve.startswith("L") else Region.CERVICAL_THORACIC
