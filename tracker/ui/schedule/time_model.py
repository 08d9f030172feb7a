"""The grid of times as a Qt table: every cell of a block tells that block."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.ui.identifiers import Identifiers
from tracker.ui.schedule.block_words import free_words, row_head, spoken, who_words
from tracker.ui.schedule.time_grid import Block, TimeGrid
from tracker.ui.theme import plain_text

Index = QModelIndex | QPersistentModelIndex
BLOCK_ROLE = int(Qt.ItemDataRole.UserRole)
CLOSED_ROLE = BLOCK_ROLE + 1


class TimeModel(QAbstractTableModel):
    """Rows are stretches of time, columns lanes."""

    def __init__(self, names: Identifiers, parent: QObject) -> None:
        super().__init__(parent)
        self.names = names
        self.grid = TimeGrid()

    def set_grid(self, grid: TimeGrid) -> None:
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.grid.lanes)

    def block(self, index: Index) -> Block | None:
        return self.grid.at(index.row(), index.column()) if index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        block = self.block(index)
        if block is None or not block.reachable:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return row_head(self.grid.rows[section]) if section < len(self.grid.rows) else None
        return self.grid.lanes[section].head if section < len(self.grid.lanes) else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        block = self.block(index)
        if block is None:
            return None
        if role == BLOCK_ROLE:
            return block
        if role == CLOSED_ROLE:
            return bool(self.grid.lanes[block.lane].closed)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain_text.one_line(spoken(block, self.grid.lanes[block.lane], self.names))
        if role == Qt.ItemDataRole.DisplayRole:
            if block.row is not None:
                return plain_text.one_line(f"{who_words(block.row, self.names)}  {block.row.procedure}")
            return free_words(block) if block.free else ""
        return None
