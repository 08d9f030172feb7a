"""What somebody chose of a table's columns: which are seen, in which order, and how wide some of them are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tracker.ui import theme

if TYPE_CHECKING:
    from tracker.ui.widgets.record_table import RecordTable

NARROWEST, WIDEST = 40, 1200
STEP = 16
"""Pixels at the usual size of text."""


class ColumnChoice:
    """Columns are known by their places in the model; those that nobody made wider or narrower fit their texts."""

    def __init__(self, table: RecordTable) -> None:
        self._table = table
        self._hidden: frozenset[int] = frozenset()
        self._widths: dict[int, int] = {}

    def may_hide(self) -> tuple[int, ...]:
        """Return the columns that may be hidden: those that go on narrow windows. Who, verdict and date never go."""
        columns = self._table.record_model().columns
        return tuple(place for place, column in enumerate(columns) if column.drops)

    def hidden(self) -> frozenset[int]:
        """Return the columns that somebody chose not to see."""
        return self._hidden

    def hide(self, places: Iterable[int]) -> None:
        """Show all columns but these; those that must stay do."""
        self._hidden = frozenset(places) & frozenset(self.may_hide())
        self._table.refit()

    def widths(self) -> Mapping[int, int]:
        """Return the widths that somebody chose, as they are at the usual size of text."""
        return self._widths

    def set_widths(self, widths: Mapping[int, int]) -> None:
        count = len(self._table.record_model().columns)
        self._widths = {
            place: max(NARROWEST, min(WIDEST, width)) for place, width in widths.items() if 0 <= place < count
        }
        self._table.refit()

    def set_width(self, place: int, pixels: int) -> None:
        """Keep a width on the screen."""
        self.set_widths({**self._widths, place: round(pixels / theme.scaled(100) * 100)})

    def widen(self, place: int, steps: int) -> None:
        """Make a column some steps wider than it stands, or narrower where they are fewer than none."""
        self.set_width(place, self._table.columnWidth(place) + steps * theme.scaled(STEP))

    def order(self) -> tuple[int, ...]:
        """Return the columns from left to right."""
        header = self._table.horizontalHeader()
        return tuple(header.logicalIndex(place) for place in range(header.count()))

    def set_order(self, order: Iterable[int]) -> None:
        """Let the columns stand so; anything that does not name each of them once changes nothing."""
        wanted, header = tuple(order), self._table.horizontalHeader()
        if sorted(wanted) != list(range(header.count())):
            return
        was = header.blockSignals(True)
        for place, column in enumerate(wanted):
            header.moveSection(header.visualIndex(column), place)
        header.blockSignals(was)
        self._table.refit()

    def move(self, column: int, by: int) -> bool:
        """Let a column stand some places further on; False beyond the ends of the row."""
        order = list(self.order())
        here = order.index(column)
        there = here + by
        if not 0 <= there < len(order):
            return False
        order.insert(there, order.pop(here))
        self.set_order(order)
        return True

    def changed(self) -> bool:
        """Tell whether anything stands otherwise than usual."""
        order = self.order()
        return bool(self._hidden or self._widths) or order != tuple(range(len(order)))

    def usual(self) -> None:
        """Let all columns stand as they do where nobody chose."""
        self._hidden, self._widths = frozenset(), {}
        self.set_order(range(self._table.horizontalHeader().count()))

    def follow(self, other: ColumnChoice) -> None:
        """Let the columns stand as those of another table."""
        self._hidden, self._widths = other.hidden(), dict(other.widths())
        self.set_order(other.order())
