"""Small silhouettes in a 16 by 16 square, each with an outline of its own; marks are cut out."""

from __future__ import annotations

import functools
import math
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPolygonF


class Glyph(StrEnum):
    """What can be drawn; the word beside it says the same."""

    TICK_DISC = "tick disc"
    FLAG = "flag"
    TRIANGLE = "triangle"
    OCTAGON = "octagon"
    DIAMOND = "diamond"
    DASH = "dash"
    TICK = "tick"
    CROSS = "cross"
    DOT = "dot"
    RING = "ring"
    HALF = "half disc"
    CLOCK = "clock"
    TURN = "turn"
    HOURGLASS = "hourglass"
    PENCIL = "pencil"
    ARROW = "arrow"
    QUARTER = "quarter disc"


@functools.cache
def outline(glyph: Glyph) -> QPainterPath:
    """Return the path of a glyph. Callers must not change it."""
    return _SHAPES[glyph]()


def paint(painter: QPainter, glyph: Glyph, where: QRectF, color: QColor) -> None:
    """Fill the glyph into `where`, a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    painter.scale(where.width() / 16.0, where.height() / 16.0)
    painter.fillPath(outline(glyph), color)
    painter.restore()


def _disc(radius: float = 7.0) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), radius, radius)
    return path


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _line(*points: tuple[float, float], width: float = 1.8) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return _stroke(path, width)


def _stroke(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path).simplified()


def _dot(x: float, y: float, radius: float = 1.05) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _rounded(path: QPainterPath, width: float = 1.4) -> QPainterPath:
    return path.united(_stroke(path, width))


def _cross(reach: float = 2.4, width: float = 1.8) -> QPainterPath:
    low, high = 8 - reach, 8 + reach
    return _line((low, low), (high, high), width=width).united(_line((low, high), (high, low), width=width))


def _tick_disc() -> QPainterPath:
    return _disc().subtracted(_line((4.9, 8.2), (7.1, 10.4), (11.2, 5.9)))


def _flag() -> QPainterPath:
    pole = _line((3.2, 1.8), (3.2, 14.4), width=1.7)
    return pole.united(_rounded(_polygon((4.2, 2.6), (13.6, 2.6), (11.2, 5.9), (13.6, 9.2), (4.2, 9.2)), 0.8))


def _triangle() -> QPainterPath:
    body = _rounded(_polygon((8, 2.1), (14.6, 13.6), (1.4, 13.6)), 1.6)
    return body.subtracted(_line((8, 6.2), (8, 9.2), width=1.7)).subtracted(_dot(8, 11.8))


def _octagon() -> QPainterPath:
    corners = [
        (8 + 7.5 * math.sin(a), 8 - 7.5 * math.cos(a)) for a in (math.pi / 8 + k * math.pi / 4 for k in range(8))
    ]
    return _polygon(*corners).subtracted(_cross())


def _diamond() -> QPainterPath:
    mark = QPainterPath(QPointF(6.1, 6.5))
    mark.cubicTo(6.1, 3.9, 10.0, 3.9, 10.0, 6.4)
    mark.cubicTo(10.0, 8.0, 8.0, 7.9, 8.0, 9.4)
    body = _rounded(_polygon((8, 0.9), (15.1, 8), (8, 15.1), (0.9, 8)), 1.0)
    return body.subtracted(_stroke(mark, 1.5)).subtracted(_dot(8, 11.6, 0.95))


def _ring() -> QPainterPath:
    return _stroke(_disc(3.4), 1.6)


def _half() -> QPainterPath:
    left = QPainterPath()
    left.addRect(QRectF(0, 0, 8, 16))
    return _stroke(_disc(6.2), 1.6).united(_disc(6.2).intersected(left))


def _clock() -> QPainterPath:
    return _stroke(_disc(6.2), 1.6).united(_line((8, 4.6), (8, 8), (10.6, 8), width=1.6))


def _turn() -> QPainterPath:
    arc = QPainterPath(QPointF(2.2, 11.5))
    arc.cubicTo(3.2, 4.6, 9.6, 3.8, 12.8, 7.6)
    return _stroke(arc, 1.7).united(_line((13.2, 3.6), (13.2, 8.0), (8.9, 8.0), width=1.7))


def _hourglass() -> QPainterPath:
    frame = _line((3.6, 2.2), (12.4, 2.2), width=1.6).united(_line((3.6, 13.8), (12.4, 13.8), width=1.6))
    glass = _line((4.6, 2.2), (4.6, 4.8), (11.4, 11.2), (11.4, 13.8), width=1.5)
    return frame.united(glass).united(_line((11.4, 2.2), (11.4, 4.8), (4.6, 11.2), (4.6, 13.8), width=1.5))


def _pencil() -> QPainterPath:
    shaft = _stroke(_line((4.2, 11.8), (11.9, 4.1), width=3.4), 1.4)
    return shaft.united(_rounded(_polygon((2.2, 13.8), (3.2, 10.9), (5.1, 12.8)), 0.8))


def _arrow() -> QPainterPath:
    return _rounded(_polygon((2.2, 2.6), (14.2, 8), (2.2, 13.4), (5.2, 8)), 1.0)


def _quarter() -> QPainterPath:
    corner = QPainterPath()
    corner.addRect(QRectF(8, 0, 8, 8))
    return _stroke(_disc(6.2), 1.6).united(_disc(6.2).intersected(corner))


_SHAPES = {
    Glyph.TICK_DISC: _tick_disc,
    Glyph.FLAG: _flag,
    Glyph.TRIANGLE: _triangle,
    Glyph.OCTAGON: _octagon,
    Glyph.DIAMOND: _diamond,
    Glyph.DASH: lambda: _line((3.4, 8), (12.6, 8), width=1.9),
    Glyph.TICK: lambda: _line((3.0, 8.4), (6.4, 11.8), (13.0, 4.6), width=1.9),
    Glyph.CROSS: lambda: _cross(4.2, 1.9),
    Glyph.DOT: lambda: _disc(4.0),
    Glyph.RING: _ring,
    Glyph.HALF: _half,
    Glyph.CLOCK: _clock,
    Glyph.TURN: _turn,
    Glyph.HOURGLASS: _hourglass,
    Glyph.PENCIL: _pencil,
    Glyph.ARROW: _arrow,
    Glyph.QUARTER: _quarter,
}
