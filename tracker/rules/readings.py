"""The readings of a history: every way in which its open facts can be settled (DESIGN 2; CHOICES 5).

A fact is open when a date is known by month or year only, a side, an intent or a level was not recorded, an event was
aborted or only told by the patient, or another payer paid. A reading settles all of them at once, so that rules need
not know of doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from tracker.domain.anatomy import Level, Region, Side, Target
from tracker.domain.coverage import coverage_on
from tracker.domain.event import Event, EventEvidence, EventStatus
from tracker.domain.policy import (
    Advice,
    MaxCount,
    MaxLevels,
    OneRegion,
    PolicyVersion,
    Repeat,
    Requires,
    Rule,
    SameDay,
    Together,
    Which,
)
from tracker.domain.procedure import Family, Intent
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.windows import ONE_DAY, Window, months_before
from tracker.rules.facts import Fact, region_of_nerve, settled_regions, single_sites

MOST = 600
"""More readings than this are not tried all: then dates are read at their ends, and doubts one at a time."""

OTHER_PAYERS = "other payers"
PROPOSAL = "proposal"
SIDED = frozenset({Family.FACET_INJECTION, Family.FACET_ABLATION, Family.SI_INJECTION, Family.SI_ABLATION})
WITH_INTENT = frozenset({Family.FACET_INJECTION, Family.SI_INJECTION})
_SIDES = (Side.BOTH, Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open fact: whose it is, what is missing in words, whom to ask, and how many ways there are to settle it."""

    key: str
    event_id: str
    what: str
    ask: str
    ways: int


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


def read(case: Case, versions: Iterable[PolicyVersion], rules: Iterable[Rule], day: date, payer: str) -> Readings:
    """Return the readings of the case's history as the rules can tell them apart on `day`."""
    rules = tuple(rules)
    pairs = tuple(pair for version in versions for pair in version.together)
    wanted = families_looked_at(rules, case)
    events = [event for event in case.history if event.family in wanted and event.status in _COUNT]
    edges = _edges(rules, events, day)
    open_events = [_open(event, case, edges) for event in events]
    others = [event.id for event in events if _paid_by(event, case) not in (None, payer)]
    return _combine(case, open_events, others, pairs)


_COUNT = frozenset({EventStatus.PERFORMED, EventStatus.BOOKED, EventStatus.ABORTED})


@dataclass(frozen=True, slots=True)
class Change:
    """What one way of settling a doubt makes of a fact; `gone`: it did not take place."""

    day: date | None = None
    side: Side | None = None
    sites: frozenset[Target] | None = None
    regions: frozenset[Region] | None = None
    intent: Intent | None = None
    gone: bool = False

    def of(self, fact: Fact) -> Fact:
        sites = fact.sites if self.sites is None else self.sites
        if self.side is not None:
            sites = single_sites(Target(site.level, self.side) if site.side is Side.UNKNOWN else site for site in sites)
        return replace(
            fact,
            day=self.day or fact.day,
            sites=sites,
            regions=fact.regions if self.regions is None else self.regions,
            intent=self.intent or fact.intent,
        )


Way = tuple[Doubt, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event with what is open about it: each doubt with the events that it may be."""

    event: Event
    doubts: tuple[tuple[Doubt, tuple[Change, ...]], ...]
    settled: Fact


def _paid_by(event: Event, case: Case) -> str | None:
    """Return who paid: as recorded, or by the coverage of that day; None when neither tells."""
    if event.payer is not None:
        return event.payer
    coverage = coverage_on(case.coverages, event.when.first)
    return coverage.payer if coverage else None


# --- dates ------------------------------------------------------------------------------------------------------------


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


def _days_of(event: Event, as_of: date, edges: frozenset[date]) -> tuple[date, ...]:
    """Return the days that stand for all days the event may have been on, the latest first."""
    first, last = event.when.first, event.when.last
    if event.status is not EventStatus.BOOKED:
        last = max(first, min(last, as_of))
    if first == last:
        return (first,)
    span = Window(first, last)
    near = {edge + step for edge in edges for step in (-ONE_DAY, timedelta(0), ONE_DAY)}
    return tuple(sorted({first, last, *(day for day in near if day in span)}, reverse=True))


# --- one event --------------------------------------------------------------------------------------------------------


def _open(event: Event, case: Case, edges: frozenset[date]) -> OpenEvent:
    plain = Fact(
        id=event.id,
        day=event.when.last,
        family=event.family,
        intent=event.intent,
        approach=event.approach,
        sites=single_sites(event.targets),
        regions=event.regions or frozenset(region_of_nerve(nerve) for nerve in event.nerves),
        relief_percent=event.relief_percent,
        relief_months=event.relief_months,
        booked=event.status is EventStatus.BOOKED,
    )
    days = _days_of(event, case.as_of, edges)
    settled = replace(plain, day=days[0])
    found = [
        _by_date(event, days),
        _by_side(event),
        _by_place(event, case),
        _by_intent(event),
        _by_happening(event),
    ]
    return OpenEvent(event, tuple(each for each in found if each is not None), settled)


def _by_date(event: Event, days: tuple[date, ...]) -> Way | None:
    if event.when.exact:
        return None
    known = f"{event.when.first:%B %Y}" if str(event.when).count("-") == 1 else f"{event.when.first:%Y}"
    doubt = Doubt(f"{event.id} day", event.id, f"the day of the one in {known}", _whom(event, "its date"), len(days))
    return doubt, tuple(Change(day=day) for day in days)


def _by_side(event: Event) -> Way | None:
    sided = event.family in SIDED or any(t.side.single_sides for t in event.targets)
    if not sided or not any(target.side is Side.UNKNOWN for target in event.targets):
        return None
    doubt = Doubt(f"{event.id} side", event.id, f"the side of the one {_when(event)}", _whom(event, "its side"), 3)
    return doubt, tuple(Change(side=side) for side in _SIDES)


def _by_place(event: Event, case: Case) -> Way | None:
    """An event without levels may have been where the proposal goes, elsewhere in its region, or in the other one."""
    if event.targets or event.family not in SIDED | {Family.EPIDURAL} or event.nerves:
        return None
    here = single_sites(case.proposal.targets)
    mine = case.proposal.regions
    if event.region is not None:
        ways = [Change(sites=here, regions=frozenset({event.region}))] if event.region in mine else []
        ways.append(Change(regions=frozenset({event.region})))
    else:
        ways = [Change(sites=here, regions=mine), Change(regions=mine)]
        ways += [Change(regions=frozenset(Region) - mine)] if len(mine) == 1 else []
    if len(ways) < 2:
        return None
    doubt = Doubt(
        f"{event.id} level", event.id, f"the level of the one {_when(event)}", _whom(event, "its level"), len(ways)
    )
    return doubt, tuple(ways)


def _by_intent(event: Event) -> Way | None:
    if event.family not in WITH_INTENT or event.intent is not None:
        return None
    what = f"whether the one {_when(event)} was diagnostic or therapeutic"
    doubt = Doubt(f"{event.id} intent", event.id, what, _whom(event, "its intent"), 2)
    return doubt, tuple(Change(intent=intent) for intent in Intent)


def _by_happening(event: Event) -> Way | None:
    if event.status is EventStatus.ABORTED:
        what = f"whether the one broken off {_when(event)} counts"
        ask = "Ask the payer whether it was billed and counts."
    elif event.evidence is EventEvidence.PATIENT_REPORTED:
        what = f"whether the one that the patient told of, {_when(event)}, took place"
        ask = "Ask the other clinic for its record."
    else:
        return None
    return Doubt(f"{event.id} counts", event.id, what, ask, 2), (Change(), Change(gone=True))


def _when(event: Event) -> str:
    return f"of {us_date(event.when.first)}" if event.when.exact else f"in {event.when}"


def _whom(event: Event, what: str) -> str:
    where = "the clinic that did it" if event.place.value == "elsewhere" else "the record"
    return f"Look for {what} in the record." if where == "the record" else f"Ask {where} for {what}."


# --- all together -----------------------------------------------------------------------------------------------------


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
        ways.append((Doubt(PROPOSAL, "", "the side that is planned", "Say which side it is to be.", 3), _SIDES))
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
    if others and chosen[OTHER_PAYERS] is False:
        facts = [replace(fact, counts=False) if fact.id in others else fact for fact in facts]
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
