"""How coming visits stood when they were last judged: written beside the acts of people, so undo never meets it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, exists, func, insert, or_, select, update

from tracker.domain.booking import BookingStatus
from tracker.domain.verdict import Outcome
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, Values
from tracker.storage.records import Reached, Standing, Upon
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.rules import recheck, standing, standing_turn

AT_ONCE = 2000
_ONLY = "all"
_OPEN = [status.value for status in BookingStatus if status.open]
_WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)
_COMING = select(booking.c.id).where(booking.c.day >= bindparam("today"), booking.c.status.in_(_OPEN))
_OF = select(standing).where(standing.c.booking_id.in_(_WANTED))
_UNSEEN = and_(
    standing.c.changed_at.is_not(None), or_(standing.c.seen_at.is_(None), standing.c.seen_at < standing.c.changed_at)
)
_NEWS = select(standing).where(_UNSEEN, standing.c.booking_id.in_(_COMING))
_STAND_ON = "UPDATE standing SET chart = ?, basis = ?, grounds = ?, since = ?, until = ? WHERE booking_id = ?"
_REGROUND = (
    "UPDATE standing SET grounds = ? FROM json_each(?) AS judged "
    "WHERE booking_id = judged.key AND chart = judged.value AND basis = ? AND since IS NULL AND until IS NULL"
)
_COUNT = select(func.count()).select_from(standing)
_LEFT = delete(standing).where(
    ~exists().where(
        booking.c.id == standing.c.booking_id, booking.c.day >= bindparam("today"), booking.c.status.in_(_OPEN)
    )
)
_THERE = select(booking.c.id).where(booking.c.id.in_(_WANTED))


class StandingRepository:
    """Standings by visit; they go with their visit. Each one that is saved is kept as a turn, for reports."""

    def __init__(self, ledger: Ledger) -> None:
        self._connection = ledger.connection

    def find_many(self, booking_ids: Iterable[str]) -> dict[str, Standing]:
        ids, found = list(booking_ids), dict[str, Standing]()
        for start in range(0, len(ids), AT_ONCE):
            rows = self._connection.execute(_OF, {"wanted": ids[start : start + AT_ONCE]})
            found |= {row.booking_id: _standing_of(row) for row in rows}
        return found

    def list_news(self, today: date) -> tuple[Standing, ...]:
        """Return those of open visits to come that changed since somebody looked."""
        return tuple(_standing_of(row) for row in self._connection.execute(_NEWS, {"today": today}))

    def save(self, standings: Sequence[Standing]) -> None:
        """Write these over what is there; visits that are gone by now are left out."""
        if not standings:
            return
        ids = [each.booking_id for each in standings]
        there = set(self._connection.execute(_THERE, {"wanted": ids}).scalars())
        values = [_values(each) for each in standings if each.booking_id in there]
        if values:
            self._connection.execute(delete(standing).where(standing.c.booking_id.in_(there)))
            self._connection.execute(insert(standing), values)
            self._connection.execute(insert(standing_turn), [_turn_values(each) for each in values])

    def stand_on(self, upon: Iterable[Upon]) -> None:
        """Note what answers rest on; a visit without a standing is left out."""
        if values := list[tuple[Any, ...]](upon):
            self._connection.exec_driver_sql(_STAND_ON, values)

    def stand_on_other_grounds(self, basis: str, grounds: str, visits: Mapping[str, int]) -> None:
        """Note that answers rest on other grounds and else on what they rested on: at these revisions, on no day."""
        known = self._connection.exec_driver_sql(_REGROUND, (grounds, json.dumps(visits), basis))
        if known.rowcount < len(visits):  # of some of them all may be otherwise by now
            self.stand_on(Upon(revision, basis, grounds, None, None, each) for each, revision in visits.items())

    def mark_seen(self, booking_ids: Iterable[str], at: datetime) -> int:
        """Note that somebody saw what had changed there by then; return of how many it was news."""
        wanted = standing.c.booking_id.in_(list(booking_ids))
        news = update(standing).where(wanted, _UNSEEN, standing.c.changed_at <= at)
        return self._connection.execute(news.values(seen_at=at)).rowcount

    def count(self) -> int:
        return self._connection.execute(_COUNT).scalar_one()

    def drop_past(self, today: date) -> None:
        """Forget how visits stood that are closed or past."""
        self._connection.execute(_LEFT, {"today": today})

    def reached(self) -> Reached | None:
        """Return up to where everything was judged, None when it never was."""
        row = self._connection.execute(select(recheck)).one_or_none()
        return Reached(row.last_act, row.day) if row else None

    def set_reached(self, reached: Reached) -> None:
        self._connection.execute(delete(recheck))
        self._connection.execute(insert(recheck), {"id": _ONLY, "last_act": reached.last_act, "day": reached.day})


def _standing_of(row: Any) -> Standing:
    return Standing(
        row.booking_id,
        Outcome(row.outcome),
        row.headline,
        row.reason,
        row.marks,
        row.judged_at,
        Outcome(row.was_outcome) if row.was_outcome else None,
        row.was_headline,
        row.because,
        row.changed_at,
        row.seen_at,
    )


def _values(each: Standing) -> Values:
    return {
        "booking_id": each.booking_id,
        "outcome": each.outcome.value,
        "headline": each.headline,
        "reason": each.reason,
        "marks": each.marks,
        "grounds": "",
        "chart": 0,
        "basis": "",
        "since": None,
        "until": None,
        "judged_at": each.judged_at,
        "was_outcome": each.was_outcome.value if each.was_outcome else None,
        "was_headline": each.was_headline,
        "because": each.because,
        "changed_at": each.changed_at,
        "seen_at": each.seen_at,
    }


def _turn_values(values: Values) -> Values:
    return {
        "id": new_id(),
        "booking_id": values["booking_id"],
        "outcome": values["outcome"],
        "headline": values["headline"],
        "at": values["judged_at"],
    }
