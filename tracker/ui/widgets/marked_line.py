"""A sentence with the glyph of its status before it, without a tint."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.theme import glyphs
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.plain_label import PlainLabel

_BESIDE_GLYPH = 20


class MarkedLine(QWidget):
    """A glyph and a sentence that may wrap; without a glyph it stands where the glyph would."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph: Glyph | None = None
        self._status: Status | None = None
        self.label = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_BESIDE_GLYPH, 0, 0, 0)
        self._row.addWidget(self.label)

    def text(self) -> str:
        return self.label.text()

    def show_line(self, text: str, glyph: Glyph | None, status: Status | None = None) -> None:
        """Show a sentence; the status colours the glyph, and its word is spoken."""
        if (glyph, status) != (self._glyph, self._status):
            self._glyph, self._status = glyph, status
            self._row.setContentsMargins(_BESIDE_GLYPH if glyph else 0, 0, 0, 0)
            self.update()
        self.label.setText(text)
        self.label.setAccessibleName(f"{status.word}: {text}" if status else text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._glyph is not None:
            ink = self._status.ink() if self._status else theme.color("ink2")
            glyphs.paint(QPainter(self), self._glyph, QRectF(0, 2, 14, 14), ink)
