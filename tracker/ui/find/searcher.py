"""Looks for patients while somebody types: only what was typed last is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.domain.list_order import FoundSort
from tracker.ui.find.search_words import MOST
from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.services.patients.patients import PatientHit
    from tracker.ui.pages.page import PageContext

FEW = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found for `text`, and who is spelt much like it, or has it inside a name, when few were."""

    text: str
    hits: tuple[PatientHit, ...]
    alike: tuple[PatientHit, ...]


class Searcher(QObject):
    """`found` carries a Found, `failed` an error."""

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._patients = context.services.patients
        self._latest = LatestOnly(context.tasks, self)

    def search(self, text: str, sort: FoundSort | None = None) -> None:
        self._latest.run(lambda: self._found(text, sort), self.found.emit, self.failed.emit)

    def cancel(self) -> None:
        """Answer nothing of what was asked so far."""
        self._latest.cancel()

    def _found(self, text: str, sort: FoundSort | None) -> Found:
        hits = self._patients.find(text, MOST, sort)
        if len(hits) >= FEW:
            return Found(text, hits, ())
        known = {hit.patient.id for hit in hits}
        near = (*self._patients.suggest(text), *self._patients.containing(text))
        alike = {hit.patient.id: hit for hit in near if hit.patient.id not in known}
        return Found(text, hits, tuple(alike.values()))
