"""A table over a list that lies in the file: it knows how long the list is, and holds the pages that were looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from tracker.ui.models.record_table_model import Column, Index, RecordTableModel

MOST_PAGES = 60


class PagedTableModel(RecordTableModel):
    """`page_wanted` carries a page's number, `order_wanted` a column and whether the last stands on top.

    A row whose page is not here yet is shown empty, and its page is asked for. `sortable` are the columns by which
    the file can sort; the rows themselves are never sorted here.
    """

    page_wanted = Signal(int)
    order_wanted = Signal(int, bool)

    def __init__(
        self,
        columns: Iterable[Column[Any]],
        parent: QObject | None = None,
        *,
        page: int,
        sortable: frozenset[int],
        past: Callable[[Any], bool] | None = None,
        identity: Callable[[Any], Hashable],
    ) -> None:
        super().__init__(columns, parent, past=past, identity=identity)
        self.sortable = sortable
        self._page = page
        self._pages: dict[int, tuple[Any, ...]] = {}
        self._asked: set[int] = set()
        self._count = 0

    def show_list(self, pages: dict[int, Sequence[Any]], count: int) -> None:
        """Show another list, or the same one anew, with these pages of it."""
        self.beginResetModel()
        self._pages = {number: tuple(rows) for number, rows in pages.items()}
        self._asked.clear()
        self._count = count
        self.endResetModel()

    def show_page(self, number: int, rows: Sequence[Any], held: int = -1) -> None:
        """Fill in a page that was asked for; of those that are here the oldest goes, but not `held`."""
        if number not in self._asked:
            return
        self._asked.discard(number)
        while len(self._pages) >= MOST_PAGES:
            self._pages.pop(next(each for each in self._pages if each != held))
        self._pages[number] = tuple(rows)
        first = number * self._page
        last = min(first + len(rows), self._count) - 1
        if rows:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def forget_page(self, number: int) -> None:
        """Ask again for a page that does not come, when one of its rows is looked at."""
        self._asked.discard(number)

    def whole(self) -> bool:
        """Tell whether every row is here."""
        return sum(map(len, self._pages.values())) >= self._count

    def page_of(self, row: int) -> int:
        return row // self._page

    def records(self) -> tuple[Any, ...]:
        """Return the records that are here, in their order."""
        return tuple(record for number in sorted(self._pages) for record in self._pages[number])

    def record(self, row: int) -> Any:
        """Return the record of a row; None, and its page is asked for, when it is not here."""
        number, place = divmod(row, self._page)
        page = self._pages.get(number)
        if page is not None:
            return page[place] if place < len(page) else None
        if number not in self._asked:
            self._asked.add(number)
            self.page_wanted.emit(number)
        return None

    def row_of(self, identity: Hashable) -> int:
        for number, page in self._pages.items():
            for place, record in enumerate(page):
                if self.identity(record) == identity:
                    return number * self._page + place
        return -1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the list in another order."""
        if column in self.sortable and (column, order) != self._sorted_by:
            self._sorted_by = (column, order)
            self.order_wanted.emit(column, order is Qt.SortOrder.DescendingOrder)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else self._count
