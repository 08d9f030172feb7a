"""A table of records for keyboard and mouse: calm rows plain, one ring round the row where the hands are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QTableView, QWidget

from tracker.ui import theme
from tracker.ui.clipboard import copy_private
from tracker.ui.delegates.row_delegate import Index, RowDelegate
from tracker.ui.delegates.status_delegate import StatusDelegate
from tracker.ui.models.record_table_model import Column, RecordTableModel
from tracker.ui.widgets.column_choice import ColumnChoice
from tracker.ui.widgets.column_menu import ColumnMenu, add_list_acts
from tracker.ui.widgets.column_widths import ColumnWidths
from tracker.ui.widgets.row_heights import RowHeights
from tracker.ui.widgets.row_menu import RowMenu
from tracker.ui.widgets.table_header import TableHeader
from tracker.ui.widgets.table_setup import let_sort, set_up
from tracker.ui.widgets.table_text import as_lines, copied_words
from tracker.ui.widgets.two_lines import TwoLines


class RecordTable(QTableView):
    """`row_activated` on Enter or double click; `row_chosen` when the current row changes (None: no row).

    `columns_chosen` comes when somebody chose how the columns stand: by the head, its menu, or the columns' dialog.
    `copied` carries what is to be said once Ctrl+C has put all rows on the clipboard.
    """

    row_activated = Signal(object)
    row_chosen = Signal(object)
    columns_chosen = Signal()
    copied = Signal(str)

    def __init__(
        self,
        columns: Iterable[Column[Any]],
        parent: QWidget | None = None,
        *,
        name: str,
        row_height: int = 30,
        past: Callable[[Any], bool] | None = None,
        identity: Callable[[Any], Hashable] | None = None,
        sortable: bool = True,
        model: RecordTableModel | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._records = model or RecordTableModel(columns, self, past=past, identity=identity)
        self._delegates: tuple[RowDelegate, ...] = (RowDelegate(self), StatusDelegate(self))
        self._usual = (-1, Qt.SortOrder.AscendingOrder)
        self.choice = ColumnChoice(self)
        self._build(row_height, sortable)
        self.row_menu = RowMenu(self)
        self.row_menu.fill_list_acts = lambda menu: add_list_acts(self, menu)

    def _build(self, row_height: int, sortable: bool) -> None:
        self.setModel(self._records)
        header = TableHeader(self)
        header.customContextMenuRequested.connect(lambda at: self.choose_columns(header.mapToGlobal(at)))
        header.dragged.connect(self._on_dragged)
        self.setHorizontalHeader(header)
        set_up(self)
        self._row_heights = RowHeights(self.verticalHeader(), row_height)
        self.widths = ColumnWidths(self, TwoLines(self._delegates, self._row_heights))
        for place, column in enumerate(self._records.columns):
            self.setItemDelegateForColumn(place, self._delegates[1 if column.status else 0])
        if sortable:
            let_sort(self)

    def set_row_height(self, pixels: int) -> None:
        self._row_heights.set_usual(pixels)

    def records(self) -> tuple[Any, ...]:
        """Return the records in the order in which they stand."""
        return self._records.records()

    def record_model(self) -> RecordTableModel:
        return self._records

    def set_rows(self, records: Iterable[Any]) -> None:
        """Show these records; the current one stays current if it is still there (by `identity`)."""
        before = self.current_record()
        row = self.currentIndex().row()
        self._records.set_rows(records)
        if before is not None:
            found = self._records.row_of(self._records.identity(before))
            self.select_row(found if found >= 0 else min(row, self._records.rowCount() - 1))
        self._fit()

    def current_record(self) -> Any | None:
        index = self.currentIndex()
        return self._records.record(index.row()) if index.isValid() else None

    def select_row(self, row: int) -> None:
        """Make a row current; one that is not there leaves none current."""
        if 0 <= row < self._records.rowCount():
            self.setCurrentIndex(self._records.index(row, 0))

    def select_record(self, identity: Hashable) -> bool:
        """Make the record with this identity current; False when it is not shown."""
        row = self._records.row_of(identity)
        self.select_row(row)
        return row >= 0

    def bind(self, key: str, act: Callable[[Any], None]) -> QShortcut:
        """Run `act` with the current record on a key that works only while this table has the focus."""

        def pressed() -> None:
            record = self.current_record()
            if record is not None:
                act(record)

        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(pressed)
        return shortcut

    def sorts_by(self) -> tuple[int, ...]:
        """Return the columns by which the rows can be sorted."""
        return tuple(range(len(self._records.columns))) if self.isSortingEnabled() else ()

    def sort_first_by(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort, until somebody chooses another order, and again when the usual one is wanted."""
        self._usual = (column, order)
        self.sort_usually()

    def sort_usually(self) -> None:
        """Sort as before anybody chose: by nothing, where nothing else was said."""
        self.horizontalHeader().setSortIndicator(*self._usual)

    def choose_columns(self, at: QPoint | None = None) -> None:
        """Open the menu of the columns: which are shown, and by which the rows are sorted."""
        ColumnMenu(self).popup(self.mapToGlobal(QPoint(0, 0)) if at is None else at)

    def as_text(self) -> str:
        """Return all rows as tab separated text with heads, for spreadsheets."""
        return self.text_of(self._records.records())

    def text_of(self, records: Iterable[Any]) -> str:
        """Return these records as tab separated text: all columns but those that somebody chose not to see."""
        order, hidden = self.choice.order(), self.choice.hidden()
        return as_lines((self._records.columns[place] for place in order if place not in hidden), records)

    def copy_all(self) -> None:
        """Put all rows on the clipboard, and say so."""
        copy_private(self.as_text())
        self.copied.emit(copied_words(self._records.rowCount()))

    def content_height(self) -> int:
        """Return the height that shows all rows without scrolling."""
        rows = self._records.rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + (self.horizontalHeader().height() if self.horizontalHeader().isVisibleTo(self) else 0)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.row_chosen.emit(self._records.record(current.row()) if current.isValid() else None)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.current_record()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and record is not None:
            self.row_activated.emit(record)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self.select_row(0 if event.key() == Qt.Key.Key_Home else self._records.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the single-letter keys of the page."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.row_activated.emit(self._records.record(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select_row(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        place, room = self.visualRect(self.currentIndex()), event.oldSize().height()
        super().resizeEvent(event)
        self._fit()
        if 0 <= place.top() < place.bottom() <= room:  # what comes in below does not hide the row where the hands are
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_ground(event)
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            row = QRect(0, self.rowViewportPosition(index.row()), self.viewport().width(), self.rowHeight(index.row()))
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(QRectF(row).adjusted(1, 1, -1, -1))

    def _paint_ground(self, event: QPaintEvent) -> None:
        """Paint what lies behind the rows, all of it: so Qt moves what is painted when it scrolls, and paints the rest.

        The stylesheet takes the mark away whenever it dresses the table.
        """
        QPainter(self.viewport()).fillRect(event.rect(), theme.color("surface"))
        if not self.viewport().testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent):
            self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _hover(self, row: int) -> None:
        if row != self._delegates[0].hovered_row:
            for delegate in self._delegates:
                delegate.hovered_row = row
            self.viewport().update()

    def refit(self) -> None:
        """Give each column its own width again."""
        self._fit()

    @Slot(int)
    def _on_dragged(self, column: int) -> None:
        """Keep what somebody dragged: the width of a column, or (-1) the order of all."""
        if column >= 0:
            self.choice.set_width(column, self.columnWidth(column))
        self.refit()
        self.columns_chosen.emit()

    def _fit(self) -> None:
        """Give each column the width of its text, and drop what was hidden or must go."""
        self.widths.fit(self.choice)
