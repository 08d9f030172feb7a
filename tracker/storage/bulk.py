"""Many new records at once, for imports, the demo clinic and benchmarks: one statement for thousands of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert

from tracker.domain.authorization import Authorization
from tracker.domain.booking import Booking
from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.storage.booking_mapper import booking_values
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, Values
from tracker.storage.mappers import coverage_values, entry_values, patient_values
from tracker.storage.records import HistoryEntry
from tracker.storage.rows.authorizations import authorization, authorization_line
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import coverage, patient
from tracker.storage.work_mapper import authorization_values, line_values

CHUNK = 2000


class BulkWriter:
    """Adds records that have ids already (`new_id()`). With `noted` off the act holds no list of them: no undo."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add_patients(self, patients: Iterable[Patient], *, noted: bool = True) -> int:
        return self._add(patient, ({"id": p.id, "version": 1, **patient_values(p)} for p in patients), noted)

    def add_coverages(self, coverages: Iterable[tuple[str, Coverage]], *, noted: bool = True) -> int:
        """Add coverages, each with its patient's id."""
        return self._add(coverage, ({"id": c.id, "version": 1, **coverage_values(p, c)} for p, c in coverages), noted)

    def add_entries(self, entries: Iterable[HistoryEntry], *, noted: bool = True) -> int:
        return self._add(event, ({"id": e.event.id, "version": 1, **entry_values(e)} for e in entries), noted)

    def add_bookings(self, bookings: Iterable[Booking], *, noted: bool = True) -> int:
        """Add visits whose events were added before."""
        return self._add(booking, ({"id": b.id, "version": 1, **booking_values(b, ())} for b in bookings), noted)

    def add_authorizations(self, authorizations: Iterable[tuple[str, Authorization]], *, noted: bool = True) -> int:
        """Add authorizations with their lines, each with its patient's id."""
        given = list(authorizations)
        rows = ({"id": a.id, "version": 1, **authorization_values(p, a)} for p, a in given)
        lines = (
            {"id": new_id(), "version": 1, **line_values(a.id, position, line)}
            for _, a in given
            for position, line in enumerate(a.lines)
        )
        count = self._add(authorization, rows, noted)
        self._add(authorization_line, lines, noted)
        return count

    def _add(self, table: Table, rows: Iterator[Values], noted: bool) -> int:
        statement: Any = insert(table)
        count = 0
        while chunk := list(islice(rows, CHUNK)):
            self._ledger.connection.execute(statement, chunk)
            count += len(chunk)
            if noted:
                for row in chunk:
                    self._ledger.remember_bulk(table, row["id"])
        return count
