"""A scroll bar that keeps its place while there is nothing to scroll: what lies beside it is never laid out anew."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from tracker.ui import theme

BAR_WIDTH = 12


class QuietBar(QScrollBar):
    """For areas that show it always; nothing is seen of it where everything is seen of the area."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._ground = ground

    def sizeHint(self) -> QSize:
        return QSize(BAR_WIDTH, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(self._ground))
        if self.maximum() > self.minimum():
            super().paintEvent(event)
