"""The head of a page: title, a second line of facts beside it, and room for controls at the right."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel


class PageHead(QWidget):
    """52 px. `add_beside` puts widgets after the title, `add_right` at the right end."""

    def __init__(self, title: str, beside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(52)
        self.title = Heading(title, "title", parent=self)
        self.beside = PlainLabel(beside, "subtitle", "ink2", self, elide=True)
        self.beside.set_role("subtitle", QFont.Weight.Normal)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addSpacing(4)
        self._row.addWidget(self.beside)
        self._row.addStretch(1)
        self._left_end = 3

    def set_title(self, text: str) -> None:
        self.title.setText(text)

    def set_beside(self, text: str) -> None:
        self.beside.setText(text)

    def add_beside(self, widget: QWidget, gap: int = 0) -> None:
        """Put a widget after what stands at the left; `gap` adds to the usual 8 px."""
        if gap:
            self._row.insertSpacing(self._left_end, gap)
            self._left_end += 1
        self._row.insertWidget(self._left_end, widget)
        self._left_end += 1

    def add_right(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
