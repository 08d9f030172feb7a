"""All of an event but its id and days, as rules see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

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


Dated = tuple[str, int, int, EventKind]
"""The id of an event, the ordinals of its first and its last day, and its kind."""
