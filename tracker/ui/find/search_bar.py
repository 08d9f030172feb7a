"""The head of the page: the field, large enough to be where the eye goes, and the way to a new patient."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import icons, theme
from tracker.ui.find.search_words import NEW_KEY
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.ground import Ground

HEIGHT = 58
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PatientField(LineField):
    """`moved` carries by how many rows Down, Up and the page keys move; `left` comes on Escape.

    `check_wanted` comes on Shift+Enter, `authorizations_wanted` on Ctrl+A.
    """

    moved = Signal(int)
    left = Signal()
    check_wanted = Signal()
    authorizations_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Name, birth date, record number, member id or phone"), parent, name=tr("Find patient"))
        self.setTextMargins(24, 0, 0, 0)
        self.setFixedHeight(36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES and not event.modifiers():
            self.moved.emit(_MOVES[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.check_wanted.emit()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.authorizations_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        icons.paint(QPainter(self), "search", QRectF(11, 10, 16, 16), theme.color("ink3"))


class SearchBar(Ground):
    """Field and button in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="b")
        self.setFixedHeight(HEIGHT)
        self.field = PatientField(self)
        self.add_button = ActionButton(tr("Add a patient…"), self, key=NEW_KEY)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.field, 1)
        row.addWidget(self.add_button)
