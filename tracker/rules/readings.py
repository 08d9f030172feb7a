"""The readings of a history: every way in which its open facts can be settled at once (DESIGN 2; CHOICES 5).

Rules look at one reading at a time, in which every date, side and count is settled, and need not know of doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from tracker.domain.anatomy import Level, Side, Target
from tracker.domain.coverage import coverage_on
from tracker.domain.event import Event, EventStatus
from tracker.domain.policy import PolicyVersion, Together
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, OneRegion, Repeat, Requires, SameDay
from tracker.domain.windows import months_before
from tracker.rules.doubts import SIDED, SIDES, Change, Doubt, OpenEvent, open_event
from tracker.rules.facts import Fact, settled_regions

MOST = 600
"""More readings than this are not tried all: then dates are read at their ends, and doubts one at a time."""

OTHER_PAYERS = "other payers"
PROPOSAL = "proposal"
_COUNT = frozenset({EventStatus.PERFORMED, EventStatus.BOOKED, EventStatus.ABORTED})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to settle everything: the facts, the proposal's sites, and the choice made for each doubt."""

    facts: tuple[Fact, ...]
    targets: tuple[Target, ...]
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings that matter on one day, and the doubts that they settle."""

    doubts: tuple[Doubt, ...]
    readings: tuple[Reading, ...]


def read(case: Case, versions: Iterable[PolicyVersion], rules: Iterable[Rule], day: date, payer: str) -> Readings:
    """Return the readings of the case's history as the rules can tell them apart on `day`."""
    rules = tuple(rules)
    pairs = tuple(pair for version in versions for pair in version.together)
    wanted = families_looked_at(rules, case)
    events = [event for event in case.history if event.family in wanted and event.status in _COUNT]
    edges = _edges(rules, events, day)
    open_events = [open_event(event, case, edges) for event in events]
    others = [event.id for event in events if _paid_by(event, case) not in (None, payer)]
    return _combine(case, open_events, others, pairs)


def families_looked_at(rules: Iterable[Rule], case: Case) -> frozenset[Family]:
    """Return the families whose events any of the rules may see."""
    seen: set[Family] = {case.proposal.family}
    for rule in rules:
        for which in _looks_at(rule):
            seen.update(which.families)
    return frozenset(seen)


def _looks_at(rule: Rule) -> Iterator[Which]:
    match rule:
        case MaxCount():
            yield rule.counted
        case Repeat():
            yield rule.earlier
        case Requires():
            yield from (rule.of, rule.first or rule.about)
        case SameDay():
            yield rule.clashes
        case OneRegion():
            yield rule.together
        case Advice():
            yield from (which for which in (rule.after, rule.unless.of if rule.unless else None) if which)
        case MaxLevels():
            yield rule.about


def _paid_by(event: Event, case: Case) -> str | None:
    """Return who paid: as recorded, or by the coverage of that day; None when neither tells."""
    if event.payer is not None:
        return event.payer
    coverage = coverage_on(case.coverages, event.when.first)
    return coverage.payer if coverage else None


def _edges(rules: tuple[Rule, ...], events: list[Event], day: date) -> frozenset[date]:
    """Return the days on either side of which some rule may see an event differently on `day`."""
    edges = {day, date(day.year, 1, 1)}
    for rule in rules:
        months, days = _spans(rule)
        edges.update(months_before(day, length) for length in months if length)
        edges.update(day - timedelta(days=length) for length in days if length)
    edges.update(bound for event in events for bound in (event.when.first, event.when.last))
    return frozenset(edges)


def _spans(rule: Rule) -> tuple[tuple[int, ...], tuple[int, ...]]:
    match rule:
        case MaxCount():
            months = 12 if rule.window.type == "anchored-year" else rule.window.months or 0
            return (months, rule.merge_sides_months), (rule.window.days or 0,)
        case Repeat():
            return (rule.months,), (rule.days, rule.early.days if rule.early else 0)
        case Requires():
            return (rule.void_after_months,), ()
        case Advice():
            return (rule.gap_months, rule.course_months), ()
    return (), ()


def _combine(case: Case, events: list[OpenEvent], others: list[str], pairs: tuple[Together, ...]) -> Readings:
    ways: list[tuple[Doubt, tuple[object, ...]]] = []
    for each in events:
        ways += each.doubts
    if others:
        what = "whether what another payer paid counts"
        ways.append(
            (
                Doubt(OTHER_PAYERS, "", what, "Ask this payer whether it counts what a former payer paid.", 2),
                (True, False),
            )
        )
    if case.proposal.family in SIDED and any(t.side is Side.UNKNOWN for t in case.proposal.targets):
        ways.append((Doubt(PROPOSAL, "", "the side that is planned", "Say which side it is to be.", 3), SIDES))
    doubts = tuple(doubt for doubt, _ in ways)
    readings = tuple(
        _reading(case, events, set(others), doubts, [options for _, options in ways], picked, pairs)
        for picked in _picks([doubt.ways for doubt in doubts])
    )
    return Readings(doubts, readings)


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


def _reading(
    case: Case,
    events: list[OpenEvent],
    others: set[str],
    doubts: tuple[Doubt, ...],
    options: list[tuple[object, ...]],
    picked: tuple[int, ...],
    pairs: tuple[Together, ...],
) -> Reading:
    chosen: Mapping[str, object] = {
        doubt.key: each[choice] for doubt, each, choice in zip(doubts, options, picked, strict=True)
    }
    facts = [fact for event in events if (fact := _settle(event, chosen)) is not None]
    if others:
        counts = chosen[OTHER_PAYERS] is not False
        facts = [replace(fact, foreign=True, counts=counts) if fact.id in others else fact for fact in facts]
    targets = case.proposal.targets
    if PROPOSAL in chosen:
        side = Side(str(chosen[PROPOSAL]))
        targets = tuple(Target(t.level, side) if t.side is Side.UNKNOWN else t for t in targets)
    return Reading(_with_regions(facts, pairs), targets, picked)


def _settle(event: OpenEvent, chosen: Mapping[str, object]) -> Fact | None:
    fact = event.settled
    for doubt, _ in event.doubts:
        change = chosen[doubt.key]
        if not isinstance(change, Change):
            continue
        if change.gone:
            return None
        fact = change.of(fact)
    return fact


def _with_regions(facts: list[Fact], pairs: tuple[Together, ...]) -> tuple[Fact, ...]:
    """Sort by day, and count sessions of joined levels in one region."""
    if pairs:
        by_session: dict[tuple[date, Family], set[Level]] = {}
        for fact in facts:
            by_session.setdefault((fact.day, fact.family), set()).update(fact.levels)
        facts = [
            replace(fact, regions=settled_regions(frozenset(by_session[fact.day, fact.family]), fact.regions, pairs))
            if len(by_session[fact.day, fact.family]) > 1
            else fact
            for fact in facts
        ]
    return tuple(sorted(facts, key=lambda fact: (fact.day, fact.id)))
