"""The head of a section of a page: its name, how many there are, and the acts at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel

HEIGHT = 36


class SectionHead(QWidget):
    """36 px. `beside` stands light after the name; `add` puts widgets to the right end."""

    def __init__(self, title: str, parent: QWidget | None = None, *, inset: int = 16) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title = Heading(title, "heading", parent=self)
        self.beside = PlainLabel("", "body", "ink3", self, whole=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(inset, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addWidget(self.beside, 1)

    def add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def set_beside(self, text: str) -> None:
        self.beside.setText(text)
