"""All of an event but its id and days, as rules see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from tracker.domain.event import Event, PartialDate
from tracker.rules.doubts import settled
from tracker.rules.facts import Fact

_PLACE_OF_DAY = Fact._fields.index("day")


@dataclass(frozen=True, slots=True, eq=False)
class EventKind:
    """Thousands of events share few kinds; one and the same for all that are alike.

    `like`: an event of the kind, on a day that is known; `fact`: what follows id and day in a Fact.
    """

    like: Event
    fact: tuple[Any, ...]

    @classmethod
    def of(cls, event: Event) -> EventKind:
        known = replace(event, when=PartialDate.on(event.when.first))
        return cls(known, settled(known, known.when.first)[_PLACE_OF_DAY + 1 :])

    def on(self, day: date, event_id: str = "") -> Fact:
        return Fact(event_id, day, *self.fact)


class Events(NamedTuple):
    """A history by its places, in the order of first days and ids: the ordinals of the days, and the kinds.

    `lasts`: the ordinals of the last days of those that are not of one day, by their places.
    """

    days: list[int]
    kinds: list[EventKind]
    lasts: Mapping[int, int] = {}

    def last(self, place: int) -> int:
        return self.lasts.get(place, self.days[place])

    def fact(self, place: int) -> Fact:
        """Return the event as if it were of its first day; ids are in the order of places."""
        return self.kinds[place].on(date.fromordinal(self.days[place]), f"{place:06}")
