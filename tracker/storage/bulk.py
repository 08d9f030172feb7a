"""Many new records at once, for imports, the demo clinic and benchmarks: one statement for thousands of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import Booking
from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.storage.booking_mapper import booking_values
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, Values
from tracker.storage.mappers import coverage_values, entry_values, patient_values
from tracker.storage.records import HistoryEntry
from tracker.storage.request_mapper import asked_values, log_values, request_values
from tracker.storage.rows.authorizations import authorization, authorization_line
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import coverage, patient
from tracker.storage.rows.requests import asked_line, authorization_log, authorization_request
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

    def add_requests(self, records: Iterable[AuthorizationRecord], *, noted: bool = True) -> int:
        """Add requests with the payers' answers, lines and logs."""
        given = list(records)
        answers = [{"version": 1, "id": r.id, **authorization_values(r.patient_id, r.authorization)} for r in given]
        count = self._add(authorization, iter(answers), noted)
        requests = ({"id": r.id, "version": 1, **request_values(r.request)} for r in given)
        self._add(authorization_request, requests, noted)
        self._add(authorization_line, _numbered(line_values, ((r.id, r.authorization.lines) for r in given)), noted)
        self._add(asked_line, _numbered(asked_values, ((r.id, r.request.asked) for r in given)), noted)
        log = ({"id": new_id(), "version": 1, **log_values(r.id, entry)} for r in given for entry in r.log)
        self._add(authorization_log, log, noted)
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


def _numbered(
    values: Callable[[str, int, Any], Values], parts: Iterable[tuple[str, tuple[Any, ...]]]
) -> Iterator[Values]:
    for record_id, lines in parts:
        for position, line in enumerate(lines):
            yield {"id": new_id(), "version": 1, **values(record_id, position, line)}
