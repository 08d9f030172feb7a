"""The list that opens below a field while one types: rows of aligned cells, moved through with the field's own keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.ui import theme
from tracker.ui.theme import plain_text

ROW = 30
MOST_ROWS = 8
_PAD = 10
_GAP = 14
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class PopupRow:
    """What a row means, and its cells; the first stands in ink, the others lighter. No cell after it is ever cut."""

    value: object
    cells: tuple[str, ...]

    @property
    def spoken(self) -> str:
        return ", ".join(cell for cell in self.cells if cell)


class ChoicePopup(QWidget):
    """A child of the window, so that the focus stays in the field. `picked` comes when a row is clicked."""

    picked = Signal(object)

    def __init__(self, field: QWidget, *, least_width: int = 0) -> None:
        super().__init__(field.window())
        self._field = field
        self._least_width = least_width
        self._rows: tuple[PopupRow, ...] = ()
        self._note = ""
        self._current = -1
        self._first = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_rows(self, rows: Iterable[PopupRow], *, note: str = "", current: int = 0) -> None:
        """Show these rows with one of them marked (-1: none), or only the note."""
        self._rows = tuple(
            PopupRow(row.value, tuple(plain_text.one_line(cell, 120) for cell in row.cells)) for row in rows
        )
        self._note = note
        self._current = min(current, len(self._rows) - 1)
        self._first = 0
        if not self._rows and not note:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()
        self.update()

    def rows(self) -> tuple[PopupRow, ...]:
        return self._rows

    def note(self) -> str:
        return self._note

    def current(self) -> PopupRow | None:
        """Return the marked row."""
        return self._rows[self._current] if 0 <= self._current < len(self._rows) else None

    def move_current(self, steps: int) -> None:
        """Mark another row; the ends hold."""
        if self._rows:
            self._current = max(0, min(len(self._rows) - 1, self._current + steps))
            self._first = max(self._current - MOST_ROWS + 1, min(self._first, self._current))
            self.update()

    def _place(self) -> None:
        home = self._field.window()
        if self.parentWidget() is not home:
            self.setParent(home)
        below = self._field.mapTo(home, QPoint(0, self._field.height() + 2))
        shown = min(len(self._rows), MOST_ROWS)
        height = shown * ROW + (ROW - 4 if self._note else 0) + 8
        width = max(self._field.width(), self._least_width, self._widest())
        width = min(width, home.width() - 16)
        left = min(below.x(), home.width() - width - 8)
        self.setGeometry(left, below.y(), width, min(height, max(ROW + 8, home.height() - below.y() - 4)))

    def _columns(self) -> list[int]:
        """Return the width of each column."""
        body = QFontMetrics(theme.font("body"))
        strong = QFontMetrics(theme.font("strong"))
        count = max((len(row.cells) for row in self._rows), default=0)
        return [
            max((strong if place == 0 else body).horizontalAdvance(row.cells[place]) for row in self._rows) + 2
            for place in range(count)
        ]

    def _widest(self) -> int:
        columns = self._columns()
        note = QFontMetrics(theme.font("caption")).horizontalAdvance(self._note)
        return max(sum(columns) + _GAP * max(0, len(columns) - 1), note) + 2 * _PAD + 4

    def _row_at(self, y: float) -> int:
        row = self._first + int((y - 4) // ROW)
        return row if y >= 4 and self._first <= row < len(self._rows) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row >= 0 and row != self._current:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row >= 0:
            self.picked.emit(self._rows[row].value)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._current = -1
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        columns = self._fitted()
        last = min(len(self._rows), self._first + MOST_ROWS)
        for place, row in enumerate(range(self._first, last)):
            self._paint_row(painter, QRect(1, 4 + place * ROW, self.width() - 2, ROW), row, columns)
        if self._note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("ink3"))
            top = 4 + (last - self._first) * ROW
            painter.drawText(QRect(_PAD, top, self.width() - 2 * _PAD, ROW - 4), _LEFT, self._note)

    def _fitted(self) -> list[int]:
        """Return the columns with the first one shortened where all do not fit: identifiers are never cut."""
        columns = self._columns()
        if columns:
            room = self.width() - 2 * _PAD - 4 - _GAP * (len(columns) - 1)
            columns[0] = max(60, min(columns[0], room - sum(columns[1:])))
        return columns

    def _paint_row(self, painter: QPainter, room: QRect, row: int, columns: list[int]) -> None:
        marked = row == self._current
        if marked:
            painter.fillRect(room, theme.color("sel"))
            painter.fillRect(room.left(), room.top(), 3, room.height(), theme.color("accent"))
        left = _PAD
        for place, cell in enumerate(self._rows[row].cells):
            font = theme.font("strong" if place == 0 else "body")
            tone = "ink" if place == 0 else "ink2" if place == 1 or marked else "ink3"
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            text = QFontMetrics(font).elidedText(cell, Qt.TextElideMode.ElideRight, columns[place])
            painter.drawText(QRect(left, room.top(), columns[place] + 2, room.height()), _LEFT, text)
            left += columns[place] + _GAP
