"""The list that stands below a field while something is typed into it; the field keeps the focus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.theme import plain_text

ROW = 30
_MOST = 8
_FRAME = 4
_PAD = 10
_GAP = 14
_NOTE = 26
_LEAST_WIDTH, _LEAST_FIRST = 240, 60
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class ListRow:
    """What a row means, and its cells; the first stands in ink, the others lighter. No cell after it is ever cut."""

    value: object
    cells: tuple[str, ...]

    @property
    def spoken(self) -> str:
        return ", ".join(cell for cell in self.cells if cell)


class PickList(QWidget):
    """`offer` shows rows; `chosen` carries the value of the row that was clicked.

    `told` carries what a screen reader shall say of the marked row or of the note, "" when the list is gone.
    """

    chosen = Signal(object)
    told = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._field = field
        self._rows: tuple[ListRow, ...] = ()
        self._note = ""
        self._place = -1
        self._top = 0
        self._hovered = -1

    def offer(self, rows: Iterable[ListRow], *, note: str = "", marked: int = -1) -> None:
        """Show these by the field with one of them marked (-1: none), or only the note; nothing is shown for none."""
        line = plain_text.one_line
        self._rows = tuple(ListRow(row.value, tuple(line(cell, 120) for cell in row.cells)) for row in rows)
        self._note = note
        self._place, self._top = (marked if marked < len(self._rows) else -1), 0
        if not (self._rows or note) or not self._field.isVisible():
            self.hide()
            return
        self._hovered = -1
        self._field.window().installEventFilter(self)
        self.setGeometry(self._room())
        self.show()
        self.update()
        self._tell()

    def rows(self) -> tuple[ListRow, ...]:
        return self._rows if self.isVisible() else ()

    def note(self) -> str:
        return self._note if self.isVisible() else ""

    def marked(self) -> ListRow | None:
        """Return the marked row while the list is shown, None for none."""
        return self._rows[self._place] if self.isVisible() and 0 <= self._place < len(self._rows) else None

    def step(self, by: int) -> None:
        """Mark another row; the ends hold."""
        if self._rows:
            self._place = max(0, min(len(self._rows) - 1, self._place + by))
            self._top = min(max(self._top, self._place - _MOST + 1), self._place)
            self.update()
            self._tell()

    def _tell(self) -> None:
        row, count = self.marked(), len(self._rows)
        self.told.emit(
            tr("{row}, {place} of {n}", row=row.spoken, place=self._place + 1, n=count) if row else self._note
        )

    def _room(self) -> QRect:
        """Below the field, or above it where the screen ends; never wider than the screen."""
        screen = self._field.screen().availableGeometry()
        height = min(len(self._rows), _MOST) * ROW + (_NOTE if self._note else 0) + 2 * _FRAME
        width = min(max(self._field.width(), _LEAST_WIDTH, self._widest()), screen.width() - 16)
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        if corner.y() + height > screen.bottom():
            corner = self._field.mapToGlobal(QPoint(0, -height - 2))
        left = max(screen.left() + 8, min(corner.x(), screen.right() - width - 8))
        return QRect(left, max(screen.top(), corner.y()), width, height)

    def _columns(self) -> list[int]:
        """Return the width of each column."""
        body, strong = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("strong"))
        count = max((len(row.cells) for row in self._rows), default=0)
        return [
            max(
                (body if place else strong).horizontalAdvance(row.cells[place])
                for row in self._rows
                if place < len(row.cells)
            )
            + 2
            for place in range(count)
        ]

    def _widest(self) -> int:
        columns = self._columns()
        note = QFontMetrics(theme.font("caption")).horizontalAdvance(self._note)
        return max(sum(columns) + _GAP * max(0, len(columns) - 1), note) + 2 * _PAD + 4

    def _fitted(self) -> list[int]:
        """Return the columns with the first one shortened where all do not fit: identifiers are never cut."""
        columns = self._columns()
        if columns:
            room = self.width() - 2 * _PAD - 4 - _GAP * (len(columns) - 1)
            columns[0] = max(_LEAST_FIRST, min(columns[0], room - sum(columns[1:])))
        return columns

    def _row_at(self, y: float) -> int:
        row = int((y - _FRAME) // ROW) + self._top
        return row if y >= _FRAME and row < min(len(self._rows), self._top + _MOST) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._row_at(event.position().y())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row >= 0:
            self.chosen.emit(self._rows[row].value)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.told.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        columns, last = self._fitted(), min(self._top + _MOST, len(self._rows))
        for place in range(self._top, last):
            room = QRect(1, _FRAME + (place - self._top) * ROW, self.width() - 2, ROW)
            self._paint_row(painter, room, place, columns)
        if self._note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("ink3"))
            top = _FRAME + (last - self._top) * ROW
            painter.drawText(QRect(_PAD, top, self.width() - 2 * _PAD, _NOTE), _LEFT, self._note)

    def _paint_row(self, painter: QPainter, room: QRect, place: int, columns: list[int]) -> None:
        marked = place == self._place
        if marked:
            painter.fillRect(room, theme.color("sel"))
            painter.fillRect(room.left(), room.top(), 3, room.height(), theme.color("accent"))
        elif place == self._hovered:
            painter.fillRect(room, theme.color("hover"))
        left = _PAD
        for number, (cell, width) in enumerate(zip(self._rows[place].cells, columns, strict=False)):
            font = theme.font("body" if number else "strong")
            painter.setFont(font)
            painter.setPen(theme.color("ink" if number == 0 else "ink2" if number == 1 or marked else "ink3"))
            text = QFontMetrics(font).elidedText(cell, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, room.top(), width + 2, room.height()), _LEFT, text)
            left += width + _GAP
