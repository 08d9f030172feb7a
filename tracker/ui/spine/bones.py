"""Paints vertebrae, sacrum, and the small whole spine at the side."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.ui import theme
from tracker.ui.spine.rows import AXIS, View

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
MINI_LEFT, MINI_WIDTH = 22.0, 40.0


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
    return (*sacrum, *shapes)


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


def paint_whole(painter: QPainter, box: QRectF, part: str, marks: dict[Target, str]) -> None:
    """Draw the whole spine small, with a dot for every place, and a frame around the part in view.

    `marks` gives places a state: used, last, closed or chosen.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    levels = [level for level in LEVELS.values() if LEVELS["C2-C3"] <= level <= LEVELS["L5-S1"]]
    step = (box.height() - 44) / len(levels)
    middle = box.center().x()
    for row, level in enumerate(levels):
        line = box.top() + step * row
        width = 9 + 9 * row / len(levels)
        painter.setPen(QPen(theme.color("bone_line"), 0.8))
        painter.setBrush(theme.color("bone"))
        painter.drawRoundedRect(QRectF(middle - width / 2, line + 1, width, step - 2), 2, 2)
        for side in (Side.LEFT, Side.RIGHT):
            _paint_dot(
                painter,
                QPointF(middle + (-13 if side is Side.LEFT else 13), line + step),
                marks.get(Target(level, side), ""),
            )
    bottom = box.top() + step * len(levels)
    sacrum = QPainterPath(QPointF(middle - 9, bottom + 2))
    sacrum.lineTo(middle + 9, bottom + 2)
    sacrum.lineTo(middle + 3, bottom + 32)
    sacrum.lineTo(middle - 3, bottom + 32)
    sacrum.closeSubpath()
    painter.setPen(QPen(theme.color("bone_line"), 0.8))
    painter.setBrush(theme.color("bone"))
    painter.drawPath(sacrum)
    _paint_parts(painter, box, part, step)


def _paint_dot(painter: QPainter, at: QPointF, state: str) -> None:
    if state == "closed":
        painter.setPen(QPen(theme.color("no"), 1.6))
        painter.drawLine(at + QPointF(-2.5, -2.5), at + QPointF(2.5, 2.5))
        painter.drawLine(at + QPointF(-2.5, 2.5), at + QPointF(2.5, -2.5))
        return
    chosen = state == "chosen"
    painter.setPen(QPen(theme.color("accent" if chosen else "used_line" if state else "line2"), 1.8 if chosen else 0.9))
    painter.setBrush(theme.color("used_line") if state in ("used", "last") else Qt.BrushStyle.NoBrush)
    radius = 3.6 if chosen else 2.6 if state else 2.0
    painter.drawEllipse(at, radius, radius)


def _paint_parts(painter: QPainter, box: QRectF, part: str, step: float) -> None:
    painter.setFont(theme.font("hint"))
    rows = {"C": (0, 6), "T": (6, 18), "L": (18, 23)}
    for name, (first, last) in rows.items():
        top, bottom = box.top() + step * first, box.top() + step * last + (42 if name == "L" else 4)
        here = name == part
        painter.setPen(theme.color("accent" if here else "ink3"))
        painter.drawText(QRectF(box.left() - 20, (top + bottom) / 2 - 8, 16, 16), _CENTRE, name)
        if here:
            painter.setPen(QPen(theme.color("accent"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box.left(), top - 2, box.width(), bottom - top + 2), 4, 4)
