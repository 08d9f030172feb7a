"""Notes that changes of answers were seen, so that they stand on top no longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.ui.pages.page import PageContext
from tracker.ui.today.visit_board import VisitBoard

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow


class SeenMarks(QObject):
    """`marked` comes when it is noted, `failed` carries the error."""

    marked = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, board: VisitBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._board = context, board

    def mark_one(self) -> None:
        """Note that the change of the visit where the hands are was seen."""
        row = self._board.front().shown_row()
        self._mark([row] if row is not None else [])

    def mark_all(self) -> None:
        """Note that all changes of the list in front were seen."""
        self._mark(self._board.front().rows())

    def _mark(self, rows: Sequence[DayRow]) -> None:
        ids, service = [row.booking.id for row in rows if row.news is not None], self._context.services.recheck
        if ids:
            run = self._context.tasks.run
            run(self, lambda: service.mark_seen(ids), lambda _none: self.marked.emit(), self.failed.emit)
