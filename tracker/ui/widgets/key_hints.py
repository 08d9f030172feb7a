"""Keys with their words, for the footer of the list in which they work."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel


class KeyHints(QWidget):
    """Each key stands close to its word, the pairs apart."""

    def __init__(self, hints: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (key, words) in enumerate(hints):
            row.addSpacing(12 if place else 0)
            row.addWidget(KeyCap(key, self))
            row.addSpacing(5)
            row.addWidget(PlainLabel(words, "caption", "ink3", self))
