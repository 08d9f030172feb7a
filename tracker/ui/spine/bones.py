"""Paints vertebrae and sacrum of one part of the spine."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from tracker.ui import theme
from tracker.ui.spine.rows import AXIS, View

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def paint_view(painter: QPainter, view: View) -> None:
    """Draw the bones of a view from top to bottom, so that each covers the one above a little."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if view.sacrum:
        _paint_sacrum(painter, view)
    for row, level in enumerate(view.levels):
        width = vertebra_width(view, row)
        _paint_vertebra(painter, view.joint_line(row), width, view.scale, level.name.split("-")[0])


def view_shapes(view: View) -> tuple[QPainterPath, ...]:
    """Return the outlines of a view's bones in the order in which they cover each other."""
    sacrum = (sacrum_path(view),) if view.sacrum else ()
    shapes = [
        shape
        for row in range(len(view.levels))
        for shape in vertebra_shapes(view.joint_line(row), vertebra_width(view, row), view.scale)
    ]
    return tuple(shape.translated(view.axis - AXIS, 0) for shape in (*sacrum, *shapes))


def vertebra_width(view: View, row: int) -> float:
    return (58.0 + 3.0 * row) if view.sacrum else 52.0 + 0.8 * row


def vertebra_shapes(joint: float, width: float, scale: float) -> tuple[QPainterPath, ...]:
    """Return processes, body, joint processes and spine of the vertebra above a joint line."""
    top, height = joint - 34 * scale, 30 * scale
    shapes = []
    for side in (-1, 1):
        process = QPainterPath(QPointF(AXIS + side * (width / 2 - 2), top + 8 * scale))
        far = AXIS + side * (width / 2 + 22 * scale)
        process.cubicTo(QPointF(AXIS + side * (width / 2 + 8), top + 2 * scale), QPointF(far, top - 1 * scale),
                        QPointF(far, top + 6 * scale))  # fmt: skip
        process.cubicTo(QPointF(far, top + 12 * scale), QPointF(AXIS + side * (width / 2 + 8), top + 13 * scale),
                        QPointF(AXIS + side * (width / 2 - 2), top + 13 * scale))  # fmt: skip
        shapes.append(process)
    shapes.append(_rounded(QRectF(AXIS - width / 2, top, width, height), 8 * scale, 8 * scale))
    for side in (-1, 1):
        shapes.append(_rounded(QRectF(AXIS + side * 20 - 8, top + 19 * scale, 16, 20 * scale), 6, 6))
    shapes.append(_rounded(QRectF(AXIS - 6, top + 7 * scale, 12, 29 * scale), 5, 6))
    return tuple(shapes)


def _rounded(box: QRectF, across: float, down: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box, across, down)
    return path


def _paint_vertebra(painter: QPainter, joint: float, width: float, scale: float, name: str) -> None:
    painter.setPen(QPen(theme.color("bone_line"), 1.4))
    painter.setBrush(theme.color("bone"))
    for shape in vertebra_shapes(joint, width, scale):
        painter.drawPath(shape)
    painter.setFont(theme.font("vertebra"))
    painter.setPen(theme.color("bone_ink"))
    top = joint - 34 * scale
    painter.drawText(QRectF(AXIS - width / 2 + 1, top + 1, 22, 16 * max(scale, 0.8)), _CENTRE, name)


def sacrum_path(view: View) -> QPainterPath:
    """Return the outline of the sacrum below the last joint line."""
    top = 0.0
    path = QPainterPath(QPointF(AXIS - 56, top + 4))
    path.cubicTo(QPointF(AXIS - 30, top - 4), QPointF(AXIS - 20, top + 8), QPointF(AXIS, top + 4))
    path.cubicTo(QPointF(AXIS + 20, top + 8), QPointF(AXIS + 30, top - 4), QPointF(AXIS + 56, top + 4))
    path.cubicTo(QPointF(AXIS + 52, top + 50), QPointF(AXIS + 26, top + 70), QPointF(AXIS + 14, top + 96))
    path.cubicTo(QPointF(AXIS + 8, top + 108), QPointF(AXIS + 4, top + 112), QPointF(AXIS, top + 114))
    path.cubicTo(QPointF(AXIS - 4, top + 112), QPointF(AXIS - 8, top + 108), QPointF(AXIS - 14, top + 96))
    path.cubicTo(QPointF(AXIS - 26, top + 70), QPointF(AXIS - 52, top + 50), QPointF(AXIS - 56, top + 4))
    placed = QTransform.fromTranslate(0, view.joint_line(len(view.levels) - 1) + 4).scale(1, view.scale)
    return placed.map(path)


def _paint_sacrum(painter: QPainter, view: View) -> None:
    painter.setPen(QPen(theme.color("bone_line"), 1.4))
    painter.setBrush(theme.color("bone"))
    painter.drawPath(sacrum_path(view))
    painter.save()
    painter.translate(0, view.joint_line(len(view.levels) - 1) + 4)
    painter.scale(1, view.scale)
    top = 0.0
    painter.setBrush(theme.color("surface"))
    for row in range(4):
        for side in (-1, 1):
            painter.drawEllipse(QPointF(AXIS + side * (23 - 3.5 * row), top + 26 + 19 * row), 4.5 - 0.4 * row, 3.4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("bone_line"))
    for row in range(4):
        painter.drawRoundedRect(QRectF(AXIS - 1.5, top + 22 + 19 * row, 3, 11), 1.5, 1.5)
    painter.restore()
