"""The rows of a report as a table, its total last whatever it is sorted by, copied so that nothing is a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from tracker.services.reports.shape import Answered, Cell, Report, ReportColumn, shown
from tracker.ui.models.record_table_model import LEFT, RIGHT, Column
from tracker.ui.reports.line_model import Line, LineModel
from tracker.ui.theme.status import Status, status_of
from tracker.ui.widgets.record_table import RecordTable

ROW, LOW_ROW = 30, 28
_LONGEST = {
    Cell.DAY: "00/00/0000",
    Cell.TIME: "12:00 PM",
    Cell.COUNT: "00,000",
    Cell.SHARE: "100%",
    Cell.DAYS: "000.5",
    Cell.MONEY: "$000,000.00",
}
_PER_WIDTH = 130
_LEAST_TEXT, _LEAST_STRONG, _MOST = 70, 150, 400


class ReportTable(RecordTable):
    """`copy_wanted` comes in place of the table's own copying."""

    help_place = "reports#a-report"

    copy_wanted = Signal()

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        columns = tuple(_column(place, column) for place, column in enumerate(report.columns))
        model = LineModel(columns, report)
        super().__init__((), parent, name=report.title, model=model)
        model.setParent(self)
        self.select_row(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)


def long_words(report: Report, line: Line | None) -> str:
    """Return the texts of a row that may not fit into their cells."""
    if line is None or line.total:
        return ""
    texts = [
        (column.title, str(value))
        for column, value in zip(report.columns, line.row, strict=True)
        if column.cell is Cell.TEXT and len(str(value or "")) > _LONG
    ]
    return "   ".join(f"{title}: {text}" for title, text in texts)


_LONG = 28


def _column(place: int, column: ReportColumn) -> Column[Line]:
    longest, answer = _LONGEST.get(column.cell, ""), column.cell is Cell.ANSWER
    whole = column.whole or answer  # an answer holds its day: it is never cut
    return Column(
        column.title,
        _value_of(place),
        _words_of(place, column),
        RIGHT if column.cell.figure else LEFT,
        tone=lambda line: "ink" if column.strong or line.total or column.cell.figure else "ink2",
        strong=column.strong,
        longest=longest,
        fit=0 if longest else _MOST if whole else int(column.width * _PER_WIDTH),
        least=0 if longest else _MOST if whole else _LEAST_STRONG if column.strong else _LEAST_TEXT,
        drops=column.drops,
        below=column.below,
        whole=whole and not column.strong,
        status=_status_of(place) if answer else None,
        tinted=_tinted(place) if answer else None,
    )


def _value_of(place: int) -> Callable[[Line], Any]:
    def value(line: Line) -> Any:
        found = None if line.total else line.row[place]
        if isinstance(found, Answered):
            return found.outcome.rank
        return found.casefold() if isinstance(found, str) else found

    return value


def _status_of(place: int) -> Callable[[Line], Status | None]:
    def status(line: Line) -> Status | None:
        value = line.row[place]
        return status_of(value.outcome) if isinstance(value, Answered) else None

    return status


def _tinted(place: int) -> Callable[[Line], bool]:
    def tinted(line: Line) -> bool:
        value = line.row[place]
        return isinstance(value, Answered) and value.tinted

    return tinted


def _words_of(place: int, column: ReportColumn) -> Callable[[Line], str]:
    def words(line: Line) -> str:
        value = line.row[place]
        return "" if line.total and value == "" else shown(column.cell, value)

    return words
