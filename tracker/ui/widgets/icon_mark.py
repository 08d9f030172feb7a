"""An icon that stands beside a text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui import icons, theme


class IconMark(QWidget):
    """An icon beside a text that says the same."""

    def __init__(self, name: str, tone: str = "ink2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(0, 0, self._size, self._size)
        icons.paint(QPainter(self), self._name, box, theme.color(self._tone))
