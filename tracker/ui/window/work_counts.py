"""Counts beside the sections of the navigation: open requests and approvals that end, right whichever page was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.authorizations.worklist import OPEN_LINE
from tracker.services.changes import Changes, Kind
from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext

_MAY_TURN = frozenset(
    {Kind.AUTHORIZATIONS, Kind.BOOKINGS, Kind.EVENTS, Kind.PATIENTS, Kind.COVERAGES, Kind.RULES, Kind.SETTINGS}
)


class WorkCounts(QObject):
    """`counted` carries the id of a section and its count. Counts at the start, after acts, and on another day."""

    counted = Signal(str, int)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._open = LatestOnly(context.tasks, self, lane="long")
        self._ending = LatestOnly(context.tasks, self, lane="long")
        self._started = False
        context.notifier.changed.connect(self._on_changed)
        context.notifier.day_turned.connect(self.count)

    def start(self) -> None:
        """Count now, and from now on whenever it may have changed."""
        self._started = True
        self.count()

    def stop(self) -> None:
        """Count nothing more."""
        self._started = False
        for asked in (self._open, self._ending):
            asked.cancel()

    @Slot()
    def count(self) -> None:
        """Count anew."""
        if not self._started:
            return
        services = self._context.services
        self._open.run(lambda: services.worklist.counts((OPEN_LINE,)), self._on_open)
        self._ending.run(services.expirations.count, lambda count: self.counted.emit("expirations", count))

    def _on_open(self, counts: dict[str, int]) -> None:
        self.counted.emit("authorizations", counts[OPEN_LINE])

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & _MAY_TURN:
            self.count()
