"""One patient's coming visits and what their answers rest on, as it was read, and what cases are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from tracker.domain.authorization import Authorization
from tracker.domain.booking import Booking, BookingStatus, Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, Place
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome
from tracker.storage.mappers import SEPARATOR, event_days, event_shape

Seen = Callable[[frozenset[Family]], frozenset[Family]]
"""Gives, for the families of a patient's visits, those whose events rules may look at on any day."""
EventText = tuple[str, str, str, str]
"""Id, first day, last day where it is another, and the other columns of an event, all as text."""
_BY_DAY = itemgetter(1, 0)
_STATUSES = {status.value: status for status in BookingStatus}
_ELSEWHERE = {answer.value: answer for answer in Elsewhere}
_EVERY = frozenset(Family)


@dataclass(slots=True)
class ComingPatient:
    """Coming visits, without the answers they were booked under, and what their answers depend on."""

    born: date
    visits: tuple[Booking, ...]
    events: tuple[Event, ...]
    coverages: tuple[Coverage, ...]
    authorizations: tuple[Authorization, ...]
    held: frozenset[str]
    sites: Mapping[str, str]


@dataclass(slots=True)
class ComingRecords:
    """Columns of visits and coverages, and events and approvals as text; tuples, for there are thousands at once.

    Days are texts too: 2026-11-24.

    `approvals`: of each its last day and that of its decision; `authorizations` are the same once they are asked for,
    and `sites` the sites of visits by event.
    """

    born: str
    visits: tuple[tuple[Any, ...], ...] = ()
    held: tuple[str, ...] = ()
    events: str = ""
    coverages: tuple[tuple[Any, ...], ...] = ()
    approvals: tuple[tuple[date | None, date | None], ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    sites: Mapping[str, str] = field(default_factory=dict)

    @property
    def payers(self) -> set[str]:
        return {payer for payer, *_ in self.coverages}

    def patient(self, today: date, seen: Seen) -> ComingPatient:
        """Return the patient without events that no rule can look at.

        Read are those of families that are seen, what was done elsewhere, and what may be on a day from today on; all
        where there is an approval, for every visit may have used units of it.
        """
        events = {event.id: event for event in self._events(today, seen)}
        return ComingPatient(
            date.fromisoformat(self.born),
            tuple(visit_of(events[row[2]], *row) for row in self.visits),
            tuple(events.values()),
            tuple(coverage_of(*row) for row in self.coverages),
            self.authorizations,
            frozenset(self.held),
            self.sites,
        )

    def rows(self) -> Iterator[EventText]:
        """Yield the events as they were read, in no order."""
        for text in self.events.split("\n") if self.events else ():
            _, first, row_id, last, columns = text.split(SEPARATOR, 4)
            yield row_id, first, last, columns

    def _events(self, today: date, seen: Seen) -> Iterator[Event]:
        written = sorted(self.rows(), key=_BY_DAY)
        planned = {event_id for _, _, event_id, *_ in self.visits}
        about = (event_shape(columns).family for row_id, _, _, columns in written if row_id in planned)
        families = _EVERY if self.approvals else seen(frozenset(about))
        for row_id, first, last, columns in written:
            days, shape = event_days(first, last), event_shape(columns)
            if shape.family in families or days.last >= today or shape.place is Place.ELSEWHERE:
                yield Event(row_id, days, *shape)


JudgedUpon = tuple[str, int | None, int | None, str | None, str | None, str | None, str | None]
"""Patient and present revision; revision then, basis, grounds, and the days between which it holds, as text."""


class Resting(NamedTuple):
    """A coming visit that may rest on an approval: its status, its outcome when it was judged, and upon what."""

    visit_id: str
    status: str
    outcome: str | None
    judged: JudgedUpon

    @property
    def waits(self) -> bool:
        """Tell whether it is held, and what was said of it last holds it: then nothing becomes of it."""
        held, free = self.status == BookingStatus.HELD.value, (Outcome.ALLOWED.value, Outcome.CAUTION.value)
        return held and self.outcome is not None and self.outcome not in free


def coverage_of(
    payer: str, plan: str, start: str | None, end: str | None, rank: int, required: bool | None, row_id: str
) -> Coverage:
    first, last = date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None
    return Coverage(payer, plan, first, last, rank, required, "", row_id)


def visit_of(
    planned: Event, row_id: str, owner: str, _event_id: str, status: str, provider: str | None, site: str | None,
    paid: str | None, elsewhere: str, changed: bool,
) -> Booking:  # fmt: skip
    return Booking(
        row_id, owner, planned, _STATUSES[status], None, 30, provider or "", site or "", paid or "", None, None,
        _ELSEWHERE[elsewhere], changed,
    )  # fmt: skip
