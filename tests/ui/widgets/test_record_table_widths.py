"""Behaviour of a table's columns when there is little room."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.ui.delegates.row_delegate import RowDelegate, content_room
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.column_menu import ColumnMenu
from tracker.ui.widgets.record_table import RecordTable


@dataclass(frozen=True)
class Line:
    name: str
    payer: str


@pytest.fixture
def table(app: QApplication, qtbot: QtBot) -> RecordTable:
    made = RecordTable(
        (
            Column("Name", lambda line: line.name, fit=300),
            Column("Payer", lambda line: line.payer, fit=300, least=60),
            Column("Born", lambda _line: "01/01/1950", longest="00/00/0000"),
            Column("Owner", lambda _line: "Jo", fit=100, drops=1),
        ),
        None,
        name="Lines",
    )
    qtbot.addWidget(made)
    made.set_rows([Line("Ruiz, Elena", "A plan with a long name"), Line("Lee", "Medicare")])
    made.show()
    return made


def widths(table: RecordTable) -> dict[str, int]:
    columns = table.record_model().columns
    return {column.header: table.columnWidth(place) for place, column in enumerate(columns)}


def test_that_with_room_every_column_is_as_wide_as_its_text_and_fills_the_rest(table: RecordTable) -> None:
    table.resize(900, 200)
    wide = widths(table)
    table.resize(1200, 200)

    assert sum(widths(table).values()) > 1200 - 8
    assert widths(table)["Born"] == wide["Born"]
    assert widths(table)["Name"] > wide["Name"]


def test_that_a_column_with_a_least_width_gives_way_before_another_is_dropped(table: RecordTable) -> None:
    table.resize(360, 200)

    assert not table.isColumnHidden(3)
    assert 60 <= widths(table)["Payer"] < 160


def test_that_droppable_columns_go_when_nothing_else_helps(table: RecordTable) -> None:
    table.resize(250, 200)

    assert table.isColumnHidden(3)
    assert not table.isColumnHidden(2)


def test_that_one_long_text_widens_its_column_only_so_far(table: RecordTable) -> None:
    table.set_rows([Line("W" * 400, "Medicare")])
    table.resize(480, 200)

    assert 300 <= widths(table)["Name"] < 400


def test_that_a_measured_text_is_cut_before_the_table_is_wider_than_its_window(table: RecordTable) -> None:
    table.set_rows([Line("W" * 400, "Medicare")])
    table.resize(300, 200)

    assert sum(width for head, width in widths(table).items() if head != "Owner") <= 300
    assert widths(table)["Name"] >= 110


@pytest.mark.parametrize("width", [900, 901, 902])
def test_that_the_right_edge_is_true_to_the_pixel(table: RecordTable, width: int) -> None:
    table.resize(width, 200)

    assert sum(widths(table).values()) == table.viewport().width()


# --- the second identifier below the first ----------------------------------------------------------------------------


@pytest.fixture
def people(app: QApplication, qtbot: QtBot) -> RecordTable:
    made = RecordTable(
        (
            Column("Day", lambda _line: "Wed 11/25", longest="Wed 00/00"),
            Column("Patient", lambda line: line.name, fit=220, strong=True),
            Column("Born", lambda _line: "01/01/1950", longest="00/00/0000", below=True),
            Column("Procedure", lambda _line: "RFA L4-5 L5-S1 left", fit=320, whole=True),
            Column("Provider", lambda _line: "Dr. Okafor", fit=120, drops=1),
        ),
        None,
        name="Visits",
    )
    qtbot.addWidget(made)
    made.set_rows([Line("Castellanos-Whitfield, Maria", ""), Line("Lee, Ann", "")])
    made.show()
    return made


def whole_words(table: RecordTable, place: int) -> bool:
    """Tell whether no text of a column is cut."""
    delegate = table.itemDelegateForColumn(place)
    assert isinstance(delegate, RowDelegate)
    model, found = table.record_model(), []
    for row in range(model.rowCount()):
        index = model.index(row, place)
        cell = model.cell(row, place)
        assert cell is not None
        found.append(delegate.cut_text(*cell, content_room(table.visualRect(index), index).width()))
    return not any(found)


def test_that_with_room_both_identifiers_stand_beside_each_other(people: RecordTable) -> None:
    people.resize(900, 200)

    assert not people.isColumnHidden(2)
    assert people.rowHeight(0) == 30


def test_that_with_too_little_room_the_second_stands_below_the_first_and_nothing_is_cut_or_scrolled(
    people: RecordTable,
) -> None:
    people.resize(500, 200)

    assert people.isColumnHidden(2)
    assert people.rowHeight(0) >= 34
    assert whole_words(people, 1)
    assert whole_words(people, 3)
    assert people.horizontalScrollBar().maximum() == 0


def test_that_the_second_line_is_painted_and_heard(people: RecordTable) -> None:
    people.resize(900, 200)
    first = people.model().index(0, 0)
    cell = QRect(people.columnViewportPosition(1), people.rowViewportPosition(0), people.columnWidth(1), 30)
    before = ink_rows(people, cell)
    people.resize(500, 200)
    cell = QRect(people.columnViewportPosition(1), 0, people.columnWidth(1), people.rowHeight(0) - 1)

    assert ink_rows(people, cell) > before + 6
    assert "Born 01/01/1950" in first.data(Qt.ItemDataRole.AccessibleTextRole)


def ink_rows(table: RecordTable, cell: QRect) -> int:
    """Return in how many lines of pixels of a cell something stands."""
    picture = table.viewport().grab(cell).toImage()
    ground = picture.pixelColor(0, 0)
    return sum(
        any(picture.pixelColor(x, y) != ground for x in range(picture.width())) for y in range(picture.height() - 1)
    )


def test_that_a_column_that_stands_below_another_is_not_called_without_room(people: RecordTable) -> None:
    people.resize(500, 200)

    assert ColumnMenu(people).ticks[2].text() == "Born"


def test_that_rows_are_low_again_once_there_is_room(people: RecordTable) -> None:
    people.resize(500, 200)
    people.resize(900, 200)

    assert not people.isColumnHidden(2)
    assert people.rowHeight(0) == 30
