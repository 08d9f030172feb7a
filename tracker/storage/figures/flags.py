"""Flags that were raised on coming visits, and what became of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from tracker.domain.booking import BookingStatus
from tracker.domain.verdict import Outcome
from tracker.storage.rows.acts import act, act_change
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.rules import standing_turn as turn

_RAISED = sorted(each.value for each in Outcome if each > Outcome.CAUTION)
_MOVE = "move booking"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """The first flag of a visit within some days. `now` is its last answer; `moves` when it was moved, from which day.

    `status` and `day` are the visit's own, as they stand.
    """

    booking_id: str
    event_id: str
    patient_id: str
    raised_at: datetime
    outcome: Outcome
    headline: str
    now: Outcome
    now_at: datetime
    status: BookingStatus
    day: date
    moves: tuple[tuple[datetime, date], ...] = ()


class FlagFigures:
    """Turns are kept since the file has them; what was raised before is not known."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def raised(self, since: datetime, before: datetime) -> tuple[RaisedFlag, ...]:
        """Return each visit on which a flag was raised in that time, by its first one, the oldest first."""
        firsts = (
            select(turn.c.booking_id, func.min(turn.c.id).label("first"))
            .where(turn.c.at >= since, turn.c.at < before, turn.c.outcome.in_(_RAISED))
            .group_by(turn.c.booking_id)
            .subquery()
        )
        lasts = select(turn.c.booking_id, func.max(turn.c.id).label("last")).group_by(turn.c.booking_id).subquery()
        was, now = turn.alias("was"), turn.alias("now")
        columns = (booking.c.id, booking.c.event_id, booking.c.patient_id, was.c.at, was.c.outcome, was.c.headline,
                   now.c.outcome, now.c.at, booking.c.status, booking.c.day)  # fmt: skip
        query = (
            select(*columns)
            .join_from(firsts, was, was.c.id == firsts.c.first)
            .join(lasts, lasts.c.booking_id == firsts.c.booking_id)
            .join(now, now.c.id == lasts.c.last)
            .join(booking, booking.c.id == firsts.c.booking_id)
            .order_by(was.c.at, was.c.id)
        )
        rows = self._connection.execute(query).all()
        moves = self._moves([row[0] for row in rows])
        return tuple(
            RaisedFlag(*row[:4], Outcome(row[4]), row[5], Outcome(row[6]), row[7], BookingStatus(row[8]), row[9],
                       tuple(moves.get(row[0], ())))
            for row in rows
        )  # fmt: skip

    def _moves(self, booking_ids: list[str]) -> dict[str, list[tuple[datetime, date]]]:
        found: dict[str, list[tuple[datetime, date]]] = {}
        for start in range(0, len(booking_ids), AT_ONCE):
            query = (
                select(act_change.c.entity_id, act.c.at, act_change.c.before)
                .join(act, act.c.id == act_change.c.act_id)
                .where(act_change.c.entity == "booking", act_change.c.entity_id.in_(booking_ids[start:start + AT_ONCE]),
                       act.c.kind == _MOVE, act_change.c.before.is_not(None))
                .order_by(act.c.id)
            )  # fmt: skip
            for row in self._connection.execute(query):
                day = date.fromisoformat(json.loads(row.before)["day"])
                found.setdefault(row.entity_id, []).append((row.at, day))
        return found
