"""Paints the face that buttons, choices and segments share: sides, a stronger lower edge, rounded corners."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tracker.ui import theme

RADIUS = 5.0


def paint_face(painter: QPainter, rect: QRectF, fill: QColor, *, sides: str = "line2", edge: str = "edge") -> None:
    """Fill a control's face and draw its border; `sides` and `edge` are names of tokens."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(theme.color(sides), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    if edge == sides:
        return
    lower = QPainterPath()
    lower.moveTo(box.left() + 1.2, box.bottom() - 1.8)
    lower.quadTo(box.left() + 2.4, box.bottom(), box.left() + RADIUS, box.bottom())
    lower.lineTo(box.right() - RADIUS, box.bottom())
    lower.quadTo(box.right() - 2.4, box.bottom(), box.right() - 1.2, box.bottom() - 1.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(edge), 1))
    painter.drawPath(lower)


def paint_filled(painter: QPainter, rect: QRectF, fill: QColor, radius: float = RADIUS) -> None:
    """Fill a rounded box without a border."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)


def paint_tint(painter: QPainter, rect: QRectF, fill: QColor, outline: QColor, radius: float = 4.0) -> None:
    """Fill the ground of a status; in high contrast, where there are no tints, draw its outline instead."""
    if not theme.tokens().contrast:
        paint_filled(painter, rect, fill, radius)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(outline, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_focus(painter: QPainter, rect: QRectF, radius: float = RADIUS) -> None:
    """Draw the two pixel border of a field that has the focus."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
