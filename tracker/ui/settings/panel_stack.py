"""The sections of the settings, one in front; the hands that are put on them go into the one that is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget


class PanelStack(QStackedWidget):
    """`entered` comes when it is given the focus, which is for the section in front."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        if self.hasFocus():  # a section that names no field where the hands should be
            self.focusNextChild()
