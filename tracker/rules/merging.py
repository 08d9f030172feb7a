"""What one day uses of a limit, and how the two sides of one level become one session where the payer says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.rule_kinds import MaxCount
from tracker.domain.windows import months_before
from tracker.rules.facts import Fact, Look


@dataclass(frozen=True, slots=True)
class Use:
    """What one day uses up of a limit, by the facts of that day."""

    day: date
    units: int
    facts: tuple[Fact, ...]


def merged(rule: MaxCount, uses: list[Use]) -> list[Use]:
    """Join the other side of the same levels within the given months to the session before it."""
    if not rule.merge_sides_months:
        return uses
    kept: list[Use] = []
    for use in uses:
        earlier = kept[-1] if kept else None
        if earlier is not None and _other_side(earlier, use) and _within(earlier.day, use.day, rule.merge_sides_months):
            kept[-1] = Use(earlier.day, earlier.units, (*earlier.facts, *use.facts))
        else:
            kept.append(use)
    return kept


def _other_side(one: Use, other: Use) -> bool:
    first = {site for fact in one.facts for site in fact.sites}
    second = {site for fact in other.facts for site in fact.sites}
    return bool(second) and {s.level for s in first} == {s.level for s in second} and not first & second


def joins_last(rule: MaxCount, look: Look, before: list[Use]) -> bool:
    """Tell whether the proposal is the other side of the last session, near enough to be one with it."""
    if not (rule.merge_sides_months and before):
        return False
    last = {site for fact in before[-1].facts for site in fact.sites}
    levels = {site.level for site in last}
    other = levels == look.levels and not last & look.sites
    return other and _within(before[-1].day, look.day, rule.merge_sides_months)


def _within(earlier: date, later: date, months: int) -> bool:
    return earlier >= months_before(later, months)
