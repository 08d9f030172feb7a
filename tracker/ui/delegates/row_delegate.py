"""Paints a table's row: plain ground, one hairline, an accent bar where it is selected, grey where it is past."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from tracker.ui import theme
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme import plain_text
from tracker.ui.widgets.word_paint import paint_words

Index = QModelIndex | QPersistentModelIndex
FIRST_LEFT = 16
PADDING = 8
_SELECTED = QStyle.StateFlag.State_Selected.value
_RIGHT = Qt.AlignmentFlag.AlignRight.value


class RowDelegate(QStyledItemDelegate):
    """Text cells. The view tells through `hovered_row` which row the pointer is on.

    `below` holds what stands as a second line in which column. With `meets_line` a line of what stands below closes
    the table: a row at its end draws none of its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self.meets_line = False
        self.below: dict[int, Column[Any]] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        selected = bool(option.state.value & _SELECTED)
        rect = option.rect
        self._paint_ground(painter, rect, index, selected)
        room = content_room(rect, index)
        if index.column() in self.below:
            room = self._paint_below(painter, room, index, selected)
        self.paint_content(painter, room, index, selected)
        painter.restore()

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        """Draw what the cell says into `room`."""
        found = cell_of(index)
        text = found[0].text(found[1]) if found is not None else ""
        if found is None or not text:
            return
        column, record, past = found
        role = self._role(column, past)
        painter.setPen(theme.color(tone_in(column, record, past, selected)))
        shown = theme.elided(text, role, room.width())
        if column.alignment.value & _RIGHT:
            painter.setFont(theme.font(role))
            painter.drawText(room, column.alignment.value, shown)
        else:
            paint_words(painter, QRectF(room), shown, role)

    def _paint_below(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> QRect:
        """Draw the second line, and return where the first stands."""
        first, second = theme.metrics("strong").height(), theme.metrics("caption").height()
        top = room.top() + max(0, room.height() - first - second) // 2
        if (found := cell_of(index)) is not None:
            _column, record, past = found
            column = self.below[index.column()]
            painter.setPen(theme.color(tone_in(column, record, past, selected)))
            shown = theme.elided(column.text(record), "caption", room.width())
            paint_words(painter, QRectF(room.left(), top + first, room.width(), second), shown, "caption")
        return QRect(room.left(), top, room.width(), first)

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        if selected or index.row() == self.hovered_row:  # behind all other rows the table has painted the ground
            painter.fillRect(rect, theme.color("sel" if selected else "hover"))
        if not (self.meets_line and self._is_at_end(rect)):
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if selected and index.column() == _first(index):
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))

    def _is_at_end(self, rect: QRect) -> bool:
        view = self.parent()
        return isinstance(view, QAbstractItemView) and rect.bottom() >= view.viewport().height() - 1

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a text that is cut."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        found = cell_of(index) if index.isValid() else None
        text = self.cut_text(*found, content_room(option.rect, index).width()) if found is not None else ""
        QToolTip.showText(event.globalPos(), plain_text.as_tip(text), view)
        return True

    def cut_text(self, column: Column[Any], record: Any, past: bool, room: int) -> str:
        """Return what the cell says where there is not room for all of it, else ""."""
        text, role = column.text(record), self._role(column, past)
        return text if theme.elided(text, role, room) != text else ""

    def _role(self, column: Column[Any], past: bool) -> theme.Role:
        return "strong" if column.strong and not past else "body"

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = cell_of(index)
        words = found[0].text(found[1]) if found is not None else ""
        return QSize(theme.text_width(words, "strong") + 2 * PADDING, option.rect.height())


def meet_line(table: QAbstractItemView) -> None:
    """Leave the line at the end of a table to what stands below, which begins with one."""
    for delegate in table.findChildren(RowDelegate):
        delegate.meets_line = True


def cell_of(index: Index) -> tuple[Column[Any], Any, bool] | None:
    """Return the column and the record of a cell, and whether it is past; None while its page is on the way.

    They are asked for here and at once: Qt would wrap every question and answer, and a page has a few hundred cells.
    """
    model: Any = index.model()
    found: tuple[Column[Any], Any, bool] | None = model.cell(index.row(), index.column())
    return found


def _first(index: Index) -> int:
    """Return the column that stands first."""
    return int(getattr(index.model(), "first", 0))


def content_room(rect: QRect, index: Index) -> QRect:
    """Return where a cell's text may stand."""
    return rect.adjusted(FIRST_LEFT if index.column() == _first(index) else PADDING, 0, -PADDING, 0)


def tone_of(index: Index, selected: bool) -> str:
    """Return the token of a cell's text."""
    found = cell_of(index)
    return tone_in(*found, selected) if found is not None else "ink"


def tone_in(column: Column[Any], record: Any, past: bool, selected: bool) -> str:
    """Return the token of a cell's text: past rows are grey, and grey is raised on the selection."""
    tone = "ink3" if past else (column.tone(record) if column.tone else "") or "ink"
    return "ink2" if selected and tone == "ink3" else tone
