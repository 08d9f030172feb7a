"""While a dialog that was just opened waits for the focus, no key does anything behind it.

The window system gives the focus a moment after a window is shown. Until then keys still go to the window behind: Qt
keeps letters from it, but does what its shortcuts say. A name typed right after Ctrl+K would do with the visit that is
chosen in the list whatever its letters stand for, such as no-show.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QDialog


class QuietBehind(QObject):
    """Lives with the dialog; looks at all events from its showing until a window has the focus, or it is hidden."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Shortcut:
            return True
        if kind == QEvent.Type.WindowActivate or (kind == QEvent.Type.Hide and watched is self._dialog):
            self._listen(False)
        elif kind == QEvent.Type.Show and watched is self._dialog:
            self._listen(True)
        return False

    def _listen(self, listening: bool) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            if listening:
                app.installEventFilter(self)
