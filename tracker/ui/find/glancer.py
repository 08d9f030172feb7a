"""Works out the one thing worth knowing about each patient found, after the list is painted and while nobody types."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tracker.domain.errors import InvalidEntryError
from tracker.services.patients.glances import NO_COVERAGE, Glance, glance_of
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly

PAUSE_MS = 150
MOST = 20
"""More rows than this are below the edge of the window, and typing goes on before anybody gets there."""


class Glancer(QObject):
    """`glanced` carries a patient's id and a Glance. One patient a step of the long lane: a search never waits."""

    glanced = Signal(str, object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._eligibility, self._today = context.services.eligibility, context.services.clock.today
        self._latest = LatestOnly(context.tasks, self, lane="long")
        self._waiting: deque[str] = deque()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._next)
        self._painted = QTimer(self, singleShot=True, interval=0)  # on a busy computer painting outlasts the pause
        self._painted.timeout.connect(self._pause.start)

    def look_at(self, patient_ids: Iterable[str]) -> None:
        """Look at these after a pause, in their order; what was asked before is given up."""
        self.cancel()
        self._waiting.extend(list(patient_ids)[:MOST])
        if self._waiting:
            self._painted.start()

    def cancel(self) -> None:
        self._latest.cancel()
        self._painted.stop()
        self._pause.stop()
        self._waiting.clear()

    @Slot()
    def _next(self) -> None:
        if self._waiting:
            patient_id = self._waiting.popleft()
            self._latest.run(
                lambda: self._glance(patient_id),
                lambda glance: self._tell(patient_id, glance),
                lambda _error: self._next(),  # a row without its word is better than a list that stops
            )

    def _tell(self, patient_id: str, glance: Glance) -> None:
        self.glanced.emit(patient_id, glance)
        self._next()

    def _glance(self, patient_id: str) -> Glance:
        try:
            return glance_of(self._eligibility.table(patient_id, self._today()))
        except InvalidEntryError:
            return NO_COVERAGE
