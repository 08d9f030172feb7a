"""The field of the palette; the keys that move and act go to the list, letters stay."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui import icons, theme
from tracker.ui.widgets.fields import LineField

HEIGHT = 48
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PaletteField(LineField):
    """`moved` carries by how many lines, `entered` whether Ctrl or Shift was held (check and book)."""

    moved = Signal(int)
    entered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Patient or command"), parent, name=tr("Find patient or command"))
        self.setProperty("bare", True)
        self.setProperty("tall", True)  # the stylesheet's least height wins over that of the widget
        self.setTextMargins(39, 0, 12, 0)
        self.setFixedHeight(HEIGHT)
        self.setFont(theme.font("subtitle", 400))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(_MOVES[key])
        elif key in _ENTER:
            held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self.entered.emit(bool(event.modifiers() & held))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icons.paint(painter, "search", QRectF(13, self.height() / 2 - 8, 16, 16), theme.color("ink2"))
        hint = tr("name, birth date, record number, member id, phone")
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3"))
        taken = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText()) + 60
        if painter.fontMetrics().horizontalAdvance(hint) + taken < self.width():
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -13, 0), int(right), hint)
