"""The tour waits for the real keys; the first steps can each be skipped and do not come twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.names import nameless
from tests.ui.small_pages import SMALL_PAGES, SmallPage
from tracker.services import ClinicInfo
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.tour.first_steps import FirstSteps
from tracker.ui.tour.guide_strip import GuideStrip
from tracker.ui.tour.tour import STEPS, Tour

CTRL = Qt.KeyboardModifier.ControlModifier


class SmallImportPage(SmallPage):
    id = "import"
    title = "Import"
    listed = False


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    return shown(context, qtbot)


def shown(
    context: PageContext, qtbot: QtBot, pages: tuple[type[Page], ...] = (*SMALL_PAGES, SmallImportPage)
) -> MainWindow:
    made = MainWindow(context, pages)
    qtbot.addWidget(made)
    made.open_page("today")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def tour_of(window: MainWindow) -> Tour:
    window.registry.action("tour").trigger()
    tour = window.findChild(Tour)
    assert tour is not None
    return tour


def close_dialogs(window: MainWindow, qtbot: QtBot) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.close()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


KEYS = {
    "palette": (Qt.Key.Key_K, CTRL),
    "go find": (Qt.Key.Key_2, CTRL),
    "check": (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
    "go today": (Qt.Key.Key_1, CTRL),
    "next pane": (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
    "help": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    "keys": (Qt.Key.Key_Slash, CTRL),
}


def test_that_each_step_goes_on_when_its_key_is_pressed(window: MainWindow, qtbot: QtBot) -> None:
    tour = tour_of(window)
    walked = []
    while (step := tour.step()) is not None:
        walked.append(step.act)
        QTest.keyClick(window, *KEYS[step.act])
        close_dialogs(window, qtbot)
        assert tour.step() is not step, step.act

    assert walked == [step.act for step in STEPS]
    assert tour.strip.count.text() == "Done"


def test_that_another_key_does_its_work_and_leaves_the_step(window: MainWindow) -> None:
    tour = tour_of(window)
    before = tour.step()

    QTest.keyClick(window, Qt.Key.Key_F3)

    assert tour.step() is before
    current = window.current_page()
    assert current is not None
    assert current.id == "check"


def test_that_a_step_can_be_skipped(window: MainWindow) -> None:
    tour = tour_of(window)

    tour.strip.next.click()

    assert tour.step() is STEPS[1]
    assert tour.strip.count.text() == f"2 of {len(STEPS)}"


def test_that_escape_leaves_the_tour_and_nothing_else(window: MainWindow, qtbot: QtBot) -> None:
    tour_of(window)
    page = window.current_page()
    assert isinstance(page, SmallPage)
    page.field.setText("kept")

    QTest.keyClick(page.field, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.findChild(GuideStrip) is None)
    assert window.current_page() is page
    assert page.field.text() == "kept"


def test_that_escape_in_a_dialog_closes_the_dialog_first(window: MainWindow, qtbot: QtBot) -> None:
    tour = tour_of(window)
    window.open_palette()
    modal = QApplication.activeModalWidget()
    assert modal is not None

    QTest.keyClick(modal.focusWidget() or modal, Qt.Key.Key_Escape)

    assert tour.strip.isVisible()


def test_that_the_tour_starts_anew_in_the_same_place(window: MainWindow, qtbot: QtBot) -> None:
    tour_of(window)
    window.registry.action("tour").trigger()

    qtbot.waitUntil(lambda: len(window.findChildren(GuideStrip)) == 1)


def test_that_every_control_of_the_strip_has_a_name(window: MainWindow) -> None:
    assert nameless(tour_of(window).strip) == []


def test_that_the_first_steps_lead_to_rules_import_and_tour_and_are_done(window: MainWindow, qtbot: QtBot) -> None:
    window.aids.welcome()
    steps = window.findChild(FirstSteps)
    assert steps is not None
    assert steps.strip.count.text() == "Step 2 of 4"
    steps.strip.next.click()
    steps.strip.go.click()
    current = window.current_page()
    assert current is not None
    assert current.id == "import"
    steps.strip.go.click()

    assert window.findChild(Tour) is not None
    assert window.context.preferences.welcomed


def test_that_the_strip_leaves_a_small_window_as_small(context: PageContext, qtbot: QtBot) -> None:
    window = shown(context, qtbot, PAGES)
    window.aids.welcome()

    def size_when_made_small() -> tuple[int, int]:
        window.resize(683, 384)
        return window.width(), window.height()

    qtbot.waitUntil(lambda: size_when_made_small() == (683, 384))


def test_that_f6_leads_from_the_sections_to_the_strip_and_back_into_the_page(window: MainWindow) -> None:
    window.aids.welcome()
    steps = window.findChild(FirstSteps)
    assert steps is not None
    window.navigation.item("today").setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is steps.strip.go

    QTest.keyClick(window, Qt.Key.Key_F6)
    page = window.current_page()
    assert page is not None
    assert page.isAncestorOf(QApplication.focusWidget() or window)


def test_that_the_first_steps_do_not_come_by_themselves_a_second_time(window: MainWindow, qtbot: QtBot) -> None:
    window.aids.welcome()
    strip = window.findChild(GuideStrip)
    assert strip is not None
    strip.leave.click()
    qtbot.waitUntil(lambda: window.findChild(GuideStrip) is None)

    window.aids.welcome()
    assert window.findChild(GuideStrip) is None
    window.registry.action("first steps").trigger()
    assert window.findChild(GuideStrip) is not None


def test_that_the_demo_clinic_offers_the_tour_only(context: PageContext, qtbot: QtBot) -> None:
    demo = replace(context, services=replace(context.services, clinic=ClinicInfo("Demo", "KY", demo=True)))
    window = shown(demo, qtbot)

    window.aids.welcome()

    steps = window.findChild(FirstSteps)
    assert steps is not None
    assert [step.button for step in steps.steps] == ["Start the tour"]


def test_that_a_tour_that_made_room_for_the_first_steps_follows_the_keys_no_more(
    window: MainWindow, qtbot: QtBot
) -> None:
    tour = tour_of(window)
    gone: list[bool] = []
    tour.destroyed.connect(lambda: gone.append(True))

    window.registry.action("first steps").trigger()
    qtbot.waitUntil(lambda: bool(gone))
    QTest.keyClick(window, *KEYS["palette"])
    close_dialogs(window, qtbot)

    assert window.findChildren(Tour) == []
    assert len(window.findChildren(FirstSteps)) == 1


# --- a small screen ---------------------------------------------------------------------------------------------------

SMALL_AT_200_PERCENT = (683, 384)
"""What a screen of 1366 x 768 holds."""


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_that_every_step_of_the_tour_leaves_the_window_on_a_small_screen(
    context: PageContext, qtbot: QtBot, step: int
) -> None:
    window = shown(context, qtbot, PAGES)
    tour = tour_of(window)
    for _skipped in range(step):
        tour.strip.next.click()
    window.resize(*SMALL_AT_200_PERCENT)
    qtbot.waitUntil(
        lambda: tour.strip.sentence.height() >= tour.strip.sentence.heightForWidth(tour.strip.sentence.width())
    )

    assert (window.width(), window.height()) == SMALL_AT_200_PERCENT
    assert tour.strip.height() <= 48


def test_that_every_first_step_leaves_the_window_on_a_small_screen(context: PageContext, qtbot: QtBot) -> None:
    window = shown(context, qtbot, PAGES)
    window.registry.action("first steps").trigger()
    (first,) = window.findChildren(FirstSteps)
    for _step in range(len(first.steps) - 1):
        window.resize(*SMALL_AT_200_PERCENT)
        sentence = first.strip.sentence
        qtbot.waitUntil(lambda label=sentence: label.height() >= label.heightForWidth(label.width()))
        assert (window.width(), window.height()) == SMALL_AT_200_PERCENT
        first.strip.next.click()


def test_that_a_high_page_left_behind_takes_no_height_from_the_tour(context: PageContext, qtbot: QtBot) -> None:
    window = shown(context, qtbot, PAGES)
    window.open_page("settings", "users")
    window.open_page("today")
    tour_of(window)

    assert window.minimumSizeHint().height() <= SMALL_AT_200_PERCENT[1]
