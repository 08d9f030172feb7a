"""Paints a table's row: plain ground, one hairline, an accent bar where it is selected, grey where it is past."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.ui import theme
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.word_paint import paint_words

Index = QModelIndex | QPersistentModelIndex
FIRST_LEFT = 16
PADDING = 8
_SELECTED = QStyle.StateFlag.State_Selected.value
_RIGHT = Qt.AlignmentFlag.AlignRight.value


class RowDelegate(QStyledItemDelegate):
    """Text cells. The view tells through `hovered_row` which row the pointer is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered_row = -1

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        selected = bool(option.state.value & _SELECTED)
        rect = option.rect
        self._paint_ground(painter, rect, index, selected)
        room = content_room(rect, index)
        self.paint_content(painter, room, index, selected)
        painter.restore()

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        """Draw what the cell says into `room`."""
        found = cell_of(index)
        text = found[0].text(found[1]) if found is not None else ""
        if found is None or not text:
            return
        column, record, past = found
        role: theme.Role = "strong" if column.strong and not past else "body"
        painter.setPen(theme.color(tone_in(column, record, past, selected)))
        shown = theme.elided(text, role, room.width())
        if column.alignment.value & _RIGHT:
            painter.setFont(theme.font(role))
            painter.drawText(room, column.alignment.value, shown)
        else:
            paint_words(painter, QRectF(room), shown, role)

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        if selected or index.row() == self.hovered_row:  # behind all other rows the table has painted the ground
            painter.fillRect(rect, theme.color("sel" if selected else "hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = cell_of(index)
        words = found[0].text(found[1]) if found is not None else ""
        return QSize(theme.text_width(words, "strong") + 2 * PADDING, option.rect.height())


def cell_of(index: Index) -> tuple[Column[Any], Any, bool] | None:
    """Return the column and the record of a cell, and whether it is past; None while its page is on the way.

    They are asked for here and at once: Qt would wrap every question and answer, and a page has a few hundred cells.
    """
    model: Any = index.model()
    found: tuple[Column[Any], Any, bool] | None = model.cell(index.row(), index.column())
    return found


def content_room(rect: QRect, index: Index) -> QRect:
    """Return where a cell's text may stand."""
    return rect.adjusted(FIRST_LEFT if index.column() == 0 else PADDING, 0, -PADDING, 0)


def tone_of(index: Index, selected: bool) -> str:
    """Return the token of a cell's text."""
    found = cell_of(index)
    return tone_in(*found, selected) if found is not None else "ink"


def tone_in(column: Column[Any], record: Any, past: bool, selected: bool) -> str:
    """Return the token of a cell's text: past rows are grey, and grey is raised on the selection."""
    tone = "ink3" if past else (column.tone(record) if column.tone else "") or "ink"
    return "ink2" if selected and tone == "ink3" else tone
