"""The history as one reading of it has it: every date, side and count settled, and how a rule looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.domain.anatomy import Level, Region, Target
from tracker.domain.policy import PolicyVersion, Together
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.proposal import ClinicChoices, Proposal
from tracker.domain.rule import Rule, Scope, Which
from tracker.domain.verdict import CoveredBy, Finding, Met, Source, Tally

Item = Finding | Tally | Met | CoveredBy
"""What a rule says: something to know, how far a limit is used, or a requirement that is met."""

Key = str | Region | Level | Target | None
"""A place in which a rule counts; None is the whole patient."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event with nothing open. `counts` is false when this reading leaves it out of counts only.

    `foreign`: another payer paid for it.
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

    @property
    def levels(self) -> frozenset[Level]:
        return frozenset(site.level for site in self.sites)

    def fits(self, which: Which) -> bool:
        return which.fits(self.family, self.intent, self.approach)


def single_sites(targets: Iterable[Target]) -> frozenset[Target]:
    """Return targets with one side each: "L4-L5 both" is two; midline stays itself."""
    return frozenset(
        Target(target.level, side) for target in targets for side in (target.side.single_sides or {target.side})
    )


def settled_regions(
    session: Collection[Level], own: Collection[Level], regions: frozenset[Region], pairs: Iterable[Together]
) -> frozenset[Region]:
    """Return the regions of `own` levels; those that the rules join within the session count in one region."""
    names = {level.name for level in session}
    for pair in pairs:
        if pair.counted and own and names.issuperset(pair.levels):
            others = {level.region for level in own if level.name not in pair.levels}
            joined = {pair.region} if any(level.name in pair.levels for level in own) else set()
            return frozenset(others | joined)
    return regions


@dataclass(frozen=True)
class Look:
    """What a rule may look at: the proposal on `day`, the facts of one reading, the version that it belongs to."""

    day: date
    as_of: date
    proposal: Proposal
    facts: tuple[Fact, ...]
    version: PolicyVersion
    choices: ClinicChoices = field(default=ClinicChoices())
    region: Region | None = None

    @cached_property
    def sites(self) -> frozenset[Target]:
        return single_sites(self.proposal.targets)

    @cached_property
    def levels(self) -> frozenset[Level]:
        return frozenset(site.level for site in self.sites)

    @cached_property
    def regions(self) -> frozenset[Region]:
        """The regions of the proposal; those of its lone nerves when it has no level."""
        plain = self.proposal.regions or (frozenset({self.region}) if self.region else frozenset())
        session = self.levels.union(*(fact.levels for fact in self.same_day() if fact.family is self.proposal.family))
        return settled_regions(session, self.levels, plain, self.version.together)

    def source(self, rule: Rule) -> Source:
        return self.version.source(rule)

    def keys(self, scope: Scope) -> Sequence[Key]:
        """Return the places of the proposal in which a rule of this scope counts, in a settled order."""
        match scope:
            case Scope.PATIENT:
                return [None]
            case Scope.REGION:
                return sorted(self.regions)
            case Scope.LEVEL:
                return sorted(self.levels)
            case Scope.SITE:
                return sorted(self.sites)

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
                return isinstance(key, Target) and any(key.overlaps(site) for site in fact.sites)

    def matching(self, which: Which, scope: Scope, key: Key) -> Iterator[Fact]:
        """Yield the facts up to the day that are meant and touch the place, oldest first."""
        for fact in self.facts:
            if fact.day <= self.day and fact.fits(which) and self.inside(fact, scope, key):
                yield fact

    def last_before(self, which: Which, scope: Scope, key: Key) -> Fact | None:
        """Return the last such fact before the day; those of the day itself belong to the session."""
        found = [fact for fact in self.matching(which, scope, key) if fact.day < self.day]
        return found[-1] if found else None

    def same_day(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.day == self.day]


def scope_label(key: Key) -> str:
    """Return "lumbar / sacral", "L4-5 left", "L4-5"; "" for the whole patient."""
    return "" if key is None else key if isinstance(key, str) and not isinstance(key, Region) else key.label


def region_of_nerve(nerve: str) -> Region:
    """Return the region of a medial branch that was named alone: by the joint below it."""
    return Region.LUMBAR_SACRAL if nerve.startswith("L") else Region.CERVICAL_THORACIC
