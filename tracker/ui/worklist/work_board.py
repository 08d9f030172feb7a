"""The worklist as columns, one a status: the same requests, the same letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.domain.authorization import AuthorizationStatus as At
from tracker.domain.authorization_moves import WORDS
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate
from tracker.ui.models.record_table_model import RECORD_ROLE, Column
from tracker.ui.theme import plain_text
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.worklist.work_words import SHORT, STATUS, due_text

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow

BOARD: tuple[tuple[At, ...], ...] = (
    (At.DRAFT,),
    (At.SUBMITTED,),
    (At.PENDED,),
    (At.MORE_WANTED,),
    (At.DENIED,),
    (At.APPEALED,),
    (At.APPROVED, At.PARTIALLY_APPROVED, At.MODIFIED),
    (At.CANCELLED, At.WITHDRAWN, At.NOT_REQUIRED),
)
"""The columns; those after the first four stand there while something is in them."""
ALWAYS = 4
ROW_HEIGHT = 76
COLUMN_WIDTH, _WIDEST = 148, 236
"""Room for the longest status with its count, and for a birth date beside the scroll bar; a long name gets more."""
_BESIDE_NAME = 26
"""Margins and scroll bar."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class WorkBoard(QWidget):
    """`row_chosen` carries the row where the hands are; `row_activated` comes on Enter."""

    row_chosen = Signal(object)
    row_activated = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tables: list[RecordTable] = []
        self._heads: list[PlainLabel] = []
        self._front = 0
        self._needed = COLUMN_WIDTH
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self)
        self._area.setWidget(inside)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._columns = [self._column(statuses) for statuses in BOARD]
        for column in self._columns:
            self._row.addWidget(column, 1)

    def _column(self, statuses: tuple[At, ...]) -> QWidget:
        place = len(self.tables)
        column = Ground("surface", self, lines="r")
        column.setMinimumWidth(COLUMN_WIDTH)
        head = QWidget(column)
        head.setFixedHeight(32)
        status, glyph = STATUS[statuses[0]]
        mark = StatusLabel(status, parent=head, tinted=False)
        mark.show_status(status, SHORT.get(statuses[0], tr(WORDS[statuses[0]])), glyph)
        count = PlainLabel("", "body", "ink3", head)
        beside = QHBoxLayout(head)
        beside.setContentsMargins(10, 0, 8, 0)
        beside.addWidget(mark)
        beside.addWidget(count)
        beside.addStretch(1)
        table = BoardTable(tr("{WORDS} requests", WORDS=tr(WORDS[statuses[0]])), column)
        table.step_wanted.connect(self._step)
        table.row_chosen.connect(lambda _row, place=place: self._on_chosen(place))
        table.row_activated.connect(self.row_activated)
        table.taken.connect(lambda place=place: self._on_chosen(place))
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 1, 0)
        stack.setSpacing(0)
        stack.addWidget(head)
        stack.addWidget(table, 1)
        self.tables.append(table)
        self._heads.append(count)
        return column

    def show_rows(self, rows: Iterable[WorkRow], wanted: str = "") -> None:
        """Sort the requests into their columns; the hands stay on theirs, or go to `wanted`."""
        shown, had_focus = tuple(rows), self.has_focus()
        names = (theme.text_width(plain_text.one_line(row.patient.name), "strong") for row in shown)
        self._needed = min(_WIDEST, max(COLUMN_WIDTH, max(names, default=0) + _BESIDE_NAME))
        for place, statuses in enumerate(BOARD):
            mine = [row for row in shown if row.record.status in statuses]
            self.tables[place].set_rows(mine)
            self._heads[place].setText(str(len(mine)))
            self._columns[place].setVisible(bool(mine) or place < ALWAYS)
            self._row.setStretch(place, 3 if mine else 2)
            if wanted and self.tables[place].select_record(wanted):
                self._front = place
        if self.row() is None:
            self._front = next((place for place, table in enumerate(self.tables) if table.records()), 0)
            self.tables[self._front].select_row(0)
        self._bring_into_view()
        if had_focus:
            self.focus()
        self.row_chosen.emit(self.row())

    def _bring_into_view(self) -> None:
        """Scroll to the column where the hands are, where not all columns have room; no column is cut in two."""
        self._share_room()
        self._area.ensureWidgetVisible(self._columns[self._front], 0, 0)
        bar, wide = self._area.horizontalScrollBar(), self._columns[0].minimumWidth()
        bar.setValue(-(-bar.value() // wide) * wide)

    def _share_room(self) -> None:
        """Where not all columns have room, give as many as do just the room there is."""
        room = self._area.viewport().width()
        shown = sum(not column.isHidden() for column in self._columns)
        fitting = max(1, room // self._needed)
        wide = self._needed if shown <= fitting else room // fitting
        for column in self._columns:
            column.setMinimumWidth(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_into_view()

    def row(self) -> WorkRow | None:
        return self.tables[self._front].current_record()

    def next_id(self) -> str:
        table = self.tables[self._front]
        below = table.currentIndex().row() + 1
        records = table.records()
        return records[below].id if below < len(records) else ""

    def focus(self) -> None:
        self.tables[self._front].setFocus()

    def has_focus(self) -> bool:
        return any(table.hasFocus() for table in self.tables)

    def _step(self, way: int) -> None:
        """Go to the next column that holds something."""
        place = self._front + way
        while 0 <= place < len(self.tables):
            if self.tables[place].records():
                self._front = place
                self._bring_into_view()
                self.tables[place].setFocus()
                self.row_chosen.emit(self.row())
                return
            place += way

    def _on_chosen(self, place: int) -> None:
        if self.tables[place].hasFocus():
            self._front = place
            self._bring_into_view()
            self.row_chosen.emit(self.row())


class BoardTable(RecordTable):
    """One column of the board. `step_wanted` carries -1 or 1 on the arrows, `taken` comes with the hands."""

    step_wanted = Signal(int)
    taken = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        columns = (Column[Any](tr("Request"), lambda row: row.patient.name, _spoken),)
        super().__init__(columns, parent, name=name, row_height=ROW_HEIGHT, identity=lambda row: row.id, sortable=False)
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card = CardDelegate(self)
        self.setItemDelegateForColumn(0, self._card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers():
            self.step_wanted.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.taken.emit()


class CardDelegate(RowDelegate):
    """Name, birth date, procedure, due day: four lines."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        row = index.data(RECORD_ROLE)
        if row is None:
            return
        room = room.adjusted(-6, 4, 6, -4)
        lines = (
            (plain_text.one_line(row.patient.name), "strong", "ink"),
            (us_date(row.patient.born), "caption", "ink2"),
            (row.procedure, "caption", "ink2" if selected else "ink3"),
            (tr("due {due_text}", due_text=due_text(row)), "caption", "no" if row.late else "ink2"),
        )
        height = room.height() // len(lines)
        for place, (text, role, tone) in enumerate(lines):
            font = theme.font(role)
            where = QRect(room.left(), room.top() + place * height, room.width(), height)
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, _LEFT, shown)


def _spoken(row: Any) -> str:
    return tr(
        "{name}, born {born}, {procedure}, due {due_text}",
        name=row.patient.name,
        born=us_date(row.patient.born),
        procedure=row.procedure,
        due_text=due_text(row),
    )
