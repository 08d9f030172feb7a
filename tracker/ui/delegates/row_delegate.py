"""Paints a table's row: plain ground, one hairline, an accent bar where it is selected, grey where it is past."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.ui import theme
from tracker.ui.models.record_table_model import PAST_ROLE, STRONG_ROLE, TONE_ROLE

Index = QModelIndex | QPersistentModelIndex
FIRST_LEFT = 16
PADDING = 8
_SELECTED = QStyle.StateFlag.State_Selected
_TEXT = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)


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
        selected = bool(option.state & _SELECTED)
        rect = option.rect
        self._paint_ground(painter, rect, index, selected)
        room = content_room(rect, index)
        self.paint_content(painter, room, index, selected)
        painter.restore()

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        """Draw what the cell says into `room`."""
        text = told(index, _TEXT)
        if not text:
            return
        role: theme.Role = "strong" if told(index, STRONG_ROLE) and not told(index, PAST_ROLE) else "body"
        painter.setFont(theme.font(role))
        painter.setPen(theme.color(tone_of(index, selected)))
        painter.drawText(room, int(told(index, _ALIGNMENT)), theme.elided(text, role, room.width()))

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        ground = "sel" if selected else "hover" if index.row() == self.hovered_row else "surface"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.text_width(told(index, _TEXT) or "", "strong") + 2 * PADDING, option.rect.height())


def told(index: Index, role: int) -> Any:
    """Return what the model says, asked for here and not by way of Qt, which wraps every question and answer."""
    return index.model().data(index, role)


def content_room(rect: QRect, index: Index) -> QRect:
    """Return where a cell's text may stand."""
    return rect.adjusted(FIRST_LEFT if index.column() == 0 else PADDING, 0, -PADDING, 0)


def tone_of(index: Index, selected: bool) -> str:
    """Return the token of a cell's text: past rows are grey, and grey is raised on the selection."""
    tone = "ink3" if told(index, PAST_ROLE) else str(told(index, TONE_ROLE) or "ink")
    return "ink2" if selected and tone == "ink3" else tone
