"""What the answers about a patient's coming visits rest on, as text to tell a change by: a query a table each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, func, literal, or_, select, type_coerce

from tracker.domain.booking import BookingStatus
from tracker.domain.event import EventStatus
from tracker.storage.coming import COMING, EVENT_SHAPE, WANTED
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import SEPARATOR
from tracker.storage.rows.authorizations import authorization, authorization_line
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import coverage, patient
from tracker.storage.rows.rules import standing


def _exactly(*columns: Any) -> Any:
    """Join columns so that no two rows read alike: texts in quotes, and NULL as such."""
    return func.concat(*itertools.chain.from_iterable((SEPARATOR, func.quote(column)) for column in columns))


def _rows(text: Any) -> Any:
    return func.group_concat(text, "\n")


_VISITS = (
    select(
        booking.c.patient_id,
        func.min(patient.c.born, type_=String),
        func.min(case((booking.c.day >= bindparam("today"), func.coalesce(standing.c.grounds, "")))),
        func.max(standing.c.grounds),
        _rows(
            _exactly(
                booking.c.id, booking.c.event_id, booking.c.status, booking.c.provider_id, booking.c.site_id,
                booking.c.coverage_id, booking.c.elsewhere, booking.c.technique_changed,
            )
        ),
    )
    .join(patient, patient.c.id == booking.c.patient_id)
    .outerjoin(standing, and_(standing.c.booking_id == booking.c.id, booking.c.day >= bindparam("today")))
    .where(booking.c.patient_id.in_(WANTED), or_(and_(*COMING), booking.c.status == BookingStatus.HELD.value))
    .group_by(booking.c.patient_id)
)  # fmt: skip
_OPEN_STILL = case(
    (
        and_(
            event.c.first_day != event.c.last_day,
            event.c.last_day > bindparam("today"),
            event.c.status != EventStatus.BOOKED.value,
        ),
        bindparam("as_of", type_=String),
    ),
    else_="",
)
"""The day on which one asks, where what was done on a day not known exactly was done by then (rules/doubts.py)."""
_EVENTS = (
    select(
        event.c.patient_id,
        _rows(
            func.concat(
                event.c.id,
                *itertools.chain.from_iterable(
                    (literal(SEPARATOR), column)
                    for column in (
                        type_coerce(event.c.first_day, String),
                        type_coerce(event.c.last_day, String),
                        _OPEN_STILL,
                        *EVENT_SHAPE,
                    )
                ),
            )
        ),
    )
    .where(event.c.patient_id.in_(WANTED), event.c.struck.is_(False))
    .group_by(event.c.patient_id)
)
_COVERAGES = (
    select(
        coverage.c.patient_id,
        coverage.c.payer,
        _exactly(
            coverage.c.id, coverage.c.payer, coverage.c.plan, coverage.c.starts_on, coverage.c.ends_on,
            coverage.c.rank, coverage.c.authorization_required,
        ),
    )
    .where(coverage.c.patient_id.in_(WANTED))
    .order_by(coverage.c.id)
)  # fmt: skip
_LINES = (
    select(
        _rows(
            _exactly(
                authorization_line.c.position, authorization_line.c.code, authorization_line.c.units,
                authorization_line.c.used, authorization_line.c.targets, authorization_line.c.denied,
            )
        )
    )
    .where(authorization_line.c.authorization_id == authorization.c.id)
    .scalar_subquery()
)  # fmt: skip
_APPROVALS = (
    select(
        authorization.c.patient_id,
        authorization.c.ends_on,
        authorization.c.decided,
        _exactly(
            authorization.c.id, authorization.c.number, authorization.c.payer, authorization.c.status,
            authorization.c.kind, authorization.c.submitted, authorization.c.decided, authorization.c.starts_on,
            authorization.c.ends_on, authorization.c.facility, authorization.c.place_of_service,
            authorization.c.provider,
        ),
        _LINES,
    )
    .where(authorization.c.patient_id.in_(WANTED))
    .order_by(authorization.c.id)
)  # fmt: skip


@dataclass(slots=True)
class Grounds:
    """One patient's: all records as text, the payers named, and by approval its last day and that of its decision.

    `stood_on` is what all the coming visits were last judged upon, "" where they differ or one was never judged.
    """

    stood_on: str
    records: list[str]
    payers: set[str] = field(default_factory=set)
    approvals: list[tuple[date | None, date | None]] = field(default_factory=list)


class GroundsReader:
    """Reads every column that `ComingVisits` reads, of every event that counts."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def load(self, patient_ids: Sequence[str], today: date) -> dict[str, Grounds]:
        """Return them by patient, of those of these with coming visits."""
        values = {"wanted": list(patient_ids), "today": today, "as_of": today.isoformat()}
        found: dict[str, Grounds] = {}
        for owner, born, least, most, visits in self._rows(_VISITS, values):
            if least is not None:
                found[owner] = Grounds(least if least == most else "", [born, visits])
        for owner, events in self._rows(_EVENTS, values):
            if owner in found:
                found[owner].records.append(events)
        for owner, payer, text in self._rows(_COVERAGES, values):
            if owner in found:
                found[owner].payers.add(payer)
                found[owner].records.append(text)
        for owner, ends, decided, text, lines in self._rows(_APPROVALS, values):
            if owner in found:
                found[owner].approvals.append((ends, decided))
                found[owner].records += (text, lines or "")
        return found

    def _rows(self, query: Select[Any], values: dict[str, Any]) -> Sequence[Any]:
        return self._ledger.connection.execute(query, values).all()
