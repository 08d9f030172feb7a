"""The columns that somebody chose stay chosen: for the same user, page and list, from one day to the next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.small_pages import SmallCheckPage, SmallFindPage, SmallPage
from tracker.domain.patient import User
from tracker.ui.main_window import MainWindow
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.column_menu import ColumnMenu
from tracker.ui.widgets.record_table import RecordTable

PATIENT, PAYER, WHO = range(3)


class ListPage(SmallPage):
    """A page with one list."""

    columns = 3

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        made = (
            Column("Patient", str, fit=100),
            Column("Payer", str, fit=100, drops=1),
            Column("Who", str, fit=100, drops=2),
        )
        self.table = RecordTable(made[: self.columns], self, name="Requests")
        self.layout().addWidget(self.table)


class NarrowerPage(ListPage):
    """The page of another version."""

    columns = 2


class SpanishPage(ListPage):
    """The page in another language: its list is named otherwise."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.table.setAccessibleName("Solicitudes")


def open_window(context: PageContext, qtbot: QtBot, kind: type[ListPage] = ListPage) -> MainWindow:
    window = MainWindow(context, (kind, SmallFindPage, SmallCheckPage))
    qtbot.addWidget(window)
    window.open_page("today")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def table(window: MainWindow) -> RecordTable:
    page = window.pages["today"]
    assert isinstance(page, ListPage)
    return page.table


def choose(window: MainWindow) -> ColumnMenu:
    QTest.keyClick(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    menu = table(window).findChild(ColumnMenu)
    assert menu is not None
    return menu


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    """A window in which the payer was hidden."""
    made = open_window(context, qtbot)
    choose(made).ticks[PAYER].toggle()
    return made


def test_that_a_hidden_column_is_hidden_in_the_next_window(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    assert table(open_window(context, qtbot)).choice.hidden() == {PAYER}


def test_that_a_hidden_column_stays_hidden_when_the_window_speaks_another_language(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    assert table(open_window(context, qtbot, SpanishPage)).choice.hidden() == {PAYER}


def test_that_another_user_sees_the_usual_columns(window: MainWindow, context: PageContext, qtbot: QtBot) -> None:
    other = replace(context, services=replace(context.services, user=User("Kim Lee")))

    assert not table(open_window(other, qtbot)).choice.hidden()


def test_that_the_usual_columns_come_back_for_good(window: MainWindow, context: PageContext, qtbot: QtBot) -> None:
    choose(window).reset.trigger()

    assert not table(open_window(context, qtbot)).choice.hidden()


def test_that_a_list_with_other_columns_by_now_shows_them_all(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    assert not table(open_window(context, qtbot, NarrowerPage)).choice.hidden()


@pytest.mark.parametrize("kept", ["3:x", "3:99 0", "::", "3:-1", "no"])
def test_that_what_cannot_be_read_hides_nothing(context: PageContext, qtbot: QtBot, kept: str) -> None:
    context.preferences.keep(context.services.user.name, "columns-today-Requests", kept)

    assert not table(open_window(context, qtbot)).choice.hidden()


def test_that_a_list_is_sorted_as_it_was_last_time(context: PageContext, qtbot: QtBot) -> None:
    first = open_window(context, qtbot)
    table(first).sortByColumn(PAYER, Qt.SortOrder.DescendingOrder)
    first.close()

    header = table(open_window(context, qtbot)).horizontalHeader()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (PAYER, Qt.SortOrder.DescendingOrder)


def test_that_the_order_of_a_list_with_other_columns_is_not_kept(context: PageContext, qtbot: QtBot) -> None:
    first = open_window(context, qtbot)
    table(first).sortByColumn(PAYER, Qt.SortOrder.DescendingOrder)
    first.close()

    assert table(open_window(context, qtbot, NarrowerPage)).horizontalHeader().sortIndicatorSection() == -1


class LatePage(SmallPage):
    """A page that makes its list only when there is something to show, like a report."""

    table: RecordTable

    def make(self) -> RecordTable:
        self.table = RecordTable((Column("Patient", str), Column("Payer", str, drops=1)), self, name="Rows")
        self.layout().addWidget(self.table)
        self.table_made.emit(self.table, "denials")
        return self.table


def test_that_a_list_that_is_made_later_has_the_columns_and_the_order_that_were_chosen(
    context: PageContext, qtbot: QtBot
) -> None:
    def made() -> RecordTable:
        window = MainWindow(context, (LatePage, SmallFindPage, SmallCheckPage))
        qtbot.addWidget(window)
        window.open_page("today")
        page = window.pages["today"]
        assert isinstance(page, LatePage)
        return page.make()

    first = made()
    first.choice.hide((1,))
    first.columns_chosen.emit()
    first.sortByColumn(0, Qt.SortOrder.DescendingOrder)

    again = made()
    assert again.choice.hidden() == {1}
    assert again.horizontalHeader().sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_that_the_usual_order_is_kept_too(context: PageContext, qtbot: QtBot) -> None:
    first = open_window(context, qtbot)
    table(first).sortByColumn(PAYER, Qt.SortOrder.DescendingOrder)
    choose(first).usual_order.trigger()
    first.close()

    assert table(open_window(context, qtbot)).horizontalHeader().sortIndicatorSection() == -1


def test_that_the_window_says_how_many_rows_were_copied(context: PageContext, qtbot: QtBot) -> None:
    window = open_window(context, qtbot)
    table(window).set_rows(["x"])

    QTest.keyClick(table(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert window.notice.sentence() == "Copied 1 row. Paste it into a spreadsheet."


def test_that_order_and_width_are_kept_for_each_user(context: PageContext, qtbot: QtBot) -> None:
    first = table(open_window(context, qtbot))
    first.choice.move(WHO, -2)
    first.choice.set_widths({PAYER: 170})
    first.columns_chosen.emit()

    again = table(open_window(context, qtbot))
    assert again.choice.order() == (WHO, PATIENT, PAYER)
    assert again.choice.widths() == {PAYER: 170}
    assert table(open_window(context, qtbot, NarrowerPage)).choice.order() == (PATIENT, PAYER)
    again.choice.usual()
    again.columns_chosen.emit()
    assert not table(open_window(context, qtbot)).choice.changed()
