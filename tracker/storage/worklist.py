"""Requests found and sorted in the file, a page at a time."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from tracker.domain.worklist_query import WorkQuery
from tracker.storage.folding import HIGHEST, fold_name
from tracker.storage.ledger import Ledger
from tracker.storage.rows.authorizations import authorization
from tracker.storage.rows.patients import patient
from tracker.storage.rows.requests import authorization_request as request

_JOINED = authorization.join(request, request.c.id == authorization.c.id).join(
    patient, patient.c.id == authorization.c.patient_id
)


class WorkOrder(StrEnum):
    """What the list is sorted by; the soonest, or the first by name, stands on top."""

    DUE = "due"
    STATUS = "status"
    PATIENT = "patient"
    PAYER = "payer"
    SENT = "sent"
    ENDS = "ends"
    OWNER = "owner"


_ORDERS: dict[WorkOrder, tuple[ColumnElement[Any], ...]] = {
    WorkOrder.DUE: (request.c.next_action,),
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
        self, query: WorkQuery, now: datetime, order: WorkOrder = WorkOrder.DUE, *, limit: int, offset: int = 0,
        descending: bool = False,
    ) -> tuple[str, ...]:  # fmt: skip
        """Return the ids of one page; requests without a day or a name to sort by stand last."""
        statement = _narrowed(select(authorization.c.id).select_from(_JOINED), query, now)
        for column in _ORDERS[order]:
            statement = statement.order_by(column.desc().nulls_last() if descending else column.asc().nulls_last())
        page = statement.order_by(authorization.c.id).limit(limit).offset(offset)
        return tuple(self._ledger.connection.execute(page).scalars())

    def count(self, query: WorkQuery, now: datetime) -> int:
        statement = _narrowed(select(func.count()).select_from(_JOINED), query, now)
        return self._ledger.connection.execute(statement).scalar_one()


def _narrowed(statement: Select[Any], query: WorkQuery, now: datetime) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if query.statuses:
        wanted.append(authorization.c.status.in_(sorted(each.value for each in query.statuses)))
    if query.late:
        wanted.append(_late(now))
    if query.payers is not None:
        wanted.append(authorization.c.payer.in_(sorted(query.payers)))
    if query.owner is not None:
        wanted.append(_owned(query.owner))
    if query.due_until is not None:
        wanted.append(request.c.next_action <= query.due_until)
    if query.ends_until is not None:
        wanted.append(authorization.c.ends_on <= query.ends_until)
    wanted += _named(query)
    return statement.where(*wanted) if wanted else statement


def _owned(owner: str) -> ColumnElement[bool]:
    """Nobody's requests, or those of whoever's name begins so."""
    return request.c.owner == "" if not owner else _begins(func.lower(request.c.owner), owner.lower())


def _late(now: datetime) -> ColumnElement[bool]:
    """The day to look at it has passed, or the payer should have decided by now."""
    today: date = now.date()
    return or_(request.c.next_action < today, request.c.decide_by < now)


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
