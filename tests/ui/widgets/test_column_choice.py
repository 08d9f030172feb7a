"""Which columns a table shows is chosen by its head or by Shift+F10, kept for each user, and honoured by copying."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.column_menu import ColumnMenu
from tracker.ui.widgets.paged_table import PagedTable
from tracker.ui.widgets.record_table import RecordTable

COLUMNS = (
    Column("Name", lambda line: line.name, strong=True, fit=200),
    Column("Born", lambda _line: "01/01/1950", longest="00/00/0000"),
    Column("Verdict", lambda _line: "Allowed", fit=100),
    Column("Payer", lambda line: line.payer, fit=200, drops=2),
    Column("Who", lambda _line: "Jo", fit=100, drops=1, spoken="Followed by"),
)
NAME, BORN, VERDICT, PAYER, WHO = range(5)


@dataclass(frozen=True)
class Line:
    name: str
    payer: str


@pytest.fixture
def table(app: QApplication, qtbot: QtBot) -> RecordTable:
    made = RecordTable(COLUMNS, None, name="Lines", identity=lambda line: line.name)
    qtbot.addWidget(made)
    made.set_rows([Line("Ruiz, Elena", "=1+1"), Line("Lee, Ann", "Medicare")])
    made.resize(900, 200)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def menu_of(table: RecordTable) -> ColumnMenu:
    menu = table.findChild(ColumnMenu)
    assert menu is not None
    return menu


def opened_by_key(table: RecordTable) -> ColumnMenu:
    QTest.keyClick(table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    return menu_of(table)


def shown(table: RecordTable) -> list[str]:
    columns = table.record_model().columns
    return [column.header for place, column in enumerate(columns) if not table.isColumnHidden(place)]


def test_that_the_key_opens_the_columns_and_a_tick_hides_one_at_once(table: RecordTable, qtbot: QtBot) -> None:
    menu = opened_by_key(table)
    menu.setActiveAction(menu.ticks[PAYER])
    with qtbot.waitSignal(table.columns_chosen):
        QTest.keyClick(menu, Qt.Key.Key_Space)

    assert shown(table) == ["Name", "Born", "Verdict", "Who"]
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert shown(table) == ["Name", "Born", "Verdict", "Payer", "Who"]


def test_that_a_right_click_on_the_head_opens_the_columns(table: RecordTable) -> None:
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(10, 10))

    assert menu_of(table).isVisible()


def test_that_a_mouse_ticks_without_closing_the_menu(table: RecordTable) -> None:
    menu = opened_by_key(table)
    place = menu.actionGeometry(menu.ticks[WHO]).center()

    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    assert shown(table) == ["Name", "Born", "Verdict", "Payer"]
    assert menu.isVisible()


def test_that_who_it_is_and_the_verdict_cannot_be_hidden(table: RecordTable) -> None:
    menu = opened_by_key(table)
    table.hide_columns({NAME, BORN, VERDICT, PAYER})

    assert [tick.isEnabled() for tick in menu.ticks] == [False, False, False, True, True]
    assert shown(table) == ["Name", "Born", "Verdict", "Who"]


def test_that_usual_columns_brings_all_back(table: RecordTable, qtbot: QtBot) -> None:
    table.hide_columns({PAYER, WHO})
    menu = opened_by_key(table)
    with qtbot.waitSignal(table.columns_chosen):
        menu.reset.trigger()

    assert len(shown(table)) == 5
    assert not table.hidden_columns()


def test_that_the_menu_sorts(table: RecordTable) -> None:
    menu = opened_by_key(table)
    wanted = next(each for each in menu.sorts if each.text() == "Name, first on top")
    wanted.trigger()

    assert [line.name for line in table.records()] == ["Lee, Ann", "Ruiz, Elena"]


def test_that_a_list_in_the_file_offers_only_the_orders_that_the_file_knows(app: QApplication, qtbot: QtBot) -> None:
    paged = PagedTable(
        COLUMNS, None, name="Long", page=50, sortable=frozenset({PAYER}), identity=lambda line: line.name
    )
    qtbot.addWidget(paged)

    menu = ColumnMenu(paged)

    assert [each.text() for each in menu.sorts] == ["Payer, first on top", "Payer, last on top"]


def test_that_what_is_copied_is_what_is_shown_and_no_formula(table: RecordTable) -> None:
    table.hide_columns({WHO})

    assert table.as_text().splitlines() == [
        "Name\tBorn\tVerdict\tPayer",
        "Ruiz, Elena\t01/01/1950\tAllowed\t'=1+1",
        "Lee, Ann\t01/01/1950\tAllowed\tMedicare",
    ]


def test_that_what_had_no_room_is_copied_all_the_same_and_the_menu_says_why_it_is_not_seen(table: RecordTable) -> None:
    table.resize(360, 200)

    assert shown(table) == ["Name", "Born", "Verdict", "Payer"]
    assert table.as_text().splitlines()[0] == "Name\tBorn\tVerdict\tPayer\tWho"
    menu = opened_by_key(table)
    assert menu.ticks[WHO].text() == "Followed by (no room now)"
    menu.ticks[PAYER].toggle()
    assert menu.ticks[WHO].text() == "Followed by"


def test_that_a_text_that_the_cell_shortens_is_copied_whole(app: QApplication, qtbot: QtBot) -> None:
    columns = (Column("Number", lambda _line: "…45678901", copied=lambda _line: "12345678901"), Column("", str))
    short = RecordTable(columns, None, name="Numbers")
    qtbot.addWidget(short)
    short.set_rows(["x"])

    assert short.as_text() == "Number\t\n12345678901\tx"


def test_that_copying_is_told_with_the_count(table: RecordTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.copied) as told:
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert told.args == ["Copied 2 rows. Paste them into a spreadsheet."]


def test_that_the_usual_order_comes_back_by_the_menu(table: RecordTable) -> None:
    opened_by_key(table).sorts[0].trigger()
    assert [line.name for line in table.records()] == ["Lee, Ann", "Ruiz, Elena"]

    ColumnMenu(table).usual_order.trigger()

    assert [line.name for line in table.records()] == ["Ruiz, Elena", "Lee, Ann"]
    assert table.horizontalHeader().sortIndicatorSection() == -1


def test_that_a_side_is_not_cut_where_names_give_way(app: QApplication, qtbot: QtBot) -> None:
    columns = (
        Column("Name", lambda _line: "Somebody-With A. Very-Long-Name", fit=300),
        Column("Procedure", lambda _line: "RFA L3-4 L4-5 L5-S1 left", fit=300, whole=True),
    )
    narrow = RecordTable(columns, None, name="Visits")
    qtbot.addWidget(narrow)
    narrow.set_rows(["x"])
    wanted = theme.text_width("RFA L3-4 L4-5 L5-S1 left", "body")

    narrow.resize(wanted + 150, 100)
    narrow.show()

    assert narrow.columnWidth(1) >= wanted + 16
    assert narrow.columnWidth(0) + narrow.columnWidth(1) <= narrow.viewport().width()
