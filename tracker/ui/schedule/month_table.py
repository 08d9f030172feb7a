"""The month of one request: days that could be, days that break a rule, closed ones, and the first one ringed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.domain.language import tr
from tracker.domain.verdict import Outcome
from tracker.ui import theme
from tracker.ui.schedule.month_model import FIRST_ROLE, OPEN_DAY_ROLE, TODAY_ROLE, Index, MonthModel, visits_words
from tracker.ui.schedule.time_header import LaneHeader
from tracker.ui.spine.site_button import hatch
from tracker.ui.theme import glyphs
from tracker.ui.theme.status import status_of
from tracker.ui.widgets import status_paint

if TYPE_CHECKING:
    from tracker.services.answers.openings import MonthView, OpenDay

_SIDE, _LINE, _WIDE_APART = 8, 18, 14
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DayDelegate(QStyledItemDelegate):
    """Shade, outline, glyph and word say the same."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day = index.data(OPEN_DAY_ROLE)
        rect = option.rect
        painter.fillRect(rect, theme.color("surface" if day is not None else "panel"))
        if day is not None:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_ground(painter, rect, day, selected)
            _paint_head(painter, rect, day, today=bool(index.data(TODAY_ROLE)))
            _paint_answer(painter, rect, day, first=bool(index.data(FIRST_ROLE)))
        self._paint_lines(painter, rect, index)
        if day is not None and index.data(FIRST_ROLE):
            painter.setPen(QPen(theme.color("ok"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 4, -5, -5), 6, 6)
        painter.restore()

    @staticmethod
    def _paint_lines(painter: QPainter, rect: QRect, index: Index) -> None:
        """Part the days; where the month ends, what stands beside it and below begins with a line."""
        model = index.model()
        if index.row() < model.rowCount() - 1:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if index.column() < model.columnCount() - 1:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("line"))


def _paint_ground(painter: QPainter, rect: QRect, day: OpenDay, selected: bool) -> None:
    ground = "sel" if selected else "panel" if day.closed or day.outcome is None else "surface"
    if day.eligible and not selected:
        ground = "ok_tint"
    painter.fillRect(rect, theme.color(ground))
    if day.outcome is Outcome.NOT_ALLOWED and not day.closed:
        hatch(painter, QRectF(rect).adjusted(1, 1, -1, -1), 0, step=_WIDE_APART)
        plate = QRectF(rect.left() + 4, rect.top() + 4, 46, _LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(plate, 3, 3)


def _paint_head(painter: QPainter, rect: QRect, day: OpenDay, *, today: bool) -> None:
    line = QRect(rect.left() + _SIDE, rect.top() + 4, rect.width() - 2 * _SIDE, _LINE)
    painter.setFont(theme.font("heading" if today else "body"))
    tone = "accent" if today else "ink3" if day.outcome is None or day.closed else "ink"
    painter.setPen(theme.color(tone))
    painter.drawText(line, _LEFT, str(day.day.day))
    if day.outcome is Outcome.NOT_ALLOWED and not day.closed:
        status = status_of(day.outcome)
        glyphs.paint(painter, status.glyph, QRectF(line.left() + 22, line.top() + 2, 14, 14), status.ink())
        return
    if day.visits and rect.width() >= 96:
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink2" if day.eligible else "ink3"))
        painter.drawText(line, _RIGHT, visits_words(day.visits))


def _paint_answer(painter: QPainter, rect: QRect, day: OpenDay, *, first: bool) -> None:
    line = QRect(rect.left() + _SIDE, rect.top() + 6 + _LINE, rect.width() - 2 * _SIDE, _LINE)
    if line.bottom() > rect.bottom():
        return
    if day.closed:
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3"))
        known = day.closed if not day.closed.startswith(tr("closed")) else tr("closed")
        words = painter.fontMetrics().elidedText(known, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT, words)
    elif day.outcome is not None and day.outcome is not Outcome.NOT_ALLOWED:
        status = status_of(day.outcome)
        wanted = (tr("First day") if first else day.flag, status.word, "")  # half a verdict is none
        words = next(each for each in wanted if not each or status_paint.width_of(each) - 12 <= line.width())
        status_paint.paint(painter, QRectF(line), words, status, tinted=False)


class MonthTable(QTableView):
    """`day_chosen` carries the OpenDay where the hands are, `day_taken` on Enter; `turned` a day of another month."""

    day_chosen = Signal(object)
    day_taken = Signal(object)
    turned = Signal(object)
    first_wanted = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Days of the month"))
        self._days = MonthModel(self)
        self.setModel(self._days)
        self.setItemDelegate(DayDelegate(self))
        self.setHorizontalHeader(LaneHeader(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show_month(self, view: MonthView | None, today: date, wanted: date) -> None:
        """Show a month with the hands on a day of it."""
        self._days.show(view, today)
        self.select_day(wanted)

    def select_day(self, day: date) -> bool:
        """Put the hands on a day; False when it is of another month."""
        index = self._days.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def current_day(self) -> OpenDay | None:
        return self._days.day_at(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.day_chosen.emit(self._days.day_at(current))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self.current_day(), event.key()
        if day is None:
            super().keyPressEvent(event)
        elif key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go(day.day + timedelta(days=_STEPS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self._days.view.days[-1].day if self._days.view else day.day
            self._go(day.day.replace(day=1) if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go(turned_month(day.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif event.text() in ("+", "-", "<", ">"):
            self._go(day.day + timedelta(days=1 if event.text() in "+>" else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_B) and not event.modifiers():
            self.day_taken.emit(day)
        elif key == Qt.Key.Key_F and not event.modifiers():
            self.first_wanted.emit()
        elif event.text().isdigit():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _go(self, day: date) -> None:
        if not self.select_day(day):
            self.turned.emit(day)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the keys of the page."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if (day := self.current_day()) is not None:
            self.day_taken.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -2, -2))


def turned_month(day: date, months: int) -> date:
    """Return the same day of the month before or after, its last day where it has fewer."""
    first = (day.replace(day=1) + timedelta(days=32 if months > 0 else -1)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(first.replace(day=min(day.day, 28)) + timedelta(days=max(day.day - 28, 0)), last)
