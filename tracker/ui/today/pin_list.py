"""The parked requests as a list of cards: who with two identifiers, what, and the earliest day as of now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.identifiers import Identifiers
from tracker.ui.theme import plain_text

if TYPE_CHECKING:
    from tracker.services.visits.pinboard import PinRow

Index = QModelIndex | QPersistentModelIndex
PIN_ROLE = int(Qt.ItemDataRole.UserRole)
CARD, GAP = 62, 6
_SIDE, _LINE = 12, 17
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PinModel(QAbstractListModel):
    """One row a parked request."""

    def __init__(self, names: Identifiers, parent: QObject) -> None:
        super().__init__(parent)
        self.names = names
        self.rows: tuple[PinRow, ...] = ()

    def set_rows(self, rows: Iterable[PinRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        pin = self.rows[index.row()]
        if role == PIN_ROLE:
            return pin
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            note = f", {pin.note}" if pin.note else ""
            return plain_text.one_line(f"{self.names.both(pin.patient)}: {pin.procedure}, {pin.when}{note}")
        return None


class PinDelegate(QStyledItemDelegate):
    """A card of three lines."""

    def __init__(self, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = names

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, CARD + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pin = index.data(PIN_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        card = QRectF(option.rect).adjusted(_SIDE, 1, -_SIDE, 1 - GAP)
        painter.setPen(
            QPen(theme.color("focus" if focused else "accent" if selected else "line2"), 2 if focused else 1)
        )
        painter.setBrush(theme.color("sel" if selected else "surface"))
        inset = 1 if focused else 0.5
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), 6, 6)
        room = QRect(
            option.rect.left() + _SIDE + 10, option.rect.top() + 6, option.rect.width() - 2 * _SIDE - 20, _LINE
        )
        self._paint_lines(painter, room, pin)
        painter.restore()

    def _paint_lines(self, painter: QPainter, room: QRect, pin: PinRow) -> None:
        """Draw who, what and when; the second identifier at the right end of the first line that leaves room for it."""
        second = self._names.second(pin.patient)
        wide = QFontMetrics(theme.font("caption")).horizontalAdvance(second) + 8
        when = ", ".join(part for part in (pin.when, pin.note) if part)
        texts = [plain_text.one_line(each) for each in (self._names.name(pin.patient), pin.procedure, when)]
        metrics = [QFontMetrics(theme.font(role)) for role in ("strong", "caption", "caption")]
        widths = [each.horizontalAdvance(text) for each, text in zip(metrics, texts, strict=True)]
        beside = next((place for place, width in enumerate(widths) if width <= room.width() - wide), 2)
        for place, text in enumerate(texts):
            painter.setFont(theme.font("caption" if place else "strong"))
            painter.setPen(theme.color("ink2" if place else "ink"))
            line, free = room.translated(0, place * _LINE), room.width() - (wide if place == beside else 0)
            painter.drawText(line, _LEFT, metrics[place].elidedText(text, Qt.TextElideMode.ElideRight, free))
            if place == beside:
                painter.setFont(theme.font("caption"))
                painter.setPen(theme.color("ink2"))
                painter.drawText(line, _RIGHT, second)


class PinView(QListView):
    """`taken` on Enter or double click, `off_wanted` on Delete; both carry the row."""

    taken = Signal(object)
    off_wanted = Signal(object)

    def __init__(self, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Pinboard"))
        self._pins = PinModel(names, self)
        self.setModel(self._pins)
        self.setItemDelegate(PinDelegate(names, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("onpanel", True)

    def rows(self) -> tuple[PinRow, ...]:
        return self._pins.rows

    def set_rows(self, rows: Iterable[PinRow]) -> None:
        """Show these; the hands stay on their card, or on the one that took its place."""
        held, place = self.current_pin(), self.currentIndex().row()
        self._pins.set_rows(rows)
        ids = [row.id for row in self._pins.rows]
        if held is not None and ids:
            self._go_to(ids.index(held.id) if held.id in ids else min(place, len(ids) - 1))

    def current_pin(self) -> PinRow | None:
        return self.currentIndex().data(PIN_ROLE) if self.currentIndex().isValid() else None

    def _go_to(self, row: int) -> None:
        self.setCurrentIndex(self._pins.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pin = self.current_pin()
        if pin is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit(pin)
        elif pin is not None and event.key() == Qt.Key.Key_Delete:
            self.off_wanted.emit(pin)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters alone."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if (pin := self.current_pin()) is not None:
            self.taken.emit(pin)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_pin() is None and self._pins.rows:
            self._go_to(0)
