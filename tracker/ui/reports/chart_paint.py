"""Paints a report's chart, on the screen and on paper alike: bars that can be told apart without any colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform

from tracker.domain.language import tr_n
from tracker.services.reports.shape import Bar, Chart
from tracker.ui.theme import plain_text

_TITLE, _BAR, _THICK, _BELOW = 26.0, 22.0, 12.0, 8.0
_KEY, _GAP = 10.0, 8.0
_LABEL_SHARE, _MOST_LABEL, _WORDS_SHARE = 0.34, 300.0, 0.26
_PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.NoBrush)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Inks:
    """With what is drawn: `unit` is one of our pixels on the device, `color` gives the colour of a token."""

    unit: float
    plain: QFont
    strong: QFont
    color: Callable[[str], QColor]


def chart_height(chart: Chart, most: int) -> float:
    """Return how high a chart is, in our pixels."""
    return _TITLE + _BAR * (min(len(chart.bars), most) + (len(chart.bars) > most)) + _BELOW


def paint_chart(painter: QPainter, box: QRectF, chart: Chart, inks: Inks, most: int) -> None:
    """Draw at most so many bars into the box, and how many more there are."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = inks.unit
    _paint_head(painter, QRectF(box.left(), box.top(), box.width(), _TITLE * unit), chart, inks)
    shown = chart.bars[:most]
    largest = max((sum(bar.parts) for bar in chart.bars), default=0.0) or 1.0
    widest = max((_width(inks.plain, bar.label) for bar in shown), default=0.0) + _GAP * unit
    label = min(widest, box.width() * _LABEL_SHARE, _MOST_LABEL * unit)
    words = min(max((_width(inks.plain, bar.words) for bar in shown), default=0.0) + _GAP * unit,
                box.width() * _WORDS_SHARE)  # fmt: skip
    room = max(box.width() - label - words - _GAP * unit, 1.0)
    top = box.top() + _TITLE * unit
    for bar in shown:
        row = QRectF(box.left(), top, box.width(), _BAR * unit)
        _paint_bar(painter, row, bar, inks, label, room / largest)
        top += _BAR * unit
    if len(chart.bars) > most:
        more = len(chart.bars) - most
        painter.setPen(inks.color("ink3"))
        painter.setFont(inks.plain)
        row = QRectF(box.left(), top, box.width(), _BAR * unit)
        painter.drawText(row, _LEFT, tr_n("and {n} more in the table", "and {n} more in the table", more))
    painter.restore()


def _paint_head(painter: QPainter, row: QRectF, chart: Chart, inks: Inks) -> None:
    painter.setFont(inks.strong)
    painter.setPen(inks.color("ink"))
    painter.drawText(row, _LEFT, chart.title)
    if len(chart.parts) < 2:
        return
    x = row.left() + _width(inks.strong, chart.title) + 3 * _GAP * inks.unit
    for place, name in enumerate(chart.parts):
        size = _KEY * inks.unit
        _fill(painter, QRectF(x, row.center().y() - size / 2, size, size), place, inks)
        x += size + _GAP * inks.unit / 2
        painter.setFont(inks.plain)
        painter.setPen(inks.color("ink2"))
        width = _width(inks.plain, name)
        painter.drawText(QRectF(x, row.top(), width + 2 * inks.unit, row.height()), _LEFT, name)
        x += width + 2 * _GAP * inks.unit


def _paint_bar(painter: QPainter, row: QRectF, bar: Bar, inks: Inks, label: float, scale: float) -> None:
    unit = inks.unit
    painter.setFont(inks.plain)
    painter.setPen(inks.color("ink2"))
    metrics = QFontMetricsF(inks.plain)
    text = metrics.elidedText(plain_text.one_line(bar.label), Qt.TextElideMode.ElideRight, label - _GAP * unit)
    painter.drawText(QRectF(row.left(), row.top(), label, row.height()), _LEFT, text)
    x = row.left() + label
    for place, value in enumerate(bar.parts):
        if value > 0:
            width = max(value * scale, 2 * unit)
            _fill(painter, QRectF(x, row.center().y() - _THICK * unit / 2, width, _THICK * unit), place, inks)
            x += width
    painter.setFont(inks.plain)
    painter.setPen(inks.color("ink"))
    end = QRectF(x + _GAP * unit, row.top(), row.right() - x - _GAP * unit, row.height())
    painter.drawText(end, _LEFT, metrics.elidedText(bar.words, Qt.TextElideMode.ElideRight, end.width() + 1))


def _fill(painter: QPainter, box: QRectF, place: int, inks: Inks) -> None:
    """Solid, hatched or hollow, always with an outline."""
    brush = QBrush(inks.color("ink3"), _PATTERNS[place % len(_PATTERNS)])
    brush.setTransform(QTransform.fromScale(inks.unit, inks.unit))
    painter.setBrush(brush)
    painter.setPen(QPen(inks.color("ink3"), inks.unit))
    half = inks.unit / 2
    painter.drawRect(box.adjusted(half, half, -half, -half))


def _width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def chart_words(chart: Chart) -> str:
    """Return the chart as a sentence, for those who do not see it."""
    bars = "; ".join(f"{bar.label}: {bar.words}" for bar in chart.bars)
    return f"{chart.title}. {bars}"
