"""Asks for patients while somebody types into the palette, and for what is worth knowing about those that it shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.patients.worth_knowing import WorthKnowing, WorthKnowingService
from tracker.ui.find.searcher import Found, Searcher

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext


class Finder(QObject):
    """`found` carries a Found, `failed` an error, `fact` a patient's id and a WorthKnowing.

    Facts are asked for one patient a call, so that the next letter's search waits for one patient at most.
    """

    found = Signal(object)
    failed = Signal(object)
    fact = Signal(str, object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        services = context.services
        self._tasks = context.tasks
        self._searcher = Searcher(context, self)
        self._worth = WorthKnowingService(
            services.schedule, services.authorizations, services.eligibility, services.clock
        )
        self._asked = 0
        self._answered = ""
        self._searcher.found.connect(self._on_found)
        self._searcher.failed.connect(self.failed)

    def search(self, text: str) -> None:
        """Look for a text; with none there is nobody."""
        self._asked += 1
        wanted = text.strip()
        if wanted:
            self._searcher.search(wanted)
        else:
            self._searcher.cancel()
            self._answered = ""

    def is_answered(self, text: str) -> bool:
        return text.strip() == self._answered

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._answered = found.text
        self.found.emit(found)

    def ask_facts(self, patient_ids: Iterable[str]) -> None:
        """Tell `fact` of each of these, until something else is searched."""
        number = self._asked
        for patient_id in patient_ids:
            self._ask(number, patient_id)

    def _ask(self, number: int, patient_id: str) -> None:
        worth = self._worth

        def look() -> WorthKnowing | None:
            return worth.about(patient_id) if number == self._asked else None

        def tell(fact: WorthKnowing | None) -> None:
            if fact is not None and number == self._asked:
                self.fact.emit(patient_id, fact)

        self._tasks.run(self, look, tell, self.failed.emit)
