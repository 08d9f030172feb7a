"""Settles what is open about events: in every way, but for the ways that no rule could tell from one tried already."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from typing import NamedTuple

from tracker.domain.coverage import first_paying
from tracker.domain.event import Event
from tracker.domain.proposal import Case
from tracker.rules.doubts import OpenEvent
from tracker.rules.facts import Fact
from tracker.rules.grounds import Ground, Made, Picked, Settled, Ways

MOST = 600
"""More readings than this are not tried all: then dates are read at their ends, and doubts one at a time."""

FEW = 3
"""So few readings are judged one by one: to tell which look alike takes as long."""


class Sees(NamedTuple):
    """What any of the rules could tell a fact by, None for nothing: `on_day`, and whatever day is asked about.

    `places`: tells those apart between which the proposal is not settled. `reach`: tells the days asked about apart, by
    which of some days of facts, in order, each of the rules looks at.
    """

    on_day: Callable[[Fact], Hashable]
    on_any_day: Callable[[Fact], Hashable]
    places: Hashable
    reach: Callable[[list[date]], Hashable]


@dataclass(frozen=True, slots=True)
class Slot:
    """The doubts of one event among all, those from `first` to before `last`.

    `alike`: for each way to settle them that is tried, those that look the same to every rule, itself among them.
    """

    first: int
    last: int
    alike: dict[Picked, list[Picked]]


@dataclass(frozen=True, slots=True)
class Picks:
    """The combinations of choices that are tried, in order; `count`: how many would be without the ways left out."""

    tried: tuple[Picked, ...]
    count: int
    slots: tuple[Slot, ...] = ()

    def but_for(self, place: int, picked: Picked) -> Iterable[tuple[Picked, Picked]]:
        """Return each combination that this one stands for without its choice for one doubt: what leads away by it."""
        slot = next((each for each in self.slots if each.first <= place < each.last), Slot(place, place + 1, {}))
        local = picked[slot.first : slot.last]
        outside = (*picked[: slot.first], *picked[slot.last :])
        for each in slot.alike.get(local, (local,)):
            yield outside, (*each[: place - slot.first], *each[place - slot.first + 1 :])


class Settling:
    """The events with what may become of each, made once: every choice of the others goes with the same fact."""

    def __init__(self, events: list[OpenEvent], case: Case, payer: str, former: int | None, ground: Ground) -> None:
        """`former`: where among all choices that of what other payers paid stands, None where there is none."""
        self._case, self._payer, self._former, self._ground = case, payer, former, ground
        self._certain: list[Fact] = []
        self._open: list[_Open] = []
        place = 0
        for event in events:
            if event.doubts or not self._is_ours(event):
                self._open.append(_Open(event, place, place + len(event.doubts), ground.facts_of(event)))
                place += len(event.doubts)
            else:
                self._certain.append(event.settled)

    def _is_ours(self, event: OpenEvent) -> bool:
        """Tell whether surely nobody else paid for one whose day is known."""
        known = self._ground.paid.get(id(event))
        if known is None:
            ours = is_paid_by(self._payer, event.event, self._case, event.settled.day)
            known = self._ground.paid[id(event)] = event, ours
        return known[1]

    def facts(self, picked: Picked) -> list[Fact]:
        """Return those that took place, as these choices settle them."""
        counted = self._former is None or picked[self._former] == 0
        facts = self._certain.copy()
        for event in self._open:
            fact = self._fact(event, picked[event.first : event.last], counted)
            if fact is not None:
                facts.append(fact)
        return facts

    def all_facts(self) -> Iterable[Fact]:
        """Return every fact that any choice may lead to, but for what other payers paid."""
        yield from self._certain
        for event in self._open:
            every = product(*(range(doubt.ways) for doubt, _ in event.event.doubts))
            yield from (fact for local in every if (fact := self._fact(event, local, counted=True)) is not None)

    def picks(self, ways: list[int], sees: Sees | None) -> Picks:
        """Return every combination of choices, or a careful part of them when there are too many.

        With `sees` ways to settle an event are tried once that look the same to it.
        """
        options = _options(ways)
        if options is None:
            tried = _one_at_a_time(ways)
            return Picks(tried, len(tried))
        count = 1
        for each in options:
            count *= len(each)
        if sees is None or (count <= FEW and not self._ground.lasting):
            return Picks(tuple(product(*options)), count)
        slots = tuple(self._slot(event, options, sees) for event in self._open if event.first < event.last)
        rest = options[slots[-1].last :] if slots else options
        each_way = product(*(slot.alike for slot in slots), *(((choice,) for choice in some) for some in rest))
        return Picks(tuple(tuple(chain.from_iterable(parts)) for parts in each_way), count, slots)

    def _slot(self, event: _Open, options: list[Sequence[int]], sees: Sees) -> Slot:
        own = options[event.first : event.last]
        both = (True, False) if self._former is not None else (True,)
        ways = self._ground.ways.get(key := (id(event.event), both, sees.places, *own))
        if ways is None:
            ways = self._ground.ways[key] = self._ways(event, own, both, sees)
        here = None if ways.days is None else sees.reach(ways.days) if ways.days else ()
        if here is None or here not in ways.alike:
            found = self._alike(ways.facts, sees)
            if here is None:
                return Slot(event.first, event.last, found)
            ways.alike[here] = found
        return Slot(event.first, event.last, ways.alike[here])

    def _alike(self, ways: Iterable[tuple[Settled, list[Picked]]], sees: Sees) -> dict[Picked, list[Picked]]:
        """Return the ways to settle the event by the first of those that look the same on the day."""
        first: dict[Hashable, Picked] = {}
        alike: dict[Picked, list[Picked]] = {}
        for facts, same in ways:
            seen = tuple([None if fact is None else sees.on_day(fact) for fact in facts])
            alike.setdefault(first.setdefault(seen, same[0]), []).extend(same)
        return alike

    def _ways(self, event: _Open, options: list[Sequence[int]], both: tuple[bool, ...], sees: Sees) -> Ways:
        """Return the ways to settle the event, those together that no rule tells apart on any day."""
        found: dict[tuple[Hashable, ...], tuple[Settled, list[Picked]]] = {}
        for local in product(*options):
            facts = tuple([self._fact(event, local, counted) for counted in both])
            seen = tuple([None if fact is None else sees.on_any_day(fact) for fact in facts])
            found.setdefault(seen, (facts, []))[1].append(local)
        days = {fact.day for facts, _ in found.values() for fact in facts if fact is not None}
        by_day = any(isinstance(each, Fact) for seen in found for each in seen)
        return Ways(list(found.values()), None if by_day else sorted(days))

    def _fact(self, event: _Open, local: Picked, counted: bool) -> Fact | None:
        key = local, counted
        if key not in event.made:
            event.made[key] = self._made(event.event, local, counted)
        return event.made[key]

    def _made(self, event: OpenEvent, local: Picked, counted: bool) -> Fact | None:
        changes = [changes[choice] for (_, changes), choice in zip(event.doubts, local, strict=True)]
        fact = event.settled
        for change in changes:
            if change.gone:
                return None
            fact = change.of(fact)
        ours = is_paid_by(self._payer, event.event, self._case, fact.day)
        return fact if ours else fact._replace(foreign=True, counts=counted)


@dataclass(slots=True)
class _Open:
    """An event of which something is open, the place of its doubts among all, and the facts made of it so far."""

    event: OpenEvent
    first: int
    last: int
    made: Made


def is_paid_by(payer: str, event: Event, case: Case, day: date) -> bool:
    """Tell whether surely nobody else paid: as recorded, or by what paid first on its day, if anything did."""
    if event.payer is not None:
        return event.payer == payer
    return all(coverage.payer == payer for coverage in first_paying(case.coverages, day))


def _options(ways: list[int]) -> list[Sequence[int]] | None:
    """Return which choices of each doubt go with all of the others; None where even the ends are too many."""
    total = 1
    for count in ways:
        total *= count
    if total <= MOST:
        return [range(count) for count in ways]
    return [(0, count - 1) for count in ways] if 2 ** len(ways) <= MOST else None


def _one_at_a_time(ways: list[int]) -> tuple[Picked, ...]:
    base, other = tuple(0 for _ in ways), tuple(count - 1 for count in ways)
    single = [
        (*start[:place], choice, *start[place + 1 :])
        for start in (base, other)
        for place, count in enumerate(ways)
        for choice in range(count)
    ]
    return tuple(dict.fromkeys([base, other, *single]))
