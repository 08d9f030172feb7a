"""A table of a panel: as high as its rows where there is room, and filled anew without moving under the eyes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QShowEvent

from tracker.ui.widgets.record_table import RecordTable

ROW_HEIGHT = 28


class PanelTable(RecordTable):
    """Its height hint is that of its rows, of the first `most` if there are more."""

    most = 40
    _unfitted = False

    def sizeHint(self) -> QSize:
        rows = max(1, min(len(self.records()), self.most))
        head = self.horizontalHeader()
        height = rows * self.verticalHeader().defaultSectionSize() + (0 if head.isHidden() else head.height())
        return QSize(super().sizeHint().width(), height)

    def refill(self, rows: Iterable[Any], wanted: Hashable = "", *, marks: bool = False) -> None:
        """Show these rows; selection and scroll stay. `wanted` is made current; with `marks` some row always is."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self.set_rows(rows)
        bar.setValue(place)
        found = bool(wanted) and self.select_record(wanted)
        if not found and self.current_record() is None and (marks or self.hasFocus()):
            self.select_row(0)
        self.updateGeometry()

    def unmark(self) -> None:
        """Leave no row current."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def _fit(self) -> None:
        """Measure nothing while it is not seen: a page has more tables than are in front."""
        self._unfitted = not self.isVisible()
        if not self._unfitted:
            super()._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unfitted:
            self._fit()
