"""Chips that narrow a list, each with its count."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QToolTip, QWidget

from tracker.ui import theme
from tracker.ui.theme import plain_text
from tracker.ui.widgets.focus_ring import FocusRing

_HEIGHT, _EDGE = 26, 6


class Chip(QAbstractButton):
    """A checkable pill with a word and a count."""

    def __init__(self, text: str, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._ring: FocusRing | None = None
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_text(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self._describe()
            self.updateGeometry()

    def set_count(self, count: int | None) -> None:
        if count != self._count:
            self._count = count
            self._describe()
            self.updateGeometry()
            self.update()

    def count(self) -> int | None:
        return self._count

    def _describe(self) -> None:
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()}, {self._count}")

    def _figure(self) -> str:
        return "" if self._count is None else str(self._count)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font("caption", 600)).horizontalAdvance(self.text())
        figure = QFontMetrics(theme.font("caption")).horizontalAdvance(self._figure())
        return QSize(words + (figure + 6 if figure else 0) + 24, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Ask for the words alone: all chips of a row stand closer before the words of one are cut."""
        words = QFontMetrics(theme.font("caption", 600 if self.isChecked() else None)).horizontalAdvance(self.text())
        figure = QFontMetrics(theme.font("caption")).horizontalAdvance(self._figure())
        return QSize(words + (figure + 6 if figure else 0) + 2 * _EDGE + 1, _HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self._ring is None and self.parentWidget() is not None:
            self._ring = FocusRing(self, 16)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cut = self.width() < self.minimumSizeHint().width()
            QToolTip.showText(event.globalPos(), plain_text.as_tip(self.text()) if cut else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        hover = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(theme.color("accent" if on else "line2"), 1))
        painter.setBrush(theme.color("sel" if on else "hover" if hover else "ctl"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 12.5, 12.5)
        if not on:  # as every control: its lower edge is stronger
            painter.setClipRect(QRectF(self.rect()).adjusted(0, self.height() * 0.6, 0, 0))
            painter.setPen(QPen(theme.color("edge"), 1))
            painter.drawRoundedRect(box, 12.5, 12.5)
            painter.setClipping(False)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        on = self.isChecked()
        font = theme.font("caption", 600) if on else theme.font("caption")
        figure = QFontMetrics(theme.font("caption")).horizontalAdvance(self._figure())
        room = self.width() - (figure + 6 if figure else 0) - 2 * _EDGE
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        words = QFontMetrics(font).horizontalAdvance(text)
        left = (self.width() - words - (figure + 6 if figure else 0)) / 2
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font)
        painter.setPen(theme.color("ink" if on else "ink2"))
        painter.drawText(QRectF(left, 0, words + 4, self.height()), flags, text)
        if figure:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("ink2" if on else "ink3"))
            painter.drawText(QRectF(left + words + 6, 0, figure + 4, self.height()), flags, self._figure())


class ChipRow(QWidget):
    """Exclusive chips by key. `chosen` carries the key that a person picked; `set_chosen` does not emit it."""

    chosen = Signal(str)

    def __init__(self, chips: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for key, text in chips:
            chip = Chip(text, None, self)
            self._chips[key] = chip
            self._group.addButton(chip, len(self._chips) - 1)
            row.addWidget(chip)
        row.addStretch(1)  # where the row gets more room than it needs, chips stay together
        if self._chips:
            next(iter(self._chips.values())).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    def set_text(self, key: str, text: str) -> None:
        """Call a chip otherwise."""
        self._chips[key].set_text(text)

    def set_count(self, key: str, count: int | None) -> None:
        self._chips[key].set_count(count)
        self.updateGeometry()  # a row that is not shown yet would keep the room of chips without counts

    def value(self) -> str:
        """Return the key of the chosen chip."""
        return list(self._chips)[self._group.checkedId()]

    def chosen_key(self) -> str:
        """Return the key of the chosen chip, "" when none is."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose as a person would; a key that is not offered is left alone."""
        if key in self._chips and key != self.chosen_key():
            self.set_chosen(key)
            self.chosen.emit(key)

    def set_chosen(self, key: str) -> None:
        self._chips[key].setChecked(True)

    def set_chosen_or_none(self, key: str | None) -> None:
        """Choose without telling; None leaves no chip chosen."""
        if key is not None:
            self.set_chosen(key)
        elif (chosen := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)

    def chip(self, key: str) -> Chip:
        return self._chips[key]

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(list(self._chips)[place])
