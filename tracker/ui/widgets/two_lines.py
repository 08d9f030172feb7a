"""Stacks the second identifier below the first where a table has no room for both beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.ui.delegates.row_delegate import RowDelegate
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.row_heights import RowHeights


class TwoLines:
    """Tells the painters of one table's cells, and its rows' heights, that cells have a second line."""

    def __init__(self, delegates: Iterable[RowDelegate], heights: RowHeights) -> None:
        self._delegates = tuple(delegates)
        self._heights = heights
        self.below: dict[int, Column[Any]] = {}

    def stack(self, below: dict[int, Column[Any]]) -> None:
        """Draw each of these columns below the one in the place that it is given by; none: one line a row."""
        self.below = below
        for delegate in self._delegates:
            delegate.below = below
        self._heights.set_second_line(bool(below))
