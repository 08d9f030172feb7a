"""How wide the columns of a table stand, and which go when there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import FIRST_LEFT, PADDING
from tracker.ui.delegates.status_delegate import PADDING_RIGHT
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets import status_paint
from tracker.ui.widgets.table_header import TableHeader

if TYPE_CHECKING:
    from tracker.ui.widgets.column_choice import ColumnChoice
    from tracker.ui.widgets.record_table import RecordTable
    from tracker.ui.widgets.two_lines import TwoLines

_SHARED_MINIMUM = 110
_MEASURED = 400
"""Rows from the top whose texts are measured: a longer list has to be on the screen before all of it is read."""


class ColumnWidths:
    """Measures one table's texts and sets its columns."""

    def __init__(self, table: RecordTable, lines: TwoLines) -> None:
        self._table = table
        self._lines = lines

    def shows(self, place: int) -> bool:
        """Tell whether a column is to be seen, beside the others or below the one before it."""
        return not self._table.isColumnHidden(place) or place - 1 in self._lines.below

    def fit(self, choice: ColumnChoice, away: frozenset[int] = frozenset()) -> None:
        """Give each column its own width, drop what must go, and let those without a longest text share the rest.

        Its own width is the one that somebody chose, else that of its text. While one is dragged all stay; those `away`
        have nothing to say.
        """
        table, columns, hidden = self._table, self._table.record_model().columns, choice.hidden() | away
        head = table.horizontalHeader()
        if isinstance(head, TableHeader) and head.held():
            return
        table.record_model().first = next((place for place in choice.order() if place not in hidden), 0)
        own = {place: theme.scaled(width) for place, width in choice.widths().items()}
        room = table.viewport().width()
        wanted = [0 if place in hidden else own.get(place) or self._wanted(place) for place in range(len(columns))]
        widths = [
            own.get(place) or min(wanted[place], theme.scaled(column.least) or wanted[place])
            for place, column in enumerate(columns)
        ]
        kept = self._kept(widths, hidden, room)
        kept = self._stacked(wanted, widths, kept, room)
        rest = max(0, room - sum(widths[place] for place in kept))
        for place in kept:
            more = min(wanted[place] - widths[place], rest)
            widths[place], rest = widths[place] + more, rest - more
        free = [place for place in kept if place not in own]
        self._cut(widths, free, room - sum(widths[place] for place in kept if place in own))
        sharing = [place for place in free if not columns[place].longest] or free[-1:]
        for number, place in enumerate(sharing):
            widths[place] += (rest * (number + 1)) // len(sharing) - (rest * number) // len(sharing)
        for place in range(len(columns)):
            table.setColumnHidden(place, place not in kept)
            if place in kept:
                table.setColumnWidth(place, widths[place])

    def _kept(self, widths: list[int], hidden: frozenset[int], room: int) -> list[int]:
        columns = self._table.record_model().columns
        kept = [place for place in range(len(columns)) if place not in hidden]
        droppable = sorted((place for place in kept if columns[place].drops), key=lambda place: columns[place].drops)
        while droppable and sum(widths[place] for place in kept) > room:
            kept.remove(droppable.pop(0))
        return kept

    def _stacked(self, wanted: list[int], widths: list[int], kept: list[int], room: int) -> list[int]:
        """Put second identifiers below the first where there is too little room; return what keeps a column."""
        columns = self._table.record_model().columns
        over = sum(widths[place] for place in kept) > room
        below = [place for place in kept if columns[place].below and place - 1 in kept] if over else []
        for place in below:
            upper = place - 1
            wanted[upper] = max(wanted[upper], self._second_line(place))
            widths[upper] = max(widths[upper], self._second_line(place))
        self._lines.stack({place - 1: columns[place] for place in below})
        return [place for place in kept if place not in below]

    def _second_line(self, place: int) -> int:
        """Return how wide a column is as the second line of another."""
        model = self._table.record_model()
        column = model.columns[place]
        texts = {column.longest} if column.longest else {column.text(record) for record in model.top(_MEASURED)}
        widest = max((theme.text_width(text, "caption") for text in texts), default=0)
        return widest + 2 + (FIRST_LEFT if place == 1 else PADDING) + PADDING

    def _cut(self, widths: list[int], kept: list[int], room: int) -> None:
        """Cut texts that were measured, from the left, when no column is left that may go: better than half a table."""
        over = sum(widths[place] for place in kept) - room
        for place in kept:
            column = self._table.record_model().columns[place]
            if over > 0 and column.fit and not column.status and not column.whole:
                less = min(over, max(0, widths[place] - _SHARED_MINIMUM))
                widths[place], over = widths[place] - less, over - less

    def _wanted(self, place: int) -> int:
        model = self._table.record_model()
        column = model.columns[place]
        head = self._table.horizontalHeader().sectionSizeFromContents(place).width() - FIRST_LEFT + PADDING
        if not column.longest and not column.fit:
            return _SHARED_MINIMUM
        texts = {column.longest} if column.longest else {column.text(record) for record in model.top(_MEASURED)}
        widest = max((_text_width(column, text) for text in texts), default=0)
        side = PADDING + (FIRST_LEFT if place == model.first else PADDING)
        return max(head, widest + side if column.longest else min(widest + side, theme.scaled(column.fit)))


def _text_width(column: Column[Any], text: str) -> int:
    if column.status:
        # The tint begins 5 px left of the cell's text and ends in its right padding.
        return status_paint.width_of(text) - 5 - PADDING_RIGHT
    return theme.text_width(text, "strong" if column.strong else "body") + 2
