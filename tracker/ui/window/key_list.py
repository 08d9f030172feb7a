"""The list of all keys, made from what is registered; nothing in it is written by hand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

Keys = Iterable[tuple[str, str]]


class KeyListDialog(BaseDialog):
    """Keys everywhere at the left, those of the lists at the right."""

    def __init__(self, everywhere: Keys, pages: Iterable[tuple[str, Keys]], parent: QWidget | None = None) -> None:
        super().__init__("Keys", parent, width=640)
        self.entries: list[tuple[str, str]] = []
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addLayout(self._section("Everywhere", everywhere), 1)
        lists = QVBoxLayout()
        lists.setSpacing(12)
        for title, keys in pages:
            lists.addLayout(self._section(f"{title}, in its list", keys))
        lists.addStretch(1)
        columns.addLayout(lists, 1)
        inside = Ground("surface")
        inside.setLayout(columns)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setAccessibleName("Keys")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area)
        self.resize(760, 560)
        self.add_button(ActionButton("Close", self, key="Esc")).clicked.connect(self.accept)

    def _section(self, title: str, keys: Keys) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(PlainLabel(title, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (key, words) in enumerate(keys):
            self.entries.append((key, words))
            grid.addWidget(KeyCap(key), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(PlainLabel(words, "body", "ink2"), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column
