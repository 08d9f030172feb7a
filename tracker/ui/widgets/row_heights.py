"""Keeps the rows of a table as high as density and size of text ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHeaderView

from tracker.ui import theme


class RowHeights(QObject):
    """Follows the theme for the vertical header of one table."""

    def __init__(self, header: QHeaderView, usual: int) -> None:
        super().__init__(header)
        self._usual = usual
        theme.current().changed.connect(self._follow)
        self._follow()

    def set_usual(self, pixels: int) -> None:
        """Set how high a row is in comfortable density and usual text."""
        self._usual = pixels
        self._follow()

    @Slot()
    def _follow(self) -> None:
        header = self.parent()  # asked for: of a table on its way out Python may have let go of the one kept
        if isinstance(header, QHeaderView):
            header.setDefaultSectionSize(theme.row_height(self._usual))
