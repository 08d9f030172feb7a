"""Requests found and sorted in the file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, true

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.booking import BookingStatus
from tracker.domain.worklist_query import WorkOrder, WorkQuery
from tracker.storage.folding import HIGHEST, fold_name
from tracker.storage.ledger import Ledger
from tracker.storage.rows.authorizations import authorization
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.requests import authorization_request as request
from tracker.storage.rows.work import work_key

_GRANTED = sorted(each.value for each in AuthorizationStatus if each.grants)
_WAITING = frozenset(each.value for each in AuthorizationStatus if each.waits)
_AT_PAYER = sorted(each.value for each in AuthorizationStatus if each.at_payer)
_OPEN = sorted(each.value for each in BookingStatus if each.open)
_FALLEN = (BookingStatus.CANCELLED.value, BookingStatus.NO_SHOW.value)
UNBOOKED_DAYS = 30
"""An approval without a visit wants a hand when it ends within so many days."""

_PLAIN = str.maketrans(ascii_uppercase, ascii_lowercase)
_DENIED = work_key.c.status == AuthorizationStatus.DENIED.value
_ORDERS: dict[WorkOrder, tuple[ColumnElement[Any], ...]] = {
    WorkOrder.STATUS: (work_key.c.status, work_key.c.next_action),
    WorkOrder.PATIENT: (work_key.c.last_key, work_key.c.first_key),
    WorkOrder.PAYER: (work_key.c.payer, work_key.c.next_action),
    WorkOrder.ENDS: (work_key.c.ends_on,),
    WorkOrder.OWNER: (work_key.c.owner_key, work_key.c.next_action),
}
_IDS = select(work_key.c.number, work_key.c.id).where(work_key.c.number.in_(bindparam("wanted", expanding=True)))


class WorklistRepository:
    """Which requests a query means. They are found by their keys alone: the records are too wide to read all of."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find(
        self, query: WorkQuery, today: date, now: datetime, order: WorkOrder = WorkOrder.DUE, *, limit: int,
        descending: bool = False,
    ) -> tuple[str, ...]:  # fmt: skip
        """Return the ids of the first. Requests without a day or a name to sort by stand last."""
        found = _sorted(select(work_key.c.id), query, today, now, order, descending).limit(limit)
        return tuple(self._ledger.connection.execute(found).scalars())

    def numbers(
        self, query: WorkQuery, today: date, now: datetime, order: WorkOrder = WorkOrder.DUE, *,
        descending: bool = False,
    ) -> array[int]:  # fmt: skip
        """Return all of them in their order, by numbers that hold until something is written."""
        found = _sorted(select(work_key.c.number), query, today, now, order, descending)
        return array("q", self._ledger.connection.execute(found).scalars())

    def ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the ids behind these numbers, in the same order."""
        found = dict(tuple(row) for row in self._ledger.connection.execute(_IDS, {"wanted": list(numbers)}))
        return tuple(found[each] for each in numbers if each in found)

    def counts(self, asked: Sequence[tuple[WorkQuery, date, datetime]]) -> tuple[int, ...]:
        """Return how many each query means, as of its day and minute: the keys are gone through once for all."""
        if len(asked) < 2:
            plain = select(func.count()).select_from(work_key)
            return tuple(self._ledger.connection.execute(_narrowed(plain, *each)).scalar_one() for each in asked)
        each = [func.count(case((and_(true(), *_conditions(*one)), 1))) for one in asked]
        return tuple(self._ledger.connection.execute(select(*each).select_from(work_key)).one())

    def owners(self) -> tuple[str, ...]:
        """Return the names of those who follow requests, by name."""
        named = select(request.c.owner).where(request.c.owner != "").distinct().order_by(request.c.owner)
        return tuple(self._ledger.connection.execute(named).scalars())

    def expiring(self, today: date, until: date) -> tuple[str, ...]:
        """Return the approvals that end from today to `until`, and those that have ended before a visit to come."""
        granted, ends = work_key.c.status.in_(_GRANTED), work_key.c.ends_on
        behind = and_(ends < today, _visit(booking.c.status.in_(_OPEN), booking.c.day >= today))
        query = select(work_key.c.id).where(granted, or_(ends.between(today, until), behind))
        return tuple(self._ledger.connection.execute(query.order_by(ends, work_key.c.id)).scalars())


def _sorted(
    wanted: Select[Any], query: WorkQuery, today: date, now: datetime, order: WorkOrder, descending: bool
) -> Select[Any]:
    statement = _narrowed(wanted, query, today, now)
    for column in (_due(today),) if order is WorkOrder.DUE else _ORDERS[order]:
        statement = statement.order_by((column.desc() if descending else column.asc()).nulls_last())
    return statement.order_by(work_key.c.number)


def _narrowed(statement: Select[Any], query: WorkQuery, today: date, now: datetime) -> Select[Any]:
    return statement.where(*_conditions(query, today, now))


def _conditions(query: WorkQuery, today: date, now: datetime) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.statuses or query.open:
        wanted.append(_standing(query, today))
    if query.late:
        wanted.append(_late(today, now))
    if query.appealable:
        wanted.append(and_(_DENIED, work_key.c.appeal_by >= today))
    if query.unbooked:
        wanted.append(_unbooked(today))
    if query.payers is not None:
        wanted.append(work_key.c.payer.in_(sorted(query.payers)))
    if query.owner is not None:
        wanted.append(_owned(query.owner))
    if query.due_until is not None:
        ending = and_(_unbooked(today), work_key.c.ends_on <= query.due_until)
        wanted.append(or_(work_key.c.next_action <= query.due_until, ending))
    if query.ends_until is not None:
        wanted.append(work_key.c.ends_on <= query.ends_until)
    return wanted + _named(query)


def _standing(query: WorkQuery, today: date) -> ColumnElement[bool]:
    """Where it stands is one of these, or it is open: it waits, somebody has to look at it, or it ends unbooked."""
    statuses = {each.value for each in query.statuses} | (_WAITING if query.open else set())
    stands = work_key.c.status.in_(sorted(statuses))
    return or_(work_key.c.next_action.is_not(None), stands, _unbooked(today)) if query.open else stands


def _due(today: date) -> ColumnElement[Any]:
    """The day on which it wants a hand (`services.work_rows.WorkRow.due`)."""
    granted = and_(work_key.c.status.in_(_GRANTED), work_key.c.ends_on >= today)
    ends = case((granted, work_key.c.ends_on), (_DENIED, work_key.c.appeal_by))
    return func.coalesce(work_key.c.next_action, ends)


def _owned(owner: str) -> ColumnElement[bool]:
    """Nobody's requests, or those of whoever's name begins so."""
    return work_key.c.owner_key == "" if not owner else _spelt(work_key.c.owner_key, owner)


def _late(today: date, now: datetime) -> ColumnElement[bool]:
    """The day to look at it has passed, or the payer should have decided by now."""
    overdue = and_(work_key.c.decide_by < now, work_key.c.status.in_(_AT_PAYER))  # one day is less work than a list
    return or_(work_key.c.next_action < today, overdue)


def _unbooked(today: date) -> ColumnElement[bool]:
    """An approval that ends soon, within whose days no visit of its procedure was done or is booked."""
    ends = work_key.c.ends_on
    begins = func.coalesce(authorization.c.starts_on, authorization.c.decided, authorization.c.ends_on)
    within = booking.c.day.between(begins, authorization.c.ends_on)
    visited = _visit(booking.c.status.not_in(_FALLEN), within)
    soon = ends.between(today, today + timedelta(days=UNBOOKED_DAYS))
    return and_(soon, work_key.c.status.in_(_GRANTED), ~visited)


def _visit(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether the patient has such a visit of the request's procedure."""
    record = (authorization.c.id == work_key.c.id, request.c.id == work_key.c.id)
    same = (booking.c.patient_id == authorization.c.patient_id, event.c.family == request.c.family)
    visit = select(booking.c.id).where(*record, *same, event.c.id == booking.c.event_id, *conditions)
    return visit.correlate(work_key).exists()


def _named(query: WorkQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in fold_name(query.name).split():
        found.append(or_(*(_begins(column, word) for column in (work_key.c.last_key, work_key.c.first_key))))
    if query.number:
        columns = (work_key.c.number_key, work_key.c.reference_key, work_key.c.mrn_key)
        found.append(or_(*(_spelt(column, query.number) for column in columns)))
    return found


def _spelt(column: ColumnElement[Any], typed: str) -> ColumnElement[bool]:
    """Tell whether it begins so, in whichever letters: the file's own `lower` leaves all but plain ones as they are."""
    spellings = dict.fromkeys(each.translate(_PLAIN) for each in (typed, typed.lower(), typed.upper(), typed.title()))
    return or_(*(_begins(column, each) for each in spellings))


def _begins(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    return and_(column >= word, column < word + HIGHEST)
