"""A list to choose one thing from, with a second, lighter text beside each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.ui import icons, theme
from tracker.ui.theme import plain_text
from tracker.ui.widgets.faces import paint_face, paint_focus
from tracker.ui.widgets.plain_label import PlainLabel

_DETAIL = Qt.ItemDataRole.UserRole + 1
_PADDING = 10
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what it means, what it is called, and what stands beside it."""

    value: object
    text: str
    detail: str = ""


class ChoiceField(QComboBox):
    """`chosen` carries the value that a person picked; `set_value` and `set_choices` do not emit it."""

    chosen = Signal(object)
    error_changed = Signal(str)

    def __init__(self, choices: Iterable[Choice] = (), parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._label = ""
        self._error = ""
        self._heard: PlainLabel | None = PlainLabel("", buddy=self) if name else None
        self.setAccessibleName(name)
        self.setFixedHeight(30)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.activated.connect(self._on_activated)
        self.set_choices(choices)

    def set_label(self, text: str) -> None:
        """Show a light word before the value, for fields in a page head ("Provider All")."""
        self._label = text
        self.updateGeometry()
        self.update()

    def set_choices(self, choices: Iterable[Choice], value: object = None) -> None:
        """Offer these; keep the present value if it is still among them, else choose `value` or the first."""
        keep = self.value() if value is None else value
        self.blockSignals(True)
        self.clear()
        for choice in choices:
            self.addItem(plain_text.one_line(choice.text, 120), choice.value)
            self.setItemData(self.count() - 1, plain_text.one_line(choice.detail, 80), _DETAIL)
        self.set_value(keep)
        self.blockSignals(False)
        self.update()

    def value(self) -> object:
        """Return the chosen value, None when there is nothing to choose from."""
        return self.currentData()

    def set_value(self, value: object) -> bool:
        """Choose without telling; False (and the first is chosen) when it is not offered."""
        places = [row for row in range(self.count()) if self.itemData(row) == value]
        self.blockSignals(True)
        self.setCurrentIndex(places[0] if places else (0 if self.count() else -1))
        self.blockSignals(False)
        self.update()
        return bool(places)

    def set_error(self, sentence: str | None) -> None:
        """Mark the field and say what to do (a FieldBox shows it); None when it is mended."""
        wanted = plain_text.one_line(sentence or "")
        if wanted != self._error:
            self._error = wanted
            self.setAccessibleDescription(wanted)
            self.error_changed.emit(wanted)
            self.update()

    def error(self) -> str:
        return self._error

    @Slot(int)
    def _on_activated(self, _row: int) -> None:
        self.chosen.emit(self.value())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body"))
        texts = [metrics.horizontalAdvance(self.itemText(row)) for row in range(min(self.count(), 30))]
        label = QFontMetrics(theme.font("caption")).horizontalAdvance(self._label) + 6 if self._label else 0
        return QSize(min(max(texts, default=60), 260) + label + 2 * _PADDING + 26, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 92), 30)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name_by_label()

    def _name_by_label(self) -> None:
        """Have a label that is only heard, where none is seen: on Linux Qt tells the choice as the name of a list."""
        home, heard = self.parentWidget(), self._heard
        if home is None or heard is None:
            return
        beside = home.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if any(label.buddy() is self and label is not heard for label in beside):
            self._heard = None
            return
        heard.setParent(home)
        heard.hide()
        heard.setText(self.accessibleName())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form: scrolling past a field must not choose another payer."""
        event.ignore()

    def showPopup(self) -> None:
        widest = max((self._row_width(row) for row in range(self.count())), default=0)
        self.view().setAccessibleName(self.accessibleName())
        self.view().setMinimumWidth(max(self.width(), min(widest, 520)))
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        hover = self.underMouse() and self.isEnabled()
        ground = theme.color("panel" if not self.isEnabled() else "hover" if hover else "ctl")
        if self._error:
            paint_face(painter, box, ground, sides="no", edge="no")
        else:
            paint_face(painter, box, ground)
        if self.hasFocus():
            paint_focus(painter, box)
        room = self.rect().adjusted(_PADDING, 0, -30, 0)
        ink = theme.color("ink" if self.isEnabled() else "ink2")  # what is fixed is read all the same
        label, chosen = self._shown(room.width())
        if label:
            metrics = QFontMetrics(theme.font("caption"))
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("ink3"))
            painter.drawText(room, _LEFT, metrics.elidedText(label, Qt.TextElideMode.ElideRight, room.width()))
            room.setLeft(room.left() + metrics.horizontalAdvance(label) + 6)
        detail = self.currentData(_DETAIL) or ""
        paint_pair(painter, room, chosen, detail, ink)
        icons.paint(painter, "chevron-down", QRectF(self.width() - 24, 9, 12, 12), theme.color("ink3"))

    def _shown(self, room: int) -> tuple[str, str]:
        """Return the light word and what is chosen; where both have no room what tells more: first stands "All"."""
        label, chosen = self._label, self.currentText()
        words = QFontMetrics(theme.font("caption")).horizontalAdvance(label) + 6
        if not label or words + QFontMetrics(theme.font("body")).horizontalAdvance(chosen) <= room:
            return label, chosen
        return (label, "") if self.currentIndex() == 0 else ("", chosen)

    def _row_width(self, row: int) -> int:
        detail = self.itemData(row, _DETAIL) or ""
        body = QFontMetrics(theme.font("body"))
        return body.horizontalAdvance(self.itemText(row)) + body.horizontalAdvance(detail) + 2 * _PADDING + 40


def paint_pair(painter: QPainter, room: QRect, text: str, detail: str, ink: QColor, detail_tone: str = "ink3") -> None:
    """Draw a text, and a lighter one after it where there is room for the whole of it: half an identifier is none."""
    metrics = QFontMetrics(theme.font("body"))
    painter.setFont(theme.font("body"))
    painter.setPen(ink)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, shown)
    rest = room.adjusted(metrics.horizontalAdvance(shown) + 8, 0, 0, 0)
    if detail and metrics.horizontalAdvance(detail) <= rest.width():
        painter.setPen(theme.color(detail_tone))
        painter.drawText(rest, _LEFT, detail)


class _ChoiceDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, 30)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, theme.color("sel" if chosen else "raised"))
        if chosen:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.color("accent"))
        room = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        tone = "ink2" if chosen else "ink3"
        paint_pair(painter, room, index.data() or "", index.data(_DETAIL) or "", theme.color("ink"), tone)
