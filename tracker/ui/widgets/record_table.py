"""A table of records for keyboard and mouse: calm rows plain, one ring round the row where the hands are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import FIRST_LEFT, PADDING, Index, RowDelegate
from tracker.ui.delegates.status_delegate import PADDING_RIGHT, StatusDelegate
from tracker.ui.models.record_table_model import Column, RecordTableModel
from tracker.ui.widgets import status_paint
from tracker.ui.widgets.row_heights import RowHeights
from tracker.ui.widgets.table_header import TableHeader

_SHARED_MINIMUM = 110


class RecordTable(QTableView):
    """`row_activated` on Enter or double click; `row_chosen` when the current row changes (None: no row)."""

    row_activated = Signal(object)
    row_chosen = Signal(object)

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
        self._dropped: set[int] = set()
        self._build(row_height, sortable)

    def _build(self, row_height: int, sortable: bool) -> None:
        self.setModel(self._records)
        self.setHorizontalHeader(TableHeader(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self._row_heights = RowHeights(self.verticalHeader(), row_height)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for place, column in enumerate(self._records.columns):
            self.setItemDelegateForColumn(place, self._delegates[1 if column.status else 0])
        if sortable:
            self.horizontalHeader().setSectionsClickable(True)
            self.horizontalHeader().setSortIndicatorShown(True)
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

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

    def as_text(self) -> str:
        """Return all shown rows as tab separated text with heads, for spreadsheets."""
        return self.text_of(self._records.records())

    def text_of(self, records: Iterable[Any]) -> str:
        """Return these records as tab separated text, in the columns that are shown."""
        shown = [column for place, column in enumerate(self._records.columns) if place not in self._dropped]
        lines = ["\t".join(column.header for column in shown)]
        lines += ["\t".join(column.text(record) for column in shown) for record in records]
        return "\n".join(lines)

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
            QGuiApplication.clipboard().setText(self.as_text())
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
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            row = QRect(0, self.rowViewportPosition(index.row()), self.viewport().width(), self.rowHeight(index.row()))
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(QRectF(row).adjusted(1, 1, -1, -1))

    def _hover(self, row: int) -> None:
        if row != self._delegates[0].hovered_row:
            for delegate in self._delegates:
                delegate.hovered_row = row
            self.viewport().update()

    def _fit(self) -> None:
        """Give each column the width of its text, drop what must go, and let those without a longest text share."""
        columns, room = self._records.columns, self.viewport().width()
        wanted = [self._wanted(place) for place in range(len(columns))]
        widths = [min(wanted[place], column.least or wanted[place]) for place, column in enumerate(columns)]
        kept = list(range(len(columns)))
        droppable = sorted((place for place in kept if columns[place].drops), key=lambda place: columns[place].drops)
        while droppable and sum(widths[place] for place in kept) > room:
            kept.remove(droppable.pop(0))
        self._dropped = set(range(len(columns))) - set(kept)
        rest = max(0, room - sum(widths[place] for place in kept))
        for place in kept:
            more = min(wanted[place] - widths[place], rest)
            widths[place], rest = widths[place] + more, rest - more
        self._cut(widths, kept, room)
        sharing = [place for place in kept if not columns[place].longest] or kept[-1:]
        for number, place in enumerate(sharing):
            widths[place] += (rest * (number + 1)) // len(sharing) - (rest * number) // len(sharing)
        for place in range(len(columns)):
            self.setColumnHidden(place, place in self._dropped)
            if place in kept:
                self.setColumnWidth(place, widths[place])

    def _cut(self, widths: list[int], kept: list[int], room: int) -> None:
        """Cut texts that were measured, from the left, when no column is left that may go: better than half a table."""
        over = sum(widths[place] for place in kept) - room
        for place in kept:
            column = self._records.columns[place]
            if over > 0 and column.fit and not column.status:
                less = min(over, max(0, widths[place] - _SHARED_MINIMUM))
                widths[place], over = widths[place] - less, over - less

    def _wanted(self, place: int) -> int:
        column = self._records.columns[place]
        head = self.horizontalHeader().sectionSizeFromContents(place).width() - FIRST_LEFT + PADDING
        if not column.longest and not column.fit:
            return _SHARED_MINIMUM
        texts = {column.longest} if column.longest else {column.text(record) for record in self._records.records()}
        widest = max((self._text_width(column, text) for text in texts), default=0)
        side = PADDING + (FIRST_LEFT if place == 0 else PADDING)
        return max(head, widest + side if column.longest else min(widest + side, column.fit))

    def _text_width(self, column: Column[Any], text: str) -> int:
        if column.status:
            # The tint begins 5 px left of the cell's text and ends in its right padding.
            return status_paint.width_of(text) - 5 - PADDING_RIGHT
        return QFontMetrics(theme.font("strong" if column.strong else "body")).horizontalAdvance(text) + 2
