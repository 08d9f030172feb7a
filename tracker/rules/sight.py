"""What the rules can tell apart in a history: which families, whether sides, and beside which days they turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.event import Event, EventStatus
from tracker.domain.policy import PolicyVersion, Together
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case
from tracker.domain.rule import Rule, Scope, Unit, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, OneRegion, Repeat, Requires, SameDay
from tracker.domain.windows import months_after, months_before

_YEARS = range(1, 6)
"""How many years back a year that begins with the first event may have begun."""


COUNT = (EventStatus.PERFORMED, EventStatus.BOOKED, EventStatus.ABORTED)


@dataclass(frozen=True, slots=True)
class Sight:
    """What some rules look at: `families` on any day, `beside` only on the asked day.

    Whether at sides, at regions of the body, at who paid, at the KX of claims. `joined`: the levels named in `pairs`.
    """

    rules: tuple[Rule, ...]
    families: frozenset[Family]
    beside: frozenset[Family]
    sides: bool
    body: bool
    former_payers: bool
    kx: bool
    pairs: tuple[Together, ...]
    joined: frozenset[str]

    @classmethod
    def of(cls, versions: Iterable[PolicyVersion], rules: tuple[Rule, ...]) -> Sight:
        """Return it for rules of these versions; where levels are joined, any family may turn a region."""
        pairs = tuple(pair for version in versions for pair in version.together)
        families = {family for rule in rules for which in _looks_at(rule) for family in which.families}
        beside = {family for rule in rules for which in _looks_beside(rule) for family in which.families}
        return cls(
            rules,
            frozenset(families),
            frozenset(beside),
            any(_looks_at_sides(rule) for rule in rules),
            any(_looks_at_body(rule) for rule in rules),
            any(isinstance(rule, MaxCount) and rule.former_payers == "ask" for rule in rules),
            any(isinstance(rule, MaxCount) and rule.without_kx for rule in rules),
            pairs,
            frozenset(level for pair in pairs for level in pair.levels),
        )

    def events(self, case: Case) -> list[Event]:
        """Return the events of the history that any of the rules may see on the case's day."""
        day, own = case.proposal.day, case.proposal.family
        return [
            event
            for event in case.history
            if event.status in COUNT
            and (
                event.family is own
                or event.family in self.families
                or (event.family in self.beside and event.when.first <= day <= event.when.last)
            )
        ]


def families_seen(rules: Iterable[Rule], family: Family) -> frozenset[Family]:
    """Return the families whose events, on whatever day, any of the rules about this family may see."""
    about = (rule for rule in rules if not rule.families or family in rule.families)
    return frozenset({family, *(seen for rule in about for which in _looks_at(rule) for seen in which.families)})


def _looks_at(rule: Rule) -> Iterator[Which]:
    match rule:
        case MaxCount():
            yield rule.counted
        case Repeat():
            yield rule.earlier
        case Requires():
            yield from (rule.of, rule.first or rule.about)
        case Advice():
            yield from (which for which in (rule.after, rule.unless.of if rule.unless else None) if which)


def _looks_beside(rule: Rule) -> Iterator[Which]:
    match rule:
        case SameDay():
            yield rule.clashes
        case OneRegion():
            yield rule.together
        case MaxLevels():
            yield rule.about


def _looks_at_sides(rule: Rule) -> bool:
    match rule:
        case MaxCount():
            return rule.per is Scope.SITE or rule.unit is Unit.INJECTION or bool(rule.merge_sides_months)
        case MaxLevels():
            return rule.per_side
        case Repeat() | Requires() | SameDay():
            return rule.per is Scope.SITE
        case Advice():
            return rule.after is not None and rule.per is Scope.SITE
    return False


def _looks_at_body(rule: Rule) -> bool:
    return getattr(rule, "per", None) is Scope.BODY_REGION or (isinstance(rule, OneRegion) and rule.of_body)


def turning_days(rules: tuple[Rule, ...], events: list[Event], case: Case, day: date) -> frozenset[date]:
    """Return the days on either side of which some rule may see an event differently on `day`."""
    bounds = {bound for event in events for bound in (event.when.first, event.when.last)}
    days = {day, date(day.year, 1, 1)} | bounds
    for rule in rules:
        months, lengths = spans(rule)
        days.update(months_before(day, length) for length in months if length)
        days.update(day - timedelta(days=length) for length in lengths if length)
        if isinstance(rule, Requires) and rule.apart_days:
            days.update(
                bound + timedelta(days=step) for bound in bounds for step in (rule.apart_days, -rule.apart_days)
            )
        if isinstance(rule, MaxCount):
            days.update(_beside_others(rule, day, bounds))
    if len(case.coverages) > 1:
        days.update(each.start for each in case.coverages if each.start)
        days.update(each.over for each in case.coverages if each.over)
    return frozenset(days)


def spans(rule: Rule) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the months and the days over which the rule looks back; 0 says nothing."""
    match rule:
        case MaxCount():
            return (rule.window.months or 0,), (rule.window.days or 0,)
        case Repeat():
            return (rule.months,), (rule.days, rule.early.days if rule.early else 0)
        case Requires():
            return (rule.void_after_months,), ()
        case Advice():
            return (rule.gap_months, rule.course_months), ()
    return (), ()


def _beside_others(rule: MaxCount, day: date, bounds: set[date]) -> Iterator[date]:
    """Yield the days that turn a count because of another event: sides that merge, a year begun by the first."""
    if rule.merge_sides_months:
        for bound in bounds:
            yield from (months_before(bound, rule.merge_sides_months), months_after(bound, rule.merge_sides_months))
    if rule.window.type == "anchored-year":
        yield from (months_before(bound, 12 * years) for bound in {day, *bounds} for years in _YEARS)
