"""Takes every window of the program off the screen, and puts them back as they were."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_FLEETING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


class Curtain:
    """Hidden windows keep what was typed into them; menus and other pop-ups are closed."""

    def __init__(self) -> None:
        self._hidden: list[QWidget] = []

    def close(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        innermost_first = sorted(shown, key=_depth, reverse=True)
        for widget in innermost_first:
            widget.hide()
        self._hidden = [widget for widget in reversed(innermost_first) if widget.windowType() not in _FLEETING]

    def open(self) -> None:
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            if shiboken6.isValid(widget):
                widget.show()
                widget.activateWindow()


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)
