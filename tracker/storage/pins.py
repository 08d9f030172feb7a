"""The pinboard in the file."""

from __future__ import annotations

from sqlalchemy import func, select

from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.pin_mapper import pin_of, pin_values
from tracker.storage.records import Pin
from tracker.storage.rows.pins import pin

_OLDEST_FIRST = select(pin).order_by(pin.c.made_at, pin.c.id)


class PinRepository:
    """Parked requests, the one that waits longest first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, pin_id: str) -> Pin:
        return pin_of(self._ledger.row(pin, pin_id))

    def find(self, pin_id: str) -> Pin | None:
        row = self._ledger.connection.execute(select(pin).where(pin.c.id == pin_id)).one_or_none()
        return None if row is None else pin_of(row)

    def list_first(self, most: int) -> tuple[Pin, ...]:
        return tuple(pin_of(row) for row in self._ledger.connection.execute(_OLDEST_FIRST.limit(most)))

    def list_for(self, patient_id: str) -> tuple[Pin, ...]:
        query = _OLDEST_FIRST.where(pin.c.patient_id == patient_id)
        return tuple(pin_of(row) for row in self._ledger.connection.execute(query))

    def count(self) -> int:
        return int(self._ledger.connection.execute(select(func.count()).select_from(pin)).scalar_one())

    def add(self, new: Pin) -> str:
        pin_id = new.id or new_id()
        self._ledger.insert(pin, {"id": pin_id, "version": 1, **pin_values(new)})
        return pin_id

    def remove(self, pin_id: str) -> None:
        self._ledger.delete(pin, pin_id)
