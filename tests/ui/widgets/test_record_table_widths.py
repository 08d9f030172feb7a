"""Behaviour of a table's columns when there is little room."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.ui.models.record_table_model import Column
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
