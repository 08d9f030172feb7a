"""Puts list and details beside each other, or the details in the list's place where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.worklist.detail_panel import NARROW_WIDTH, WIDTH, DetailPanel

NARROW_BELOW, WIDE_FROM = 900, 1240
_MOST_PER_CENT = 32
"""Details wrap, names in the list would be cut: with larger text the list has the first claim."""
_SMALLEST = QSize(600, 240)


class WorkFrame(QWidget):
    """`away` says whether the details have no place at the side, and whether they stand in front."""

    away = Signal(bool, bool)

    def __init__(self, bar: QWidget, middle: QWidget, foot: QWidget, detail: DetailPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._middle_part, self._foot, self._detail = middle, foot, detail
        self._in_front = False
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(bar)
        self._column.addWidget(middle, 1)
        self._column.addWidget(foot)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(self._column, 1)
        self._row.addWidget(detail)

    def details_in_front(self) -> bool:
        return self._in_front and self.width() < theme.scaled(NARROW_BELOW)

    @Slot()
    def show_details(self) -> None:
        """Bring the details to the front where they have no place at the side."""
        self._in_front = True
        self._arrange()

    @Slot()
    def show_list(self) -> None:
        self._in_front = False
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST  # what does not fit side by side is arranged anew, so the parts do not set the limit

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.scaled(NARROW_BELOW)
        instead = narrow and self._in_front
        for widget in (self._middle_part, self._foot):
            widget.setVisible(not instead)
        self._detail.setVisible(not narrow or instead)
        if instead:
            self._column.insertWidget(1, self._detail, 1)
            self._detail.set_width(None)
        else:
            self._row.addWidget(self._detail)
            wanted = theme.scaled(WIDTH if self.width() >= theme.scaled(WIDE_FROM) else NARROW_WIDTH)
            self._detail.set_width(min(wanted, max(NARROW_WIDTH, self.width() * _MOST_PER_CENT // 100)))
        self.away.emit(narrow, instead)
