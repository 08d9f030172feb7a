"""Requests found and sorted in the file, a page at a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Join, Select, and_, case, exists, func, or_, select

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.booking import BookingStatus
from tracker.domain.worklist_query import WorkOrder, WorkQuery
from tracker.storage.folding import HIGHEST, fold_name
from tracker.storage.ledger import Ledger
from tracker.storage.rows.authorizations import authorization
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import patient
from tracker.storage.rows.requests import authorization_request as request

_REQUESTS = authorization.join(request, request.c.id == authorization.c.id)
_WITH_PATIENTS = _REQUESTS.join(patient, patient.c.id == authorization.c.patient_id)

_GRANTED = sorted(each.value for each in AuthorizationStatus if each.grants)
_WAITING = frozenset(each.value for each in AuthorizationStatus if each.waits)
_AT_PAYER = sorted(each.value for each in AuthorizationStatus if each.at_payer)
_OPEN = sorted(each.value for each in BookingStatus if each.open)
_FALLEN = (BookingStatus.CANCELLED.value, BookingStatus.NO_SHOW.value)
UNBOOKED_DAYS = 30
"""An approval without a visit wants a hand when it ends within so many days."""

_IN_ALL = func.count().over().label("in_all")
_DENIED = authorization.c.status == AuthorizationStatus.DENIED.value
_ORDERS: dict[WorkOrder, tuple[ColumnElement[Any], ...]] = {
    WorkOrder.STATUS: (authorization.c.status, request.c.next_action),
    WorkOrder.PATIENT: (patient.c.last_key, patient.c.first_key),
    WorkOrder.PAYER: (authorization.c.payer, request.c.next_action),
    WorkOrder.SENT: (authorization.c.submitted,),
    WorkOrder.ENDS: (authorization.c.ends_on,),
    WorkOrder.OWNER: (request.c.owner, request.c.next_action),
}


class WorklistRepository:
    """Ids of the requests that a query means."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find(
        self, query: WorkQuery, today: date, now: datetime, order: WorkOrder = WorkOrder.DUE, *, limit: int,
        offset: int = 0, descending: bool = False,
    ) -> tuple[tuple[str, ...], int]:  # fmt: skip
        """Return the ids of one page, and how many there are in all: both in one reading, as a long list is read whole.

        Requests without a day or a name to sort by stand last.
        """
        rows = _rows(query, by_patient=order is WorkOrder.PATIENT)
        statement = _narrowed(select(authorization.c.id, _IN_ALL).select_from(rows), query, today, now)
        for column in (_due(today),) if order is WorkOrder.DUE else _ORDERS[order]:
            statement = statement.order_by(column.desc().nulls_last() if descending else column.asc().nulls_last())
        page = statement.order_by(authorization.c.id).limit(limit).offset(offset)
        found = self._ledger.connection.execute(page).all()
        return tuple(row.id for row in found), found[0].in_all if found else self.count(query, today, now)

    def count(self, query: WorkQuery, today: date, now: datetime) -> int:
        statement = _narrowed(select(func.count()).select_from(_rows(query)), query, today, now)
        return self._ledger.connection.execute(statement).scalar_one()

    def owners(self) -> tuple[str, ...]:
        """Return the names of those who follow requests, by name."""
        named = select(request.c.owner).where(request.c.owner != "").distinct().order_by(request.c.owner)
        return tuple(self._ledger.connection.execute(named).scalars())

    def expiring(self, today: date, until: date) -> tuple[str, ...]:
        """Return the approvals that end from today to `until`, and those that have ended before a visit to come."""
        granted, ends = authorization.c.status.in_(_GRANTED), authorization.c.ends_on
        behind = and_(ends < today, _visit(booking.c.status.in_(_OPEN), booking.c.day >= today))
        wanted = or_(ends.between(today, until), behind)
        query = select(authorization.c.id).select_from(_REQUESTS).where(granted, wanted)
        return tuple(self._ledger.connection.execute(query.order_by(ends, authorization.c.id)).scalars())


def _rows(query: WorkQuery, *, by_patient: bool = False) -> Join:
    """Return what is read: the patients only where something is asked of them, as a long list is read by the row."""
    return _WITH_PATIENTS if by_patient or query.name or query.number else _REQUESTS


def _narrowed(statement: Select[Any], query: WorkQuery, today: date, now: datetime) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if query.statuses or query.open:
        wanted.append(_standing(query, today))
    if query.late:
        wanted.append(_late(today, now))
    if query.appealable:
        wanted.append(and_(_DENIED, request.c.appeal_by >= today))
    if query.unbooked:
        wanted.append(_unbooked(today))
    if query.payers is not None:
        wanted.append(authorization.c.payer.in_(sorted(query.payers)))
    if query.owner is not None:
        wanted.append(_owned(query.owner))
    if query.due_until is not None:
        ending = and_(_unbooked(today), authorization.c.ends_on <= query.due_until)
        wanted.append(or_(request.c.next_action <= query.due_until, ending))
    if query.ends_until is not None:
        wanted.append(authorization.c.ends_on <= query.ends_until)
    wanted += _named(query)
    return statement.where(*wanted) if wanted else statement


def _standing(query: WorkQuery, today: date) -> ColumnElement[bool]:
    """Where it stands is one of these, or it is open: it waits, somebody has to look at it, or it ends unbooked."""
    statuses = {each.value for each in query.statuses} | (_WAITING if query.open else set())
    stands = authorization.c.status.in_(sorted(statuses))
    return or_(stands, request.c.next_action.is_not(None), _unbooked(today)) if query.open else stands


def _due(today: date) -> ColumnElement[Any]:
    """The day on which it wants a hand (`services.work_rows.WorkRow.due`)."""
    granted = and_(authorization.c.status.in_(_GRANTED), authorization.c.ends_on >= today)
    ends = case((granted, authorization.c.ends_on), (_DENIED, request.c.appeal_by))
    return func.coalesce(request.c.next_action, ends)


def _owned(owner: str) -> ColumnElement[bool]:
    """Nobody's requests, or those of whoever's name begins so."""
    return request.c.owner == "" if not owner else _begins(func.lower(request.c.owner), owner.lower())


def _late(today: date, now: datetime) -> ColumnElement[bool]:
    """The day to look at it has passed, or the payer should have decided by now."""
    overdue = and_(authorization.c.status.in_(_AT_PAYER), request.c.decide_by < now)
    return or_(request.c.next_action < today, overdue)


def _unbooked(today: date) -> ColumnElement[bool]:
    """An approval that ends soon, within whose days no visit of its procedure was done or is booked."""
    ends = authorization.c.ends_on
    begins = func.coalesce(authorization.c.starts_on, authorization.c.decided, ends)
    visited = _visit(booking.c.status.not_in(_FALLEN), booking.c.day.between(begins, ends))
    soon = ends.between(today, today + timedelta(days=UNBOOKED_DAYS))
    return and_(authorization.c.status.in_(_GRANTED), soon, ~visited)


def _visit(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether the patient has such a visit of the request's procedure."""
    same = (booking.c.patient_id == authorization.c.patient_id, event.c.family == request.c.family)
    return exists().where(event.c.id == booking.c.event_id, *same, *conditions)


def _named(query: WorkQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in fold_name(query.name).split():
        found.append(or_(*(_begins(column, word) for column in (patient.c.last_key, patient.c.first_key))))
    if query.number:
        columns = (authorization.c.number, request.c.reference, patient.c.mrn)
        found.append(or_(*(_begins(func.lower(column), query.number.lower()) for column in columns)))
    return found


def _begins(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    return and_(column >= word, column < word + HIGHEST)
