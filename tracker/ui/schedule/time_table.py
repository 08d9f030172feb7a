"""The schedule of a day or a week as a table of times: the hands go from visit to visit and to the free stretches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
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
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.identifiers import Identifiers
from tracker.ui.schedule.block_delegate import BlockDelegate, room_for
from tracker.ui.schedule.heights import row_heights
from tracker.ui.schedule.now_line import paint_now
from tracker.ui.schedule.time_grid import Block, Lane, TimeGrid
from tracker.ui.schedule.time_header import LaneHeader, TimeHeader
from tracker.ui.schedule.time_model import Index, TimeModel
from tracker.ui.schedule.walking import beside, home, next_in_lane

LEAST_LANE, ROOMY_LANE, LOW = 176, 204, 320


class TimeTable(QTableView):
    """`row_activated` on Enter or double click on a visit, `slot_wanted` on a free stretch or B; both carry a Block.

    `row_chosen` carries the Block where the hands are. `typed` carries what begins a date; `turned` (days, weeks).
    """

    row_activated = Signal(object)
    slot_wanted = Signal(object)
    row_chosen = Signal(object)
    typed = Signal(str)
    turned = Signal(int, int)

    def __init__(self, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Schedule"))
        self._names = names
        self._times = TimeModel(names, self)
        self._now: datetime | None = None
        self.setModel(self._times)
        self.setItemDelegate(BlockDelegate(names, self))
        self._lanes_head = LaneHeader(self)
        self.setHorizontalHeader(self._lanes_head)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalHeader(TimeHeader(self))
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)

    # What is shown

    def grid(self) -> TimeGrid:
        return self._times.grid

    def show_grid(self, grid: TimeGrid, *, anew: bool) -> None:
        """Show this; the hands stay on their visit or time, unless it is another span of days (`anew`)."""
        held, place = self.current_block(), self.verticalScrollBar().value()
        self._times.set_grid(grid)
        self.clearSpans()
        for block in grid.each():
            if block.rows > 1:
                self.setSpan(block.top, block.lane, block.rows, 1)
        self._fit()
        self._mark_today()
        found = self._again(held) if held is not None and not anew else home(grid, self._now)
        if found is not None:
            self.go_to(found)
        if found is not None and anew and self.viewport().height() < LOW:
            # Where few rows are in sight the hands begin at the top, and no visit above is cut in two.
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)
        if not anew:
            self.verticalScrollBar().setValue(place)

    def _again(self, held: Block) -> Block | None:
        """Return where the hands were, in the grid that is shown now."""
        grid = self.grid()
        if held.row is not None and (same := grid.of_visit(held.row.booking.id)) is not None:
            return same
        lane = min(held.lane, len(grid.lanes) - 1)
        near = [each for each in grid.blocks[lane] if each.reachable] if grid.lanes else []
        return min(near, key=lambda each: abs(each.start - held.start), default=home(grid, self._now))

    def set_now(self, now: datetime | None) -> None:
        """Draw the line of the present time, where its day is shown."""
        self._now = now
        self._mark_today()
        self.viewport().update()

    def _mark_today(self) -> None:
        day = self._now.date() if self._now else None
        days = [lane.day for lane in self.grid().lanes]
        week = len(set(days)) > 1
        self._lanes_head.marked = days.index(day) if week and day in days else -1
        self._lanes_head.viewport().update()

    def _fit(self) -> None:
        """Share the width among the lanes; make each visit as high as its lines ask for."""
        grid, room = self.grid(), self.viewport().width()
        lanes = len(grid.lanes)
        if not lanes:
            return
        shared = room // lanes
        wide = shared if shared >= theme.scaled(LEAST_LANE) else theme.scaled(ROOMY_LANE)  # it scrolls then
        for lane in range(lanes):
            more = 1 if lane < room - wide * lanes else 0
            self.setColumnWidth(lane, wide + more)
        heights = row_heights(grid, lambda row: room_for(row, wide, self._names).height)
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)

    # Where the hands are

    def current_block(self) -> Block | None:
        return self._times.block(self.currentIndex())

    def current_record(self) -> Block | None:
        """Return the block of a visit where the hands are, None on a free stretch."""
        block = self.current_block()
        return block if block is not None and block.row is not None else None

    def lane(self, block: Block) -> Lane:
        return self.grid().lanes[block.lane]

    def go_to(self, block: Block) -> None:
        """Put the hands on a block, and have the whole of it in sight."""
        index = self._times.index(block.top, block.lane)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Show all of a block that is as high as several rows; Qt goes by its first."""
        super().scrollTo(index, hint)
        place = self.visualRect(index)
        below = place.bottom() + 1 - self.viewport().height()
        if below > 0 and hint is QAbstractItemView.ScrollHint.EnsureVisible:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + min(below, place.top()))

    def select_visit(self, booking_id: str) -> bool:
        """Put the hands on a visit; False when it is not shown."""
        block = self.grid().of_visit(booking_id)
        if block is not None:
            self.go_to(block)
        return block is not None

    def bind(self, key: str, act: Callable[[Any], None]) -> QShortcut:
        """Run `act` with the block of the current visit on a key that works only while the schedule has the focus."""

        def pressed() -> None:
            if (block := self.current_record()) is not None:
                act(block)

        return self.bind_always(key, pressed)

    def bind_always(self, key: str, act: Callable[[], object]) -> QShortcut:
        """Run `act` on a key wherever in the schedule the hands are."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.row_chosen.emit(self._times.block(current))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        block, key = self.current_block(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and block is not None:
            self._activate(block)
        elif key in _STEPS and plain and block is not None:
            found = _STEPS[key](self.grid(), block)
            if found is not None:
                self.go_to(found)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(0, 1 if key == Qt.Key.Key_PageDown else -1)
        elif event.text() in ("+", "-", "<", ">"):
            self.turned.emit(1 if event.text() in "+>" else -1, 0)
        elif event.text().isdigit() and plain:
            self.typed.emit(event.text())
        elif key == Qt.Key.Key_B and plain and block is not None:
            self.slot_wanted.emit(block)
        else:
            super().keyPressEvent(event)

    def _activate(self, block: Block) -> None:
        if block.row is not None:
            self.row_activated.emit(block)
        elif block.free:
            self.slot_wanted.emit(block)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the keys of the page."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        block = self._times.block(self.indexAt(event.position().toPoint()))
        if block is not None:
            self._activate(block)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_block() is None and (first := home(self.grid(), self._now)) is not None:
            self.go_to(first)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        place, room = self.visualRect(self.currentIndex()), event.oldSize().height()
        super().resizeEvent(event)
        self._fit()
        if 0 <= place.top() < place.bottom() <= room:  # what comes in below does not hide where the hands are
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._now is not None:
            paint_now(painter, self, self.grid(), self._now)
        if self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -1, -1))


_STEPS: dict[int, Callable[[TimeGrid, Block], Block | None]] = {
    Qt.Key.Key_Down: lambda grid, block: next_in_lane(grid, block, 1),
    Qt.Key.Key_Up: lambda grid, block: next_in_lane(grid, block, -1),
    Qt.Key.Key_Left: lambda grid, block: beside(grid, block, -1),
    Qt.Key.Key_Right: lambda grid, block: beside(grid, block, 1),
    Qt.Key.Key_Home: lambda grid, block: next((b for b in grid.blocks[block.lane] if b.reachable), None),
    Qt.Key.Key_End: lambda grid, block: next((b for b in reversed(grid.blocks[block.lane]) if b.reachable), None),
}
