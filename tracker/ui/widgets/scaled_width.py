"""Keeps a field as wide as its longest entry needs in the size of text in force."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tracker.ui import theme


class ScaledWidth(QObject):
    """Follows the theme for one widget of fixed width; with `least` it gives way that far where there is no room."""

    def __init__(self, widget: QWidget, pixels: int, *, least: int | None = None) -> None:
        super().__init__(widget)
        self._least = least
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
        wanted = theme.scaled(self._pixels)
        self._widget.setMinimumWidth(wanted if self._least is None else self._least)
        self._widget.setMaximumWidth(wanted)
