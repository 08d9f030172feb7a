"""The lines of a report: each is made when it is looked at, for a report may have very many."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from tracker.services.reports.shape import Report, Row
from tracker.ui.models.record_table_model import Column, RecordTableModel


class Line(NamedTuple):
    """One row of the table; the total has no values to sort by."""

    place: int
    row: Row
    total: bool = False


class LineModel(RecordTableModel):
    """The base holds the lines' places in the report, in the order in which they are shown."""

    def __init__(self, columns: Iterable[Column[Line]], report: Report) -> None:
        super().__init__(columns, identity=lambda line: line.place)
        self._report = report
        self.set_rows(range(len(report.rows) + (1 if report.rows and report.totals is not None else 0)))

    def records(self) -> tuple[Line, ...]:
        return tuple(map(self._line, self._rows))

    def top(self, count: int) -> tuple[Line, ...]:
        return tuple(map(self._line, self._rows[:count]))

    def record(self, row: int) -> Line:
        return self._line(self._rows[row])

    def row_of(self, identity: Hashable) -> int:
        return self._rows.index(identity) if identity in self._rows else -1

    def _line(self, place: int) -> Line:
        report = self._report
        if place < len(report.rows):
            return Line(place, report.rows[place])
        return Line(place, report.totals or (), total=True)

    def _in_order(self) -> list[Any]:
        """Return the places in the order in which their lines stand."""
        if self._sorted_by is None:
            return list(self._given)
        column, order = self._sorted_by
        value = self.columns[column].value
        values = {place: value(self._line(place)) for place in self._given}
        present = [place for place in self._given if values[place] is not None]
        absent = [place for place in self._given if values[place] is None]
        return sorted(present, key=values.__getitem__, reverse=order is Qt.SortOrder.DescendingOrder) + absent
