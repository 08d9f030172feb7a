"""Scores after injections, conservative care and ticked items in the file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from tracker.domain.clinical_record import ChecklistMark, ConservativeCare, Response
from tracker.storage.clinical_mapper import care_of, care_values, mark_of, mark_values, response_of, response_values
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, changed_meanwhile
from tracker.storage.rows.clinical import checklist_mark, conservative_care, response
from tracker.storage.rows.events import event

_RESPONSE = select(response).where(response.c.event_id == bindparam("event"))
_RESPONSES = (
    select(response).join(event, event.c.id == response.c.event_id).where(event.c.patient_id == bindparam("patient"))
)
_OF_EVENTS = select(response).where(response.c.event_id.in_(bindparam("wanted", expanding=True)))
_CARE = (
    select(conservative_care)
    .where(conservative_care.c.patient_id == bindparam("patient"))
    .order_by(conservative_care.c.starts_on, conservative_care.c.id)
)
_MARKS = (
    select(checklist_mark)
    .where(checklist_mark.c.patient_id == bindparam("patient"))
    .order_by(checklist_mark.c.marked_at, checklist_mark.c.id)
)


class ResponseRepository:
    """One response an injection; its per cent and months are the event's."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find(self, event_id: str) -> Response | None:
        row = self._ledger.connection.execute(_RESPONSE, {"event": event_id}).one_or_none()
        return response_of(row) if row else None

    def of_patient(self, patient_id: str) -> dict[str, Response]:
        """Return a patient's responses by event id."""
        rows = self._ledger.connection.execute(_RESPONSES, {"patient": patient_id})
        return {row.event_id: response_of(row) for row in rows}

    def of_events(self, event_ids: Iterable[str]) -> dict[str, Response]:
        rows = self._ledger.connection.execute(_OF_EVENTS, {"wanted": list(event_ids)})
        return {row.event_id: response_of(row) for row in rows}

    def put(self, wanted: Response) -> Response:
        """Write the response of its event, new or over the one on file. Raises ConflictError when that is another."""
        present = self.find(wanted.event_id)
        if (present.id if present else "") != wanted.id:
            raise changed_meanwhile()
        if present is None:
            self._ledger.insert(response, {"id": new_id(), "version": 1, **response_values(wanted)})
        else:
            self._ledger.update(response, wanted.id, wanted.version, response_values(wanted))
        stored = self.find(wanted.event_id)
        if stored is None:
            raise RuntimeError("a response that was just written is gone")
        return stored

    def remove(self, seen: Response) -> None:
        """Take the response away. Raises ConflictError when it was changed since `seen`."""
        if self._ledger.row(response, seen.id).version != seen.version:
            raise changed_meanwhile()
        self._ledger.delete(response, seen.id)


class ConservativeCareRepository:
    """What was tried first, oldest first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, care_id: str) -> ConservativeCare:
        return care_of(self._ledger.row(conservative_care, care_id))

    def list_for(self, patient_id: str) -> tuple[ConservativeCare, ...]:
        return tuple(care_of(row) for row in self._ledger.connection.execute(_CARE, {"patient": patient_id}))

    def add(self, new: ConservativeCare) -> str:
        care_id = new.id or new_id()
        self._ledger.insert(conservative_care, {"id": care_id, "version": 1, **care_values(new)})
        return care_id

    def change(self, changed: ConservativeCare) -> int:
        """Write over the one on file. Raises ConflictError when that is not at `changed.version` any more."""
        return self._ledger.update(conservative_care, changed.id, changed.version, care_values(changed))

    def remove(self, care_id: str, version: int) -> None:
        """Take it away; the act keeps its image. Raises ConflictError when it was changed since `version`."""
        if self.get(care_id).version != version:
            raise changed_meanwhile()
        self._ledger.delete(conservative_care, care_id)


class ChecklistMarkRepository:
    """Ticked items, oldest first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, mark_id: str) -> ChecklistMark:
        return mark_of(self._ledger.row(checklist_mark, mark_id))

    def list_for(self, patient_id: str) -> tuple[ChecklistMark, ...]:
        return tuple(mark_of(row) for row in self._ledger.connection.execute(_MARKS, {"patient": patient_id}))

    def add(self, new: ChecklistMark) -> str:
        mark_id = new.id or new_id()
        self._ledger.insert(checklist_mark, {"id": mark_id, "version": 1, **mark_values(new)})
        return mark_id

    def remove(self, mark_id: str) -> None:
        """Take the tick away; the act keeps its image."""
        self._ledger.delete(checklist_mark, mark_id)
