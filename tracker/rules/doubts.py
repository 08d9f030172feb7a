"""What is open about one event, and every way in which it can be settled (CHOICES 5).

A fact is open when a date is known by month or year only, when a side, an intent or a level was not recorded, when an
event was broken off, or when only the patient told of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from itertools import product

from tracker.domain.anatomy import Region, Side, Target, regions_of
from tracker.domain.event import Event, EventEvidence, EventStatus
from tracker.domain.procedure import SIDED_BY_LEVEL, Family, Intent
from tracker.domain.proposal import Case
from tracker.rules import doubt_words
from tracker.rules.body import body_of, event_bodies
from tracker.rules.facts import Fact, region_of_nerve, single_sites
from tracker.rules.incomplete import WITH_INTENT

SOMEWHERE = SIDED_BY_LEVEL | {Family.EPIDURAL}
SIDES = (Side.BOTH, Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open fact: whose it is, and how many ways there are to settle it.

    `said`: what is missing in words, and whom to ask; put into words where it decides, for most doubts never do.
    """

    key: str
    event_id: str
    ways: int
    said: Callable[[], tuple[str, str]] = field(compare=False)

    @property
    def what(self) -> str:
        return self.said()[0]

    @property
    def ask(self) -> str:
        return self.said()[1]


@dataclass(frozen=True, slots=True)
class Change:
    """What one way of settling a doubt makes of a fact; `gone`: it did not take place."""

    day: date | None = None
    sites: frozenset[Target] | None = None
    regions: frozenset[Region] | None = None
    intent: Intent | None = None
    body: frozenset[str] | None = None
    kx: bool = True
    gone: bool = False

    def of(self, fact: Fact) -> Fact:
        return Fact(
            fact.id,
            self.day or fact.day,
            fact.family,
            self.intent or fact.intent,
            fact.approach,
            fact.sites if self.sites is None else self.sites,
            fact.regions if self.regions is None else self.regions,
            *fact[7:12],  # whether it counts, who paid, its result, whether it is booked
            fact.body if self.body is None else self.body,
            fact.kx and self.kx,
        )


Way = tuple[Doubt, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event with what is open about it: each doubt with the events that it may be."""

    event: Event
    doubts: tuple[tuple[Doubt, tuple[Change, ...]], ...]
    settled: Fact
    days: tuple[date, ...]


def open_event(
    event: Event, case: Case, days: tuple[date, ...], *, sides_matter: bool, body_matters: bool, kx_matters: bool
) -> OpenEvent:
    """Return the event with its doubts; a side, or a region of the body, that no rule looks at is none.

    `days`: those on which it is tried (`days_of`).
    """
    if not has_open_facts(event, sides_matter=sides_matter, body_matters=body_matters, kx_matters=kx_matters):
        return OpenEvent(event, (), settled(event, event.when.first), (event.when.first,))
    found = [
        _by_date(event, days),
        _by_side(event) if sides_matter else None,
        _by_body(event, case) if body_matters else None,
        _by_claim(event) if kx_matters else None,
        _by_place(event, case),
        _by_intent(event),
        _by_happening(event),
    ]
    return OpenEvent(event, tuple(each for each in found if each is not None), settled(event, days[0]), days)


def has_open_facts(event: Event, *, sides_matter: bool, body_matters: bool = True, kx_matters: bool = True) -> bool:
    """Tell whether anything about an event may be open: a quick look, before each doubt is put into words."""
    return (
        event.when.first != event.when.last
        or event.status is EventStatus.ABORTED
        or event.evidence is EventEvidence.PATIENT_REPORTED
        or (event.intent is None and event.family in WITH_INTENT)
        or (not event.targets and event.family in SOMEWHERE)
        or (sides_matter and without_side(event.targets))
        or (body_matters and without_body(event))
        or (kx_matters and without_claim(event))
    )


@lru_cache(maxsize=4096)
def without_side(targets: tuple[Target, ...]) -> bool:
    return any(target.side is Side.UNKNOWN for target in targets)


def without_body(event: Event) -> bool:
    return event.family is Family.TRIGGER_POINT and not event.body_regions


def without_claim(event: Event) -> bool:
    """Tell whether nobody looked if the claim of a diagnostic one had KX; one that is booked is to have it."""
    maybe = event.intent is not Intent.THERAPEUTIC and event.family is Family.FACET_INJECTION
    return maybe and event.kx_claimed is None and event.status is not EventStatus.BOOKED


def settled(event: Event, day: date) -> Fact:
    """Return the event as it is on file, on one of its days."""
    sites, regions = _places(event.targets, event.region, event.nerves)
    counts, foreign, booked = True, False, event.status is EventStatus.BOOKED
    percent, months = event.relief_percent, event.relief_months
    return Fact(
        event.id, day, event.family, event.intent, event.approach, sites, regions, counts, foreign, percent, months,
        booked, body_of(event), event.kx_claimed is not False,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _places(
    targets: tuple[Target, ...], region: Region | None, nerves: tuple[str, ...]
) -> tuple[frozenset[Target], frozenset[Region]]:
    """Return the sites of an event, and its regions: of the levels, as recorded alone, or of nerves named alone."""
    alone = frozenset({region}) if region else frozenset(region_of_nerve(nerve) for nerve in nerves)
    return single_sites(targets), regions_of(targets) if targets else alone


def _by_date(event: Event, days: tuple[date, ...]) -> Way | None:
    if event.when.exact:
        return None
    doubt = Doubt(f"{event.id} day", event.id, len(days), partial(doubt_words.of_day, event))
    return doubt, tuple(Change(day=day) for day in days)


def _by_side(event: Event) -> Way | None:
    if not without_side(event.targets):
        return None
    ways = settled_sides(event.targets)
    doubt = Doubt(f"{event.id} side", event.id, len(ways), partial(doubt_words.of_side, event))
    return doubt, tuple(Change(sites=single_sites(targets)) for targets in ways)


@lru_cache(maxsize=4096)
def settled_sides(targets: tuple[Target, ...]) -> tuple[tuple[Target, ...], ...]:
    """Return every way to settle the sides that were not recorded: each of them both, left or right."""
    options = [
        [Target(target.level, side) for side in SIDES] if target.side is Side.UNKNOWN else [target]
        for target in targets
    ]
    return tuple(product(*options))


def _by_place(event: Event, case: Case) -> Way | None:
    """An event without levels may have been where the proposal goes, elsewhere in its region, or in the other one."""
    if event.targets or event.family not in SOMEWHERE or event.nerves:
        return None
    here, mine = settled_sides(case.proposal.targets)[0], case.proposal.regions
    ways: list[Change] = []
    for region in [event.region] if event.region else sorted(Region, key=lambda each: each not in mine):
        there = single_sites(tuple(target for target in here if target.level.region is region))
        ways += [Change(sites=there, regions=frozenset({region}))] if there else []
        ways.append(Change(regions=frozenset({region})))
    if len(ways) < 2:
        return None
    return Doubt(f"{event.id} level", event.id, len(ways), partial(doubt_words.of_level, event)), tuple(ways)


def _by_body(event: Event, case: Case) -> Way | None:
    if not without_body(event):
        return None
    planned = case.proposal.body_regions
    ways = tuple(Change(body=body) for body in event_bodies(planned))
    said = partial(doubt_words.of_body, event, planned=bool(planned))
    return Doubt(f"{event.id} body", event.id, len(ways), said), ways


def _by_claim(event: Event) -> Way | None:
    if not without_claim(event):
        return None
    doubt = Doubt(f"{event.id} kx", event.id, 2, partial(doubt_words.of_claim, event))
    return doubt, (Change(), Change(kx=False))


def _by_intent(event: Event) -> Way | None:
    if event.family not in WITH_INTENT or event.intent is not None:
        return None
    doubt = Doubt(f"{event.id} intent", event.id, 2, partial(doubt_words.of_intent, event))
    return doubt, tuple(Change(intent=intent) for intent in Intent)


def _by_happening(event: Event) -> Way | None:
    if event.status is not EventStatus.ABORTED and event.evidence is not EventEvidence.PATIENT_REPORTED:
        return None
    doubt = Doubt(f"{event.id} counts", event.id, 2, partial(doubt_words.of_happening, event))
    return doubt, (Change(), Change(gone=True))


def days_of(event: Event, as_of: date, near: frozenset[date]) -> tuple[date, ...]:
    """Return the days that stand for all days the event may have been on, the latest first.

    `near`: the days beside which some rule may see it differently.
    """
    first, last = event.when.first, event.when.last
    if first == last:
        return (first,)
    if event.status is not EventStatus.BOOKED:
        last = max(first, min(last, as_of))
    if first == last:
        return (first,)
    return tuple(sorted({first, last, *(day for day in near if first <= day <= last)}, reverse=True))
