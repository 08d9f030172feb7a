"""The worklist as a table, with a sentence in its place while there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.domain.language import tr
from tracker.services.authorizations.worklist import PAGE
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.paged_table import PagedTable
from tracker.ui.worklist.clock_cells import ClockDelegate
from tracker.ui.worklist.work_columns import CLOCK, DUE, ORDERS, work_columns

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow

ROOMY_FROM = 600
ROW, LOW_ROW = 30, 28
_IN_VIEW = 60


class WorkTable(QStackedWidget):
    """`row_chosen` carries the row where the hands are, None without one.

    `step_wanted` is the step of a list in which nothing is found, `new_wanted` that of one in which nothing is.
    """

    row_chosen = Signal(object)
    step_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.table = PagedTable(
            work_columns(today), self, name=tr("Authorizations"), page=PAGE, sortable=frozenset(ORDERS),
            identity=lambda row: row.id,
        )  # fmt: skip
        self.table.setItemDelegateForColumn(CLOCK, ClockDelegate(self.table))
        self.empty = EmptyState(tr("Reading the list."), parent=self)
        self.table.sort_first_by(DUE)
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setCurrentWidget(self.empty)
        self.table.row_chosen.connect(lambda _row: self.row_chosen.emit(self.row()))
        self.table.arrived.connect(lambda: self.row_chosen.emit(self.row()))
        self._bare = False
        self.empty.wanted.connect(lambda: (self.new_wanted if self._bare else self.step_wanted).emit())

    def row(self) -> WorkRow | None:
        """Return the row where the hands are."""
        return self.table.current_record() if self.currentWidget() is self.table else None

    def next_id(self) -> str:
        """Return the id of the row below the hands, "" when there is none."""
        below = self.table.currentIndex().row() + 1
        if below >= self.table.paged.rowCount():
            return ""
        record = self.table.paged.record(below)
        return record.id if record is not None else ""

    def pages_in_view(self) -> tuple[int, ...]:
        """Return the pages that have to be here for the rows that are looked at."""
        current = self.table.paged.page_of(max(self.table.currentIndex().row(), 0))
        return tuple(sorted({*self.table.pages_in_view(_IN_VIEW), current}))

    def show_list(
        self, pages: dict[int, Sequence[WorkRow]], count: int, wanted: str, *, bare: bool = False, other: bool = False
    ) -> None:
        """Show a list; `bare`: where it is empty there is nothing to find, as no request is open at all.

        `other`: it is not the list that was here.
        """
        had_focus = self.has_focus()
        self.table.show_list(pages, count, wanted or None, other=other)
        self.setCurrentWidget(self.table if count else self.empty)
        if not count:
            self._bare = bare
            words = (tr("No request is open."), tr("Begin one here, or from the answer in Check and book."),
                     tr("New request"))  # fmt: skip
            found = (tr("Nothing is found by this line."), "", tr("Show all that are open"))
            self.empty.show_words(*(words if bare else found))
        if had_focus:
            self.focus()
        self.row_chosen.emit(self.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.set_row_height(ROW if self.height() >= ROOMY_FROM else LOW_ROW)

    def focus(self) -> None:
        """Put the hands on the list, or on the one step of an empty one; before there is either, wait here."""
        if self.currentWidget() is self.table:
            self.table.setFocus()
        elif not self.empty.button.isHidden():
            self.empty.button.setFocus()
        else:
            self.setFocus()

    def has_focus(self) -> bool:
        return self.hasFocus() or self.table.hasFocus() or self.empty.button.hasFocus()
