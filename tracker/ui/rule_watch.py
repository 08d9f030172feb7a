"""Looks now and then whether another desk changed the rules; then every screen looks again and visits are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.services.changes import Changes, Kind

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext

_LOOK_MS = 20_000


class RuleWatch(QObject):
    """One cheap call of the long lane at a time. What is booked meanwhile is judged by the rules on file anyway."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._looking = False
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self.look)

    def start(self) -> None:
        self._clock.start()

    def stop(self) -> None:
        self._clock.stop()

    @Slot()
    def look(self) -> None:
        """Take over what another desk changed, if it did."""
        if not self._looking:
            self._looking = True
            self._context.tasks.run(
                self, self._context.services.library.keep_up, self._on_looked, self._on_failed, lane="long"
            )

    def _on_looked(self, changed: bool) -> None:
        self._looking = False
        if changed:
            self._context.notifier.publish(Changes(kinds=frozenset({Kind.RULES})))

    def _on_failed(self, error: Exception) -> None:
        self._looking = False
        self._context.tasks.unseen.emit(error)
