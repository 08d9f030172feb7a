"""Settles what is open about events: in every way, but for the ways that no rule could tell from one tried already."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from math import prod
from typing import NamedTuple

from tracker.domain.coverage import first_paying
from tracker.domain.event import Event
from tracker.domain.proposal import Case
from tracker.rules.doubts import OpenEvent
from tracker.rules.facts import Fact
from tracker.rules.grounds import Ground, Made, Picked, Settled, Ways

MOST = 600
"""So many readings are all tried, but for those that look alike."""

LEFT = 200
"""Of more readings so many of those that look different are tried, else a careful part of them (`Settling.picks`)."""

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
    """The combinations of choices that are tried, in order; `count`: how many would be without the ways left out.

    `last`: the choices of what is no event's own, each of which goes with all of the events', changing first. `whole`:
    every way of each slot goes with every way of the others, the last changing first.
    """

    tried: tuple[Picked, ...]
    count: int
    slots: tuple[Slot, ...] = ()
    last: tuple[Picked, ...] = ()
    whole: bool = False

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

    def sums(self, picks: Picks, number: int, mark: Callable[[Fact], int]) -> list[int]:
        """Return the sum of the marks of the facts for each combination with one of its `last` choices."""
        counted = self._former is None or picks.last[number][0] == 0
        base = sum(map(mark, self._certain))
        marks: list[dict[Picked, int]] = []
        slots = {slot.first: slot for slot in picks.slots}
        for event in self._open:
            ways = slots[event.first].alike if event.first < event.last else ((),)
            facts = {local: self._fact(event, local, counted) for local in ways}
            marks.append({local: 0 if fact is None else mark(fact) for local, fact in facts.items()})
        if picks.whole:
            sums = [base]
            for each in marks:
                some = each.values()
                sums = [one + other for one in sums for other in some]
            return sums
        own = [(event.first, event.last, each) for event, each in zip(self._open, marks, strict=True)]
        tried = picks.tried[number :: len(picks.last)]
        return [base + sum([each[picked[first:last]] for first, last, each in own]) for picked in tried]

    def picks(self, ways: list[int], sees: Sees | None) -> Picks:
        """Return every combination of choices, or a careful part of them when there are too many.

        With `sees` ways to settle an event are tried once that look the same to it. Where they are too many even so,
        the events with the most are read at the ends of their doubts, at last one event at a time; what is open of
        the proposal is tried in every way beside each of them, at its ends where that alone is too much.
        """
        count = prod(ways)
        few = FEW if sees else MOST
        if count <= few and not (sees and self._ground.lasting):
            return Picks(tuple(product(*map(range, ways))), count)
        most = MOST if count <= MOST else LEFT
        rest = _of_the_proposal(ways[self._open_doubts() :], most if count <= MOST else LEFT // 4)
        slots = self._slots(ways, sees, room := max(1, most // prod(map(len, rest))))
        locals_ = [tuple(slot.alike) for slot in slots]
        whole, last = prod(map(len, locals_)) <= room, tuple(product(*rest))
        together = product(*locals_) if whole else _one_at_a_time(locals_)
        tried = tuple([(*chain.from_iterable(each), *others) for each in together for others in last])
        return Picks(tried, min(count, MOST), tuple(slots), last, whole)

    def _open_doubts(self) -> int:
        """Return how many of all doubts are about events; those about all of them or the proposal come after."""
        return self._open[-1].last if self._open else 0

    def _slots(self, ways: list[int], sees: Sees | None, room: int) -> list[Slot]:
        """Return the events with doubts in every way; where these are too many together, the widest at their ends."""
        opened = [event for event in self._open if event.first < event.last]
        slots = [self._slot(event, ways[event.first : event.last], sees) for event in opened]
        for place in sorted(range(len(slots)), key=lambda place: -len(slots[place].alike)):
            if prod(len(slot.alike) for slot in slots) > room:
                event = opened[place]
                slots[place] = self._slot(event, ways[event.first : event.last], sees, ends=True)
        return slots

    def _slot(self, event: _Open, ways: list[int], sees: Sees | None, *, ends: bool = False) -> Slot:
        """Return the ways to settle the event, those together that look the same on the day; `ends`: the ends alone."""
        options = _ends(ways) if ends else _whole(ways)
        if sees is None:
            return Slot(event.first, event.last, {local: [local] for local in options})
        both = (True, False) if self._former is not None else (True,)
        known = self._ground.ways.get(key := (id(event.event), both, sees.places, ends))
        if known is None:
            known = self._ground.ways[key] = self._ways(event, options, both, sees)
        here = None if known.days is None else sees.reach(known.days) if known.days else ()
        if here is None:
            return Slot(event.first, event.last, self._alike(known.facts, sees))
        if here not in known.alike:
            known.alike[here] = self._alike(known.facts, sees)
        return Slot(event.first, event.last, known.alike[here])

    def _alike(self, ways: Iterable[tuple[Settled, list[Picked]]], sees: Sees) -> dict[Picked, list[Picked]]:
        """Return the ways to settle the event by the first of those that look the same on the day."""
        first: dict[Hashable, Picked] = {}
        alike: dict[Picked, list[Picked]] = {}
        for facts, same in ways:
            seen = tuple([None if fact is None else sees.on_day(fact) for fact in facts])
            alike.setdefault(first.setdefault(seen, same[0]), []).extend(same)
        return alike

    def _ways(self, event: _Open, options: Iterable[Picked], both: tuple[bool, ...], sees: Sees) -> Ways:
        """Return the ways to settle the event, those together that no rule tells apart on any day."""
        found: dict[tuple[Hashable, ...], tuple[Settled, list[Picked]]] = {}
        for local in options:
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


def _of_the_proposal(ways: list[int], most: int) -> list[Sequence[int]]:
    """Return the choices that go with every way of the events, their ends where they are too many by themselves."""
    return [range(each) if prod(ways) <= most else (0, each - 1) for each in ways]


def _whole(ways: list[int]) -> Iterable[Picked]:
    """Return every way to settle the doubts of an event, at their ends only where it alone would be too many."""
    return product(*map(range, ways)) if prod(ways) <= MOST else _ends(ways)


def _ends(ways: list[int]) -> Iterable[Picked]:
    return product(*((0, count - 1) for count in ways))


def _one_at_a_time(locals_: list[tuple[Picked, ...]]) -> Iterable[tuple[Picked, ...]]:
    """Return all events at one end, all at the other, and from either each event in each of its ways by itself."""
    starts = tuple(each[0] for each in locals_), tuple(each[-1] for each in locals_)
    single = [
        (*start[:place], local, *start[place + 1 :])
        for start in starts
        for place, some in enumerate(locals_)
        for local in some
    ]
    return dict.fromkeys([*starts, *single])
