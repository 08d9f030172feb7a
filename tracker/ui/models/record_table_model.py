"""A table over a list of dataclasses: each column says how to read, show, sort and speak a record."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.ui.theme import plain_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status

Record = TypeVar("Record")
Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = int(Qt.ItemDataRole.UserRole)

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[Record]):
    """`value` is what is sorted by; `display` the text (default: the value as it stands).

    `longest` is the longest legal text: the column is made that wide and never cut. Without it the column shares
    the rest of the width; with `fit` it is as wide as the longest text shown, up to so many pixels, and with `least`
    it may be cut down to so many before another column has to go.
    `whole`: a text with a side or an identifier is not cut down where the others are.
    `drops` > 0: on narrow windows columns vanish in this order, 1 first.
    `below`: where there is still too little room it stands in small letters below the column before it.
    `copied` is what goes to the clipboard where the cell shortens: a number's end, a day without its year.
    `status`, `glyph` and `tone` (a token's name) may be None for a record.
    """

    header: str
    value: Callable[[Record], Any]
    display: Callable[[Record], str] | None = None
    alignment: Qt.AlignmentFlag = LEFT
    status: Callable[[Record], Status | None] | None = None
    glyph: Callable[[Record], Glyph | None] | None = None
    tone: Callable[[Record], str] | None = None
    tinted: Callable[[Record], bool] | None = None
    strong: bool = False
    longest: str = ""
    fit: int = 0
    least: int = 0
    drops: int = 0
    spoken: str = ""
    whole: bool = False
    below: bool = False
    copied: Callable[[Record], str] | None = None

    def text(self, record: Record) -> str:
        """Return what is shown for this record, as one clean line."""
        if self.display is not None:
            return plain_text.one_line(self.display(record))
        value = self.value(record)
        return "" if value is None else plain_text.one_line(str(value))

    def copied_text(self, record: Record) -> str:
        """Return what is copied of this record, as one clean line."""
        return plain_text.one_line(self.copied(record)) if self.copied is not None else self.text(record)


class RecordTableModel(QAbstractTableModel):
    """Rows are records; sorting is on raw values, stable, with nothing last. Records without a value stay below."""

    def __init__(
        self,
        columns: Iterable[Column[Any]],
        parent: QObject | None = None,
        *,
        past: Callable[[Any], bool] | None = None,
        identity: Callable[[Any], Hashable] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.first = 0
        """The column that stands first: its text keeps clear of the edge of the table."""
        self._past = past
        self._identity = identity
        self._given: list[Any] = []
        self._rows: list[Any] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, records: Iterable[Any]) -> None:
        """Replace all rows; the present sort order is kept."""
        self.beginResetModel()
        self._given = list(records)
        self._rows = self._in_order()
        self.endResetModel()

    def use(self, columns: Iterable[Column[Any]]) -> None:
        """Show other columns, each in the place of the one before."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def records(self) -> tuple[Any, ...]:
        """Return the records in the order in which they are shown."""
        return tuple(self._rows)

    def top(self, count: int) -> tuple[Any, ...]:
        """Return the first of the records, up to so many."""
        return self.records()[:count]

    def record(self, row: int) -> Any:
        return self._rows[row]

    def row_of(self, identity: Hashable) -> int:
        """Return the row of a record by its identity, -1 when it is not shown."""
        if self._identity is None:
            return -1
        return next((row for row, record in enumerate(self._rows) if self._identity(record) == identity), -1)

    def identity(self, record: Any) -> Hashable:
        return None if self._identity is None else self._identity(record)

    def sorted_by(self) -> tuple[int, Qt.SortOrder] | None:
        return self._sorted_by

    def _in_order(self) -> list[Any]:
        if self._sorted_by is None:
            return list(self._given)
        column, order = self._sorted_by
        value = self.columns[column].value
        present = [record for record in self._given if value(record) is not None]
        absent = [record for record in self._given if value(record) is None]
        return sorted(present, key=value, reverse=order is Qt.SortOrder.DescendingOrder) + absent

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's raw value; -1 brings back the order in which the records came."""
        self.layoutAboutToBeChanged.emit()
        held = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._sorted_by = (column, order) if 0 <= column < len(self.columns) else None
        self._rows = self._in_order()
        places = {id(record): row for row, record in enumerate(self._rows)}
        new = [self.index(places[id(record)], index.column()) for index, record in held]
        self.changePersistentIndexList([index for index, _record in held], new)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        row = index.row()
        if not 0 <= row < self.rowCount():
            return None
        record, column = self.record(row), self.columns[index.column()]
        if record is None:  # its page is on the way
            return column.alignment if role == Qt.ItemDataRole.TextAlignmentRole else None
        read = _READERS.get(role)
        if read is not None:
            return read(column, record)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.column(), record)
        return None

    def cell(self, row: int, column: int) -> tuple[Column[Any], Any, bool] | None:
        """Return what painting a cell wants to know, at once: its column, its record, and whether that is past."""
        record = self.record(row) if 0 <= row < self.rowCount() else None
        if record is None:  # its page is on the way
            return None
        return self.columns[column], record, self._past is not None and self._past(record)

    def _spoken(self, place: int, record: Any) -> str:
        column = self.columns[place]
        name = column.spoken or column.header
        cell = plain_text.spoken(f"{name} {column.text(record)}".strip())
        if place:
            return cell
        # Screen readers walk a table cell by cell: the first cell tells the row.
        rest = (self._spoken(other, record) for other in range(1, len(self.columns)))
        return ", ".join([cell, *rest])


_READERS: dict[int, Callable[[Column[Any], Any], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda column, record: column.text(record),
    int(Qt.ItemDataRole.TextAlignmentRole): lambda column, _record: column.alignment,
    RECORD_ROLE: lambda _column, record: record,
}
