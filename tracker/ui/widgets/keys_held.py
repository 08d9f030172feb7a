"""What is typed while something is read that a dialog or a strip is to show waits for that, and does nothing before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

if TYPE_CHECKING:
    from tracker.ui.tasks import TaskRunner

Value = TypeVar("Value")
_PATIENCE = 1000
"""Milliseconds after which keys are not kept any longer: what is read so slowly was not waited for."""


class KeysHeld(QObject):
    """Keeps the keys of the window that has the focus, until they are passed on or dropped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWindow | None = QGuiApplication.focusWindow()
        self._keys: list[QEvent] = []
        if self._window is not None:
            self._window.installEventFilter(self)
            QTimer.singleShot(_PATIENCE, self, self.drop)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()  # so that it comes as a key, and no shortcut takes it
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            self._keys.append(event.clone())
            return True
        return False

    def pass_on(self) -> None:
        """Give what was kept, in order, to where the hands are now: a dialog that opened takes it from the window."""
        window, keys = self._window, self._keys
        self.drop()
        for key in keys:
            if window is not None and shiboken6.isValid(window):
                QCoreApplication.sendEvent(window, key)

    @Slot()
    def drop(self) -> None:
        """Keep nothing any longer."""
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window, self._keys = None, []


def read_first(
    tasks: TaskRunner,
    owner: QObject,
    work: Callable[[], Value],
    show: Callable[[Value], None],
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Call `work` off the GUI thread, then `show`, which opens what it was read for: keys typed meanwhile go there.

    Where it fails they are dropped: they were not meant for what is there already.
    """
    keys = KeysHeld(owner)

    def done(value: Value) -> None:
        show(value)
        keys.pass_on()
        keys.deleteLater()

    def not_done(error: Exception) -> None:
        keys.drop()
        keys.deleteLater()
        (failed or tasks.unseen.emit)(error)

    tasks.run(owner, work, done, not_done)
