"""How the tree of places looks and answers to keys: rows of one height, with counts at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index

COUNT = int(Qt.ItemDataRole.UserRole)
"""The role of the figure at the right."""
_ROW = 29


class NodeTree(QTreeView):
    """Rows of one height, with counts at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setItemDelegate(_NodeDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setProperty("onpanel", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Typing finds in the field above."""

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        chosen = index == self.currentIndex()
        rect = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        painter.fillRect(rect, theme.color("sel" if chosen else "panel"))
        if chosen:
            painter.fillRect(0, rect.top(), 3, rect.height(), theme.color("accent"))
        super().drawRow(painter, options, index)
        if chosen and self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class _NodeDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, _ROW)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, theme.color("sel" if chosen else "panel"))
        room = option.rect.adjusted(4, 0, -12, 0)
        count: Any = index.data(COUNT)
        figure, metrics = str(count or ""), QFontMetrics(theme.font("body"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink2" if chosen else "ink3"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), figure)
        room.setRight(room.right() - metrics.horizontalAdvance(figure) - 8)
        top = not index.parent().isValid()
        painter.setPen(theme.color("ink" if top or chosen else "ink2"))
        text = metrics.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()
