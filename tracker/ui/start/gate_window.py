"""What the windows before a clinic is open have in common."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
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
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)

    def set_busy(self, words: str) -> None:
        """Show what is going on, "" when nothing is; the window waits meanwhile."""

    def show_refusal(self, error: Exception) -> None:
        """Say in place why it could not be done, ready for another try."""

    def forget(self) -> None:
        """Drop the passwords that were typed."""

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(self._ground))
