"""Behaviour of the lines of a long report: made when they are looked at, sorted with the total last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tracker.services.reports.shape import Cell, Nothing, Report, ReportColumn, Row
from tracker.ui.reports.line_model import Line, LineModel
from tracker.ui.reports.report_table import ReportTable

COLUMNS = (ReportColumn("Patient", strong=True), ReportColumn("Injections", Cell.COUNT))


def report(rows: tuple[Row, ...], totals: Row | None = None) -> Report:
    made = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return Report("made", "Made", (), COLUMNS, rows, totals, None, (), Nothing("", ""), False, "", "", made)


def shown(table: ReportTable) -> list[str]:
    model = table.record_model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_that_only_the_lines_that_are_looked_at_are_made(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple((f"Invented {number:05}", number) for number in range(20_000))
    made: list[int] = []
    make = LineModel._line

    def counted(model: LineModel, place: int) -> Line:
        made.append(place)
        return make(model, place)

    monkeypatch.setattr(LineModel, "_line", counted)
    table = ReportTable(report(many))
    qtbot.addWidget(table)
    assert table.record_model().rowCount() == 20_000
    assert 0 < len(made) < 2_000


def test_that_the_total_stands_last_whatever_it_is_sorted_by_and_the_hands_stay_on_their_line(qtbot: QtBot) -> None:
    table = ReportTable(report((("Cato", 1), ("anna", 3), ("Berta", 2)), ("", 6)))
    qtbot.addWidget(table)
    assert shown(table) == ["Cato", "anna", "Berta", ""]
    table.select_row(2)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["anna", "Berta", "Cato", ""]
    assert table.current_record() == Line(2, ("Berta", 2))
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert shown(table) == ["anna", "Berta", "Cato", ""]
    assert table.record_model().record(3).total
    assert [line.place for line in table.records()] == [1, 2, 0, 3]
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["Cato", "anna", "Berta", ""]


def test_that_a_line_is_found_by_its_place_in_the_report(qtbot: QtBot) -> None:
    table = ReportTable(report((("Cato", 1), ("Anna", 3))))
    qtbot.addWidget(table)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert table.select_record(0)
    assert table.current_record() == Line(0, ("Cato", 1))
    assert not table.select_record(7)
