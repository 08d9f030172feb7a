"""What the windows before a clinic is open have in common."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui import theme


class GateWindow(QWidget):
    """A plain window in the colour of a token, never larger than the screen.

    `left` comes when a person closes it, also by Ctrl+Q.
    """

    left = Signal()

    def __init__(self, ground: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setWindowTitle(tr("Injection Tracker"))
        self.resize(size.boundedTo(self.screen().availableSize()))

    def set_busy(self, words: str) -> None:
        """Show what is going on, "" when nothing is; the window waits meanwhile."""

    def show_refusal(self, error: Exception) -> None:
        """Say in place why it could not be done, ready for another try."""

    def forget(self) -> None:
        """Drop the passwords that were typed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Q and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.close()  # not by a shortcut: Qt's rooms for those need not be there before this window is painted
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(self._ground))
