"""Chains the acts: each carries a mark over itself and the mark before, made with a key that comes from the data key.

Whoever changes, takes out, puts in or exchanges acts breaks the chain there, unless they have the key; whoever cuts its
end, or writes all of it anew with the key, is found by the mark that a backup holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, func, select

from tracker.domain.errors import BackupStoppedError
from tracker.domain.language import tr
from tracker.storage.rows.acts import act, act_change

PURPOSE = b"audit-v1"
AT_ONCE = 500
_FIELDS = ("id", "by", "station", "kind", "entity", "entity_id", "undoes")
_OF_CHANGE = ("position", "entity", "entity_id", "version", "before", "after")


@dataclass(frozen=True, slots=True)
class Chain:
    """What a look at the whole chain found: so many sealed, so many from before there were seals.

    `broken`: the id of the first act that does not fit, "" when all do.
    """

    sealed: int
    unsealed: int
    broken: str = ""


class ChainReader:
    """The chain of one file, on the connection of a unit of work."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection = connection
        self._key = key

    def look_along(self, tell: Callable[[int, int], object], called_off: Callable[[], bool]) -> Chain:
        return look_along(self._connection, self._key, tell, called_off)

    def find_mark(self, act_id: str) -> str | None:
        """Return the mark of one act, None when it is not there or has none."""
        return self._connection.execute(select(act.c.mac).where(act.c.id == act_id)).scalar_one_or_none()


def chain_key(secret: bytes | bytearray) -> bytes:
    return hmac.new(bytes(secret), PURPOSE, hashlib.sha256).digest()


def seal(connection: Connection, key: bytes, values: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> Any:
    """Return number and mark of an act that is about to be written, after the last one."""
    last = connection.execute(
        select(act.c.seq, act.c.mac).where(act.c.seq.is_not(None)).order_by(act.c.seq.desc()).limit(1)
    ).one_or_none()
    seq, before = (last.seq + 1, last.mac) if last else (1, _before_all(connection))
    return {"seq": seq, "mac": _mark(key, before, seq, values, changes)}


def look_along(
    connection: Connection, key: bytes, tell: Callable[[int, int], object], called_off: Callable[[], bool]
) -> Chain:
    """Compute every mark anew, from the first on, and stop at the first that is another."""
    total = connection.execute(select(func.count()).select_from(act)).scalar_one()
    sealed, before = 0, _before_all(connection)
    while rows := connection.execute(
        select(act).where(act.c.seq > sealed).order_by(act.c.seq).limit(AT_ONCE)
    ).all():  # fmt: skip
        changes = _changes(connection, [row.id for row in rows])
        for row in rows:
            mark = _mark(key, before, sealed + 1, row._asdict(), changes.get(row.id, ()))
            if row.seq != sealed + 1 or not hmac.compare_digest(mark, row.mac or ""):
                return Chain(sealed, total - sealed, row.id if sealed else _put_in(connection, row.id))
            sealed, before = sealed + 1, mark
        tell(sealed, total)
        if called_off():
            raise BackupStoppedError(tr("Looking at the record was called off."))
    return Chain(sealed, total - sealed)


def _put_in(connection: Connection, first: str) -> str:
    """Return what makes the first mark another: an act without a seal that is younger than it, else itself."""
    query = select(act.c.id).where(act.c.seq.is_(None), act.c.id > first).order_by(act.c.id).limit(1)
    return connection.execute(query).scalar_one_or_none() or first


def _before_all(connection: Connection) -> str:
    """Return what stands before the first mark: how many acts are older than the chain."""
    count = connection.execute(select(func.count()).select_from(act).where(act.c.seq.is_(None))).scalar_one()
    return f"{count} before"


def _changes(connection: Connection, act_ids: list[str]) -> dict[str, list[Mapping[str, Any]]]:
    query = select(act_change).where(act_change.c.act_id.in_(act_ids))
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in connection.execute(query.order_by(act_change.c.act_id, act_change.c.position)):
        found.setdefault(row.act_id, []).append(row._asdict())
    return found


def _mark(
    key: bytes, before: str, seq: int, values: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]
) -> str:  # fmt: skip
    facts: list[Any] = [seq, values["at"].astimezone(UTC).isoformat(), *(values[name] for name in _FIELDS)]
    facts.append([[change[name] for name in _OF_CHANGE] for change in changes])
    told = json.dumps([before, facts], separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()
