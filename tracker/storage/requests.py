"""Requests in the file, each with the payer's answer, its lines and its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, Table, bindparam, select

from tracker.domain.authorization import Authorization
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest, LogEntry
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, Values
from tracker.storage.request_mapper import (
    asked_of,
    asked_values,
    log_entry_of,
    log_values,
    request_of,
    request_values,
)
from tracker.storage.rows.authorizations import authorization, authorization_line
from tracker.storage.rows.requests import asked_line, authorization_log, authorization_request
from tracker.storage.work_mapper import authorization_of, authorization_values, line_of, line_values

_WANTED: BindParameter[str] = bindparam("wanted", expanding=True)
_ANSWERS = select(authorization).where(authorization.c.id.in_(_WANTED))
_REQUESTS = select(authorization_request).where(authorization_request.c.id.in_(_WANTED))
_OF_PATIENT = select(authorization.c.id).where(authorization.c.patient_id == bindparam("patient"))
_BY_NUMBER = select(authorization.c.id).where(authorization.c.number.in_(_WANTED))
_LOGGED = select(authorization_log.c.authorization_id).where(
    authorization_log.c.content >= bindparam("begins"), authorization_log.c.content < bindparam("ends")
)
_LAST_LETTER = "\U0010ffff"


class RequestRepository:
    """Whole records by id and by patient; a record is changed as one, guarded by its request's version."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, authorization_id: str) -> AuthorizationRecord:
        """Return the record. Raises NotFoundError."""
        self._ledger.row(authorization_request, authorization_id)
        return self.get_many([authorization_id])[authorization_id]

    def get_many(self, ids: Iterable[str]) -> dict[str, AuthorizationRecord]:
        wanted = {"wanted": list(dict.fromkeys(ids))}
        if not wanted["wanted"]:
            return {}
        answers = self._ledger.connection.execute(_ANSWERS, wanted).all()
        requests = {row.id: row for row in self._ledger.connection.execute(_REQUESTS, wanted).all()}
        lines, asked = self._parts(authorization_line, wanted), self._parts(asked_line, wanted)
        log = self._parts(authorization_log, wanted)
        return {row.id: _record(row, requests[row.id], lines, asked, log) for row in answers}

    def list_for(self, patient_id: str) -> tuple[AuthorizationRecord, ...]:
        """Return one patient's records, oldest first."""
        ids = self._ledger.connection.execute(_OF_PATIENT, {"patient": patient_id}).scalars().all()
        found = self.get_many(ids)
        return tuple(found[each] for each in sorted(found))

    def find_by_number(self, number: str) -> tuple[AuthorizationRecord, ...]:
        """Return the records that carry this number, in capitals or small letters too."""
        wanted = [number, number.upper(), number.lower()]
        ids = self._ledger.connection.execute(_BY_NUMBER, {"wanted": wanted}).scalars().all()
        return tuple(self.get_many(ids).values())

    def find_logged(self, beginning: str) -> str | None:
        """Return the id of the record whose log has an entry that begins so, the latest one of several."""
        span = {"begins": beginning, "ends": f"{beginning}{_LAST_LETTER}"}
        return max(self._ledger.connection.execute(_LOGGED, span).scalars(), default=None)

    def add(self, patient_id: str, answer: Authorization, request: AuthorizationRequest) -> str:
        """Write a new record and return its id."""
        record_id = answer.id or new_id()
        values = authorization_values(patient_id, answer)
        self._ledger.insert(authorization, {"id": record_id, "version": 1, **values})
        self._ledger.insert(authorization_request, {"id": record_id, "version": 1, **request_values(request)})
        self._insert_all(authorization_line, _line_values(record_id, answer))
        self._insert_all(asked_line, _asked_values(record_id, request))
        return record_id

    def change(self, changed: AuthorizationRecord) -> int:
        """Write the record over the one on file. Raises ConflictError when that has another version by now."""
        before = self.get(changed.id)
        version = self._ledger.update(
            authorization_request, changed.id, changed.version, request_values(changed.request)
        )
        if changed.authorization != before.authorization:
            present = self._ledger.row(authorization, changed.id).version
            values = authorization_values(changed.patient_id, changed.authorization)
            self._ledger.update(authorization, changed.id, present, values)
        if changed.authorization.lines != before.authorization.lines:
            self._replace(authorization_line, changed.id, _line_values(changed.id, changed.authorization))
        if changed.request.asked != before.request.asked:
            self._replace(asked_line, changed.id, _asked_values(changed.id, changed.request))
        return version

    def add_log(self, authorization_id: str, entry: LogEntry) -> str:
        entry_id = entry.id or new_id()
        values = log_values(authorization_id, entry)
        self._ledger.insert(authorization_log, {"id": entry_id, "version": 1, **values})
        return entry_id

    def _replace(self, table: Table, record_id: str, rows: Sequence[Values]) -> None:
        for row in self._parts(table, {"wanted": [record_id]}).get(record_id, ()):
            self._ledger.delete(table, row.id)
        self._insert_all(table, rows)

    def _insert_all(self, table: Table, rows: Sequence[Values]) -> None:
        for values in rows:
            self._ledger.insert(table, {"id": new_id(), "version": 1, **values})

    def _parts(self, table: Table, wanted: Mapping[str, Any]) -> dict[str, list[Row[Any]]]:
        order = table.c.position if "position" in table.c else table.c.id
        query = select(table).where(table.c.authorization_id.in_(_WANTED)).order_by(table.c.authorization_id, order)
        found: dict[str, list[Row[Any]]] = {}
        for row in self._ledger.connection.execute(query, wanted).all():  # at once: one by one takes twice as long
            found.setdefault(row.authorization_id, []).append(row)
        return found


def _record(
    row: Any,
    request: Any,
    lines: Mapping[str, Sequence[Any]],
    asked: Mapping[str, Sequence[Any]],
    log: Mapping[str, Sequence[Any]],
) -> AuthorizationRecord:
    return AuthorizationRecord(
        patient_id=row.patient_id,
        authorization=authorization_of(row, tuple(line_of(line) for line in lines.get(row.id, ()))),
        request=request_of(request, tuple(asked_of(line) for line in asked.get(row.id, ()))),
        log=tuple(log_entry_of(entry) for entry in log.get(row.id, ())),
        version=request.version,
    )


def _line_values(record_id: str, answer: Authorization) -> list[Values]:
    return [line_values(record_id, position, line) for position, line in enumerate(answer.lines)]


def _asked_values(record_id: str, request: AuthorizationRequest) -> list[Values]:
    return [asked_values(record_id, position, line) for position, line in enumerate(request.asked)]
