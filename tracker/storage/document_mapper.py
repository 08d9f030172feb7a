"""Rows of papers to dataclasses and back; their content lies apart."""

from __future__ import annotations

from typing import Any

from tracker.domain.clinical_record import Document, DocumentKind
from tracker.storage.ledger import Values


def document_of(row: Any) -> Document:
    return Document(
        patient_id=row.patient_id,
        kind=DocumentKind(row.kind),
        title=row.title,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        dated=row.dated,
        pages=row.pages,
        item=row.item,
        authorization_id=row.authorization_id or "",
        event_id=row.event_id or "",
        added_by=row.added_by,
        added_at=row.added_at,
        struck=row.struck,
        struck_reason=row.struck_reason,
        id=row.id,
        version=row.version,
    )


def document_values(document: Document) -> Values:
    return {
        "patient_id": document.patient_id,
        "authorization_id": document.authorization_id or None,
        "event_id": document.event_id or None,
        "kind": document.kind.value,
        "title": document.title,
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
        "dated": document.dated,
        "pages": document.pages,
        "item": document.item,
        "added_by": document.added_by,
        "added_at": document.added_at,
        "struck": document.struck,
        "struck_reason": document.struck_reason,
    }
