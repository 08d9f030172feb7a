"""The oracle's words: what was done, what is asked, what is said, and the places in which a rule counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.domain.rule import Scope
from tracker.domain.rule_kinds import NotCovered

Site = tuple[str, str]


@dataclass(frozen=True)
class Fact:
    """An event with nothing open; `foreign`: another payer paid, `counts`: whether this reading counts it."""

    id: str
    day: int
    family: str
    intent: str | None
    approach: str | None
    sites: frozenset[Site]
    regions: frozenset[str]
    percent: float | None
    months: float | None
    foreign: bool = False
    counts: bool = True
    booked: bool = False
    body: frozenset[str] = frozenset()
    kx: bool = True


@dataclass(frozen=True)
class Said:
    """What a rule says; `dated_doubt`: a day of doubt, which waiting clears; `cureless`: no date changes it."""

    code: str
    outcome: str
    dated_doubt: bool = False
    cureless: bool = False


def never(code: str) -> Said:
    return Said(code, "not_allowed", cureless=True)


@dataclass(frozen=True)
class Session:
    """The proposed session on one day in one reading of the history."""

    day: int
    family: str
    sites: frozenset[Site]
    regions: frozenset[str]
    both: bool
    changed: bool
    free: bool
    facts: tuple[Fact, ...]
    pairs: tuple[tuple[tuple[str, ...], str, bool], ...]
    body: frozenset[str] = frozenset()

    @property
    def levels(self) -> frozenset[str]:
        return frozenset(level for level, _ in self.sites)


def _session_levels(s: Session, family: str, day: int) -> frozenset[str]:
    """Return all levels of one family on one day, the proposed ones among them."""
    there = frozenset(level for f in s.facts if f.day == day and f.family == family for level, _ in f.sites)
    return there | s.levels if (family, day) == (s.family, s.day) else there


def settled_regions(s: Session, family: str, day: int, sites: frozenset[Site], plain: frozenset[str]) -> frozenset[str]:
    """Return the regions of some sites; a pair of levels that the rules join on one day counts in one region."""
    if not s.pairs:
        return plain
    held = _session_levels(s, family, day)
    for names, region, counted in s.pairs:
        if counted and set(names) <= held and sites:
            rest = {r for level, _ in sites for r in [by_code(level)] if level not in names}
            touched = {region} if any(level in names for level, _ in sites) else set()
            return frozenset(rest | touched)
    return plain


def by_code(level: str) -> str:
    return "lumbar-sacral" if level[0] == "L" or level in ("S1", "SI", "caudal") else "cervical-thoracic"


def proposed_regions(s: Session) -> frozenset[str]:
    return settled_regions(s, s.family, s.day, s.sites, s.regions)


def fact_regions(s: Session, fact: Fact) -> frozenset[str]:
    return settled_regions(s, fact.family, fact.day, fact.sites, fact.regions)


def places(s: Session, per: Scope) -> list[Any]:
    if per is Scope.PATIENT:
        return [None]
    if per is Scope.REGION:
        return sorted(proposed_regions(s))
    if per is Scope.BODY_REGION:
        return sorted(s.body)
    return sorted(s.levels) if per is Scope.LEVEL else sorted(s.sites)


def touches(s: Session, fact: Fact, per: Scope, key: Any) -> bool:
    if per is Scope.PATIENT:
        return True
    if per is Scope.REGION:
        return key in fact_regions(s, fact)
    if per is Scope.BODY_REGION:
        return key in fact.body
    if per is Scope.LEVEL:
        return any(level == key for level, _ in fact.sites)
    return any(level == key[0] and (side == key[1] or "midline" in (side, key[1])) for level, side in fact.sites)


def is_meant(fact: Fact, which: Any) -> bool:
    if which.families and fact.family not in which.families:
        return False
    if which.intents and fact.intent not in which.intents:
        return False
    return not which.approaches or fact.approach is None or fact.approach in which.approaches


def found_here(s: Session, which: Any, per: Scope, key: Any) -> list[Fact]:
    """Return what is meant and touches the place, up to the day, oldest first."""
    found = [f for f in s.facts if f.day <= s.day and is_meant(f, which) and touches(s, f, per, key)]
    return sorted(found, key=lambda fact: (fact.day, fact.id))


def concerned(rule: NotCovered, s: Session) -> bool:
    parts = {part_of(level) for level in s.levels}
    return (not rule.both_sides or s.both) and (not rule.spine or bool(parts & {part.value for part in rule.spine}))


def part_of(level: str) -> str:
    """Return the part of the spine: the upper vertebra decides."""
    return {"C": "cervical", "T": "thoracic", "L": "lumbar"}.get(level[0], "sacral")
