"""What of all that a rule sees decides what it says, and whether the day that is asked about decides with it.

Readings in which the same decides are judged once. A kind of rule that is not named here is judged for all that it
sees, on each day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from tracker.domain.rule import Rule, Unit
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.windows import ONE_DAY, months_before
from tracker.rules.facts import Fact, Look
from tracker.rules.notes import long_course
from tracker.rules.repeating import good_enough


class Told(NamedTuple):
    """A fact that a rule sees, and what it tells it by: for kinds that count first the day, then whether in each place.

    """

    fact: Fact
    by: Any


NEVER, ALWAYS = date.min, date.max
Decides = Callable[[Sequence[Told], date], tuple[Hashable, date]]
"""Returns what decides, and the latest day of a fact to which a distance is kept; NEVER where no day matters.

Facts come by day, those of one day by id.
"""


def _nothing(_day: date) -> None:
    return None


def _at_once(_day: date) -> date:
    return NEVER + ONE_DAY


@dataclass(frozen=True, slots=True)
class Narrow:
    """How a rule narrows what it sees; without `decides` all of that decides, and where it is nothing, `alone` does.

    `hangs_on`: what of the asked day decides beside it. `reach`: the first day that is near the asked one: where the
    latest day that is returned lies before it, the asked day says nothing more.
    """

    decides: Decides | None = None
    hangs_on: Callable[[date], Hashable] = _nothing
    reach: Callable[[date], date] = _at_once
    alone: date = ALWAYS


def narrowed(rule: Rule, look: Look) -> Narrow:
    """Return how the rule narrows what it sees; `look` is at the proposal alone, without facts."""
    match rule:
        case Repeat() if not (rule.early and look.proposal.technique_changed):
            return Narrow(_by_the_last, reach=lambda day: first_within(rule, day))
        case Requires():
            void = rule.void_after_months
            return Narrow(_by_results(rule), (lambda day: months_before(day, void)) if void else _nothing)
        case Advice() if rule.after is not None:
            return Narrow(_by_reasons(rule), _same if rule.gap_months or rule.course_months else _nothing)
        case MaxCount() if rule.unit is Unit.SESSION and not look.choices.anniversary_day_free:
            return Narrow(_by_sessions(rule), _same)
        case MaxLevels() | OneRegion() | SameDay() | NotCovered() | Advice():
            return Narrow(alone=NEVER)
    return Narrow()


def _same(day: date) -> date:
    return day


def first_within(rule: Repeat, day: date) -> date:
    """Return the first day that lies within the distance before `day`."""
    return months_before(day, rule.months) + ONE_DAY if rule.months else day - timedelta(days=rule.days)


def _in_places(seen: Sequence[Told]) -> dict[int, list[Told]]:
    """Return them by the places in which they are."""
    places: dict[int, list[Told]] = {}
    for each in seen:
        for place, inside in enumerate(each.by[1]):
            if inside:
                places.setdefault(place, []).append(each)
    return places


def _by_the_last(seen: Sequence[Told], _day: date) -> tuple[Hashable, date]:
    """A repeat looks at the last day with any in each place."""
    lasts = [(place, some[-1].by[0], some) for place, some in sorted(_in_places(seen).items())]
    kept = [(place, day, tuple([each.fact.id for each in some if each.by[0] == day])) for place, day, some in lasts]
    return tuple(kept), max([day for _, day, _ in lasts], default=NEVER)


def _by_results(rule: Requires) -> Decides:
    """Results count in their order; a first one makes them needless. Those that are open are named by their days."""

    def decides(seen: Sequence[Told], day: date) -> tuple[Hashable, date]:
        oldest = months_before(day, rule.void_after_months) if rule.void_after_months else NEVER
        found = list[tuple[int, tuple[Hashable, ...] | None]]()
        for place, some in sorted(_in_places(seen).items()):
            first = any(each.by[2][1] for each in some)
            results = [each for each in some if each.by[2][0] and each.by[0] >= oldest]
            found.append((place, None if first else tuple(_each_result(rule, results))))
        return tuple(found), NEVER

    return decides


def _each_result(rule: Requires, results: list[Told]) -> Iterator[Hashable]:
    for day, together in groupby(results, lambda each: each.by[0]):
        facts = [each.fact for each in together]
        known = len(facts) == 1 and good_enough(facts[0], rule.percent, rule.relief_months) is not None
        yield tuple([fact.id for fact in facts]), None if known and not rule.apart_days else day


def _by_reasons(rule: Advice) -> Decides:
    """Advice tells of the events for whose sake it is given, and of nothing else."""
    unless, answered = rule.unless, rule.unless.percent if rule.unless else 0

    def decides(seen: Sequence[Told], day: date) -> tuple[Hashable, date]:
        found = list[str]()
        for _, some in sorted(_in_places(seen).items()):
            earlier = [each for each in some if each.by[2][0]]
            if rule.percent:
                earlier = [each for each in earlier if good_enough(each.fact, rule.percent, rule.relief_months)]
            if not earlier:
                continue
            last = earlier[-1].by[0]
            if rule.gap_months and last > months_before(day, rule.gap_months):
                continue
            days = (each.by[0] for each in reversed(earlier))
            if rule.course_months and not long_course(days, day, rule.course_months):
                continue
            since = [each for each in some if each.by[2][1] and last < each.by[0]] if unless else []
            if unless and len([e for e in since if good_enough(e.fact, answered, 0)]) >= unless.needs:
                continue
            found.append(earlier[-1].fact.id)
        return tuple(dict.fromkeys(found)), NEVER

    return decides


def _by_sessions(rule: MaxCount) -> Decides:
    """Of a count the order of those counted decides, and the day that gives way; too few to reach it say nothing."""
    exact = rule.merge_sides_months or rule.next_day_joins or rule.without_kx or rule.window.type == "anchored-year"

    def decides(seen: Sequence[Told], day: date) -> tuple[Hashable, date]:
        places = {place: some for place, some in _in_places(seen).items() if len(some) + 1 >= rule.limit}
        if not places and rule.limit > 1:
            return None, NEVER
        if exact:
            return tuple([(each.fact.id, each.by) for each in seen]), ALWAYS
        found = [(place, *_full(rule, some, day)) for place, some in sorted(places.items())]
        return tuple(found), ALWAYS

    return decides


def _full(rule: MaxCount, some: list[Told], day: date) -> tuple[Hashable, ...]:
    """Return what decides in one place: who counts, together on which days, and when the first of them gives way."""
    uses = [(on, [each.fact for each in together]) for on, together in groupby(some, lambda each: each.by[0])]
    over = len(uses) + 1 - rule.limit
    gives_way = uses[over - 1][0] if over > 0 else uses[0][0] if uses else None
    told = [
        (tuple([fact.id for fact in facts]), on if rule.improved_percent and _silent(facts) else None)
        for on, facts in uses
    ]
    return tuple(told), bool(uses) and uses[-1][0] == day, gives_way


def _silent(facts: list[Fact]) -> bool:
    return len(facts) > 1 or (facts[0].relief_percent is None and not facts[0].booked)
