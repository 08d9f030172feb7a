"""What of all that a rule sees decides what it says, and whether the day that is asked about decides with it.

Readings in which the same decides are judged once. A kind of rule that is not named here is judged for all that it
sees, on each day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from tracker.domain.rule import Rule, Unit
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.verdict import Outcome
from tracker.domain.windows import ONE_DAY, anchored_year, months_before
from tracker.rules.facts import Fact, Look
from tracker.rules.notes import course_start
from tracker.rules.repeating import good_enough
from tracker.rules.steps import judged_results, lacking


class Told(NamedTuple):
    """A fact that a rule sees, and what it tells it by: mostly the day first, then whether it lies in each place."""

    fact: Fact
    by: Any


NEVER, ALWAYS = date.min, date.max
Decides = Callable[[Sequence[Told], date], tuple[Hashable, date]]
"""Returns what decides, and the latest day of a fact to which a distance is kept; NEVER where no day matters.

Facts come by day, those of one day by id. The day asked about is given, too: what of it may be looked at is told by
`Narrow.hangs_on` and `own_day`.
"""


def _nothing(_day: date) -> None:
    return None


def _at_once(_day: date) -> date:
    return NEVER + ONE_DAY


@dataclass(frozen=True, slots=True)
class Narrow:
    """How a rule narrows what it sees; without `decides` all of that decides, and where it is nothing, `alone` does.

    `hangs_on`: what of the asked day decides beside it; `own_day`: whether a fact lies on it. `reach`: the first day
    that is near the asked one: where the latest day that is returned lies before it, the asked day says nothing more.
    """

    decides: Decides | None = None
    hangs_on: Callable[[date], Hashable] = _nothing
    reach: Callable[[date], date] = _at_once
    alone: date = ALWAYS
    own_day: bool = False


def narrowed(rule: Rule, look: Look) -> Narrow:
    """Return how the rule narrows what it sees; `look` is at the proposal alone, without facts."""
    match rule:
        case Repeat() if not (rule.early and look.proposal.technique_changed):
            return Narrow(_by_the_last, reach=lambda day: first_within(rule, day))
        case Requires():
            void = rule.void_after_months
            return Narrow(_by_results(rule), (lambda day: months_before(day, void)) if void else _nothing)
        case Advice() if rule.after is not None:
            return _by_reasons(rule)
        case MaxCount() if rule.unit is Unit.SESSION and not look.choices.anniversary_day_free:
            by_year = rule.window.type == "anchored-year"
            return Narrow(_by_sessions(rule), (lambda day: day) if by_year else _nothing, own_day=not by_year)
        case MaxLevels() | OneRegion() | SameDay() | NotCovered() | Advice():
            return Narrow(alone=NEVER)
    return Narrow()


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
    """Where enough is on file nothing is said; else those are told of that fell short, or that are open."""
    good = dict[str, bool | None]()

    def enough(fact: Fact) -> bool | None:
        if fact.id not in good:
            good[fact.id] = good_enough(fact, rule.percent, rule.relief_months)
        return good[fact.id]

    def decides(seen: Sequence[Told], day: date) -> tuple[Hashable, date]:
        oldest = months_before(day, rule.void_after_months) if rule.void_after_months else NEVER
        found = list[tuple[int, Hashable]]()
        for place, some in sorted(_in_places(seen).items()):
            if any(each.by[2][1] for each in some):
                found.append((place, None))  # it is not the first one there
                continue
            results = list[tuple[Fact, bool | None]]()
            for each in (each.fact for each in some if each.by[2][0] and each.by[0] >= oldest):
                if results and results[-1][0].day == each.day:
                    return tuple([(told.fact.id, told.by) for told in seen]), NEVER  # several records of one day
                results.append((each, enough(each)))
            found.append((place, _lacking(rule, judged_results(rule, results))))
        return tuple(found), NEVER

    return decides


def _lacking(rule: Requires, judged: list[tuple[Fact, bool | None]]) -> Hashable:
    """Return what is told of the results in one place; None where enough of them are good."""
    lack = lacking(rule, judged)
    if lack is None:
        return None
    told = [fact.id for fact, good in judged if good is (False if lack is Outcome.NOT_ALLOWED else None)]
    return lack, tuple(told or [fact.id for fact, _ in judged])


def _by_reasons(rule: Advice) -> Narrow:
    """Advice tells of the last event in each place, and of when the course began to which it belongs."""
    gap, course = rule.gap_months, rule.course_months

    def decides(seen: Sequence[Told], _day: date) -> tuple[Hashable, date]:
        found = list[tuple[str, date, date]]()
        for _, some in sorted(_in_places(seen).items()):
            earlier = [each for each in some if each.by[2][0]]
            if rule.percent:
                earlier = [each for each in earlier if good_enough(each.fact, rule.percent, rule.relief_months)]
            if earlier and not _answered(rule, [each for each in some if earlier[-1].by[0] < each.by[0]]):
                last, before = earlier[-1], (each.by[0] for each in reversed(earlier[:-1]))
                start = course_start(before, last.by[0], course) if course else NEVER
                found.append((last.fact.id, last.by[0], start))
        return tuple(found), max([last for _, last, _ in found], default=NEVER) if gap or course else NEVER

    if gap and course:
        return Narrow()
    return Narrow(decides, reach=lambda day: months_before(day, gap) + ONE_DAY if gap else months_before(day, course))


def _answered(rule: Advice, since: list[Told]) -> bool:
    unless = rule.unless
    if unless is None:
        return False
    return len([e for e in since if e.by[2][1] and good_enough(e.fact, unless.percent, 0)]) >= unless.needs


def _by_sessions(rule: MaxCount) -> Decides:
    """Of a count the order of those counted decides, and the day that gives way; too few to reach it say nothing."""
    exact = rule.merge_sides_months or rule.next_day_joins or rule.without_kx

    def decides(seen: Sequence[Told], day: date) -> tuple[Hashable, date]:
        places = _in_places(seen)
        if rule.limit > 1 and all(len(some) + 1 < rule.limit for some in places.values()):
            return None, NEVER
        if exact:
            return tuple([(each.fact.id, each.by) for each in seen]), ALWAYS
        found = list[tuple[Hashable, ...]]()
        for place, some in sorted(places.items()):
            start = _year_start(day, some[0].by[0]) if rule.window.type == "anchored-year" else NEVER
            counted = [each for each in some if each.by[0] >= start]
            if len(counted) + 1 >= rule.limit:
                found.append((place, start, *_full(rule, counted, day)))
        return tuple(found), ALWAYS

    return decides


@lru_cache(maxsize=4096)
def _year_start(day: date, anchor: date) -> date:
    """Return when the year began that holds the day, years beginning with the day of the first one."""
    return anchored_year(day, anchor).start


def _full(rule: MaxCount, some: list[Told], day: date) -> tuple[Hashable, ...]:
    """Return what decides in one place: who counts, together on which days, and when the first of them gives way."""
    uses = [(on, [each.fact for each in together]) for on, together in groupby(some, lambda each: each.by[0])]
    over = len(uses) + 1 - rule.limit
    gives_way = uses[over - 1][0] if over > 0 else uses[0][0] if uses else None
    told = [tuple([fact.id for fact in facts]) for _, facts in uses]
    return tuple(told), bool(uses) and uses[-1][0] == day, gives_way
