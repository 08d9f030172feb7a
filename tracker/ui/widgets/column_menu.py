"""The menu of a table's head: a tick for each column, how they stand, and by which one the rows are sorted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from tracker.domain.language import tr

if TYPE_CHECKING:
    from tracker.ui.widgets.record_table import RecordTable

_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class ColumnMenu(QMenu):
    """Stays open while columns are ticked; who a row is about, its verdict and its date are ticked for good."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__(tr("Columns of this list"), table)
        self.setAccessibleName(tr("Columns of this list"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = table
        self.ticks = self._add_ticks()
        self._name_ticks()
        self.addSeparator()
        self.arrange = self.addAction(tr("&Order and width…"))
        self.arrange.triggered.connect(partial(arrange_columns, table))
        self.sort_menu = self.addMenu(tr("&Sort by"))
        self.sorts = self._add_sorts()
        self.reset = self.addAction(tr("&Usual columns"))
        self.reset.setEnabled(table.choice.changed())
        self.reset.triggered.connect(self._on_reset)

    def _add_ticks(self) -> list[QAction]:
        table, made = self._table, []
        free, hidden = table.choice.may_hide(), table.choice.hidden()
        for place in range(len(table.record_model().columns)):
            action = self.addAction("")
            action.setCheckable(True)
            action.setChecked(place not in hidden)
            action.setEnabled(place in free)
            action.toggled.connect(partial(self._on_ticked, place))
            made.append(action)
        return made

    def _name_ticks(self) -> None:
        """Name each column; one that is wanted and has no room says so."""
        hidden = self._table.choice.hidden()
        for place, column in enumerate(self._table.record_model().columns):
            name = column.spoken or column.header
            if place not in hidden and not self._table.widths.shows(place):
                name = tr("{column} (no room now)", column=name)
            self.ticks[place].setText(name.replace("&", "&&"))

    def _add_sorts(self) -> list[QAction]:
        """Add both orders of each column that can be sorted by; a table that cannot has an empty, grey menu."""
        header, group, made = self._table.horizontalHeader(), QActionGroup(self), []
        by = (header.sortIndicatorSection(), header.sortIndicatorOrder()) if header.isSortIndicatorShown() else None
        for place in self._table.sorts_by():
            column = self._table.record_model().columns[place]
            for order, words in ((_UP, tr("{column}, first on top")), (_DOWN, tr("{column}, last on top"))):
                text = words.format(column=column.spoken or column.header)
                action = self.sort_menu.addAction(text.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(by == (place, order))
                action.triggered.connect(partial(self._table.sortByColumn, place, order))
                group.addAction(action)
                made.append(action)
        self.sort_menu.addSeparator()
        self.usual_order = self.sort_menu.addAction(tr("&Usual order"))
        self.usual_order.triggered.connect(self._table.sort_usually)
        self.sort_menu.setEnabled(bool(made))
        return made

    def _on_ticked(self, place: int, shown: bool) -> None:
        hidden = self._table.choice.hidden()
        self._table.choice.hide(hidden - {place} if shown else hidden | {place})
        self.reset.setEnabled(self._table.choice.changed())
        self._name_ticks()
        self._table.columns_chosen.emit()

    def _on_reset(self) -> None:
        self._table.choice.usual()
        self._table.columns_chosen.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if not self._tick(action):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        takes = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (takes and self._tick(self.activeAction())):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        """Tick a column and stay open; False for anything else."""
        if action is None or action not in self.ticks or not action.isEnabled():
            return False
        action.toggle()
        return True


def arrange_columns(table: RecordTable) -> None:
    """Open the columns of a list as a dialog: each can be moved and made wider by keys and by buttons."""
    from tracker.ui.dialogs.columns_dialog import ColumnsDialog  # dialogs are made of widgets

    dialog = ColumnsDialog(table, table.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def add_list_acts(table: RecordTable, menu: QMenu) -> None:
    """Put what is about the whole list at the end of the menu of its rows."""
    menu.addSeparator()
    if table.record_model().rowCount():
        menu.addAction(tr("Copy all rows") + "\tCtrl+C").triggered.connect(table.copy_all)
    if not table.horizontalHeader().isHidden():
        menu.addMenu(ColumnMenu(table)).setText(tr("Colu&mns of this list"))
