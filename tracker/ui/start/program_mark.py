"""The program's mark: three vertebrae and two joints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_BARS = ((7, 2, 14, 5), (6, 9, 16, 5), (5, 16, 18, 5), (7, 23, 14, 4))
_DOTS = ((1.2, 16.5), (22.8, 16.5))


def paint(painter: QPainter, where: QRectF) -> None:
    """Draw the mark into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    painter.scale(where.width() / 28, where.height() / 28)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    for left, top, width, height in _BARS:
        painter.drawRoundedRect(QRectF(left, top, width, height), 2.2, 2.2)
    painter.setBrush(theme.color("ink3"))
    for x, y in _DOTS:
        painter.drawEllipse(QRectF(x, y, 4, 4))
    painter.restore()


def icon() -> QIcon:
    """Return the mark for window frames and task bars."""
    from PySide6.QtGui import QIcon  # the first window is painted before it has one

    made = QIcon()
    for size in (16, 32, 48, 128):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(picture)
    return made


class ProgramMark(QWidget):
    """The mark beside the program's name."""

    def __init__(self, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint(QPainter(self), QRectF(self.rect()))
