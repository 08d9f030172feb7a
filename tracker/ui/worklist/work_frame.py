"""Puts list and details beside each other, or the details in the list's place where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.worklist.detail_panel import NARROW_WIDTH, WIDTH, DetailPanel

WIDE_FROM = 1300
"""At 1440 payers in the list need the room more."""
LIST_LEAST = 590
"""Less would cut names and sides: the details give way instead."""
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
        return self._in_front and self._is_narrow()

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

    def _beside(self) -> int:
        """Return how wide the details stand at the side."""
        wanted = theme.scaled(WIDTH if self.width() >= theme.scaled(WIDE_FROM) else NARROW_WIDTH)
        return min(wanted, max(NARROW_WIDTH, self.width() * _MOST_PER_CENT // 100))

    def _is_narrow(self) -> bool:
        return self.width() - self._beside() < theme.scaled(LIST_LEAST)

    def _arrange(self) -> None:
        narrow = self._is_narrow()
        instead = narrow and self._in_front
        for widget in (self._middle_part, self._foot):
            widget.setVisible(not instead)
        self._detail.setVisible(not narrow or instead)
        if instead:
            self._column.insertWidget(1, self._detail, 1)
            self._detail.set_width(None)
        else:
            self._row.addWidget(self._detail)
            self._detail.set_width(self._beside())
        self.away.emit(narrow, instead)
