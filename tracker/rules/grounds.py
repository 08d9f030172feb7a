"""What stays the same from question to question about one procedure: how its events were read, and what rules said."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tracker.domain.anatomy import Target
from tracker.domain.event import Event
from tracker.domain.verdict import Finding, FindingCode
from tracker.rules.doubts import OpenEvent
from tracker.rules.facts import Fact
from tracker.rules.seeing import Deciding, Standing

Picked = tuple[int, ...]
"""A choice for each doubt of an event."""
Place = tuple[tuple[Target, ...], frozenset[str], frozenset[str]]
"""Where the proposal goes: its sites, its regions of the body, and the names of levels that the session has besides."""
View = tuple[Standing, int]
"""Where the proposal stands, and what the rules see there."""
Made = dict[tuple[Picked, bool], Fact | None]
Settled = tuple[Fact | None, ...]
"""What becomes of an event in one way, whether what others paid counts or not."""


@dataclass(slots=True)
class Ways:
    """The ways to settle an event, those together that no rule tells apart on any day: what the first make of it.

    `days`: those of all that it may become; None where what the day holds besides may tell them apart.
    `alike`: those together that look the same on a day, kept for all days on which the rules look at the same `days`.
    """

    facts: list[tuple[Settled, list[Picked]]]
    days: list[date] | None
    alike: dict[Hashable, dict[Picked, list[Picked]]] = field(default_factory=dict)


@dataclass
class Ground:
    """For one procedure on whatever day, one payer and one set of rules, while the coverages on file stay the same.

    A search keeps it (`lasting`) and gives an event that is the same as the same object; who asks once begins with an
    empty one. What is known by an object's identity is kept together with the object.
    """

    lasting: bool = False
    opened: dict[tuple[object, ...], tuple[Event, OpenEvent]] = field(default_factory=dict)
    made: dict[int, tuple[OpenEvent, Made]] = field(default_factory=dict)
    paid: dict[int, tuple[OpenEvent, bool]] = field(default_factory=dict)
    ways: dict[tuple[object, ...], Ways] = field(default_factory=dict)
    standings: dict[Place, Standing] = field(default_factory=dict)
    said: dict[tuple[Standing, int, Deciding], list[Finding]] = field(default_factory=dict)
    found: dict[tuple[Standing, tuple[Deciding, ...]], tuple[Finding, ...]] = field(default_factory=dict)
    dated: dict[tuple[Standing, int, Deciding], tuple[FindingCode, ...]] = field(default_factory=dict)
    apart: Iterator[int] = field(default_factory=lambda: count(1))

    def facts_of(self, event: OpenEvent) -> Made:
        """Return the facts that were made of the event so far, by how they settle it."""
        return self.made.setdefault(id(event), (event, {}))[1]
