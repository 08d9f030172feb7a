"""The list that stands below a field while something is typed into it; the field keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.theme import plain_text
from tracker.ui.widgets.choice_field import paint_pair

ROW = 30
_MOST = 8
_FRAME = 4


class PickList(QWidget):
    """`offer` shows rows of (value, text, detail); `chosen` carries the value of the row that was clicked."""

    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._field = field
        self._rows: list[tuple[object, str, str]] = []
        self._place = -1
        self._top = 0
        self._hovered = -1

    def offer(self, rows: Sequence[tuple[object, str, str]], *, marked: int = -1) -> None:
        """Show these below the field; nothing is shown for none."""
        line = plain_text.one_line
        self._rows = [(value, line(text, 120), line(detail, 80)) for value, text, detail in rows]
        self._place, self._top = (marked if marked < len(self._rows) else -1), 0
        if not self._rows or not self._field.isVisible():
            self.hide()
            return
        self._hovered = -1
        self._describe()
        self._field.window().installEventFilter(self)
        self.setGeometry(self._room())
        self.show()
        self.update()

    def marked(self) -> object:
        """Return the value of the marked row while the list is shown, None for none."""
        return self._rows[self._place][0] if self.isVisible() and 0 <= self._place < len(self._rows) else None

    def texts(self) -> tuple[str, ...]:
        return tuple(text for _value, text, _detail in self._rows) if self.isVisible() else ()

    def step(self, by: int) -> None:
        """Mark another row."""
        self._place = max(0, min(len(self._rows) - 1, self._place + by))
        self._top = min(max(self._top, self._place - _MOST + 1), self._place)
        self._describe()
        self.update()

    def _describe(self) -> None:
        if 0 <= self._place < len(self._rows):
            _value, text, detail = self._rows[self._place]
            self._field.setAccessibleDescription(
                tr(
                    "{text} {detail}, {place} of {n}",
                    text=text,
                    detail=detail,
                    place=self._place + 1,
                    n=len(self._rows),
                )
            )

    def _room(self) -> QRect:
        """Below the field, or above it where the screen ends."""
        height = min(len(self._rows), _MOST) * ROW + 2 * _FRAME
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        if corner.y() + height > screen.bottom():
            corner = self._field.mapToGlobal(QPoint(0, -height - 2))
        return QRect(corner.x(), corner.y(), max(self._field.width(), 240), height)

    def _row_at(self, y: int) -> int:
        row = (y - _FRAME) // ROW + self._top
        return row if 0 <= row < len(self._rows) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._row_at(int(event.position().y()))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(int(event.position().y()))
        if row >= 0:
            self.chosen.emit(self._rows[row][0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        for place in range(self._top, min(self._top + _MOST, len(self._rows))):
            _value, text, detail = self._rows[place]
            row = QRect(1, _FRAME + (place - self._top) * ROW, self.width() - 2, ROW)
            marked = place == self._place
            if marked:
                painter.fillRect(row, theme.color("sel"))
                painter.fillRect(row.left(), row.top(), 3, ROW, theme.color("accent"))
            elif place == self._hovered:
                painter.fillRect(row, theme.color("hover"))
            tone = "ink2" if marked else "ink3"
            paint_pair(painter, row.adjusted(9, 0, -9, 0), text, detail, theme.color("ink"), tone)
