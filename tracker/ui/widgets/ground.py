"""A plain area in the colour of a token, with lines at the sides where regions meet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.ui import theme


class Ground(QWidget):
    """`lines` holds the letters of the sides that get a line: l, t, r, b. `card` draws a border of radius 6 instead."""

    def __init__(
        self, token: str = "surface", parent: QWidget | None = None, *, lines: str = "", card: bool = False
    ) -> None:
        super().__init__(parent)
        self._ground = token
        self._lines = lines
        self._card = card

    def set_lines(self, lines: str) -> None:
        """Draw the lines of these sides from now on."""
        self._lines = lines
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._card:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.setBrush(theme.color(self._ground))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            return
        painter.fillRect(self.rect(), theme.color(self._ground))
        painter.setPen(Qt.PenStyle.NoPen)
        width, height = self.width(), self.height()
        sides = {"l": (0, 0, 1, height), "t": (0, 0, width, 1), "r": (width - 1, 0, 1, height),
                 "b": (0, height - 1, width, 1)}  # fmt: skip
        for side in self._lines:
            painter.fillRect(*sides[side], theme.color("line2"))
