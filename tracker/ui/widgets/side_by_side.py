"""Two panels beside each other, and one below the other where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Slot
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
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._be_high_enough)

    def stacked(self) -> bool:
        return self.box.direction() == QBoxLayout.Direction.TopToBottom

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._settled.start()
        return super().event(event)

    @Slot()
    def _be_high_enough(self) -> None:
        """Say what height the panels need now: in a column that wraps text Qt goes by what they needed before."""
        self.setMinimumHeight(max(self.box.minimumSize().height(), self.box.minimumHeightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(self._least)
        if narrow != self.stacked():
            directions = QBoxLayout.Direction
            self.box.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._settled.start()
