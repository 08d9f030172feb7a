"""Keeps a field as wide as its longest entry needs in the size of text in force."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tracker.ui import theme


class ScaledWidth(QObject):
    """Follows the theme for one widget of fixed width."""

    def __init__(self, widget: QWidget, pixels: int) -> None:
        super().__init__(widget)
        self._widget = widget
        self._pixels = pixels
        theme.current().changed.connect(self._follow)
        self._follow()

    def set_usual(self, pixels: int) -> None:
        """Set how wide it stands in usual text."""
        self._pixels = pixels
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self._widget.setFixedWidth(theme.scaled(self._pixels))
