"""One sample of what the timeline draws, and its word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.check.timeline_paint import hatch_brush
from tracker.ui.widgets.plain_label import PlainLabel


class TimelineLegend(QWidget):
    """A small sample and its word."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._label = PlainLabel("", "caption", "ink2", self, elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 0, 0)
        row.addWidget(self._label)
        self.hide()

    def show_text(self, text: str) -> None:
        self._label.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, self.height() / 2 - 5.5, 21, 11)
        if self._kind == "ahead":
            painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
        else:
            closed = self._kind == "closed"
            painter.setPen(QPen(theme.color("no" if closed else "band_line"), 1))
            painter.setBrush(theme.color("no_tint" if closed else "band"))
        painter.drawRoundedRect(box, 2, 2)
        if self._kind == "closed":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatch_brush())
            painter.drawRoundedRect(box, 2, 2)
