"""Which columns a table shows, in which order and how wide: by its head or by keys, honoured by copying."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.dialogs.columns_dialog import ColumnsDialog
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
    """Open the menu of the row, and from it the columns of the list."""
    QTest.keyClick(table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = menu_of(table)
    row_menu = menu.parent()
    assert row_menu is table
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    popup.setActiveAction(menu.menuAction())
    QTest.keyClick(popup, Qt.Key.Key_Right)
    return menu


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
    table.choice.hide({NAME, BORN, VERDICT, PAYER})

    assert [tick.isEnabled() for tick in menu.ticks] == [False, False, False, True, True]
    assert shown(table) == ["Name", "Born", "Verdict", "Who"]


def test_that_usual_columns_brings_all_back(table: RecordTable, qtbot: QtBot) -> None:
    table.choice.hide({PAYER, WHO})
    menu = opened_by_key(table)
    with qtbot.waitSignal(table.columns_chosen):
        menu.reset.trigger()

    assert len(shown(table)) == 5
    assert not table.choice.hidden()


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
    table.choice.hide({WHO})

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


ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(table: RecordTable, qtbot: QtBot) -> ColumnsDialog:
    """The dialog of the columns, opened from their menu."""
    opened_by_key(table).arrange.trigger()
    made = table.window().findChild(ColumnsDialog)
    assert made is not None
    qtbot.waitUntil(made.list.hasFocus)
    return made


def heads(table: RecordTable) -> list[str]:
    columns = table.record_model().columns
    return [columns[place].header for place in table.choice.order()]


def test_that_a_column_is_moved_by_keys_and_copied_where_it_stands(table: RecordTable, dialog: ColumnsDialog) -> None:
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
    assert heads(table) == ["Name", "Verdict", "Payer", "Born", "Who"]
    assert dialog.list.currentItem().text() == "Born"

    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    assert heads(table) == ["Name", "Verdict", "Born", "Payer", "Who"]
    assert table.as_text().splitlines()[0] == "Name\tVerdict\tBorn\tPayer\tWho"


def test_that_a_column_is_made_wider_by_keys_and_by_the_button_and_stays_so(
    table: RecordTable, dialog: ColumnsDialog, qtbot: QtBot
) -> None:
    was = table.columnWidth(NAME)
    with qtbot.waitSignal(table.columns_chosen):
        QTest.keyClick(dialog.list, Qt.Key.Key_Right, ALT)
    wider = table.columnWidth(NAME)
    assert wider > was
    qtbot.mouseClick(dialog.narrower, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.narrower, Qt.MouseButton.LeftButton)
    narrow = table.columnWidth(NAME)
    assert narrow < was

    table.set_rows([Line("Lee, Ann", "Medicare")])
    assert table.columnWidth(NAME) == narrow


def test_that_the_dialog_hides_a_column_and_brings_the_usual_ones_back(
    table: RecordTable, dialog: ColumnsDialog
) -> None:
    dialog.list.setCurrentRow(PAYER)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert shown(table) == ["Name", "Born", "Verdict", "Who"]
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    QTest.keyClick(dialog.list, Qt.Key.Key_U, ALT)

    assert heads(table) == shown(table) == ["Name", "Born", "Verdict", "Payer", "Who"]
    assert not table.choice.changed()
    assert not dialog.usual.isEnabled()


def test_that_who_it_is_about_cannot_be_hidden_in_the_dialog(table: RecordTable, dialog: ColumnsDialog) -> None:
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)

    assert "Name" in shown(table)


def test_that_a_column_at_the_end_stays(table: RecordTable, dialog: ColumnsDialog) -> None:
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)

    assert heads(table)[0] == "Name"
    assert not dialog.earlier.isEnabled()


def test_that_a_width_dragged_with_the_mouse_is_there_after_a_refresh(table: RecordTable, qtbot: QtBot) -> None:
    head = table.horizontalHeader()
    edge = QPoint(head.sectionViewportPosition(NAME) + head.sectionSize(NAME) - 1, head.height() // 2)
    was = table.columnWidth(NAME)
    with qtbot.waitSignal(table.columns_chosen):
        drag(head.viewport(), edge, edge + QPoint(60, 0))
    dragged = table.columnWidth(NAME)
    assert dragged == was + 60

    table.set_rows([Line("Lee, Ann", "Medicare")])
    assert table.columnWidth(NAME) == dragged


def test_that_a_refresh_in_the_middle_of_a_drag_takes_nothing_away(table: RecordTable) -> None:
    head = table.horizontalHeader()
    edge = QPoint(head.sectionViewportPosition(NAME) + head.sectionSize(NAME) - 1, head.height() // 2)
    was = table.columnWidth(NAME)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    move(head.viewport(), edge + QPoint(40, 0))
    table.set_rows([Line("Lee, Ann", "Medicare")])
    assert table.columnWidth(NAME) == was + 40
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(40, 0))

    assert table.choice.widths().keys() == {NAME}


def drag(widget: QWidget, begin: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=begin)
    move(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def move(widget: QWidget, place: QPoint) -> None:
    """Move with the button held, which QTest does not tell."""
    left = Qt.MouseButton.LeftButton
    where = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(place)), left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
