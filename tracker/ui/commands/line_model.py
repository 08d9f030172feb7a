"""The lines of the palette as a list; headings cannot be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.ui.commands.rows import Line, with_fact

if TYPE_CHECKING:
    from tracker.services.patients.worth_knowing import WorthKnowing

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractListModel):
    """Holds what is shown; a fact that comes later is put into its line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def show_lines(self, lines: Iterable[Line]) -> None:
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def put_fact(self, patient_id: str, fact: WorthKnowing) -> None:
        """Show what is worth knowing about a patient, if the patient is still listed."""
        for row, line in enumerate(self._lines):
            if line.patient and line.id == patient_id:
                self._lines = (*self._lines[:row], with_fact(line, fact), *self._lines[row + 1 :])
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self._lines[index.row()]
        return Qt.ItemFlag.NoItemFlags if line.heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        return line.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None
