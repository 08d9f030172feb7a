"""The worklist's two faces, table and columns: one row is current, whichever is in front."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.ui.worklist.work_bar import COLUMNS, TABLE
from tracker.ui.worklist.work_board import WorkBoard
from tracker.ui.worklist.work_table import WorkTable

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow


class WorkViews(QStackedWidget):
    """`row_chosen` carries the row where the hands are, None without one; `row_activated` comes on Enter."""

    row_chosen = Signal(object)
    row_activated = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.list = WorkTable(today, self)
        self.board = WorkBoard(self)
        self.addWidget(self.list)
        self.addWidget(self.board)
        self.list.table.row_activated.connect(lambda _row: self.row_activated.emit())
        self.board.row_activated.connect(lambda _row: self.row_activated.emit())
        self.list.row_chosen.connect(self._on_table_row)
        self.board.row_chosen.connect(self._on_board_row)

    def view(self) -> str:
        """Return TABLE or COLUMNS, whichever is in front."""
        return TABLE if self.currentWidget() is self.list else COLUMNS

    def set_view(self, view: str) -> None:
        self.setCurrentWidget(self.list if view == TABLE else self.board)

    def front(self) -> WorkTable | WorkBoard:
        return self.list if self.view() == TABLE else self.board

    def row(self) -> WorkRow | None:
        """Return the row where the hands are."""
        return self.front().row()

    def next_id(self) -> str:
        """Return the id of the row below the hands, "" when there is none."""
        return self.front().next_id()

    def focus(self) -> None:
        self.front().focus()

    def bind(self, keys: dict[str, Callable[[], object]]) -> None:
        """Bind letters that work while table or columns have the focus, even empty ones."""
        for key, do in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _on_table_row(self, row: object) -> None:
        if self.view() == TABLE:
            self.row_chosen.emit(row)

    def _on_board_row(self, row: object) -> None:
        if self.view() == COLUMNS:
            self.row_chosen.emit(row)
