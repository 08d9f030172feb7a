"""Regions of the body that were not recorded or not said: every way in which trigger points may lie (CHOICES 5)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from tracker.domain.body_regions import BodyRegion, in_order
from tracker.domain.event import Event
from tracker.domain.language import msg, tr
from tracker.domain.procedure import Family
from tracker.domain.proposal import Proposal
from tracker.rules.facts import PLANNED

NO_BODY: frozenset[str] = frozenset()
ELSEWHERE = msg("another region")
"""Stands for every region of the body that is not planned."""
_TOGETHER: frozenset[str] = frozenset((PLANNED,))
_EVERYWHERE: frozenset[str] = frozenset((*BodyRegion, PLANNED))


@lru_cache(maxsize=1024)
def event_bodies(planned: tuple[BodyRegion, ...]) -> tuple[frozenset[str], ...]:
    """Return where an event of an unknown region may have been: in any of those planned, from all to none of them."""
    if not planned:
        return _EVERYWHERE, NO_BODY
    some = (frozenset[str](each) for count in range(len(planned), 0, -1) for each in combinations(planned, count))
    return *some, frozenset({ELSEWHERE})


def planned_bodies(proposal: Proposal, events: Iterable[Event]) -> tuple[frozenset[str], ...]:
    """Return where the proposal goes; where that was not said, each region on file by itself, and one beside them."""
    if proposal.family is not Family.TRIGGER_POINT:
        return (NO_BODY,)
    if proposal.body_regions:
        return (frozenset(proposal.body_regions),)
    on_file = in_order(region for event in events for region in event.body_regions)
    return *(frozenset[str]({region}) for region in on_file), frozenset({PLANNED})


def regions_are_named(proposal: Proposal, events: Iterable[Event]) -> bool:
    """Tell whether anybody named a region; where nobody did, all lie together (CHOICES 19)."""
    return bool(proposal.body_regions) or any(event.body_regions for event in events)


def body_of(event: Event) -> frozenset[str]:
    """Return where an event was, as far as it is on file."""
    if event.family is not Family.TRIGGER_POINT:
        return NO_BODY
    return frozenset[str](event.body_regions) or _TOGETHER


def labels(regions: Iterable[str]) -> list[str]:
    """Return the regions in words, those with a name of their own first, from head to foot."""
    named = in_order(each for each in regions if isinstance(each, BodyRegion))
    return [
        *(region.label for region in named),
        *sorted(tr(each) for each in regions if not isinstance(each, BodyRegion)),
    ]
