"""The oracle's counted limits: every window and unit by plain addition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.rules.oracle_calendar import back, year_of
from tests.rules.oracle_facts import Fact, Said, Session, Site, by_code, found_here, places, touches
from tracker.domain.rule import Scope, Unit
from tracker.domain.rule_kinds import MaxCount


def _in_window(rule: MaxCount, s: Session, day: int, anchor: int) -> bool:
    spec = rule.window
    if spec.type in ("lifetime", "course"):
        return day <= s.day
    if spec.type == "calendar-year":
        return year_of(day) == year_of(s.day) and day <= s.day
    if spec.type == "anchored-year":
        years = 0
        while back(s.day, 12 * (years + 1)) >= anchor:
            years += 1
        return back(anchor, -12 * years) <= day <= s.day
    if spec.days:
        return s.day - spec.days <= day <= s.day
    edge = back(s.day, spec.months or 0)
    return (edge < day if s.free else edge <= day) and day <= s.day


def max_count(rule: MaxCount, s: Session) -> list[Said]:
    said: list[Said] = []
    for key in places(s, rule.per):
        facts = [f for f in found_here(s, rule.counts or rule.about, rule.per, key) if _counted(rule, f)]
        if rule.without_kx:
            moved = _moved_by_claim(rule, s, key)
            if not moved:
                continue
            facts = sorted([*facts, *moved], key=lambda fact: (fact.day, fact.id))
        anchor = min((fact.day for fact in facts), default=s.day)
        inside = [fact for fact in facts if _in_window(rule, s, fact.day, anchor)]
        total = _total(rule, s, key, inside)
        if total > rule.limit:
            alone = replace(s, facts=())
            ever = rule.window.type in ("lifetime", "course") or _total(rule, alone, key, []) > rule.limit
            said.append(_over(rule, s, inside, ever))
        elif total == rule.limit:
            said.append(Said("advice", "caution"))
        if s.free and rule.window.type == "rolling" and rule.window.months and total <= rule.limit:
            edge = back(s.day, rule.window.months)
            wider = [fact for fact in facts if edge <= fact.day]
            if _total(rule, s, key, wider) > rule.limit:
                said.append(Said("boundary_day", "caution"))
    return said


def _moved_by_claim(rule: MaxCount, s: Session, key: Any) -> list[Fact]:
    """Return what was diagnostic, done, and claimed from this payer without KX."""
    which = rule.counts or rule.about
    there = [f for f in s.facts if f.day <= s.day and f.family in which.families and touches(s, f, rule.per, key)]
    return [f for f in there if f.intent == "diagnostic" and not f.kx and not f.foreign and not f.booked]


def _over(rule: MaxCount, s: Session, inside: list[Fact], ever: bool) -> Said:
    """Say what going over the limit means, with the ways around it that the rule names."""
    code, outcome = rule.code.value, rule.outcome.value
    done = [fact for fact in inside if not fact.booked]
    if outcome == "not_allowed" and rule.improved_percent:
        best = _lesser_results(done)
        if any(percent is not None and percent >= rule.improved_percent for percent in best):
            return Said(code, "caution")
        if None in best:
            return Said(code, "unknown")
    if outcome == "not_allowed" and rule.next_day_joins and _fewest({f.day for f in inside} | {s.day}) <= rule.limit:
        return Said(code, "unknown", dated_doubt=True)
    return Said(code, outcome, cureless=ever and outcome == "not_allowed")


def _lesser_results(facts: list[Fact]) -> list[float | None]:
    """Return the result of each day, the lesser one where two records differ."""
    found: dict[int, list[float]] = {fact.day: [] for fact in facts}
    for fact in facts:
        found[fact.day] += [fact.percent] if fact.percent is not None else []
    return [min(percents) if percents else None for percents in found.values()]


def _fewest(days: set[int]) -> int:
    """Return the number of sessions when neighbouring days are paired from the first one on."""
    left, count = set(days), 0
    while left:
        first = min(left)
        left -= {first, first + 1}
        count += 1
    return count


def _counted(rule: MaxCount, fact: Fact) -> bool:
    if rule.former_payers == "count":
        return True
    return not fact.foreign if rule.former_payers == "ignore" else fact.counts


def _total(rule: MaxCount, s: Session, key: Any, facts: list[Fact]) -> int:
    """Return what the proposed session makes of the count."""
    days = sorted({fact.day for fact in facts} | {s.day})
    if rule.unit is Unit.SESSION and not rule.merge_sides_months:
        return len(days)
    sites = {
        day: frozenset(x for f in facts if f.day == day for x in f.sites) | (s.sites if day == s.day else frozenset())
        for day in days
    }
    if rule.unit is not Unit.SESSION:
        return sum(_units(rule, {x for x in sites[day] if _inside(x, rule.per, key)}) for day in days)
    sessions: list[tuple[int, frozenset[Site]]] = []
    for day in days:
        last = sessions[-1] if sessions else None
        levels = {level for level, _ in sites[day]}
        other_side = last is not None and levels == {level for level, _ in last[1]} and not last[1] & sites[day]
        alone = day != s.day or not any(f.day == day for f in facts)
        if last and other_side and sites[day] and alone and back(day, rule.merge_sides_months) <= last[0]:
            sessions[-1] = (last[0], last[1] | sites[day])
        else:
            sessions.append((day, sites[day]))
    return len(sessions)


def _units(rule: MaxCount, sites: set[Site]) -> int:
    """Return a unit a level, or a unit a level and side; what was done nowhere known is one."""
    return max(1, len({level for level, _ in sites} if rule.unit is Unit.LEVEL else sites))


def _inside(site: Site, per: Scope, key: Any) -> bool:
    if per is Scope.PATIENT:
        return True
    if per is Scope.REGION:
        return by_code(site[0]) == key
    return site[0] == key if per is Scope.LEVEL else site == key
