"""Which visits on file use which units of which approval: counted afresh each time, never stored (DESIGN 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine
from tracker.domain.coding import CodeBook
from tracker.domain.coverage import Coverage, Site, coverage_on
from tracker.domain.event import Event, EventStatus
from tracker.domain.proposal import Case, Proposal
from tracker.domain.verdict import CodeLine
from tracker.rules.approvals import has_room, in_dates, reaches
from tracker.rules.coding import derive_codes

HOSPITAL_OUTPATIENT = ("19", "22")
_DONE = frozenset({EventStatus.PERFORMED, EventStatus.ABORTED})
"""An aborted procedure is billed with a modifier, so its units are spent."""


def with_units_in_use(case: Case, book: CodeBook) -> Case:
    """Return the case with the units of each approval that its history uses: done ones used, coming ones booked.

    Every visit draws on the approval that ends soonest among those that hold its payer, day, code, level and side;
    held visits, and those of days that are not known exactly, draw on none. The proposed visit is not in the history.
    """
    if not case.authorizations:
        return case
    visits = Visits(case.history, case.held, case.coverages, case.site, case.facilities)
    counted = units_in_use(case.authorizations, visits, book)
    return case if counted is case.authorizations else replace(case, authorizations=counted)


@dataclass(frozen=True, slots=True)
class Visits:
    """What draws on the approvals: the visits on file, those of them that are held, who pays and where.

    `site` is where codes are counted as of; `facilities` names, by event, where a visit is known to be.
    """

    history: tuple[Event, ...]
    held: frozenset[str]
    coverages: tuple[Coverage, ...]
    site: Site
    facilities: Mapping[str, str] = field(default_factory=dict, hash=False)


def units_in_use(
    authorizations: tuple[Authorization, ...], visits: Visits, book: CodeBook
) -> tuple[Authorization, ...]:
    """Return the approvals with the units that these visits use of them."""
    if not any(each.status.grants and each.lines for each in authorizations):
        return authorizations
    found = list(authorizations)
    _draw_all(found, visits, book)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Draw:
    """A visit that uses units of one code of one approval."""

    event_id: str
    authorization_id: str
    code: str


def draws(authorizations: tuple[Authorization, ...], visits: Visits, book: CodeBook) -> tuple[Draw, ...]:
    """Return which of these visits draw on which approvals, those done before those to come."""
    return tuple(_draw_all(list(authorizations), visits, book))


def _draw_all(found: list[Authorization], visits: Visits, book: CodeBook) -> list[Draw]:
    drawn: list[Draw] = []
    for event in sorted(visits.history, key=lambda each: (each.status not in _DONE, each.when.first)):
        if event.when.exact and event.status in (*_DONE, EventStatus.BOOKED) and event.id not in visits.held:
            drawn.extend(_draw(event, found, visits, book))
    return drawn


def _draw(event: Event, found: list[Authorization], visits: Visits, book: CodeBook) -> Iterator[Draw]:
    day, payer = event.when.first, _payer(event, visits.coverages)
    open_ones = [place for place in _soonest_first(found) if _may_pay(found[place], payer, day, event, visits)]
    for line in event_codes(event, visits.site, book) if open_ones else ():
        for place in open_ones:
            lines = tuple(_drawn(found[place].lines, line, event))
            if lines != found[place].lines:
                found[place] = replace(found[place], lines=lines)
                yield Draw(event.id, found[place].id, line.code)
                break


def _soonest_first(found: list[Authorization]) -> list[int]:
    return sorted(range(len(found)), key=lambda place: (found[place].end or date.max, found[place].number or ""))


def _may_pay(authorization: Authorization, payer: str, day: date, event: Event, visits: Visits) -> bool:
    """Tell whether the approval is one that this visit draws on; a visit of an unknown place may draw on any."""
    numbered = bool(authorization.number) and authorization.payer == payer
    begins = authorization.start or authorization.decided
    runs = in_dates(begins, authorization.end, day)
    here = _place_fits(authorization, event.place_of_service, visits.facilities.get(event.id))
    return authorization.status.grants and numbered and runs and here


def _place_fits(authorization: Authorization, place: str | None, facility: str | None) -> bool:
    if authorization.facility and facility and authorization.facility != facility:
        return False
    if place is None:
        return True
    if authorization.kind is AuthorizationKind.MEDICARE_OPD and place not in HOSPITAL_OUTPATIENT:
        return False
    return authorization.place_of_service in (None, "", place)


def _payer(event: Event, coverages: Iterable[Coverage]) -> str:
    if event.payer is not None:
        return event.payer
    found = coverage_on(coverages, event.when.first)
    return found.payer if found else ""


def event_codes(event: Event, site: Site, book: CodeBook) -> tuple[CodeLine, ...]:
    """Return the codes that a visit has by what was done, as if it were done at this site."""
    lone = event.nerves if event.nerves and not event.targets else ()
    proposal = Proposal(event.when.first, event.family, event.intent, event.approach, event.targets, event.nerves, lone)
    return derive_codes(proposal, site, book)


def _drawn(lines: Iterable[AuthorizationLine], wanted: CodeLine, event: Event) -> Iterator[AuthorizationLine]:
    """Yield the lines with the units taken from the first one that holds them."""
    open_ = True
    for line in lines:
        fits = open_ and line.code == wanted.code and not line.denied and reaches(line.targets, event.targets)
        if fits and has_room(line, wanted.units):
            open_ = False
            done = event.status in _DONE
            used, booked = (wanted.units, 0) if done else (0, wanted.units)
            yield replace(line, used=line.used + used, booked=line.booked + booked)
        else:
            yield line
