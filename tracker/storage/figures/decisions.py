"""What payers decided and how long it took, added up in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from tracker.domain.authorization import AuthorizationStatus as At
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.rows.authorizations import authorization
from tracker.storage.rows.requests import authorization_request as request

_GRANTED = (At.APPROVED.value,)
_PARTLY = (At.PARTIALLY_APPROVED.value, At.MODIFIED.value)
_REFUSED = (At.DENIED.value, At.APPEALED.value)
_DECIDED = _GRANTED + _PARTLY + _REFUSED
_BOTH = authorization.outerjoin(request, request.c.id == authorization.c.id)


@dataclass(frozen=True, slots=True)
class Turnaround:
    """So many requests to a payer were sent and decided on these two days."""

    payer: str
    sent: date
    decided: date
    count: int


@dataclass(frozen=True, slots=True)
class DecidedGroup:
    """What one payer decided about one procedure; without a family nobody has said what it was for."""

    payer: str
    family: Family | None
    intent: Intent | None
    approach: Approach | None
    approved: int
    partly: int
    denied: int


class DecisionFigures:
    """By the day of the decision, both ends included. A denial that is under appeal counts as denied."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def turnaround(self, first: date, last: date) -> tuple[Turnaround, ...]:
        """Return how long first decisions took. Appeals are left out: their last day is that of the appeal."""
        days = (authorization.c.submitted, authorization.c.decided)
        query = (
            select(authorization.c.payer, *days, func.count())
            .select_from(_BOTH)
            .where(_between(first, last), days[0].is_not(None), days[0] <= days[1], ~_appealed())
            .group_by(authorization.c.payer, *days)
            .order_by(authorization.c.payer, *days)
        )
        return tuple(Turnaround(*row) for row in self._connection.execute(query))

    def left_out(self, first: date, last: date) -> tuple[int, int]:
        """Return how many decisions have no turnaround: those after an appeal, and those without a day of sending."""
        unsent = authorization.c.submitted.is_(None) | (authorization.c.submitted > authorization.c.decided)
        query = (
            select(_sum(_appealed()), _sum(and_(~_appealed(), unsent))).select_from(_BOTH).where(_between(first, last))
        )
        row = self._connection.execute(query).one()
        return row[0] or 0, row[1] or 0

    def by_payer_and_procedure(self, first: date, last: date) -> tuple[DecidedGroup, ...]:
        what = (request.c.family, request.c.intent, request.c.approach)
        status = authorization.c.status
        counts = (_sum(status.in_(_GRANTED)), _sum(status.in_(_PARTLY)), _sum(status.in_(_REFUSED)))
        query = (
            select(authorization.c.payer, *what, *counts)
            .select_from(_BOTH)
            .where(_between(first, last))
            .group_by(authorization.c.payer, *what)
            .order_by(authorization.c.payer, *what)
        )
        return tuple(_group(row) for row in self._connection.execute(query))

    def ending(self, first: date, last: date) -> tuple[str, ...]:
        """Return the ids of the approvals that end within these days, the soonest first."""
        granted = authorization.c.status.in_(_GRANTED + _PARTLY)
        query = select(authorization.c.id).select_from(_BOTH).where(
            granted, request.c.id.is_not(None), authorization.c.ends_on.between(first, last)
        )  # fmt: skip
        return tuple(self._connection.execute(query.order_by(authorization.c.ends_on, authorization.c.id)).scalars())


def _between(first: date, last: date) -> ColumnElement[bool]:
    return and_(authorization.c.status.in_(_DECIDED), authorization.c.decided.between(first, last))


def _appealed() -> ColumnElement[bool]:
    return func.coalesce(request.c.appeal_level, 0) > 0


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _group(row: Any) -> DecidedGroup:
    payer, family, intent, approach, approved, partly, denied = row
    return DecidedGroup(
        payer,
        Family(family) if family else None,
        Intent(intent) if intent else None,
        Approach(approach) if approach else None,
        approved,
        partly,
        denied,
    )
