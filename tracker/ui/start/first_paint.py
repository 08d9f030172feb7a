"""Tells when a window was painted for the first time: what takes long is begun after that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 1_000


class FirstPaint(QObject):
    """`seen` comes once, from the event loop, after the window was painted; one out of sight is not waited for."""

    seen = Signal()
    _painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told = False
        self._painted.connect(self.seen, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)
        QTimer.singleShot(_PATIENCE_MS, self, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Paint:
            self._tell()
        return False

    @Slot()
    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._window.removeEventFilter(self)
            self._painted.emit()
