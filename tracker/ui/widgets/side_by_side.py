"""Two panels beside each other, and one below the other where the window is narrow."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from tracker.ui import theme

STACKED_BELOW = 900


class SideBySide(QWidget):
    """`left` and `right` are panels with their share of the width; below `least` they stand one below the other."""

    def __init__(
        self,
        left: tuple[QWidget, int],
        right: tuple[QWidget, int],
        parent: QWidget | None = None,
        *,
        least: int = STACKED_BELOW,
    ) -> None:
        super().__init__(parent)
        self._least = least
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        for panel, share in (left, right):
            self.box.addWidget(panel, share)

    def stacked(self) -> bool:
        return self.box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(self._least)
        if narrow != self.stacked():
            directions = QBoxLayout.Direction
            self.box.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
