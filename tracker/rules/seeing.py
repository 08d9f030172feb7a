"""What each kind of rule tells facts by, and on which days it looks: readings that look the same are judged once.

Of one event readings differ in day, places, intent, region of the body, KX, and in whether it counts; the rest is on
file, and its id stands for it. A kind of rule that is not named here sees everything up to the day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.rule import Rule, Unit, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.windows import ONE_DAY
from tracker.rules.counting import window_on
from tracker.rules.facts import Fact, Look
from tracker.rules.narrowing import ALWAYS, Narrow, Told, first_within

Sees = Callable[[Fact], Hashable]
"""Returns what the rule tells a fact by, None for one that it does not look at; never asked for tallies or words."""
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule tells a fact by if its day lies in `span`, from the first to the last, of the day asked about."""

    tells: Sees
    span: Callable[[date], Span]


Deciding = tuple[Hashable, date | None]
"""What decides what a rule says, and the day asked about if it matters."""


class Standing:
    """The rules at one place of the proposal: each mark of a fact is a bit of its own, so that their sum tells all."""

    def __init__(self, seen: Sequence[Seen], narrow: Sequence[Narrow]) -> None:
        self._seen, self._narrow = seen, narrow
        self._known: dict[int, tuple[Fact, tuple[tuple[int, int], ...]]] = {}
        self._bits: dict[tuple[int, str, Hashable], int] = {}
        self._told: list[Told] = []
        self._own_days = set[date]()
        self._masks = [0] * len(seen)
        self._days: dict[date, list[tuple[Hashable, date]]] = {}
        self._decides: list[dict[tuple[int, Hashable], tuple[Hashable, date]]] = [{} for _ in seen]

    def spans(self, day: date) -> list[Span]:
        """Return on which days of facts each of the rules looks on `day`."""
        return [seen.span(day) for seen in self._seen]

    def bits(self, fact: Fact) -> tuple[tuple[int, int], ...]:
        """Return the places of the rules that look at the fact on some day, each with its mark of it.

        The fact is kept, so that its identity stays its own.
        """
        known = self._known.get(id(fact))
        if known is None:
            known = self._known[id(fact)] = fact, tuple(self._marked(fact))
        return known[1]

    def _marked(self, fact: Fact) -> list[tuple[int, int]]:
        found = []
        for place, seen in enumerate(self._seen):
            told = seen.tells(fact)
            if told is not None:
                bit = self._bits.get((place, fact.id, told))
                if bit is None:
                    bit = self._bits[place, fact.id, told] = 1 << len(self._bits)
                    self._told.append(Told(fact, told))
                    if fact.day not in self._own_days:
                        self._own_days.add(fact.day)
                        self._days.pop(fact.day, None)
                self._masks[place] |= bit
                found.append((place, bit))
        return found

    def deciding(self, view: int, day: date) -> tuple[Deciding, ...]:
        """Return for each rule what decides of all that they see; a view below 0 is like no other."""
        if view < 0:
            return tuple([(view, day)] * len(self._seen))
        if day not in self._days:
            own = day if day in self._own_days else None
            self._days[day] = [(own if n.own_day else n.hangs_on(day), n.reach(day)) for n in self._narrow]
        found = list[Deciding]()
        for place, (hangs_on, reach) in enumerate(self._days[day]):
            part = view & self._masks[place]
            known = self._decides[place].get((part, hangs_on))
            if known is None:
                known = self._decides[place][part, hangs_on] = self._decided(place, part, day)
            found.append((known[0], day if known[1] >= reach else None))
        return tuple(found)

    def _decided(self, place: int, part: int, day: date) -> tuple[Hashable, date]:
        narrow = self._narrow[place]
        if narrow.decides is None:
            return part, ALWAYS if part else narrow.alone
        seen, left = list[Told](), part
        while left:
            bit = left & -left
            seen.append(self._told[bit.bit_length() - 1])
            left ^= bit
        return narrow.decides(sorted(seen, key=_day_and_id), day)


def _day_and_id(told: Told) -> tuple[date, str]:
    return told.fact.day, told.fact.id


def seen_by(rule: Rule, look: Look) -> Seen:
    """Return what the rule sees; `look` is at the proposal alone, without facts."""
    match rule:
        case MaxCount():
            return _counted(rule, look)
        case Repeat():
            return _last(rule, look)
        case Requires():
            return _before((rule.of, rule.first or rule.about), _touching(rule, look))
        case Advice() if rule.after is not None:
            return _before((rule.after, rule.unless.of if rule.unless else rule.after), _touching(rule, look))
        case MaxLevels() | OneRegion() | SameDay():
            return Seen(lambda fact: fact, lambda day: (day, day))
        case Advice() | NotCovered():
            return Seen(lambda _fact: None, _up_to)
    return Seen(lambda fact: fact, _up_to)


def _up_to(day: date) -> Span:
    return date.min, day


def _earlier(day: date) -> Span:
    return date.min, day - ONE_DAY


def _touching(rule: MaxCount | Repeat | Requires | Advice, look: Look) -> Callable[[Fact], tuple[bool, ...]]:
    """Return in which places of the proposal a fact lies; empty for none."""
    keys = look.keys(rule.per)

    def touched(fact: Fact) -> tuple[bool, ...]:
        places = tuple([look.inside(fact, rule.per, key) for key in keys])
        return places if any(places) else ()

    return touched


def _counted(rule: MaxCount, look: Look) -> Seen:
    touched, unmarked = _touching(rule, look), rule.unmarked if rule.without_kx else None
    cut = not (unmarked or rule.window.endless or rule.window.type == "anchored-year")
    by_site = rule.unit is not Unit.SESSION or bool(rule.merge_sides_months)

    def tells(fact: Fact) -> Hashable:
        if not (fact.fits(rule.counted) or (unmarked is not None and fact.fits(unmarked))):
            return None
        if fact.foreign and not rule.counts_foreign(asked=fact.counts):
            return None
        if not (places := touched(fact)):
            return None
        by_claim = (fact.intent, fact.kx, fact.foreign) if unmarked else None
        return fact.day, places, by_claim, fact.sites if by_site else None

    return Seen(tells, (lambda day: (window_on(rule, day, ()).start or date.min, day)) if cut else _up_to)


def _last(rule: Repeat, look: Look) -> Seen:
    """A distance alone looks no farther back than it reaches."""
    touched = _touching(rule, look)

    def tells(fact: Fact) -> Hashable:
        places = touched(fact) if fact.fits(rule.earlier) else ()
        return (fact.day, places) if places else None

    if rule.percent or rule.relief_months or rule.early:
        return Seen(tells, _earlier)
    return Seen(tells, lambda day: (first_within(rule, day), day - ONE_DAY))


def _before(meant: tuple[Which, Which], touched: Callable[[Fact], tuple[bool, ...]]) -> Seen:
    """Return how facts before the day are told: by day and place, and by which of the two is meant."""

    def tells(fact: Fact) -> Hashable:
        fits = tuple([fact.fits(which) for which in meant])
        if not any(fits):
            return None
        places = touched(fact)
        return (fact.day, places, fits) if places else None

    return Seen(tells, _earlier)
