"""Acts on record, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, func, insert, or_, select

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.language import tr
from tracker.storage.act_chain import seal
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, changes_of
from tracker.storage.records import Act, PastAct
from tracker.storage.rows import METADATA
from tracker.storage.rows.acts import act, act_change
from tracker.storage.work_mapper import past_act_of

CHUNK = 2000
AT_ONCE = 500
BULK_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, at which desk, when."""

    by: str
    station: str
    at: datetime


class ActRepository:
    """The acts, newest last by id."""

    def __init__(self, ledger: Ledger, key: bytes) -> None:
        self._ledger = ledger
        self._key = key

    def add(self, done: Act, stamp: Stamp) -> str:
        """Put the act and the changes that the ledger has noted on record; return the act's id."""
        act_id = new_id()
        values = {"id": act_id, "at": stamp.at, "by": stamp.by, "station": stamp.station}
        values |= {"kind": done.kind, "entity": done.entity, "entity_id": done.entity_id, "undoes": done.undoes}
        changes = [
            {"act_id": act_id, "position": position, **change}
            for position, change in enumerate(self._ledger.take_changes())
        ]
        self._ledger.connection.execute(insert(act), values | seal(self._ledger.connection, self._key, values, changes))
        for start in range(0, len(changes), CHUNK):
            self._ledger.connection.execute(insert(act_change), changes[start : start + CHUNK])
        return act_id

    def has_changes(self) -> bool:
        """Tell whether changes are noted that no act holds yet."""
        return self._ledger.has_changes()

    def get(self, act_id: str) -> PastAct:
        row = self._ledger.connection.execute(select(act).where(act.c.id == act_id)).one_or_none()
        if row is None:
            raise NotFoundError(tr("This act is not on record."))
        return past_act_of(row)

    def latest_id(self) -> str:
        """Return the id of the last act, "" when nothing was ever done."""
        return self._ledger.connection.execute(select(func.max(act.c.id))).scalar_one() or ""

    def latest_number(self) -> int:
        """Return the place of the last act in their chain; it rises with each, whatever the clocks of the desks say."""
        return self._ledger.connection.execute(select(func.max(act.c.seq))).scalar_one() or 0

    def take_back(self, act_id: str) -> None:
        """Undo every change of the act, last first. Raises ConflictError when one of its records was changed since."""
        connection = self._ledger.connection
        if connection.execute(select(act.c.id).where(act.c.undoes == act_id)).first():
            raise ConflictError(tr("This was taken back already."))
        for (entity, in_bulk), group in groupby(connection.execute(changes_of(act_id)).all(), key=_kind):
            table = METADATA.tables[entity]
            changes = list(group)
            if in_bulk:
                for start in range(0, len(changes), BULK_CHUNK):
                    ids = [change.entity_id for change in changes[start : start + BULK_CHUNK]]
                    self._ledger.restore_bulk(table, ids)
            else:
                for change in changes:
                    self._ledger.restore(table, change)

    def last_kinds(self, entity: str, entity_ids: Iterable[str]) -> dict[str, str]:
        """Return the kind of the last act on each of these records; records that no act names are left out."""
        ids, found = list(entity_ids), dict[str, str]()
        for start in range(0, len(ids), AT_ONCE):
            query = (
                select(act_change.c.entity_id, act.c.kind)
                .join(act, act.c.id == act_change.c.act_id)
                .where(act_change.c.entity == entity, act_change.c.entity_id.in_(ids[start : start + AT_ONCE]))
                .order_by(act_change.c.act_id)
            )
            found |= {row.entity_id: row.kind for row in self._ledger.connection.execute(query)}
        return found

    def taken_back(self, kind: str, entity: str, entity_ids: Iterable[str]) -> frozenset[str]:
        """Return those of these records that an act of this kind touched which somebody took back."""
        ids, found = list(entity_ids), set[str]()
        undoing = act.alias()
        for start in range(0, len(ids), AT_ONCE):
            query = (
                select(act_change.c.entity_id)
                .join(act, act.c.id == act_change.c.act_id)
                .join(undoing, undoing.c.undoes == act.c.id)
                .where(act_change.c.entity == entity, act_change.c.entity_id.in_(ids[start : start + AT_ONCE]))
                .where(act.c.kind == kind)
            )
            found.update(self._ledger.connection.execute(query).scalars())
        return frozenset(found)

    def list_about(self, patient_id: str, most: int) -> tuple[PastAct, ...]:
        """Return the acts that touched a patient's records, the newest first; records that are gone tell no more."""
        owned = [table for table in METADATA.tables.values() if "patient_id" in table.c and "id" in table.c]
        mine = [(table.name, select(table.c.id).where(table.c.patient_id == patient_id)) for table in owned]
        touched = or_(
            and_(act_change.c.entity == "patient", act_change.c.entity_id == patient_id),
            *(and_(act_change.c.entity == name, act_change.c.entity_id.in_(ids)) for name, ids in mine),
        )
        ids = select(act_change.c.act_id).where(touched)
        query = select(act).where(act.c.id.in_(ids)).order_by(act.c.id.desc()).limit(most)
        return tuple(past_act_of(row) for row in self._ledger.connection.execute(query))

    def images_before(self, entity: str, entity_id: str) -> tuple[str, ...]:
        """Return the earlier images of a record as JSON, oldest first."""
        query = (
            select(act_change.c.before)
            .where(act_change.c.entity == entity, act_change.c.entity_id == entity_id, act_change.c.before.is_not(None))
            .order_by(act_change.c.act_id, act_change.c.position)
        )
        return tuple(self._ledger.connection.execute(query).scalars())


def _kind(change: Row[Any]) -> tuple[str, bool]:
    """Records made in bulk have no image, neither before nor after."""
    return change.entity, change.before is None and change.after is None
