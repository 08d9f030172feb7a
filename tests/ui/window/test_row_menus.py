"""The menu of a row, by right click, the menu key and Shift+F10: the acts of the registry that hold for the row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient
from tests.fixtures import TODAY
from tests.ui.conftest import Settle
from tests.ui.visits import book
from tracker.domain.booking import BookingStatus
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.find_page import FindPage
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.patient_page import PatientPage
from tracker.ui.pages.settings_page import SettingsPage
from tracker.ui.pages.today_page import TodayPage

SHIFT = Qt.KeyboardModifier.ShiftModifier
LIST_ACTS = ["Copy all rows\tCtrl+C", "Columns of this list"]


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, PAGES)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def popup() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]


def by_key(view: QAbstractItemView) -> list[str]:
    """Press Shift+F10 on a list, and return what its menu offers."""
    QTest.keyClick(view, Qt.Key.Key_F10, SHIFT)
    return words(popup())


def today(window: MainWindow, settle: Settle) -> TodayPage:
    window.open_page("today")
    settle()
    page = window.current_page()
    assert isinstance(page, TodayPage)
    return page


def test_that_a_visit_has_the_acts_of_the_registry_with_their_keys(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    book(context.services)
    table = today(window, settle).board.front().table
    offered = by_key(table)

    assert "Visit done\tD" in offered
    assert "Move to another day…\tM" in offered
    assert "To the pinboard\tP" not in offered  # it is booked
    assert offered[-2:] == LIST_ACTS
    done = next(action for action in popup().actions() if action.text().endswith("\tD"))
    assert done is window.registry.action("visit done")
    popup().setActiveAction(done)
    QTest.keyClick(popup(), Qt.Key.Key_Return)
    settle()
    assert context.services.schedule.day(TODAY).rows[0].booking.status is BookingStatus.DONE


def test_that_a_closed_visit_offers_only_what_holds_for_it(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    booked = book(context.services)
    context.services.booking.set_status(booked.id, BookingStatus.CANCELLED)
    offered = by_key(today(window, settle).board.front().table)

    assert [each for each in offered if each not in LIST_ACTS] == [
        "Patient slip…",
        "To the pinboard\tP",
        "Patient of the visit\tEnter",
    ]


def test_that_a_right_click_aims_at_the_row_below_the_pointer(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    book(context.services)
    book(context.services, "Second")
    table = today(window, settle).board.front().table
    table.select_row(0)
    place = table.visualRect(table.record_model().index(1, 1)).center()
    right_click(table, place)

    assert table.currentIndex().row() == 1
    assert "Visit done\tD" in words(popup())


def test_that_below_the_rows_there_is_only_what_is_about_the_list(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    book(context.services)
    table = today(window, settle).board.front().table
    right_click(table, QPoint(40, table.viewport().height() - 4))

    assert words(popup()) == LIST_ACTS


def right_click(table: QAbstractItemView, place: QPoint) -> None:
    pointer = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(pointer, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)


def test_that_the_menu_key_opens_it_too(window: MainWindow, context: PageContext, settle: Settle) -> None:
    book(context.services)
    table = today(window, settle).board.front().table
    QTest.keyClick(table, Qt.Key.Key_Menu)

    assert "Visit done\tD" in words(popup())


def test_that_tables_of_the_patient_page_have_their_acts(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    patient = context.services.patients.add(a_patient()).value
    context.services.patients.add_coverage(patient.id, a_coverage())
    window.open_patient(patient.id)
    settle()
    page = window.current_page()
    assert isinstance(page, PatientPage)
    assert by_key(page.eligible.table)[:2] == ["Checklist of the procedure…\tL", "Check and book it\tEnter"]
    popup().close()
    page.body.choose("coverage")
    settle()
    offered = by_key(page.body.coverage.coverages)

    assert offered == ["Add coverage…\tA", "Change the coverage…\tEnter", *LIST_ACTS]


def test_that_a_list_of_the_settings_has_what_its_buttons_do(window: MainWindow, settle: Settle) -> None:
    window.open_page("settings", "payers")
    settle()
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    table = page.current().table  # type: ignore[attr-defined]  # this section is a list
    table.setFocus()
    offered = by_key(table)

    assert any(each.endswith("\tO") for each in offered)
    assert offered[-2:] == LIST_ACTS


def test_that_from_the_field_of_find_the_key_opens_the_menu_of_the_marked_row(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    context.services.patients.add(a_patient())
    window.open_find("Whit")
    settle()
    page = window.current_page()
    assert isinstance(page, FindPage)
    QTest.keyClick(page.field, Qt.Key.Key_F10, SHIFT)

    assert words(popup())[:3] == [
        "Open the patient\tEnter",
        "Check and book with the patient\tCtrl+Enter",
        "Authorizations of the patient\tCtrl+A",
    ]
