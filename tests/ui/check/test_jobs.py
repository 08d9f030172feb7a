"""The common jobs with the keyboard alone, in the whole window: so many keys and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.check.conftest import Hands
from tests.ui.job_counts import count
from tracker.domain.booking import OverrideReason
from tracker.domain.patient import Patient
from tracker.services import Services
from tracker.ui.commands.palette import Palette
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.paper.handouts import SlipDialog


class Elsewhere(Page):
    """Any other page, from which the jobs begin."""

    id = "today"
    title = "Today"
    icon = "calendar"


@pytest.fixture
def window(context: PageContext, qtbot: QtBot, settle: Callable[[], None]) -> MainWindow:
    """The window with another page in front."""
    made = MainWindow(context, (Elsewhere, CheckPage))
    qtbot.addWidget(made)
    made.open_page("today")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    settle()
    return made


def check_page(window: MainWindow) -> CheckPage:
    page = window.current_page()
    assert isinstance(page, CheckPage)
    return page


def test_that_checking_a_procedure_for_a_day_takes_twenty_keys(window: MainWindow, hands: Hands, full: Patient) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    assert check_page(window).panel.bar.sentence() == "Not before Wed 01/27/2027"
    count("1 ", hands.count)


def test_that_checking_works_for_hands_that_never_wait(window: MainWindow, hands: Hands, full: Patient) -> None:
    hands.key(Qt.Key.Key_F3)
    for key in (*"smi j", Qt.Key.Key_Return, *"rfa", Qt.Key.Key_Tab, *"l45b", Qt.Key.Key_Tab, *"12/3"):
        hands.key(key)
    hands.type("")
    assert check_page(window).panel.bar.sentence() == "Not before Wed 01/27/2027"


def test_that_booking_the_earliest_day_takes_eighteen_keys(
    window: MainWindow, hands: Hands, full: Patient, services: Services
) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("smi j\n", "rfa\t", "l45b\t")
    hands.key("n")
    hands.ctrl_enter()
    (booking,) = services.patients.get(full.id).bookings
    assert booking.day == date(2027, 1, 27)
    count("2 ", hands.count)
    assert window.status_line.sentence() == "Booked Smith, Jane  RFA L4-5 both, Wed 01/27/2027"


def test_that_an_override_with_a_reference_takes_thirty_one_keys(
    window: MainWindow, hands: Hands, full: Patient, services: Services
) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    hands.alt(Qt.Key.Key_O)
    hands.type("1", "AB123456")
    hands.ctrl_enter()
    (booking,) = services.patients.get(full.id).bookings
    assert booking.override is not None
    assert booking.override.reason is OverrideReason.PAYER_EXCEPTION
    count("3 ", hands.count)


def test_that_the_first_visit_of_a_new_clinic_with_its_slip_takes_fifty_keys(
    window: MainWindow, hands: Hands, services: Services, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("doe, jane", "\n", "\n")
    asked(qtbot, PatientDialog)
    hands.type("3/14/1952")
    hands.ctrl_enter()
    in_window(window, qtbot)
    hands.type("esi\t", "l45\t", "12/3")
    hands.alt(Qt.Key.Key_C)
    hands.key(Qt.Key.Key_Down)
    asked(qtbot, CoverageDialog)
    hands.type("medi\n")
    hands.ctrl_enter()
    in_window(window, qtbot)
    hands.ctrl_enter()
    (hit,) = services.patients.find("doe", 2)
    assert [booking.day for booking in services.patients.get(hit.patient.id).bookings] == [date(2026, 12, 3)]
    hands.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    asked(qtbot, Palette)
    hands.type("slip\n")
    slip = asked(qtbot, SlipDialog)
    settle()
    hands.count += 1  # Ctrl+Enter prints
    assert slip.isVisible()
    count("11 ", hands.count)
    slip.reject()


def asked(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """Return the dialog that opened, once the hands are in it."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    qtbot.waitUntil(lambda: found.isActiveWindow() and found.isAncestorOf(QApplication.focusWidget() or found.window()))
    return found


def in_window(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the hands are back in the window."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    window.activateWindow()
    qtbot.waitUntil(
        lambda: window.isActiveWindow() and window.isAncestorOf(QApplication.focusWidget() or window.window())
    )


def test_that_what_was_booked_is_undone_by_one_key(
    window: MainWindow, hands: Hands, full: Patient, services: Services
) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("smi j\n", "rfa\t", "l45b\t", "n")
    hands.ctrl_enter()
    window.setFocus()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.type("")
    assert services.patients.get(full.id).bookings == ()


def test_that_the_window_goes_back_where_the_job_began(window: MainWindow, hands: Hands, full: Patient) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("smi j\n", "rfa\t", "l45b\t", "n")
    hands.ctrl_enter()
    page = window.current_page()
    assert page is not None
    assert page.id == "today"


def test_that_the_next_pane_key_leads_from_the_form_to_spine_timeline_button_and_back(
    window: MainWindow, hands: Hands
) -> None:
    window.resize(1440, 900)
    hands.key(Qt.Key.Key_F3)
    hands.type("")
    page = check_page(window)
    for pane in (page.spine.picker, page.timeline.strip, window.navigation.check_button, page.form.fields.patient):
        hands.key(Qt.Key.Key_F6)
        assert window.focusWidget() is pane

    page.spine.show_table(True)
    hands.key(Qt.Key.Key_F6)
    assert window.focusWidget() is page.spine.table


def test_that_the_answer_is_copied_by_the_window(window: MainWindow, hands: Hands, full: Patient) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    check_page(window).copy_button.click()
    assert window.status_line.sentence().startswith("Copied")
