"""On every page with a list: sorted and narrowed by keys, and so again after the program was started anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.settings_page import PANELS
from tracker.ui.preferences import Preferences
from tracker.ui.widgets.column_menu import ColumnMenu
from tracker.ui.widgets.record_table import RecordTable

LISTS = ("today", "authorizations", "expirations", "find", "audit", "patient", "settings", "take-in", "import")
UP, ENTER, SPACE = Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Space


def opened(context: PageContext, qtbot: QtBot, settle: Settle) -> MainWindow:
    kinds = tuple(kind for kind in PAGES if kind.id in LISTS)
    window = MainWindow(context, kinds)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settle()
    return window


def open_all(window: MainWindow, page_id: str, settle: Settle) -> None:
    """Open the page, and each of its sections: some make their list only then."""
    for what in (panel.id for panel in PANELS) if page_id == "settings" else (None,):
        window.open_page(page_id, what)
        settle()


def tables(page: QWidget) -> list[RecordTable]:
    shown = (table for table in page.findChildren(RecordTable) if not table.horizontalHeader().isHidden())
    return [table for table in shown if table.sorts_by() or table.choice.may_hide()]


def by_keys(table: RecordTable) -> None:
    """Hide the last column that may go, and sort by the last that can be sorted by, the last on top."""
    menu = ColumnMenu(table)
    menu.popup(table.mapToGlobal(table.rect().center()))
    if table.choice.may_hide():
        menu.setActiveAction(menu.ticks[table.choice.may_hide()[-1]])
        QTest.keyClick(menu, SPACE)
    if table.sorts_by():
        menu.setActiveAction(menu.sort_menu.menuAction())
        QTest.keyClick(menu, ENTER)
        QTest.keyClick(menu.sort_menu, UP)  # the usual order
        QTest.keyClick(menu.sort_menu, UP)
        QTest.keyClick(menu.sort_menu, ENTER)
    else:
        QTest.keyClick(menu, Qt.Key.Key_Escape)


def state(table: RecordTable) -> tuple[object, ...]:
    header = table.horizontalHeader()
    order = (header.sortIndicatorSection(), header.sortIndicatorOrder()) if table.sorts_by() else ()
    return table.accessibleName(), table.choice.hidden(), order


@pytest.mark.parametrize("page_id", LISTS)
def test_that_order_and_columns_chosen_by_keys_are_there_after_a_new_start(
    page_id: str, context: PageContext, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    window = opened(context, qtbot, settle)
    open_all(window, page_id, settle)
    found = tables(window.pages[page_id])
    assert found
    for table in found:
        by_keys(table)
        wanted = (table.sorts_by()[-1], Qt.SortOrder.DescendingOrder) if table.sorts_by() else ()
        assert state(table)[1:] == (frozenset(table.choice.may_hide()[-1:]), wanted)
    before = [state(table) for table in found]
    window.close()
    context.preferences.flush()

    kept = Preferences(tmp_path / "preferences.ini")
    again = opened(PageContext(context.services, context.tasks, context.notifier, kept), qtbot, settle)

    open_all(again, page_id, settle)
    assert [state(table) for table in tables(again.pages[page_id])] == before
