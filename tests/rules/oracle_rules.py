"""The oracle's reading of every rule kind for one settled history on one day, and of what one day may hold."""

from __future__ import annotations

import itertools
from typing import Any

from tests.rules.oracle_counts import max_count
from tests.rules.oracle_facts import (
    Said,
    Session,
    Site,
    by_code,
    concerned,
    fact_regions,
    is_meant,
    never,
    places,
    proposed_regions,
    touches,
)
from tests.rules.oracle_steps import advice, repeat, requires
from tracker.domain.anatomy import LEVELS
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay


def judge(rule: Any, s: Session) -> list[Said]:
    """Return what a rule says; one that nobody has seen in writing never says more than caution, and moves no date."""
    said = _judge(rule, s)
    if rule.evidence.value != "recalled":
        return said
    return [Said(each.code, "caution") for each in said]


def speaks(rule: Any, s: Session) -> bool:
    """Tell whether a rule says anything about such a session at all, whatever the history."""
    if isinstance(rule, NotCovered):
        return concerned(rule, s)
    if isinstance(rule, Advice):
        return rule.after is None
    return isinstance(rule, MaxCount | Repeat | Requires | MaxLevels | OneRegion | SameDay)


def _judge(rule: Any, s: Session) -> list[Said]:
    match rule:
        case MaxCount():
            return max_count(rule, s)
        case Repeat():
            return repeat(rule, s)
        case Requires():
            return requires(rule, s)
        case MaxLevels():
            return max_levels(rule, s)
        case OneRegion():
            return one_region(rule, s)
        case SameDay():
            return same_day(rule, s)
        case NotCovered():
            return [never("not_covered")] if concerned(rule, s) else []
        case Advice():
            return advice(rule, s)
    return []


def max_levels(rule: MaxLevels, s: Session) -> list[Said]:
    mine = proposed_regions(s)
    same = [f for f in s.facts if f.day == s.day and f.family == s.family and fact_regions(s, f) & mine]
    sites = s.sites | {site for fact in same for site in fact.sites}
    if not _too_many(rule, sites):
        return []
    alone = _too_many(rule, s.sites) and rule.outcome.value == "not_allowed"
    return [Said("too_many_levels", rule.outcome.value, cureless=alone)]


def _too_many(rule: MaxLevels, sites: frozenset[Site]) -> bool:
    """Tell whether there are more levels than allowed, or levels apart where they must be neighbours."""
    groups = [{level for level, _ in sites}]
    if rule.per_side:
        groups = [{level for level, at in sites if at in (side, "midline")} for side in ("left", "right")]
    return any(len(group) > rule.limit or (rule.contiguous and _apart(group)) for group in groups)


def _apart(levels: set[str]) -> bool:
    places = sorted(list(LEVELS).index(level) for level in levels)
    return any(lower - upper > 1 for upper, lower in itertools.pairwise(places))


def one_region(rule: OneRegion, s: Session) -> list[Said]:
    which = rule.among or rule.about
    if rule.of_body:
        there = [f for f in s.facts if f.day == s.day and is_meant(f, which)]
        touched = s.body.union(*(f.body for f in there))
        own = len(s.body) > 1 and rule.outcome.value == "not_allowed"
        return [Said("same_day", rule.outcome.value, cureless=own)] if len(touched) > 1 else []
    others = [f for f in s.facts if f.day == s.day and is_meant(f, which)]
    regions = set(proposed_regions(s)).union(*(fact_regions(s, f) for f in others))
    held = s.levels.union(*({level for level, _ in f.sites} for f in others if f.family == s.family))
    for names, region, counted in s.pairs:
        touched = any(level in names for level in s.levels)
        if not counted and set(names) <= held and touched:
            rest = {by_code(level) for level in held if level not in names}
            rest |= {r for f in others if f.family != s.family or not f.sites for r in f.regions}
            return [Said("same_day", "unknown" if rest <= {region} else rule.outcome.value)]
    alone = len(proposed_regions(s)) > 1 and rule.outcome.value == "not_allowed"
    return [Said("same_day", rule.outcome.value, cureless=alone)] if len(regions) > 1 else []


def same_day(rule: SameDay, s: Session) -> list[Said]:
    clash = any(
        f.day == s.day
        and is_meant(f, rule.clashes)
        and any(touches(s, f, rule.per, key) for key in places(s, rule.per))
        for f in s.facts
    )
    return [Said("same_day", rule.outcome.value)] if clash else []
