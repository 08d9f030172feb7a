"""The rule packs that the clinic took in, each as it came."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from typing import Any

from sqlalchemy import Row, select

from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.records import StoredPack
from tracker.storage.rows.rules import rule_pack


class PackRepository:
    """Packs by id and by their mark; none is ever changed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find(self, pack_id: str) -> StoredPack | None:
        row = self._ledger.connection.execute(select(rule_pack).where(rule_pack.c.id == pack_id)).one_or_none()
        return _pack_of(row) if row else None

    def find_id(self, mark: str) -> str | None:
        """Return the id of the pack with these very bytes."""
        found: str | None = self._ledger.connection.execute(
            select(rule_pack.c.id).where(rule_pack.c.mark == mark)
        ).scalar_one_or_none()
        return found

    def find_before(self, number: int) -> StoredPack | None:
        """Return the newest pack whose number is lower."""
        query = select(rule_pack).where(rule_pack.c.number < number).order_by(rule_pack.c.number.desc()).limit(1)
        row = self._ledger.connection.execute(query).one_or_none()
        return _pack_of(row) if row else None

    def add(self, new: StoredPack) -> str:
        pack_id = new.id or new_id()
        values = {
            "id": pack_id,
            "version": 1,
            "name": new.name,
            "number": new.number,
            "published": new.published,
            "signer": new.signer,
            "mark": new.mark,
            "content": b64encode(zlib.compress(new.data, 9)).decode("ascii"),
            "taken_in_by": new.taken_in_by,
            "taken_in_at": new.taken_in_at,
        }
        self._ledger.insert(rule_pack, values)
        return pack_id


def _pack_of(row: Row[Any]) -> StoredPack:
    return StoredPack(
        name=row.name,
        number=row.number,
        published=row.published,
        signer=row.signer,
        mark=row.mark,
        data=zlib.decompress(b64decode(row.content)),
        taken_in_by=row.taken_in_by,
        taken_in_at=row.taken_in_at,
        id=row.id,
    )
