"""Paints a task: who, with birth date; what to do, in up to three lines; when it is due, marked when late."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.ui import theme
from tracker.ui.theme import glyphs, plain_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.today.task_words import TaskHead, due_text

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
LEFT, RIGHT, TOP = 16, 16, 6
_LINE, _SMALL, _MOST = 18, 16, 3
_HEAD = 32
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TaskDelegate(QStyledItemDelegate):
    """Heads are 32 px; a task is as high as its text asks for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(ENTRY_ROLE)
        width = option.widget.viewport().width() if option.widget is not None else option.rect.width()  # type: ignore[attr-defined]  # the widget is the list
        if isinstance(entry, TaskHead):
            return QSize(width, theme.scaled(_HEAD))
        lines = len(lines_of(entry.text, width - LEFT - RIGHT))
        return QSize(width, TOP + theme.scaled(_LINE) + (lines + 1) * theme.scaled(_SMALL) + TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, TaskHead):
            _paint_head(painter, option.rect, entry)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
            model: Any = index.model()
            _paint_task(painter, option.rect, entry, model, selected, hover)
        painter.restore()


def _paint_head(painter: QPainter, rect: QRect, head: TaskHead) -> None:
    ink = theme.color("no" if head.late else "ink2")
    glyph = Glyph.OCTAGON if head.late else Glyph.CLOCK
    glyphs.paint(painter, glyph, QRectF(rect.left() + LEFT, rect.center().y() - 6, 14, 14), ink)
    painter.setFont(theme.font("strong"))
    painter.setPen(ink)
    room = rect.adjusted(LEFT + 20, 0, -RIGHT, 0)
    painter.drawText(room, _AT_LEFT, head.text)
    past = QFontMetrics(theme.font("strong")).horizontalAdvance(head.text) + 6
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color("ink3"))
    painter.drawText(room.adjusted(past, 0, 0, 0), _AT_LEFT, str(head.count))


def _paint_task(painter: QPainter, rect: QRect, task: Any, model: Any, selected: bool, hover: bool) -> None:
    names, today = model.names, model.today
    if selected or hover:
        painter.fillRect(rect, theme.color("sel" if selected else "hover"))
    if task.late:
        painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("no"))
    if selected:
        painter.fillRect(rect.left() + (3 if task.late else 0), rect.top(), 3, rect.height(), theme.color("accent"))
    room = QRect(rect.left() + LEFT, rect.top() + TOP, rect.width() - LEFT - RIGHT, _LINE)
    born = names.second(task.patient)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("ink2"))
    painter.drawText(room, _AT_RIGHT, born)
    name_width = room.width() - QFontMetrics(theme.font("caption")).horizontalAdvance(born) - 8
    metrics = QFontMetrics(theme.font("strong"))
    name = metrics.elidedText(plain_text.one_line(names.name(task.patient)), Qt.TextElideMode.ElideRight, name_width)
    painter.setFont(theme.font("strong"))
    painter.setPen(theme.color("ink"))
    painter.drawText(room, _AT_LEFT, name)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("ink2" if selected else "ink3"))
    small, top = theme.scaled(_SMALL), room.top() + theme.scaled(_LINE)
    for line in lines_of(task.text, room.width()):
        painter.drawText(QRect(QPoint(room.left(), top), QSize(room.width(), small)), _AT_LEFT, line)
        top += small
    if task.late:
        painter.setPen(theme.color("no"))
    painter.drawText(QRect(QPoint(room.left(), top), QSize(room.width(), small)), _AT_LEFT, due_text(task, today))


def lines_of(text: str, width: int) -> list[str]:
    """Break a text into at most three lines; what does not fit ends in dots."""
    font = theme.font("caption")
    clean = plain_text.one_line(text)
    layout = QTextLayout(clean, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < _MOST and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 40))
        start, length = line.textStart(), line.textLength()
        lines.append(clean[start : start + length].rstrip())
        rest = clean[start:]
        if len(lines) == _MOST and start + length < len(clean):
            lines[-1] = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    layout.endLayout()
    return lines


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
