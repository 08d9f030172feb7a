"""Keys with their words, for the footer of the list in which they work."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

_APART = 12


class KeyHints(QWidget):
    """Each key stands close to its word, the pairs apart. What has no room is left out: the menus tell it too."""

    def __init__(self, hints: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._pairs = tuple(_pair(key, words, self) for key, words in hints)

    def sizeHint(self) -> QSize:
        sizes = [pair.sizeHint() for pair in self._pairs]
        wide = sum(size.width() + _APART for size in sizes) - _APART
        return QSize(max(0, wide), max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._pairs[0].sizeHint().width() if self._pairs else 0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the size of text has changed
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Set the pairs one after the other, and leave out those from the first that has no room."""
        left = 0
        for pair in self._pairs:
            width = pair.sizeHint().width()
            pair.setVisible(left + width <= self.width())
            pair.setGeometry(left, 0, width, self.height())
            left += width + _APART


def _pair(key: str, words: str, parent: QWidget) -> QWidget:
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(KeyCap(key, pair))
    row.addWidget(PlainLabel(words, "caption", "ink3", pair))
    return pair
