"""By what patients that were found are sorted: asked of the file, so that the first of all who fit stand on top."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from tracker.domain.list_order import FoundOrder, FoundSort
from tracker.ui.models.record_table_model import RecordTableModel
from tracker.ui.widgets.panel_table import PanelTable

ORDERS: dict[int, FoundOrder] = {0: FoundOrder.NAME, 1: FoundOrder.BORN, 2: FoundOrder.NUMBER, 5: FoundOrder.PHONE}
"""What the file can sort the columns by."""


class FoundModel(RecordTableModel):
    """`order_wanted` comes when the list is wanted in another order; its rows are never sorted here."""

    order_wanted = Signal()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the list in another order; without one the likeliest stands on top."""
        wanted = (column, order) if column in ORDERS else None
        if wanted != self._sorted_by and (wanted is not None or column < 0):
            self._sorted_by = wanted
            self.order_wanted.emit()

    def found_sort(self) -> FoundSort | None:
        """Return what is sorted by, None for what fits best on top."""
        if self._sorted_by is None:
            return None
        column, order = self._sorted_by
        return FoundSort(ORDERS[column], order is Qt.SortOrder.DescendingOrder)

    def _in_order(self) -> list[Any]:
        return list(self._given)


def keep_arrow(table: PanelTable, model: FoundModel) -> None:
    """Let the arrow of the head stand where the list is sorted, and nowhere where it is not."""
    header = table.horizontalHeader()
    header.setSortIndicatorClearable(True)  # the third press brings back what fits best on top

    def look(column: int, _order: Qt.SortOrder) -> None:
        if column >= 0 and column not in ORDERS:
            header.blockSignals(True)
            header.setSortIndicator(*(model.sorted_by() or (-1, Qt.SortOrder.AscendingOrder)))
            header.blockSignals(False)
            header.viewport().update()

    header.sortIndicatorChanged.connect(look)
