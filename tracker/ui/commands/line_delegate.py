"""Paints a line of the palette: icon, name with the hit in bold and underlined, identifiers, and a key or a fact."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.ui import icons, theme
from tracker.ui.commands.line_model import LINE_ROLE
from tracker.ui.commands.rows import Line
from tracker.ui.delegates.row_delegate import Index
from tracker.ui.theme.status import status_of
from tracker.ui.widgets import status_paint

ROW, HEADING = 36, 27
_BESIDE = 10
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def height_of(line: Line) -> int:
    """Return how high a line stands."""
    return max(24, theme.scaled(HEADING)) if line.heading else theme.row_height(ROW)


class LineDelegate(QStyledItemDelegate):
    """For a list whose model gives a Line under LINE_ROLE."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), height_of(index.data(LINE_ROLE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE_ROLE)
        painter.save()
        room = option.rect
        if line.heading:
            _paint_heading(painter, room, line, first=index.row() == 0)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_ground(painter, room, selected)
            left = room.left() + 38
            ink = "ink2" if line.possible else "ink_off"
            icons.paint(painter, line.icon, QRectF(room.left() + 12, room.center().y() - 7, 16, 16), theme.color(ink))
            right = _paint_right(painter, room.adjusted(0, 0, -12, 0), line)
            held = _BESIDE + theme.text_width(line.identifiers, "body") if line.identifiers else 0
            left = _paint_name(painter, QRect(left, room.top(), max(0, right - left - held), room.height()), line)
            for text in filter(None, (line.identifiers, line.beside)):
                place = QRect(left + _BESIDE, room.top(), max(0, right - left - _BESIDE), room.height())
                _paint_text(painter, place, text, "body", ink)
                left += _BESIDE + theme.text_width(text, "body")
        painter.restore()


def _paint_ground(painter: QPainter, room: QRect, selected: bool) -> None:
    painter.fillRect(room, theme.color("sel" if selected else "raised"))
    if selected:
        painter.fillRect(room.left(), room.top(), 3, room.height(), theme.color("accent"))


def _paint_heading(painter: QPainter, room: QRect, line: Line, *, first: bool) -> None:
    painter.fillRect(room, theme.color("raised"))
    if not first:
        painter.fillRect(room.left(), room.top(), room.width(), 1, theme.color("line"))
    _paint_text(painter, room.adjusted(12, 0, -12, 0), line.text, "caption", "ink3")
    painter.drawText(room.adjusted(12, 0, -12, 0), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                     line.right)  # fmt: skip


def _paint_text(painter: QPainter, room: QRect, text: str, role: theme.Role, tone: str) -> None:
    font = theme.font(role)
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, shown)


def _paint_name(painter: QPainter, room: QRect, line: Line) -> int:
    """Draw the name and return where it ends."""
    usual, hit = theme.font("strong"), QFont(theme.font("strong", 700))
    hit.setUnderline(True)
    painter.setPen(theme.color("ink" if line.possible else "ink_off"))
    left = room.left()
    for part, marked in parts_of(line):
        font = hit if marked else usual
        painter.setFont(font)
        rest = QRect(left, room.top(), max(0, room.right() - left), room.height())
        shown = QFontMetrics(font).elidedText(part, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, _LEFT, shown)
        left += QFontMetrics(font).horizontalAdvance(shown)
        if shown != part:
            break
    return left


def parts_of(line: Line) -> list[tuple[str, bool]]:
    """Cut the name where it was hit."""
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in line.spans:
        parts += [(line.text[done:start], False), (line.text[start:end], True)]
        done = end
    parts.append((line.text[done:], False))
    return [(text, marked) for text, marked in parts if text]


def _paint_right(painter: QPainter, room: QRect, line: Line) -> int:
    """Draw the fact or the key at the right end and return where it begins."""
    if line.fact is not None:
        width = status_paint.width_of(line.fact.text)
        left = max(room.right() - width, room.left() + room.width() // 3)
        status_paint.paint(painter, QRectF(left, room.top(), room.right() - left, room.height()), line.fact.text,
                           status_of(line.fact.outcome), tinted=False)  # fmt: skip
        return left - 8
    if not line.right or not line.possible:
        return room.right()
    metrics = QFontMetrics(theme.font("hint"))
    width = metrics.horizontalAdvance(line.right) + 12
    cap = QRectF(room.right() - width, room.center().y() - theme.scaled(18) / 2, width, theme.scaled(18))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.setBrush(theme.color("ctl"))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(theme.color("ink2"))
    painter.setFont(theme.font("hint"))
    painter.drawText(cap, _CENTRE, line.right)
    return int(cap.left()) - 8
