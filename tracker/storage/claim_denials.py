"""Denied claims in the file."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select

from tracker.domain.clinical_record import ClaimDenial
from tracker.storage.clinical_mapper import denial_of, denial_values
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, changed_meanwhile
from tracker.storage.rows.clinical import claim_denial
from tracker.storage.rows.events import event

_ALL = select(claim_denial).order_by(claim_denial.c.denied_on, claim_denial.c.id)
_OF_PATIENT = _ALL.join(event, event.c.id == claim_denial.c.event_id).where(event.c.patient_id == bindparam("patient"))


class ClaimDenialRepository:
    """By patient and all together, oldest first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, denial_id: str) -> ClaimDenial:
        return denial_of(self._ledger.row(claim_denial, denial_id))

    def list_for(self, patient_id: str) -> tuple[ClaimDenial, ...]:
        return tuple(denial_of(row) for row in self._ledger.connection.execute(_OF_PATIENT, {"patient": patient_id}))

    def list_all(self) -> tuple[ClaimDenial, ...]:
        return tuple(denial_of(row) for row in self._ledger.connection.execute(_ALL))

    def list_between(self, first: date, last: date) -> tuple[ClaimDenial, ...]:
        """Return those of these days of denial, both included."""
        query = _ALL.where(claim_denial.c.denied_on.between(first, last))
        return tuple(denial_of(row) for row in self._ledger.connection.execute(query))

    def add(self, new: ClaimDenial) -> str:
        denial_id = new.id or new_id()
        self._ledger.insert(claim_denial, {"id": denial_id, "version": 1, **denial_values(new)})
        return denial_id

    def change(self, changed: ClaimDenial) -> int:
        """Write over the one on file. Raises ConflictError when that is not at `changed.version` any more."""
        return self._ledger.update(claim_denial, changed.id, changed.version, denial_values(changed))

    def remove(self, denial_id: str, version: int) -> None:
        """Take it away; the act keeps its image. Raises ConflictError when it was changed since `version`."""
        if self.get(denial_id).version != version:
            raise changed_meanwhile()
        self._ledger.delete(claim_denial, denial_id)
