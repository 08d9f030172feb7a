"""Keeps in the encrypted file what somebody is typing, so that a crash or a power cut takes nothing away."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.clock import Clock
from tracker.domain.draft import Draft, KeptDraft
from tracker.domain.errors import NotFoundError
from tracker.services.transactions import Transactions


class DraftService:
    """Each user has one draft for each place. None of these is an act: nothing of it is in the audit record."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def find(self, place: str) -> KeptDraft | None:
        """Return what was typed there and not done; a patient who is not on file any more is left out of it."""
        with self._transactions.reading() as uow:
            kept = uow.drafts.find(self._transactions.user.name, place)
            if kept is None or not kept.draft.patient_id:
                return kept
            try:
                uow.patients.get(kept.draft.patient_id)
            except NotFoundError:
                return replace(kept, draft=Draft("", kept.draft.typed))
            return kept

    def save(self, place: str, draft: Draft) -> None:
        """Write this over what was kept there before."""
        with self._transactions.writing() as uow:
            uow.drafts.save(self._transactions.user.name, place, draft, self._clock.now())
            uow.keep()

    def forget(self, place: str) -> None:
        """Take away what was kept there: it is done, or discarded."""
        with self._transactions.writing() as uow:
            uow.drafts.remove(self._transactions.user.name, place)
            uow.keep()
