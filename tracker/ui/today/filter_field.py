"""A field that narrows a list while one types; it comes with "/" and goes with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.scaled_width import ScaledWidth

_LEAST, _WIDTH = 180, 240


class FilterField(LineField):
    """`left` comes when the hands go back to the list: by Enter or Down with the words kept, by Esc without."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Name, procedure, payer…"), parent, name=tr("Filter the list"))
        ScaledWidth(self, _WIDTH, least=_LEAST)
        self.hide()

    def open(self) -> None:
        """Come to the front, with the words of the last time marked."""
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def close_empty(self) -> None:
        """Go, and take the words along."""
        self.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_empty()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.setVisible(bool(self.text().strip()))
            self.left.emit()
        else:
            super().keyPressEvent(event)
