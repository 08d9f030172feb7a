"""Has tasks that come with the days opened and closed: at the opening, when the day changes, and after acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.services.changes import Changes, Done, Kind

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext

_DAY_LOOK_MS = 60_000
_MAY_TURN = frozenset({Kind.EVENTS})
"""Changes after which a task may be wanted, or not any more."""


class DueWork(QObject):
    """One call of the long lane at a time; what comes meanwhile is looked at once after it."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._day = context.services.clock.today()
        self._started = self._running = self._again = False
        self._clock = QTimer(self)
        self._clock.setInterval(_DAY_LOOK_MS)
        self._clock.timeout.connect(self.look_at_day)

    def start(self) -> None:
        """Settle what is due now, and from now on whenever it may have changed."""
        if self._started:
            return
        self._started = True
        self._context.notifier.changed.connect(self._on_changed)
        self._clock.start()
        self._settle()

    def stop(self) -> None:
        """Settle nothing more; the call under way ends by itself."""
        self._started = False
        self._clock.stop()

    @Slot()
    def look_at_day(self) -> None:
        """Settle again when it is another day than at the last look, and tell the screens."""
        today = self._context.services.clock.today()
        if today != self._day:
            self._day = today
            self._settle()
            self._context.notifier.day_turned.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & _MAY_TURN:
            self._settle()

    def _settle(self) -> None:
        if not self._started:
            return
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        settle = self._context.services.due_tasks.settle
        self._context.tasks.run(self, settle, self._on_settled, self._on_failed, lane="long")

    def _on_settled(self, done: Done[int]) -> None:
        self._running = False
        if done.value:
            self._context.notifier.publish(done.changes)
        if self._again:
            self._settle()

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        self._context.tasks.unseen.emit(error)
