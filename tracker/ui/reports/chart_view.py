"""The chart of a report on the screen."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.services.reports.shape import Chart
from tracker.ui import theme
from tracker.ui.reports.chart_paint import Inks, chart_height, chart_words, paint_chart
from tracker.ui.theme import plain_text

MOST_BARS, FEW_BARS = 8, 3
_SIDE = 16


class ChartView(QWidget):
    """As high as its bars; hidden where a report has no chart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._most = MOST_BARS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def chart(self) -> Chart | None:
        return self._chart

    def show_chart(self, chart: Chart | None) -> None:
        self._chart = chart if chart is not None and any(sum(bar.parts) for bar in chart.bars) else None
        self.setVisible(self._chart is not None)
        self.setAccessibleName(plain_text.one_line(chart_words(self._chart), 2000) if self._chart else "")
        self.updateGeometry()
        self.update()

    def set_most(self, most: int) -> None:
        """Draw fewer bars where the window is low."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, math.ceil(chart_height(self._chart, self._most)) if self._chart else 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._chart is not None:
            painter = QPainter(self)
            box = QRectF(self.rect()).adjusted(_SIDE, 0, -_SIDE, 0)
            inks = Inks(1.0, theme.font("caption"), theme.font("heading"), theme.color)
            paint_chart(painter, box, self._chart, inks, self._most)
