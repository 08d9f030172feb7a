"""Notices that nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from tracker.domain.clock import Clock

LIMIT = timedelta(minutes=10)
_LOOK_EVERY_MS = 15_000
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """`idle` comes when the limit is over, also when the computer slept through it.

    It looks at windows that get the focus, not at every event of every widget: that would slow down all painting.
    """

    idle = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None, limit: timedelta = LIMIT) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit = limit
        self._seen = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def set_limit(self, limit: timedelta) -> None:
        """Wait so long from the last touch on."""
        self._limit = limit

    def start(self) -> None:
        self._seen = self._clock.now()
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def stop(self) -> None:
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)

    @Slot()
    def look(self) -> None:
        """Compare with the clock; setting the clock back counts as nothing."""
        passed = self._clock.now() - self._seen
        if passed > self._limit:
            self._seen = self._clock.now()
            self.idle.emit()
        elif passed < timedelta(0):
            self._seen = self._clock.now()

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is None:
            return
        window.removeEventFilter(self)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.look()  # the first touch after a long sleep comes before the timer does
            self._seen = self._clock.now()
        return False
