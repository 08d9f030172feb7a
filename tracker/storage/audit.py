"""The acts on record as somebody looks them up: by patient, person, time and kind, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, case, func, select

from tracker.domain.list_order import AuditOrder
from tracker.storage.audit_images import PARENTS, acts_on, named_in
from tracker.storage.ledger import Ledger
from tracker.storage.rows import METADATA
from tracker.storage.rows.acts import act, act_change
from tracker.storage.rows.authorizations import authorization

AT_ONCE = 500
LOOKED_AT = 12
"""Changes of one act by which its patients are told; an act that touched more is a file, a clinic or a whole list."""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which acts: everything that is given has to fit. `before` itself is not included.

    `kinds` says in which order kinds stand where acts are sorted by them: by their words, which the file does not know.
    """

    patient_id: str = ""
    by: str = ""
    kind: str = ""
    since: datetime | None = None
    before: datetime | None = None
    order: AuditOrder = AuditOrder.WHEN
    descending: bool = True
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditAct:
    """One act on record; `patients` holds whom its first changes concern, `changes` how many records it touched."""

    id: str
    at: datetime
    by: str
    station: str
    kind: str
    entity: str
    entity_id: str
    undoes: str | None
    changes: int
    patients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditChange:
    """One record that an act touched: its fields before and after, None where it was not there; both None: in bulk.

    Not `readable`: somebody changed an image outside the program, so that it is none any more.
    """

    entity: str
    entity_id: str
    before: Mapping[str, Any] | None = field(default=None)
    after: Mapping[str, Any] | None = field(default=None)
    readable: bool = True


class AuditReader:
    """Sorted in the file, the usual way newest first by the order in which acts were put on record. Reads only."""

    def __init__(self, ledger: Ledger) -> None:
        self._connection = ledger.connection

    def find(self, query: AuditQuery, *, limit: int, offset: int = 0) -> tuple[AuditAct, ...]:
        """Return one page of the acts that fit."""
        wanted = _narrowed(select(act), query).order_by(*_order(query)).limit(limit).offset(offset)
        rows = self._connection.execute(wanted).all()
        return self._told(rows)

    def get(self, act_id: str) -> AuditAct | None:
        """Return one act, None when it is not on record."""
        return next(iter(self._told(self._connection.execute(select(act).where(act.c.id == act_id)).all())), None)

    def count(self, query: AuditQuery) -> int:
        return self._connection.execute(_narrowed(select(func.count()).select_from(act), query)).scalar_one()

    def newest_at(self) -> datetime | None:
        """Return the latest moment that an act on record names, None when there is no act."""
        return self._connection.execute(select(func.max(act.c.at, type_=act.c.at.type))).scalar_one()

    def people(self) -> tuple[str, ...]:
        """Return everybody who has done something, by name."""
        return tuple(self._connection.execute(select(act.c.by).distinct().order_by(act.c.by)).scalars())

    def kinds(self) -> tuple[str, ...]:
        """Return every kind of act that was done."""
        return tuple(self._connection.execute(select(act.c.kind).distinct().order_by(act.c.kind)).scalars())

    def changes(self, act_id: str, limit: int) -> tuple[AuditChange, ...]:
        """Return what an act did to each record, in order, up to so many."""
        query = select(act_change).where(act_change.c.act_id == act_id).order_by(act_change.c.position).limit(limit)
        return tuple(map(_change, self._connection.execute(query)))

    def changes_of(self, act_ids: Iterable[str], limit: int) -> dict[str, list[AuditChange]]:
        """Return by act what it did to its first records."""
        ids, found = list(act_ids), dict[str, list[AuditChange]]()
        for start in range(0, len(ids), AT_ONCE):
            these = act_change.c.act_id.in_(ids[start : start + AT_ONCE])
            query = select(act_change).where(these, act_change.c.position < limit)
            for row in self._connection.execute(query.order_by(act_change.c.act_id, act_change.c.position)):
                found.setdefault(row.act_id, []).append(_change(row))
        return found

    def _told(self, rows: Iterable[Any]) -> tuple[AuditAct, ...]:
        given = list(rows)
        ids = [row.id for row in given]
        counts, patients = self._counts(ids), self._patients(ids)
        return tuple(
            AuditAct(row.id, row.at, row.by, row.station, row.kind, row.entity, row.entity_id, row.undoes,
                     counts.get(row.id, 0), tuple(patients.get(row.id, ())))
            for row in given
        )  # fmt: skip

    def _counts(self, act_ids: list[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(act_ids), AT_ONCE):
            these = act_change.c.act_id.in_(act_ids[start : start + AT_ONCE])
            query = select(act_change.c.act_id, func.count()).where(these).group_by(act_change.c.act_id)
            found |= {row[0]: row[1] for row in self._connection.execute(query)}
        return found

    def _patients(self, act_ids: list[str]) -> dict[str, dict[str, None]]:
        """Return by act whom it concerns, in the order of its changes."""
        touched = [row for start in range(0, len(act_ids), AT_ONCE) for row in self._touched(act_ids[start:][:AT_ONCE])]
        owners = self._owners(touched)
        found: dict[str, dict[str, None]] = {}
        for act_id, entity, entity_id, patient_id, *parents in touched:
            keys = [(entity, entity_id), *zip((table.name for table in PARENTS.values()), parents, strict=True)]
            whose = entity_id if entity == "patient" else patient_id
            whose = whose or next((owners[key] for key in keys if key in owners), None)
            if whose:
                found.setdefault(act_id, {})[whose] = None
        return found

    def _touched(self, act_ids: list[str]) -> Iterator[tuple[Any, ...]]:
        """Yield act, record, and the ids that its image names: of the patient, else of what it belongs to."""
        image = func.coalesce(act_change.c.after, act_change.c.before)
        named = [named_in(image, name) for name in ("patient_id", *PARENTS)]
        query = select(act_change.c.act_id, act_change.c.entity, act_change.c.entity_id, *named).where(
            act_change.c.act_id.in_(act_ids), act_change.c.position < LOOKED_AT
        )
        for row in self._connection.execute(query.order_by(act_change.c.act_id, act_change.c.position)):
            yield tuple(row)

    def _owners(self, touched: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str], str]:
        """Return whose the records are whose images do not say it: those made in bulk, and those of a parent."""
        wanted: dict[str, set[str]] = {}
        for _act_id, entity, entity_id, patient_id, *parents in touched:
            if patient_id or entity == "patient":
                continue
            for table, parent in zip(PARENTS.values(), parents, strict=True):
                if parent:
                    wanted.setdefault(table.name, set()).add(parent)
            if not any(parents):
                wanted.setdefault(entity, set()).add(entity_id)
        found: dict[tuple[str, str], str] = {}
        for name, ids in wanted.items():
            held: Table | None = authorization if name == "authorization_request" else METADATA.tables.get(name)
            if held is not None and "patient_id" in held.c:
                found |= {(name, record): owner for record, owner in self._owned(held, sorted(ids))}
        return found

    def _owned(self, table: Table, ids: list[str]) -> Iterator[tuple[str, str]]:
        for start in range(0, len(ids), AT_ONCE):
            query = select(table.c.id, table.c.patient_id).where(table.c.id.in_(ids[start : start + AT_ONCE]))
            yield from (tuple(row) for row in self._connection.execute(query))


def _narrowed(statement: Select[Any], query: AuditQuery) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if query.since is not None:
        wanted.append(act.c.at >= query.since)
    if query.before is not None:
        wanted.append(act.c.at < query.before)
    if query.by:
        wanted.append(act.c.by == query.by)
    if query.kind:
        wanted.append(act.c.kind == query.kind)
    if query.patient_id:
        wanted.append(act.c.id.in_(acts_on(query.patient_id)))
    return statement.where(*wanted) if wanted else statement


def _order(query: AuditQuery) -> list[ColumnElement[Any]]:
    """Return what is sorted by; acts that are alike in it stand newest first."""
    if query.order is AuditOrder.WHEN:
        return [act.c.id.desc() if query.descending else act.c.id.asc()]
    if query.order is AuditOrder.WHAT:
        places = {kind: place for place, kind in enumerate(query.kinds)}
        column: ColumnElement[Any] = case(places, value=act.c.kind, else_=len(places)) if places else act.c.kind
    elif query.order is AuditOrder.RECORDS:
        column = select(func.count()).where(act_change.c.act_id == act.c.id).scalar_subquery()
    else:
        column = func.lower(act.c.by if query.order is AuditOrder.WHO else act.c.station)
    return [column.desc() if query.descending else column.asc(), act.c.id.desc()]


def _change(row: Any) -> AuditChange:
    try:
        return AuditChange(row.entity, row.entity_id, _fields(row.before), _fields(row.after))
    except ValueError:
        return AuditChange(row.entity, row.entity_id, readable=False)


def _fields(image: str | None) -> dict[str, Any] | None:
    """Return what an image says. Raises ValueError when it is none."""
    if image is None:
        return None
    fields = json.loads(image)
    if not isinstance(fields, dict):
        raise ValueError("an image is an object")
    return fields
