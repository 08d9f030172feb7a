"""A row of exclusive segments; the chosen one has tint, weight and a tick."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from tracker.ui import theme
from tracker.ui.theme import glyphs
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.widgets.faces import RADIUS, paint_face, paint_focus

_TICK = 16
_PADDING, _LEAST_PADDING, _BAR = 24, 6, 2


class Segments(QWidget):
    """`chosen` carries the value that a person picked; `set_value` does not emit it. `ticks` off for tabs."""

    chosen = Signal(object)

    def __init__(
        self,
        choices: Iterable[tuple[object, str]],
        parent: QWidget | None = None,
        *,
        name: str = "",
        ticks: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values: list[object] = []
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for value, text in choices:
            button = _Segment(text, len(self._values), ticks, self)
            button.setAccessibleName(f"{text}, {name}" if name else text)
            self._group.addButton(button, len(self._values))
            self._values.append(value)
            row.addWidget(button)
        self._mark_ends()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a label's mnemonic goes to no widget without one
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.idToggled.connect(self._on_toggled)
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> object:
        return self._values[self._group.checkedId()]

    def values(self) -> tuple[object, ...]:
        """Return what is offered."""
        return tuple(self._values)

    def set_value(self, value: object) -> None:
        """Choose without telling; raises ValueError when it is not offered."""
        self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: object) -> QAbstractButton:
        """Return the button of one value."""
        return self._group.button(self._values.index(value))

    def _mark_ends(self) -> None:
        buttons = self._group.buttons()
        for place, button in enumerate(buttons):
            if isinstance(button, _Segment):
                button.set_ends(place == 0, place == len(buttons) - 1)

    @Slot(int, bool)
    def _on_toggled(self, place: int, on: bool) -> None:
        if on:
            self.setFocusProxy(self._group.button(place))

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._values[place])


class _Segment(QToolButton):
    def __init__(self, text: str, place: int, ticks: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = place
        self._ticks = ticks
        self._first = self._last = False
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_ends(self, first: bool, last: bool) -> None:
        self._first, self._last = first, last

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font("heading")).horizontalAdvance(self._words())
        return QSize(words + _PADDING + (_TICK if self._ticks else 0), 30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() - QSize(_PADDING - _LEAST_PADDING, 0)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        wide = box.adjusted(0 if self._first else -2 * RADIUS, 0, 0 if self._last else 2 * RADIUS, 0)
        face = "sel" if self.isChecked() else "hover" if self.underMouse() and self.isEnabled() else "ctl"
        painter.setClipRect(self.rect())
        paint_face(painter, wide, theme.color(face))
        if not self._first:
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(0, 1, 0, self.height() - 2)
        if self.isChecked():
            painter.fillRect(QRectF(1, self.height() - _BAR, self.width() - 2, _BAR), theme.color("accent"))
        self._paint_words(painter)
        if self.hasFocus():
            paint_focus(painter, box)

    def _paint_words(self, painter: QPainter) -> None:
        chosen = self.isChecked()
        font = theme.font("heading" if chosen else "body")
        ink = theme.color("ink" if self.isEnabled() else "ink_off")
        words = QFontMetrics(font).horizontalAdvance(self._words())
        tick = _TICK if chosen and self._ticks else 0
        left = (self.width() - words - tick) / 2
        if tick:
            glyphs.paint(painter, Glyph.TICK, QRectF(left - 3, 9, 12, 12), ink)
        painter.setFont(font)
        painter.setPen(ink)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left + tick, 0, words + 4, self.height()), flags, self._words())
