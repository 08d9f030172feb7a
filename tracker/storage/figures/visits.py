"""Visits booked against the answer with what came of them, and who has had injections of late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, exists, func, select

from tracker.domain.booking import BookingStatus, OverrideReason
from tracker.domain.event import EventStatus
from tracker.domain.procedure import Family
from tracker.storage.booking_mapper import overridden_of
from tracker.storage.records import OverriddenAnswer
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.clinical import claim_denial
from tracker.storage.rows.events import event

AT_ONCE = 500
_OPEN = sorted(each.value for each in BookingStatus if each.open)


@dataclass(frozen=True, slots=True)
class OverriddenVisit:
    """A visit that was booked against the answer; `answer` is None where its record cannot be read."""

    reason: OverrideReason
    by: str
    status: BookingStatus
    denied: bool
    answer: OverriddenAnswer | None


class VisitFigures:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def any_on_file(self) -> bool:
        """Tell whether a single injection is on file, booked here or done before."""
        return self._connection.execute(select(event.c.id).limit(1)).first() is not None

    def overridden(self, since: datetime, before: datetime) -> tuple[OverriddenVisit, ...]:
        """Return the visits that were booked against the answer in that time, as they stand."""
        denied = exists().where(claim_denial.c.event_id == booking.c.event_id)
        at = booking.c.override_at
        query = select(booking, denied.label("denied")).where(
            booking.c.override_reason.is_not(None), at >= since, at < before
        )
        return tuple(
            OverriddenVisit(
                OverrideReason(row.override_reason), row.override_by, BookingStatus(row.status), bool(row.denied),
                overridden_of(row),
            )
            for row in self._connection.execute(query.order_by(at, booking.c.id))
        )  # fmt: skip

    def families_since(self, first: date) -> dict[str, frozenset[Family]]:
        """Return by patient which kinds of procedure were done since that day."""
        done = and_(
            event.c.first_day >= first, event.c.status == EventStatus.PERFORMED.value, event.c.struck.is_(False)
        )
        query = select(event.c.patient_id, event.c.family).where(done).distinct().order_by(event.c.patient_id)
        found: dict[str, set[Family]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.patient_id, set()).add(Family(row.family))
        return {patient_id: frozenset(families) for patient_id, families in found.items()}

    def next_visits(self, patient_ids: Iterable[str], today: date) -> dict[tuple[str, Family], date]:
        """Return the next open visit of each patient by the kind of procedure."""
        ids, found = list(patient_ids), dict[tuple[str, Family], date]()
        for start in range(0, len(ids), AT_ONCE):
            query = (
                select(booking.c.patient_id, event.c.family, func.min(booking.c.day))
                .join(event, event.c.id == booking.c.event_id)
                .where(booking.c.patient_id.in_(ids[start:start + AT_ONCE]), booking.c.status.in_(_OPEN),
                       booking.c.day >= today)
                .group_by(booking.c.patient_id, event.c.family)
            )  # fmt: skip
            found |= {(row[0], Family(row[1])): row[2] for row in self._connection.execute(query)}
        return found
