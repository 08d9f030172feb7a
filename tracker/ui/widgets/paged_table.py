"""A table over a list in the file, a page at a time: however long the list, only what is looked at is read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from tracker.ui.models.paged_table_model import PagedTableModel
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.record_table import RecordTable


class PagedTable(RecordTable):
    """`all_wanted` comes when the whole list is to be copied and is not here.

    `arrived` comes when the page of the current row was filled in.
    """

    all_wanted = Signal()
    arrived = Signal()

    def __init__(
        self,
        columns: Iterable[Column[Any]],
        parent: QWidget | None = None,
        *,
        name: str,
        page: int,
        sortable: frozenset[int],
        identity: Callable[[Any], Hashable],
    ) -> None:
        model = PagedTableModel(columns, page=page, sortable=sortable, identity=identity)
        super().__init__((), parent, name=name, model=model)
        model.setParent(self)
        self.paged = model
        self.horizontalHeader().sortIndicatorChanged.connect(self._on_indicator)

    def sorts_by(self) -> tuple[int, ...]:
        return tuple(sorted(self.paged.sortable))

    def show_list(
        self, pages: dict[int, Sequence[Any]], count: int, wanted: Hashable = None, *, other: bool = False
    ) -> None:
        """Show a list; `wanted` becomes current, else the row that was, else the one in its place.

        `other`: it is not the list that was here, and is shown from its top.
        """
        before, row = self.current_record(), 0 if other else self.currentIndex().row()
        place = 0 if other else self.verticalScrollBar().value()
        self.paged.show_list(pages, count)
        self._fit()
        self.verticalScrollBar().setValue(place)
        held = wanted if wanted is not None else self.paged.identity(before) if before is not None else None
        found = self.paged.row_of(held) if held is not None else -1
        if count:
            self.select_row(found if found >= 0 else max(0, min(row, count - 1)))

    def pages_in_view(self, rows: int) -> tuple[int, ...]:
        """Return the numbers of the pages that so many rows in view are on, and of the first."""
        first = max(self.rowAt(0), 0)
        last = min(first + rows, max(self.paged.rowCount() - 1, 0))
        return tuple(sorted({0, *range(self.paged.page_of(first), self.paged.page_of(last) + 1)}))

    def show_page(self, number: int, rows: Sequence[Any] | None) -> None:
        """Fill in a page; the columns stand as they are while somebody scrolls."""
        if rows is None:  # it was scrolled past before it was read
            self.paged.forget_page(number)
            self.viewport().update()
            return
        held = self.paged.page_of(max(self.currentIndex().row(), 0))
        self.paged.show_page(number, rows, held)
        if number == held:
            self.arrived.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and not self.paged.whole():
            self.all_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot(int, Qt.SortOrder)
    def _on_indicator(self, column: int, _order: Qt.SortOrder) -> None:
        """Leave the arrow where it was when the list cannot be sorted by that column."""
        kept = self.paged.sorted_by()
        if column not in self.paged.sortable and kept is not None:
            header = self.horizontalHeader()
            header.blockSignals(True)
            header.setSortIndicator(*kept)
            header.blockSignals(False)
