"""What is open about one event, and every way in which it can be settled (CHOICES 5).

A fact is open when a date is known by month or year only, when a side, an intent or a level was not recorded, when an
event was broken off, or when only the patient told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

from tracker.domain.anatomy import Region, Side, Target, regions_of
from tracker.domain.event import Event, EventEvidence, EventStatus, Place
from tracker.domain.language import tr
from tracker.domain.procedure import SIDED_BY_LEVEL, Family, Intent
from tracker.domain.proposal import Case
from tracker.domain.us_dates import month_year, us_date
from tracker.domain.windows import ONE_DAY, Window
from tracker.rules.body import body_of, event_bodies
from tracker.rules.facts import Fact, region_of_nerve, single_sites
from tracker.rules.incomplete import WITH_INTENT

SOMEWHERE = SIDED_BY_LEVEL | {Family.EPIDURAL}
SIDES = (Side.BOTH, Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open fact: whose it is, what is missing in words, whom to ask, and how many ways there are to settle it."""

    key: str
    event_id: str
    what: str
    ask: str
    ways: int


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
        return fact._replace(
            day=self.day or fact.day,
            sites=fact.sites if self.sites is None else self.sites,
            regions=fact.regions if self.regions is None else self.regions,
            intent=self.intent or fact.intent,
            body=fact.body if self.body is None else self.body,
            kx=fact.kx and self.kx,
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
    event: Event, case: Case, edges: frozenset[date], *, sides_matter: bool, body_matters: bool, kx_matters: bool
) -> OpenEvent:
    """Return the event with its doubts; a side, or a region of the body, that no rule looks at is none."""
    if not has_open_facts(event, sides_matter=sides_matter, body_matters=body_matters, kx_matters=kx_matters):
        return OpenEvent(event, (), settled(event, event.when.first), (event.when.first,))
    days = _days_of(event, case.as_of, edges)
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
    first = event.when.first
    known = month_year(first) if str(event.when).count("-") == 1 else f"{first:%Y}"
    what = tr("the day of the one in {known}", known=known)
    doubt = Doubt(f"{event.id} day", event.id, what, _whom(event, tr("its date")), len(days))
    return doubt, tuple(Change(day=day) for day in days)


def _by_side(event: Event) -> Way | None:
    if not without_side(event.targets):
        return None
    ways = settled_sides(event.targets)
    what = tr("the side of the one {when}", when=_when(event))
    doubt = Doubt(f"{event.id} side", event.id, what, _whom(event, tr("its side")), len(ways))
    return doubt, tuple(Change(sites=single_sites(targets)) for targets in ways)


def settled_sides(targets: tuple[Target, ...]) -> list[tuple[Target, ...]]:
    """Return every way to settle the sides that were not recorded: each of them both, left or right."""
    options = [
        [Target(target.level, side) for side in SIDES] if target.side is Side.UNKNOWN else [target]
        for target in targets
    ]
    return list(product(*options))


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
    what = tr("the level of the one {when}", when=_when(event))
    doubt = Doubt(f"{event.id} level", event.id, what, _whom(event, tr("its level")), len(ways))
    return doubt, tuple(ways)


def _by_body(event: Event, case: Case) -> Way | None:
    if not without_body(event):
        return None
    planned = case.proposal.body_regions
    ways = tuple(Change(body=body) for body in event_bodies(planned))
    ask = _whom(event, tr("its region of the body"))
    if not planned:
        ask = tr("Say which region of the body is planned. {ask}", ask=ask)
    what = tr("the region of the body of the one {when}", when=_when(event))
    return Doubt(f"{event.id} body", event.id, what, ask, len(ways)), ways


def _by_claim(event: Event) -> Way | None:
    if not without_claim(event):
        return None
    what = tr("whether the claim of the diagnostic one {when} had KX", when=_when(event))
    ask = tr("Look on the claim for the modifier KX, and record it with the injection.")
    return Doubt(f"{event.id} kx", event.id, what, ask, 2), (Change(), Change(kx=False))


def _by_intent(event: Event) -> Way | None:
    if event.family not in WITH_INTENT or event.intent is not None:
        return None
    what = tr("whether the one {when} was diagnostic or therapeutic", when=_when(event))
    doubt = Doubt(f"{event.id} intent", event.id, what, _whom(event, tr("its intent")), 2)
    return doubt, tuple(Change(intent=intent) for intent in Intent)


def _by_happening(event: Event) -> Way | None:
    if event.status is EventStatus.ABORTED:
        what = tr("whether the one that was broken off, {when}, counts", when=_when(event))
        ask = tr("Ask the payer whether it was billed and counts.")
    elif event.evidence is EventEvidence.PATIENT_REPORTED:
        what = tr("whether the one that the patient told of, {when}, took place", when=_when(event))
        ask = tr("Ask the other clinic for its record.")
    else:
        return None
    return Doubt(f"{event.id} counts", event.id, what, ask, 2), (Change(), Change(gone=True))


def _when(event: Event) -> str:
    if event.when.exact:
        return tr("of {day}", day=us_date(event.when.first))
    return tr("in {time}", time=event.when)


def _whom(event: Event, what: str) -> str:
    if event.place is Place.ELSEWHERE:
        return tr("Ask the clinic that did it for {what}.", what=what)
    return tr("Look for {what} in the record.", what=what)


def _days_of(event: Event, as_of: date, edges: frozenset[date]) -> tuple[date, ...]:
    """Return the days that stand for all days the event may have been on, the latest first."""
    first, last = event.when.first, event.when.last
    if first == last:
        return (first,)
    if event.status is not EventStatus.BOOKED:
        last = max(first, min(last, as_of))
    if first == last:
        return (first,)
    span = Window(first, last)
    near = {edge + step for edge in edges for step in (-ONE_DAY, timedelta(0), ONE_DAY)}
    return tuple(sorted({first, last, *(day for day in near if day in span)}, reverse=True))
