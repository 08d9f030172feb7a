"""Paints a block of the schedule: who with two identifiers, what and where, the verdict as glyph and word."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.domain.booking import BookingStatus
from tracker.ui import theme
from tracker.ui.identifiers import Identifiers
from tracker.ui.schedule.block_pictures import BlockPictures
from tracker.ui.schedule.block_words import free_hint, who_words
from tracker.ui.schedule.time_grid import CALLED_OFF, Block
from tracker.ui.schedule.time_model import BLOCK_ROLE, CLOSED_ROLE
from tracker.ui.theme import glyphs, plain_text
from tracker.ui.theme.status import Status
from tracker.ui.today.visit_columns import STATUS_WORDS, flag_glyph, flag_status, flag_words
from tracker.ui.widgets import status_paint

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

Index = QModelIndex | QPersistentModelIndex
_LINE, PAD_TOP, PAD_SIDE, GAP = 17, 5, 10, 12
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def line_height() -> int:
    """Return how high a line of a block is; it grows with the text."""
    return theme.scaled(_LINE)


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines name and procedure need at a width, and whether the verdict stands beside the procedure."""

    who: int
    what: int
    beside: bool

    @property
    def height(self) -> int:
        return (self.who + self.what + (0 if self.beside else 1)) * line_height() + 2 * PAD_TOP


def room_for(row: DayRow, width: int, names: Identifiers) -> Room:
    """Return what a visit needs: nothing of verdict, side and identifiers is ever cut."""
    inner = width - 2 * PAD_SIDE
    what = _wide("body", plain_text.one_line(row.procedure))
    second = _wide("caption", names.second(row.patient))
    who = _wide("strong", plain_text.one_line(who_words(row, names)))
    beside = what + GAP + status_paint.width_of(verdict_words(row)) <= inner
    words = -(-what // max(inner - 24, 60)) if what > inner else 1
    return Room(1 if who + GAP + second <= inner else 2, words, beside)


@functools.lru_cache(maxsize=4096)
def _wide(role: theme.Role, text: str) -> int:
    """Return a text's width; the same few hundred are asked for at each resize."""
    return QFontMetrics(theme.font(role)).horizontalAdvance(text)


class BlockDelegate(QStyledItemDelegate):
    """Free stretches are paper with a line above; the one where the hands are says its time."""

    def __init__(self, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = names
        self._pictures = BlockPictures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        block = index.data(BLOCK_ROLE)
        if not isinstance(block, Block):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        closed = bool(index.data(CLOSED_ROLE))
        painter.save()
        if block.row is not None:
            draw = functools.partial(self._paint_cell, block=block, row=block.row, selected=selected, closed=closed)
            self._pictures.paint(painter, option.rect, block, (selected, closed, self._names.hidden), draw)
        else:
            _paint_ground(painter, option.rect, block, closed=closed, first=index.row() == 0)
            if selected and block.free:
                _paint_free(painter, option.rect, block)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, rect: QRect, block: Block, row: DayRow, selected: bool, closed: bool
    ) -> None:
        _paint_ground(painter, rect, block, closed=closed)
        self._paint_visit(painter, rect, block, row, selected)

    def _paint_visit(self, painter: QPainter, rect: QRect, block: Block, row: DayRow, selected: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(rect).adjusted(3, 2, -3, -2)
        painter.setPen(QPen(theme.color("accent" if selected else "line2"), 1))
        painter.setBrush(theme.color("sel" if selected else "panel" if row.past else "ctl"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setClipRect(rect)
        room = room_for(row, rect.width(), self._names)
        line = QRect(rect.left() + PAD_SIDE, rect.top() + PAD_TOP, rect.width() - 2 * PAD_SIDE, line_height())
        line = self._paint_who(painter, line, row, room, selected)
        self._paint_what(painter, line, row, room, selected, off=block.band == CALLED_OFF)

    def _paint_who(self, painter: QPainter, line: QRect, row: DayRow, room: Room, selected: bool) -> QRect:
        """Name and second identifier, on two lines where one is too narrow; return the next line."""
        second, one_line = self._names.second(row.patient), room.who == 1
        font = theme.font("body" if row.past else "strong")
        who = plain_text.one_line(who_words(row, self._names))
        metrics = QFontMetrics(theme.font("strong"))
        painter.setFont(font)
        painter.setPen(theme.color(_ink("ink", row, selected)))
        painter.drawText(line, _LEFT, metrics.elidedText(who, Qt.TextElideMode.ElideRight, line.width()))
        if not one_line:
            line = line.translated(0, line_height())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color(_ink("ink2", row, selected)))
        painter.drawText(line, _RIGHT if one_line else _LEFT, second)
        return line.translated(0, line_height())

    def _paint_what(
        self, painter: QPainter, line: QRect, row: DayRow, room: Room, selected: bool, *, off: bool
    ) -> None:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(_ink("ink2" if off else "ink", row, selected)))
        what, metrics = plain_text.one_line(row.procedure), QFontMetrics(theme.font("body"))
        box = QRect(line.left(), line.top(), line.width(), line_height() * room.what)
        painter.drawText(box, _LEFT if room.what == 1 else _WRAPPED, what)
        if room.beside:
            flag = status_paint.width_of(verdict_words(row)) - (0 if _tinted(row) else 12)
            place = QRect(line.right() - flag, line.top(), flag + 2, line_height())
        else:
            place = QRect(line.left(), box.bottom() + 1, line.width(), line_height())
        _paint_verdict(painter, place, row, selected)
        taken = metrics.horizontalAdvance(what) if room.beside else status_paint.width_of(verdict_words(row))
        last = place.left() if room.beside else place.right()
        _paint_status(
            painter, QRect(line.left() + taken + GAP, place.top(), last - line.left() - taken - GAP, line_height()), row
        )


def verdict_words(row: DayRow) -> str:
    """Return the answer of an open visit; of a closed one what became of it."""
    return STATUS_WORDS[row.booking.status][0] if row.past else flag_words(row)


def _tinted(row: DayRow) -> bool:
    return row.flagged and flag_status(row) is not None


def _paint_verdict(painter: QPainter, place: QRect, row: DayRow, selected: bool) -> None:
    words = verdict_words(row)
    status = Status.NEUTRAL if row.past else flag_status(row)
    if status is None:
        painter.setPen(theme.color("ink2"))
        painter.drawText(place, _LEFT, words)
        return
    ink = theme.color("ink2" if selected else "ink3") if row.past else None
    glyph = STATUS_WORDS[row.booking.status][1] if row.past else flag_glyph(row)
    status_paint.paint(painter, QRectF(place), words, status, tinted=_tinted(row), glyph=glyph, ink=ink)


def _paint_status(painter: QPainter, room: QRect, row: DayRow) -> None:
    """Say at the right of `room` that the patient confirmed or is here, where there is room for the word."""
    if row.past or row.booking.status is BookingStatus.BOOKED:
        return
    word, glyph = STATUS_WORDS[row.booking.status]
    wide = QFontMetrics(theme.font("caption")).horizontalAdvance(word) + 18
    if wide > room.width():
        return
    ink = theme.color("ok" if row.booking.status is BookingStatus.ARRIVED else "ink2")
    left = room.right() - wide - GAP // 2
    glyphs.paint(painter, glyph, QRectF(left, room.top() + 3, 12, 12), ink)
    painter.setFont(theme.font("caption"))
    painter.setPen(ink)
    painter.drawText(QRect(left + 16, room.top(), wide, line_height()), _LEFT, word)


def _paint_ground(painter: QPainter, rect: QRect, block: Block, *, closed: bool, first: bool = False) -> None:
    """Part the stretches by a line; above the first one the head has its own."""
    shut = block.row is None and (closed or not block.free)
    painter.fillRect(rect, theme.color("panel" if shut else "surface"))
    if not first:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.color("line"))
    painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("line"))


def _paint_free(painter: QPainter, rect: QRect, block: Block) -> None:
    painter.fillRect(rect.adjusted(1, 1, -1, 0), theme.color("sel"))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("ink2"))
    painter.drawText(rect.adjusted(PAD_SIDE, 0, -PAD_SIDE, 0), _LEFT, free_hint(block))


def _ink(tone: str, row: DayRow, selected: bool) -> str:
    return ("ink2" if selected else "ink3") if row.past else tone
