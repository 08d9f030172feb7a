"""A dialog with the pages of a paper: page keys leaf through them, Enter on the print button prints."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.paper.page_view import PageView
from tracker.ui.widgets.action_button import ActionButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class PageDialog(BaseDialog):
    """Who derives makes `view` and `print_button`, and hands the button to `print_on_enter`."""

    view: PageView
    print_button: ActionButton

    @abstractmethod
    def print(self) -> None:
        """Print what is shown."""

    def print_on_enter(self) -> None:
        """Have Enter print while the hands are on the button, where they begin."""
        self.print_button.installEventFilter(self)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys leaf through wherever nothing else takes them."""
        if step := _STEPS.get(Qt.Key(event.key())):
            self.view.go_to(self.view.place() + step)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter prints on the button only; in a field it does not."""
        pressed = watched is self.print_button and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _ENTER and not event.modifiers():
            self.print()
            return True
        return super().eventFilter(watched, event)
