"""Lets the key that locks work where a dialog keeps the menus of the main window from hearing it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow

LOCK_KEY = QKeySequence("Ctrl+L")


class LockKey(QObject):
    """`pressed` comes from windows over the main one; it looks at those that get the focus, as the idle watch does."""

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is None:
            return
        window.removeEventFilter(self)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        in_menus = isinstance(QApplication.activeWindow(), QMainWindow)
        if in_menus or QKeySequence(event.keyCombination()) != LOCK_KEY:
            return False
        self.pressed.emit()
        return True
