"""The chosen row of a table in full: a table cuts what does not fit."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel

_CHOOSE = tr("Choose a row to read it in full. Enter on a visit opens its patient.")


class WholeRow(Ground):
    """Stands between the tables and the bar, whichever of them is scrolled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("surface", parent, lines="t")
        self._label = PlainLabel(_CHOOSE, "body", "ink2", self, wrap=True, selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self._label)

    @Slot(str)
    def show_words(self, words: str) -> None:
        """Show a row in words, or with none how to choose one."""
        self._label.setText(words or _CHOOSE)

    def words(self) -> str:
        return self._label.text()
