"""Writes records and remembers what each was before and after, for the act that they belong to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Select, Table, Update, bindparam, delete, insert, select, update

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.language import tr
from tracker.storage.rows.acts import act_change

Values = dict[str, Any]
_READERS = {date: date.fromisoformat, datetime: datetime.fromisoformat, time: time.fromisoformat}


class Ledger:
    """Insert, update and delete on one connection, with versions checked and images kept."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._changes: list[Values] = []

    def insert(self, table: Table, values: Values) -> None:
        self.connection.execute(_into(table), values)
        self._remember(table, values["id"], values["version"], None, values)

    def update(self, table: Table, row_id: str, version: int, values: Values) -> int:
        """Write `values` over the record and return its new version. Raises ConflictError when `version` is past."""
        before = self.row(table, row_id)._asdict()
        if before["version"] != version:
            raise changed_meanwhile()
        after = before | values | {"version": version + 1}
        self.connection.execute(_over(table), after | {"wanted": row_id})
        self._remember(table, row_id, version + 1, before, after)
        return version + 1

    def delete(self, table: Table, row_id: str) -> None:
        before = self.row(table, row_id)._asdict()
        self.connection.execute(delete(table).where(table.c.id == row_id))
        self._remember(table, row_id, before["version"], before, None)

    def row(self, table: Table, row_id: str) -> Row[Any]:
        """Return the row. Raises NotFoundError."""
        row = self.connection.execute(_by_id(table), {"wanted": row_id}).one_or_none()
        if row is None:
            raise NotFoundError(
                tr("This is not on file any more."),
                tr("Somebody took away this {kind}.", kind=table.name),
                tr("Go back and look again."),
            )
        return row

    def remember_bulk(self, table: Table, row_id: str) -> None:
        """Note a record that was made in bulk: its id is enough to take it back."""
        self._changes.append(_change(table.name, row_id, 1, None, None))

    def has_changes(self) -> bool:
        return bool(self._changes)

    def take_changes(self) -> list[Values]:
        """Return the changes noted so far, in order, and start anew."""
        changes, self._changes = self._changes, []
        return changes

    def restore_bulk(self, table: Table, row_ids: list[str]) -> None:
        """Take away records that were made in bulk. Raises ConflictError when one of them was changed since."""
        rows = self.connection.execute(select(table).where(table.c.id.in_(row_ids))).all()
        if len(rows) != len(row_ids) or any(row.version != 1 for row in rows):
            raise changed_meanwhile()
        self.connection.execute(delete(table).where(table.c.id.in_(row_ids)))
        for row in rows:
            self._remember(table, row.id, 1, row._asdict(), None)

    def _remember(
        self, table: Table, row_id: str, version: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        self._changes.append(_change(table.name, row_id, version, before, after))

    def restore(self, table: Table, change: Row[Any]) -> None:
        """Take one noted change back. Raises ConflictError when the record was changed since."""
        present = self.connection.execute(_by_id(table), {"wanted": change.entity_id}).one_or_none()
        taken_away = change.before is not None and change.after is None
        if taken_away != (present is None) or (present is not None and present.version != change.version):
            raise changed_meanwhile()
        if present is None:
            self.insert(table, _values(table, change.before) | {"version": change.version + 1})
        elif change.before is None:
            self.delete(table, change.entity_id)
        else:
            self.update(table, change.entity_id, present.version, _values(table, change.before))


@cache
def _by_id(table: Table) -> Select[Any]:
    """Built once a table: making a statement costs more than running it."""
    return select(table).where(table.c.id == bindparam("wanted"))


@cache
def _over(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("wanted"))


@cache
def _into(table: Table) -> Insert:
    return insert(table)


def changes_of(act_id: str) -> Any:
    """Select the changes of an act, last first."""
    return select(act_change).where(act_change.c.act_id == act_id).order_by(act_change.c.position.desc())


def changed_meanwhile() -> ConflictError:
    return ConflictError(
        tr("Somebody changed this meanwhile, so nothing was saved."),
        "",
        tr("Look at it as it is now, then change it again."),
    )


def _change(
    entity: str, entity_id: str, version: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Values:
    return {
        "entity": entity,
        "entity_id": entity_id,
        "version": version,
        "before": _image(before),
        "after": _image(after),
    }


def _image(values: Mapping[str, Any] | None) -> str | None:
    return (
        None if values is None else json.dumps(values, default=lambda value: value.isoformat(), separators=(",", ":"))
    )


def _values(table: Table, image: str) -> Values:
    values = json.loads(image)
    return {
        name: _READERS.get(_kind(table, name), _as_is)(value) if value is not None else None
        for name, value in values.items()
    }


def _kind(table: Table, name: str) -> type:
    return table.c[name].type.python_type


def _as_is(value: Any) -> Any:
    return value
