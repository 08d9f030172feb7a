"""Puts bar, lists and work beside each other, or the work in the lists' place where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.today.day_bar import DayBar
from tracker.ui.today.visit_board import VisitBoard
from tracker.ui.today.work_panel import NARROW_WIDTH, WIDTH, WorkPanel

NARROW_BELOW, WIDE_FROM = 900, 1240
_SMALLEST = QSize(600, 240)


class DayFrame(QWidget):
    """Arranges the three parts anew with every size; a button in the bar leads to the work and back."""

    def __init__(self, bar: DayBar, board: VisitBoard, work: WorkPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar, self._board, self._work = bar, board, work
        self._work_in_front = False
        self._middle = QVBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(bar)
        self._middle.addWidget(board, 1)
        self._beside = QHBoxLayout(self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addLayout(self._middle, 1)
        self._beside.addWidget(work)
        bar.work_button.clicked.connect(self._on_work_wanted)

    def show_visits(self) -> None:
        """Give the lists their place back, where the work stands in it."""
        if self._work_in_front:
            self._on_work_wanted()

    def show_work(self) -> None:
        """Have the work in sight, in the lists' place where there is no room for both."""
        if not self._work_in_front and self._work.isHidden():
            self._on_work_wanted()

    @Slot()
    def _on_work_wanted(self) -> None:
        self._work_in_front = not self._work_in_front
        self._arrange()
        if self._work_in_front:
            self._work.list.setFocus()
        else:
            self._board.front().focus()

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST  # what does not fit side by side is arranged anew, so the parts do not set the limit

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.scaled(NARROW_BELOW)
        instead = narrow and self._work_in_front
        self._bar.set_work_away(narrow, in_front=instead)
        self._board.setVisible(not instead)
        self._work.setVisible(not narrow or instead)
        if instead:
            self._middle.addWidget(self._work, 1)
            self._work.set_width(None)
        else:
            self._beside.addWidget(self._work)
            self._work.set_width(theme.scaled(WIDTH if self.width() >= theme.scaled(WIDE_FROM) else NARROW_WIDTH))
        self._board.set_heights(self.height() - self._bar.height())
