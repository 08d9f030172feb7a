"""The numbered and hollow discs that stand for the same event in the table and on the timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from tracker.ui import theme


def paint_number(painter: QPainter, centre: QPointF, number: int, radius: float = 9.0) -> None:
    """Draw a filled disc with its number cut out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("ok"))
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(theme.color("surface"))
    painter.setFont(theme.font("hint", 600))
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))


def paint_hollow(painter: QPainter, centre: QPointF, radius: float = 6.0) -> None:
    """Draw the ring of an event that is known and not counted."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("ink2"), 1.5))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(centre, radius, radius)
