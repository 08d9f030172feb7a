"""Authorizations in the file, each with its lines."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from tracker.domain.authorization import Authorization, AuthorizationLine
from tracker.storage.ledger import Ledger
from tracker.storage.rows.authorizations import authorization, authorization_line
from tracker.storage.work_mapper import authorization_of, line_of

_OF_PATIENTS = (
    select(authorization)
    .where(authorization.c.patient_id.in_(bindparam("wanted", expanding=True)))
    .order_by(authorization.c.id)
)
_LINES = (
    select(authorization_line)
    .where(authorization_line.c.authorization_id.in_(bindparam("wanted", expanding=True)))
    .order_by(authorization_line.c.authorization_id, authorization_line.c.position)
)


class AuthorizationRepository:
    """What payers answered, by patient, as the rules look at it; the whole records are in `RequestRepository`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list_for(self, patient_id: str) -> tuple[Authorization, ...]:
        return tuple(self.list_for_many([patient_id]).get(patient_id, ()))

    def list_for_many(self, patient_ids: Iterable[str]) -> dict[str, list[Authorization]]:
        rows = self._ledger.connection.execute(_OF_PATIENTS, {"wanted": list(patient_ids)}).all()
        lines = self._lines([row.id for row in rows])
        found: dict[str, list[Authorization]] = {}
        for row in rows:
            found.setdefault(row.patient_id, []).append(authorization_of(row, tuple(lines.get(row.id, ()))))
        return found

    def _lines(self, ids: list[str]) -> dict[str, list[AuthorizationLine]]:
        found: dict[str, list[AuthorizationLine]] = {}
        for row in self._ledger.connection.execute(_LINES, {"wanted": ids}) if ids else ():
            found.setdefault(row.authorization_id, []).append(line_of(row))
        return found
