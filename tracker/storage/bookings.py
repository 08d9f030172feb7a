"""Booked visits in the file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from tracker.domain.booking import Booking, BookingStatus
from tracker.storage.booking_mapper import booking_of, booking_values, overridden_of
from tracker.storage.events import EventRepository
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.records import OverriddenAnswer
from tracker.storage.rows.bookings import booking

_OPEN = [status.value for status in BookingStatus if status.open]
_TAKING = [*_OPEN, BookingStatus.DONE.value]
"""The statuses that take time of a provider's day."""
AT_ONCE = 2000
_BY_TIME = (booking.c.day, booking.c.starts, booking.c.id)

_OVERRIDDEN = select(booking).where(booking.c.override_reason.is_not(None)).order_by(booking.c.id)
_HELD = select(booking.c.event_id).where(
    booking.c.patient_id.in_(bindparam("wanted", expanding=True)), booking.c.status == BookingStatus.HELD.value
)
_SITES = select(booking.c.event_id, booking.c.site_id).where(
    booking.c.patient_id.in_(bindparam("wanted", expanding=True)), booking.c.site_id.is_not(None)
)
_LONE = select(booking.c.id, booking.c.lone_nerves).where(booking.c.id.in_(bindparam("wanted", expanding=True)))
_IDS_BY_EVENT = select(booking.c.event_id, booking.c.id).where(booking.c.patient_id == bindparam("wanted"))


class BookingRepository:
    """Visits by id, patient, day and provider; each comes with its event."""

    def __init__(self, ledger: Ledger, events: EventRepository) -> None:
        self._ledger = ledger
        self._events = events

    def get(self, booking_id: str) -> Booking:
        row = self._ledger.row(booking, booking_id)
        return booking_of(row, self._events.get(row.event_id).event)

    def lone_nerves(self, booking_id: str) -> tuple[str, ...]:
        return tuple(self._ledger.row(booking, booking_id).lone_nerves.split())

    def lone_nerves_of(self, booking_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the lone nerves of these visits by visit."""
        rows = self._ledger.connection.execute(_LONE, {"wanted": list(booking_ids)})
        return {row.id: tuple(row.lone_nerves.split()) for row in rows}

    def list_for(self, patient_id: str) -> tuple[Booking, ...]:
        return self._list(select(booking).where(booking.c.patient_id == patient_id).order_by(*_BY_TIME))

    def ids_by_event(self, patient_id: str) -> dict[str, str]:
        rows = self._ledger.connection.execute(_IDS_BY_EVENT, {"wanted": patient_id})
        return {row.event_id: row.id for row in rows}

    def held_events(self, patient_ids: Iterable[str]) -> frozenset[str]:
        """Return the ids of the events whose visits are held."""
        rows = self._ledger.connection.execute(_HELD, {"wanted": list(patient_ids)})
        return frozenset(rows.scalars())

    def sites_of_events(self, patient_ids: Iterable[str]) -> dict[str, str]:
        """Return by event the site of its visit, of the visits of these patients that name one."""
        ids, found = list(patient_ids), dict[str, str]()
        for start in range(0, len(ids), AT_ONCE):
            rows = self._ledger.connection.execute(_SITES, {"wanted": ids[start : start + AT_ONCE]})
            found |= {row.event_id: row.site_id for row in rows}
        return found

    def of_events(self, event_ids: Iterable[str]) -> dict[str, Booking]:
        """Return the visits of these events by event; an event without one is left out."""
        query = select(booking).where(booking.c.event_id.in_(list(event_ids)))
        return {each.event.id: each for each in self._list(query)}

    def list_between(
        self, first: date, last: date, *, provider_id: str = "", site_id: str = "", open_only: bool = False
    ) -> tuple[Booking, ...]:
        """Return the visits from `first` to `last`, both included, by day and time."""
        query = select(booking).where(booking.c.day.between(first, last)).order_by(*_BY_TIME)
        if provider_id:
            query = query.where(booking.c.provider_id == provider_id)
        if site_id:
            query = query.where(booking.c.site_id == site_id)
        if open_only:
            query = query.where(booking.c.status.in_(_OPEN))
        return self._list(query)

    def counts_by_day(self, first: date, last: date, provider_id: str = "") -> dict[date, int]:
        """Return how many visits, cancelled ones aside, each day has; days without one are left out."""
        query = select(booking.c.day, func.count()).where(
            booking.c.day.between(first, last), booking.c.status.in_(_TAKING)
        )
        if provider_id:
            query = query.where(booking.c.provider_id == provider_id)
        rows = self._ledger.connection.execute(query.group_by(booking.c.day))
        return {day: int(count) for day, count in rows}

    def list_overridden(self) -> tuple[OverriddenAnswer, ...]:
        """Return the answers against which visits were booked, oldest first."""
        rows = self._ledger.connection.execute(_OVERRIDDEN)
        return tuple(found for row in rows if (found := overridden_of(row)) is not None)

    def list_of(self, booking_ids: Iterable[str], most: int) -> tuple[Booking, ...]:
        """Return the first of these visits by day and time."""
        return self._list(select(booking).where(booking.c.id.in_(list(booking_ids))).order_by(*_BY_TIME).limit(most))

    def add(self, new: Booking, lone_nerves: Iterable[str] = ()) -> str:
        booking_id = new.id or new_id()
        values = booking_values(new, tuple(lone_nerves))
        self._ledger.insert(booking, {"id": booking_id, "version": 1, **values})
        return booking_id

    def change(self, changed: Booking, lone_nerves: Iterable[str] | None = None) -> int:
        """Write the visit over the one on file; `lone_nerves` None: they stay.

        Raises ConflictError when that on file is not at `changed.version` any more.
        """
        values = booking_values(changed, tuple(lone_nerves or ()))
        if lone_nerves is None:
            del values["lone_nerves"]
        return self._ledger.update(booking, changed.id, changed.version, values)

    def _list(self, query: Select[Any]) -> tuple[Booking, ...]:
        rows = self._ledger.connection.execute(query).all()
        events = self._events.get_many([row.event_id for row in rows]) if rows else {}
        return tuple(booking_of(row, events[row.event_id].event) for row in rows)
