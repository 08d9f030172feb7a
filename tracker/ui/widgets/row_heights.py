"""Keeps the rows of a table as high as density and size of text ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHeaderView

from tracker.ui import theme

_SECOND_LINE, _LEAST_OF_TWO = 8, 30
"""Usual rows have air for the most of a second line."""


class RowHeights(QObject):
    """Follows the theme for the vertical header of one table."""

    def __init__(self, header: QHeaderView, usual: int) -> None:
        super().__init__(header)
        self._usual = usual
        self._second_line = False
        theme.current().changed.connect(self._follow)
        self._follow()

    def set_usual(self, pixels: int) -> None:
        """Set how high a row is in comfortable density and usual text."""
        self._usual = pixels
        self._follow()

    def set_second_line(self, wanted: bool) -> None:
        """Make room for a second line in every row."""
        if wanted != self._second_line:
            self._second_line = wanted
            self._follow()

    @Slot()
    def _follow(self) -> None:
        header = self.parent()  # asked for: of a table on its way out Python may have let go of the one kept
        if isinstance(header, QHeaderView):
            more = theme.scaled(_SECOND_LINE) if self._second_line else 0
            header.setDefaultSectionSize(
                theme.row_height(max(self._usual, _LEAST_OF_TWO) if more else self._usual) + more
            )
