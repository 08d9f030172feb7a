"""What was typed and not done yet: written beside the acts of people, so neither undo nor the audit record meets it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from tracker.domain.draft import Draft, KeptDraft
from tracker.storage.draft_mapper import draft_of, draft_text
from tracker.storage.ledger import Ledger
from tracker.storage.rows.drafts import draft


class DraftRepository:
    """One draft for each user and place."""

    def __init__(self, ledger: Ledger) -> None:
        self._connection = ledger.connection

    def find(self, user: str, place: str) -> KeptDraft | None:
        row = self._connection.execute(select(draft).where(*_is(user, place))).one_or_none()
        found = draft_of(row.content) if row is not None else None
        return KeptDraft(found, row.saved_at) if row is not None and found is not None else None

    def save(self, user: str, place: str, new: Draft, at: datetime) -> None:
        """Write a draft over the one that is there."""
        self.remove(user, place)
        values = {"user": user, "place": place, "content": draft_text(new), "saved_at": at}
        self._connection.execute(insert(draft), values)

    def remove(self, user: str, place: str) -> None:
        """Take a draft away; nothing happens where there is none."""
        self._connection.execute(delete(draft).where(*_is(user, place)))


def _is(user: str, place: str) -> tuple[ColumnElement[bool], ...]:
    return draft.c.user == user, draft.c.place == place
