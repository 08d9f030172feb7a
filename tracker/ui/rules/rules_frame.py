"""Arranges tree, list, rule and trial; in a narrow window a field stands for the tree."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.rules.place_tree import PlaceTree
from tracker.ui.rules.rule_detail import RuleDetail
from tracker.ui.rules.rule_table import NARROW_ROW_HEIGHT, ROW_HEIGHT, RuleTable
from tracker.ui.rules.rules_bar import RulesBar
from tracker.ui.rules.try_card import TryCard
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.scroll_column import ScrollColumn

NARROW_BELOW, _HIGH_ROWS_BELOW = 760, 1000
_SMALLEST = QSize(420, 240)
_LEAST_ROWS, _MOST_ROWS = 1, 6
_SHARE = 0.28
"""How much of the height the list may take: the rule itself is what one reads."""


class RulesFrame(QWidget):
    """The parts are made by the page; here they only get their places."""

    def __init__(
        self,
        tree: PlaceTree,
        bar: RulesBar,
        table: RuleTable,
        empty: EmptyState,
        detail: RuleDetail,
        trial: TryCard,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tree, self._bar, self._table, self._empty = tree, bar, table, empty
        self.area = ScrollColumn(self)
        self.area.column.addWidget(detail)
        self.area.column.addWidget(trial)
        self.area.column.addWidget(detail.history)
        self.area.column.addStretch(1)
        self._inside = self.area.widget() or self.area
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (bar, table, empty):
            right.addWidget(part)
        right.addWidget(self.area, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(tree)
        whole.addLayout(right, 1)

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(NARROW_BELOW)
        self._tree.setVisible(not narrow)
        self._bar.set_narrow(narrow)
        high = self.width() < theme.scaled(_HIGH_ROWS_BELOW)
        self._table.set_row_height(NARROW_ROW_HEIGHT if high else ROW_HEIGHT)
        self.fit_table()

    def fit_table(self) -> None:
        """Give the list the height of its rows, within its share of the page."""
        rows = max(1, len(self._table.records()))
        height = self._table.verticalHeader().defaultSectionSize()
        most = max(_LEAST_ROWS, min(_MOST_ROWS, int(self.height() * _SHARE) // height))
        head = self._table.horizontalHeader().height()
        self._table.setFixedHeight(head + min(rows, most) * height)

    def take_hands(self, chip: str) -> None:
        """Put the hands on the list; where it is empty on what may be done, else on the chip that emptied it."""
        empty = self._empty.button if self._empty.button.isVisibleTo(self._empty) else self._bar.chips.chip(chip)
        (empty if self._table.isHidden() else self._table).setFocus()

    def show_part(self, part: QWidget) -> None:
        """Scroll to a part of the page."""
        top = part.mapToGlobal(part.rect().topLeft()).y() - self._inside.mapToGlobal(self._inside.rect().topLeft()).y()
        self.area.verticalScrollBar().setValue(min(top, self.area.verticalScrollBar().maximum()))

    def to_top(self) -> None:
        self.area.verticalScrollBar().setValue(0)
