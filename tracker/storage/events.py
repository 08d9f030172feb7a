"""Histories in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select

from tracker.domain.event import EventStatus
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import entry_of, entry_values
from tracker.storage.records import HistoryEntry
from tracker.storage.rows.events import event

_HISTORY = (
    select(event)
    .where(event.c.patient_id == bindparam("wanted"), event.c.struck.is_(False))
    .order_by(event.c.first_day, event.c.id)
)
_HISTORIES = (
    select(event)
    .where(event.c.patient_id.in_(bindparam("wanted", expanding=True)), event.c.struck.is_(False))
    .order_by(event.c.first_day, event.c.id)
)
_DONE_BETWEEN = (
    select(event)
    .where(
        event.c.first_day.between(bindparam("first"), bindparam("last")),
        event.c.first_day == event.c.last_day,
        event.c.status == EventStatus.PERFORMED.value,
        event.c.struck.is_(False),
    )
    .order_by(event.c.first_day, event.c.id)
)
_BY_ID = select(event).where(event.c.id.in_(bindparam("wanted", expanding=True)))


class EventRepository:
    """Entries by patient and by id; what is struck out stays in the file but is not listed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, event_id: str) -> HistoryEntry:
        return entry_of(self._ledger.row(event, event_id))

    def get_many(self, event_ids: Iterable[str]) -> dict[str, HistoryEntry]:
        rows = self._ledger.connection.execute(_BY_ID, {"wanted": list(event_ids)})
        return {row.id: entry_of(row) for row in rows}

    def list_for(self, patient_id: str) -> tuple[HistoryEntry, ...]:
        """Return the patient's whole history, oldest first."""
        return tuple(entry_of(row) for row in self._ledger.connection.execute(_HISTORY, {"wanted": patient_id}))

    def list_for_many(self, patient_ids: Iterable[str]) -> dict[str, list[HistoryEntry]]:
        found: dict[str, list[HistoryEntry]] = {}
        for row in self._ledger.connection.execute(_HISTORIES, {"wanted": list(patient_ids)}):
            found.setdefault(row.patient_id, []).append(entry_of(row))
        return found

    def list_between(self, first: date, last: date) -> tuple[HistoryEntry, ...]:
        """Return what was done on known days from `first` to `last`, of all patients, oldest first."""
        rows = self._ledger.connection.execute(_DONE_BETWEEN, {"first": first, "last": last})
        return tuple(entry_of(row) for row in rows)

    def find_by_source(self, keys: Iterable[str]) -> dict[str, HistoryEntry]:
        """Return the entries that were imported under these keys, struck ones included."""
        rows = self._ledger.connection.execute(select(event).where(event.c.source_key.in_(list(keys))))
        return {row.source_key: entry_of(row) for row in rows}

    def add(self, entry: HistoryEntry) -> HistoryEntry:
        stored = replace(entry, event=replace(entry.event, id=entry.event.id or new_id()), version=1)
        self._ledger.insert(event, {"id": stored.event.id, "version": 1, **entry_values(stored)})
        return stored

    def change(self, entry: HistoryEntry) -> HistoryEntry:
        """Write the entry over the one on file. Raises ConflictError when that is not at `entry.version` any more."""
        version = self._ledger.update(event, entry.event.id, entry.version, entry_values(entry))
        return replace(entry, version=version)
