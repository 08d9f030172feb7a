"""A status as its silhouette alone, beside words that say it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui.theme import glyphs
from tracker.ui.theme.status import Status


class GlyphMark(QWidget):
    """16 px; the words beside it say the same."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._status, self._glyph = Status.NEUTRAL, Status.NEUTRAL.glyph
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(16, 16)

    def show_glyph(self, status: Status, glyph: glyphs.Glyph | None) -> None:
        self._status, self._glyph = status, glyph or status.glyph
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        glyphs.paint(QPainter(self), self._glyph, QRectF(0, 0, 16, 16), self._status.ink())
