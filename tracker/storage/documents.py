"""Papers in the file: what each is, and its content once for all papers that are the same."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select

from tracker.domain.clinical_record import Document
from tracker.domain.errors import NotFoundError
from tracker.domain.language import tr
from tracker.storage.document_mapper import document_of, document_values
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.rows.clinical import document, document_content

_OF_PATIENT = (
    select(document)
    .where(document.c.patient_id == bindparam("patient"), document.c.struck.is_(False))
    .order_by(document.c.id)
)
_OF_REQUEST = (
    select(document)
    .where(document.c.authorization_id == bindparam("request"), document.c.struck.is_(False))
    .order_by(document.c.id)
)
_CONTENT = select(document_content.c.content).where(document_content.c.sha256 == bindparam("sha256"))
_KNOWN = select(document_content.c.sha256).where(document_content.c.sha256 == bindparam("sha256"))


class DocumentRepository:
    """Papers in the order in which they came; struck ones are found by id alone."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, document_id: str) -> Document:
        """Return the paper, struck or not. Raises NotFoundError."""
        return document_of(self._ledger.row(document, document_id))

    def list_for(self, patient_id: str) -> tuple[Document, ...]:
        rows = self._ledger.connection.execute(_OF_PATIENT, {"patient": patient_id})
        return tuple(document_of(row) for row in rows)

    def list_for_request(self, authorization_id: str) -> tuple[Document, ...]:
        rows = self._ledger.connection.execute(_OF_REQUEST, {"request": authorization_id})
        return tuple(document_of(row) for row in rows)

    def content(self, sha256: str) -> bytes:
        """Return what papers of this sum say. Raises NotFoundError."""
        found = self._ledger.connection.execute(_CONTENT, {"sha256": sha256}).scalar_one_or_none()
        if found is None:
            raise NotFoundError(
                tr("The content of this paper is not on file."), "", tr("Attach it again from where it came from.")
            )
        return bytes(found)

    def add(self, new: Document, content: bytes) -> str:
        """Write a new paper and return its id; the content only where no paper has brought it before.

        The content is no record of an act: undo takes the paper away, and doing it again finds the content here.
        """
        document_id = new.id or new_id()
        if self._ledger.connection.execute(_KNOWN, {"sha256": new.sha256}).first() is None:
            values = {"sha256": new.sha256, "content": content}
            self._ledger.connection.execute(insert(document_content), values)
        self._ledger.insert(document, {"id": document_id, "version": 1, **document_values(new)})
        return document_id

    def change(self, changed: Document) -> int:
        """Write the paper's particulars over those on file. Raises ConflictError when they are others by now."""
        return self._ledger.update(document, changed.id, changed.version, document_values(changed))
