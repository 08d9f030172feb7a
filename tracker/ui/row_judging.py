"""Has visits judged that were listed without an answer: a few a call, so that the desk's own calls come between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

AT_ONCE = 10
"""So many visits are judged before they are shown, in a tenth of a second; a longer list is shown first."""
A_STEP = 12


class RowJudging(QObject):
    """`told` carries all rows of the list as often as more of them have an answer; `failed` the error."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._schedule = context.services.schedule
        self._latest = LatestOnly(context.tasks, self, "list")
        self._rows: tuple[DayRow, ...] = ()
        self._waiting: list[str] = []

    def begin(self, rows: Sequence[DayRow]) -> None:
        """Tell these, and judge what waits among them; a visit that stood there before keeps its answer till then."""
        self._latest.cancel()
        before = {(row.booking.id, row.booking.version): row for row in self._rows if not row.pending}
        self._waiting = [row.booking.id for row in rows if row.pending]
        self._rows = tuple(
            before.get((row.booking.id, row.booking.version), row) if row.pending else row for row in rows
        )
        self.told.emit(self._rows)
        self._step()

    def is_done(self) -> bool:
        """Tell whether every row that was told has the answer of now."""
        return not self._waiting

    def _step(self) -> None:
        ids = self._waiting[:A_STEP]
        if ids:
            self._latest.run(lambda: self._schedule.judged(ids), self._on_judged, self.failed.emit)

    def _on_judged(self, found: Sequence[DayRow]) -> None:
        asked, answers = set(self._waiting[:A_STEP]), {row.booking.id: row for row in found}
        del self._waiting[:A_STEP]
        known = ((row, answers.get(row.booking.id)) for row in self._rows)
        # A visit that is gone meanwhile has no answer, and is not listed any more.
        self._rows = tuple(new or row for row, new in known if new or row.booking.id not in asked)
        self.told.emit(self._rows)
        self._step()
