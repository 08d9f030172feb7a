"""Jobs 4 and 5 of the desk, counted in key presses on the real window: find a patient; when can she have it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, performed
from tests.ui.job_counts import count
from tracker.ui.commands.palette import Palette
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.find_page import FindPage
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.patient_page import PatientPage

F2, ENTER, DOWN = Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Down


class Hands:
    """Types on the window and counts what was pressed; a capital counts once, as on a keyboard."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.pressed = 0

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            for each in key if isinstance(key, str) else (key,):
                self.pressed += 1
                QTest.keyClick(self.window.windowHandle(), each)


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    window = MainWindow(context, (FindPage, PatientPage))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def smith(context: PageContext) -> str:
    services = context.services
    patient = services.patients.add(a_patient(last="Smith", first="Jane", middle="", born=date(1960, 7, 2))).value
    services.patients.add_coverage(patient.id, a_coverage())
    for day in ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13"):
        services.history.add(patient.id, performed(day))
    services.patients.add(a_patient(last="Smithson", first="Xavier", born=date(1960, 7, 3), phone="(502) 555-0199"))
    return patient.id


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    window.open_page("patient")
    return Hands(window)


def settled(window: MainWindow, qtbot: QtBot) -> PatientPage:
    qtbot.waitUntil(window.context.tasks.is_idle)
    page = window.current_page()
    assert isinstance(page, PatientPage)
    return page


def test_that_a_patient_is_found_by_birth_date_and_opened_in_ten_keys(
    hands: Hands, window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    hands.press(F2, "07021960", ENTER)

    assert settled(window, qtbot).current_patient() == smith
    count("4  find by birth", hands.pressed)


def test_that_a_patient_is_found_by_phone_and_opened_in_ten_keys(
    hands: Hands, window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    hands.press(F2, "5550177", ENTER)

    assert settled(window, qtbot).current_patient() == smith
    count("4  find by phone", hands.pressed)


def test_that_when_can_she_have_it_is_answered_in_seven_keys(
    hands: Hands, window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    hands.press(F2, "smi j", ENTER)

    page = settled(window, qtbot)
    count("5 ", hands.pressed)
    assert page.eligible.table.records()[0].next_text == "Wed 01/13/2027"
    assert page.eligible.table.isVisible()
    assert QApplication.focusWidget() is page.eligible.table


def test_that_the_second_of_two_is_opened_with_one_key_more(
    hands: Hands, window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    hands.press(F2, "smith")
    qtbot.waitUntil(window.context.tasks.is_idle)
    hands.press(DOWN, ENTER)

    assert settled(window, qtbot).head.name.text().startswith("Smithson")


def test_that_what_is_typed_into_the_search_field_of_the_window_goes_on_in_the_palette(
    window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    window.menu_row.search.setFocus()
    Hands(window).press("s")
    palette = window.findChild(Palette)
    assert palette is not None
    with qtbot.waitSignal(palette.patient_wanted):
        QTest.keyClicks(palette.field, "mi j")
        QTest.keyClick(palette.field, ENTER)

    assert settled(window, qtbot).current_patient() == smith


def test_that_the_acts_of_the_pages_stand_in_the_menus_where_they_mean_something(
    hands: Hands, window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    registry = window.registry
    window.open_page("find", "")
    assert registry.action("new patient").isEnabled()
    assert not registry.action("add injection").isEnabled()

    hands.press("smi j", ENTER)
    settled(window, qtbot)

    acts = ("new patient", "edit patient", "add coverage", "add injection")
    assert all(registry.action(act).isEnabled() for act in acts)
    keys = {words: key for key, words in registry.key_list()}
    assert keys["Edit patient"] == "Ctrl+E"
    assert keys["Add injection"] == "Ctrl+Shift+I"


def test_that_relief_is_recorded_told_and_taken_back(
    hands: Hands, window: MainWindow, qtbot: QtBot, smith: str
) -> None:
    hands.press(F2, "smi j", ENTER)
    page = settled(window, qtbot)
    page.injections.table.setFocus()
    hands.press(Qt.Key.Key_R)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ResponseDialog)
    dialog.percent.setText("80")
    dialog.save()
    qtbot.waitUntil(lambda: "Relief recorded for" in window.status_line.sentence())
    page = settled(window, qtbot)
    assert page.injections.table.records()[0].event.relief_percent == 80.0

    window.registry.action("undo").trigger()
    qtbot.waitUntil(lambda: "Taken back" in window.status_line.sentence())

    assert settled(window, qtbot).injections.table.records()[0].event.relief_percent is None
