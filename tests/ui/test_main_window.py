"""The frame carries between pages, tells what was done, offers undo, and shows failures in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.ui.conftest import Settle
from tests.ui.small_pages import SMALL_PAGES, SmallPage
from tracker.domain.errors import ConflictError
from tracker.domain.patient import User
from tracker.domain.reminders import Thresholds
from tracker.services import ClinicInfo
from tracker.services.changes import Changes, Done
from tracker.ui import theme
from tracker.ui.actions import MENUS, Act
from tracker.ui.failure_dialogs import CrashDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import CheckStart, Page, PageAct, PageContext
from tracker.ui.preferences import Preferences
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.segments import Segments
from tracker.ui.worklist.expiry_columns import chip_words

PAGE_IDS = [kind.id for kind in PAGES]


class KeyedPage(SmallPage):
    """Has an act with a key of its own."""

    id = "keyed"
    title = "Keyed"

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(Act("keyed", "&Keyed", "&Edit", ("Ctrl+J",)), self.primary, here=False),)


def chosen_chips(page: Page) -> ChipRow:
    chips = page.findChild(ChipRow)
    assert chips is not None
    return chips


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(made)
    made.open_page("today")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def page(window: MainWindow, page_id: str) -> SmallPage:
    found = window.pages[page_id]
    assert isinstance(found, SmallPage)
    return found


def add_patient(window: MainWindow) -> Done[object]:
    return window.context.services.patients.add(a_patient())  # type: ignore[return-value]


def in_front(window: MainWindow) -> str:
    current = window.current_page()
    return current.id if current else ""


def test_that_the_navigation_lists_the_listed_pages_and_opens_them(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.navigation.item("find"), Qt.MouseButton.LeftButton)

    assert in_front(window) == "find"
    assert window.navigation.item("find").isChecked()
    assert not window.navigation.item("today").isChecked()
    assert "patient" not in {
        button.text() for button in window.navigation.findChildren(type(window.navigation.item("find")))
    }


@pytest.mark.parametrize(
    ("key", "where"),
    [(Qt.Key.Key_1, "today"), (Qt.Key.Key_2, "find")],
)
def test_that_ctrl_and_a_number_open_a_section(window: MainWindow, key: Qt.Key, where: str) -> None:
    window.open_page("patient", "p1")

    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)

    assert in_front(window) == where


def test_that_a_patient_opens_below_its_section(window: MainWindow) -> None:
    page(window, "today").patient_wanted.emit("p1")

    assert in_front(window) == "patient"
    assert page(window, "patient").begun == ["p1"]
    assert window.navigation.item("find").isChecked()


def test_that_check_starts_with_the_patient_in_front(window: MainWindow) -> None:
    window.open_patient("p1")

    QTest.keyClick(window, Qt.Key.Key_F3)

    assert in_front(window) == "check"
    assert page(window, "check").begun == [CheckStart(patient_id="p1")]


def test_that_back_leads_the_way_back(window: MainWindow) -> None:
    window.open_patient("p1")
    window.check_current()

    window.go_back()
    first = in_front(window)
    window.go_back()

    assert (first, in_front(window)) == ("patient", "today")


def test_that_ctrl_y_does_again_what_was_just_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    window.show_done(add_patient(window))
    redo = window.registry.action("redo")
    assert not redo.isEnabled()

    for key, found in ((Qt.Key.Key_Z, 0), (Qt.Key.Key_Y, 1)):
        with qtbot.waitSignal(window.context.notifier.changed):
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert len(window.context.services.patients.find("Whitaker")) == found

    assert not redo.isEnabled()


def test_that_what_was_done_stays_to_be_read_and_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    services = window.context.services
    done = add_patient(window)
    page(window, "today").acted.emit(done)
    assert window.status_line.sentence() == done.sentence
    assert window.status_line.undo_button.isVisible()

    with qtbot.waitSignal(window.context.notifier.changed):
        qtbot.mouseClick(window.status_line.undo_button, Qt.MouseButton.LeftButton)

    assert window.status_line.sentence().startswith("Taken back: Added")
    assert services.patients.find("Whitaker") == ()


def test_that_ctrl_z_once_too_often_changes_nothing_and_the_line_offers_to_do_it_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_done(add_patient(window))
    patients, line = window.context.services.patients, window.status_line
    with qtbot.waitSignal(window.context.notifier.changed):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    with qtbot.assertNotEmitted(line.undo_wanted):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.undo_button.text() == "Do again"
    assert patients.find("Whitaker") == ()

    with qtbot.waitSignal(window.context.notifier.changed):
        qtbot.mouseClick(line.undo_button, Qt.MouseButton.LeftButton)
    assert line.undo_button.text() == "Undo"
    assert len(patients.find("Whitaker")) == 1


def test_that_what_is_taken_back_and_done_again_in_turn_is_told_in_one_word_each(
    window: MainWindow, qtbot: QtBot
) -> None:
    done = add_patient(window)
    window.show_done(done)
    for key, word in ((Qt.Key.Key_Z, "Taken back"), (Qt.Key.Key_Y, "Done again"), (Qt.Key.Key_Z, "Taken back")):
        with qtbot.waitSignal(window.context.notifier.changed):
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.status_line.sentence() == f"{word}: {done.sentence}"


def test_that_an_undo_that_comes_too_late_is_told_in_place(window: MainWindow, qtbot: QtBot) -> None:
    done = add_patient(window)
    window.show_done(done)
    patient = done.value
    window.context.services.patients.change(replace(patient, phone="(859) 555-0100"))  # type: ignore[type-var]

    qtbot.mouseClick(window.status_line.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.notice.sentence()))

    assert "Whitaker" not in window.windowTitle()
    assert not window.status_line.undo_button.isVisible()


def test_that_a_page_hears_of_changes_at_once_in_front_and_when_opened_behind(window: MainWindow) -> None:
    changes = Changes.of("p1")
    window.context.notifier.publish(changes)
    behind = page(window, "find")
    assert page(window, "today").refreshed == [changes]
    assert behind.refreshed == []

    window.open_page("find")

    assert behind.refreshed == [changes]


def test_that_a_mendable_error_is_said_in_place_until_the_next_page(window: MainWindow) -> None:
    window.show_error(ConflictError("Somebody changed this meanwhile.", "", "Look at it again."))
    assert window.notice.sentence() == "Somebody changed this meanwhile. Look at it again."

    window.open_page("find")

    assert window.notice.sentence() == ""


@pytest.mark.expect_log("Unexpected failure")
def test_that_a_fault_opens_a_dialog(window: MainWindow, qtbot: QtBot) -> None:
    window.show_error(KeyError("Whitaker"))

    dialog = window.findChild(CrashDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.accept()


def test_that_an_error_left_to_the_window_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise ConflictError("Somebody was quicker.")

    window.context.tasks.run(window, refuse, lambda _none: None)

    qtbot.waitUntil(lambda: window.notice.sentence() == "Somebody was quicker.")


def test_that_the_answer_in_front_is_copied_as_text(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert QGuiApplication.clipboard().text() == "Summary of Today"


def test_that_ctrl_enter_does_the_main_act_of_the_page_in_front(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page(window, "today").primaries == 1
    assert page(window, "find").primaries == 0


def test_that_f6_moves_between_navigation_and_page(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.navigation.item("today")

    QTest.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page(window, "today").field


def test_that_a_narrow_window_shows_icons_only(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.navigation.width() < 60)

    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.navigation.width() > 60)


def test_that_icons_give_way_to_their_numbers_while_ctrl_is_held(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.navigation.width() < 60)
    item = window.navigation.item("find")
    icon = item.grab().toImage()

    QTest.keyPress(window, Qt.Key.Key_Control)
    assert item.grab().toImage() != icon

    QTest.keyRelease(window, Qt.Key.Key_Control)
    assert item.grab().toImage() == icon


def test_that_the_look_is_changed_and_remembered(window: MainWindow) -> None:
    window.registry.action("look dark").trigger()

    assert theme.tokens().dark
    assert window.context.preferences.scheme == "dark"


def test_that_the_window_comes_back_in_its_size(context: PageContext, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(760, 700)  # the offscreen screen is 800 wide
    window.close()

    again = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (760, 700)


def test_that_the_section_and_the_filters_come_back_for_the_user_who_left_them(
    context: PageContext, qtbot: QtBot, settle: Settle
) -> None:
    first = MainWindow(context, PAGES)
    qtbot.addWidget(first)
    first.open_page("expirations")
    expirations, today = first.pages["expirations"], first.pages["today"]
    chosen_chips(expirations).choose(chip_words(Thresholds())[-1][0])
    next(each for each in today.findChildren(Segments) if each.accessibleName() == "View").button("ahead").click()
    settle()
    first.close()

    again = MainWindow(context, PAGES)
    qtbot.addWidget(again)
    other = replace(context, services=replace(context.services, user=User("Somebody Else")))
    theirs = MainWindow(other, PAGES)
    qtbot.addWidget(theirs)
    settle()

    assert (again.first_page(), theirs.first_page()) == ("expirations", "today")
    assert chosen_chips(again.pages["expirations"]).chosen_key() == chip_words(Thresholds())[-1][0]
    assert chosen_chips(theirs.pages["expirations"]).chosen_key() == "all"
    views = [each for each in again.pages["today"].findChildren(Segments) if each.accessibleName() == "View"]
    assert [each.value() for each in views] == ["ahead"]


def test_that_nothing_kept_names_the_user_or_what_was_typed(window: MainWindow, tmp_path: Path) -> None:
    page(window, "today").field.setText("Whitaker")
    window.close()
    window.context.preferences.flush()

    written = (tmp_path / "preferences.ini").read_text(encoding="utf-8")
    assert "Whitaker" not in written
    assert window.context.services.user.name not in written


def test_that_pages_are_made_when_they_are_wanted(context: PageContext, qtbot: QtBot) -> None:
    window = MainWindow(context, SMALL_PAGES, gradually=True)
    qtbot.addWidget(window)
    window.open_page("today")
    assert window.pages.waiting() == ("find", "patient", "check")

    window.open_patient("p1")
    assert window.pages.waiting() == ("find", "check")
    window.pages.make_all()

    assert window.pages.waiting() == ()


def test_that_a_menu_is_there_before_its_pages_and_holds_their_acts_when_it_opens(
    context: PageContext, qtbot: QtBot
) -> None:
    window = MainWindow(context, PAGES, gradually=True)
    qtbot.addWidget(window)
    bar = window.menu_row.menu_bar
    first = bar.actions()
    assert [action.text() for action in first] == list(MENUS)

    reports = first[MENUS.index("&Reports")].menu()
    reports.aboutToShow.emit()
    shown = [action.text() for action in reports.actions()]
    assert "&Print…\tP" in shown
    assert set(PAGE_IDS) - set(window.pages.waiting()) == {"reports", "audit"}

    window.pages.make_all()
    assert bar.actions() == first
    assert [action.text() for action in reports.actions()] == shown


def test_that_the_acts_of_a_menu_stand_in_the_order_of_the_pages_whichever_was_made_first(
    context: PageContext, qtbot: QtBot
) -> None:
    windows = [MainWindow(context, PAGES, gradually=True) for _ in range(2)]
    windows[1].pages["audit"]
    for each in windows:
        qtbot.addWidget(each)
        each.pages.make_for("&Reports")

    usual, other = ([entry.act.id for entry in each.registry.entries() if entry.act.menu == "&Reports"]
                    for each in windows)  # fmt: skip
    assert usual == other


def test_that_every_page_tells_which_menus_hold_its_acts(context: PageContext, qtbot: QtBot) -> None:
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)

    told = {page_id: set(page.menus) for page_id, page in window.pages.items()}

    held = {name: {each.act.menu for each in page.acts() if each.act.listed} for name, page in window.pages.items()}
    assert told == held


def test_that_a_key_of_a_page_that_is_not_made_yet_works(context: PageContext, qtbot: QtBot) -> None:
    window = MainWindow(context, (SmallPage, KeyedPage), gradually=True)
    qtbot.addWidget(window)
    window.open_page("today")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)

    keyed = window.pages["keyed"]
    assert isinstance(keyed, KeyedPage)
    assert keyed.primaries == 1


@pytest.mark.parametrize(("act", "percent"), [("text larger", 110), ("text smaller", 90), ("text usual", 100)])
def test_that_the_size_of_text_changes_at_once_and_is_remembered(window: MainWindow, act: str, percent: int) -> None:
    label = PlainLabel("Words", "body", parent=window)
    usual = label.font().pointSizeF()

    window.registry.action(act).trigger()

    assert label.font().pointSizeF() == pytest.approx(usual * percent / 100)
    assert window.context.preferences.text_size == percent


def test_that_the_menu_ticks_what_holds_also_when_it_was_changed_elsewhere(window: MainWindow) -> None:
    window.context.preferences.scheme = "contrast"
    window.context.preferences.density = "compact"

    window.registry.opening.emit("&View")

    ticked = [e.act.id for e in window.registry.entries() if e.act.tickable and e.action.isChecked()]
    assert ticked == ["look contrast", "rows compact"]


def test_that_text_grows_no_further_than_half_again(window: MainWindow) -> None:
    for _ in range(9):
        window.registry.action("text larger").trigger()

    assert window.context.preferences.text_size == 150


def test_that_rows_stand_closer_at_once_and_never_below_what_can_be_aimed_at(window: MainWindow) -> None:
    tables = [RecordTable((Column("Name", str),), window, name="Names", row_height=pixels) for pixels in (30, 26)]

    window.registry.action("rows compact").trigger()

    assert [table.verticalHeader().defaultSectionSize() for table in tables] == [26, 24]
    assert window.context.preferences.density == "compact"


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_that_the_program_fits_the_smallest_screens(context: PageContext, qtbot: QtBot, size: tuple[int, int]) -> None:
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)

    for page_id in window.pages:
        window.open_page(page_id)
    hint = window.minimumSizeHint()

    assert hint.width() <= size[0]
    assert hint.height() <= size[1]


def test_that_closing_is_told(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()


def test_that_the_demo_clinic_is_marked_in_title_and_strip_and_needs_no_lock(
    context: PageContext, qtbot: QtBot, tmp_path: Path
) -> None:
    demo = replace(context.services, clinic=ClinicInfo("Demo", "KY", demo=True))
    window = MainWindow(
        PageContext(demo, context.tasks, context.notifier, Preferences(tmp_path / "d.ini")), SMALL_PAGES
    )
    qtbot.addWidget(window)
    window.show()

    strips = [widget for widget in window.findChildren(QWidget) if "DEMO" in widget.accessibleName()]
    assert "DEMO - not real patients" in window.windowTitle()
    assert strips
    assert strips[0].isVisible()
    assert not window.registry.action("lock").isEnabled()


def test_that_the_title_names_no_clinic_and_no_patient(window: MainWindow) -> None:
    window.open_patient("p1")

    assert window.windowTitle() == "Injection Tracker"
