"""Ctrl+K: patients and commands in one list, each line with its key or the one thing worth knowing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.ui.conftest import Settle
from tests.ui.names import nameless
from tests.ui.small_pages import SMALL_PAGES, SmallPage
from tracker.domain.verdict import Outcome
from tracker.ui import theme
from tracker.ui.commands.line_delegate import LineDelegate, parts_of
from tracker.ui.commands.line_model import LineModel
from tracker.ui.commands.palette import Palette
from tracker.ui.commands.rows import Line
from tracker.ui.commands.scrim import Scrim
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import CheckStart, PageContext, RequestStart
from tracker.ui.pages.settings_page import SettingsPage
from tracker.ui.pages.today_page import TodayPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(made)
    made.open_page("today")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def opened(window: MainWindow) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    assert palette is not None
    assert palette.isVisible()
    return palette


def typed(window: MainWindow, text: str, settle: Settle) -> Palette:
    palette = opened(window)
    QTest.keyClicks(palette.field, text)
    settle()
    return palette


def texts(palette: Palette) -> list[str]:
    return [line.text for line in palette.model.lines()]


def begun(window: MainWindow, page_id: str) -> list[object]:
    page = window.pages[page_id]
    assert isinstance(page, SmallPage)
    return page.begun


def test_that_a_section_of_the_settings_is_found_and_stands_in_no_menu(
    context: PageContext, qtbot: QtBot, settle: Settle
) -> None:
    made = MainWindow(context, (TodayPage, SettingsPage))
    qtbot.addWidget(made)
    made.open_page("today")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    palette = typed(made, "payers", settle)
    assert "Settings: Payers and plans" in texts(palette)
    menus = [action.menu() for action in made.menu_row.menu_bar.actions()]
    assert not [each for menu in menus for each in menu.actions() if each.text().startswith("Settings: ")]

    palette.reject()
    made.registry.action("settings look").trigger()
    settle()
    page = made.current_page()
    assert isinstance(page, SettingsPage)
    assert page.sections.current() == "look"
    assert page.stack.isAncestorOf(made.focusWidget())


def test_that_a_patient_is_found_with_two_identifiers_and_what_is_worth_knowing(
    window: MainWindow, settle: Settle
) -> None:
    window.context.services.patients.add(a_patient())
    palette = typed(window, "whit", settle)

    line = palette.current()
    assert line is not None
    assert texts(palette)[0] == "Patients"
    assert line.text.startswith("Whitaker")
    assert "07/02/1951" in line.identifiers
    assert line.spans == ((0, 4),)
    assert line.fact is not None
    assert line.fact.outcome is Outcome.UNKNOWN  # there is no coverage on file


def test_that_enter_opens_the_patient(window: MainWindow, settle: Settle) -> None:
    patient_id = window.context.services.patients.add(a_patient()).value.id
    palette = typed(window, "whit", settle)

    QTest.keyClick(palette.field, Qt.Key.Key_Return)

    assert begun(window, "patient") == [patient_id]
    assert not palette.isVisible()


def test_that_enter_before_the_answer_waits_for_the_patients(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    patient_id = window.context.services.patients.add(a_patient()).value.id
    palette = opened(window)
    QTest.keyClicks(palette.field, "whit")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert begun(window, "patient") == []

    qtbot.waitUntil(lambda: begun(window, "patient") == [patient_id])


def test_that_moving_before_the_answer_waits_too_and_comes_before_enter(window: MainWindow, qtbot: QtBot) -> None:
    patients = window.context.services.patients
    patients.add(a_patient())
    second = patients.add(replace(a_patient(), first="Edwin", mrn="M2")).value.id
    palette = opened(window)
    QTest.keyClicks(palette.field, "whit")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(palette.field, key)
    assert begun(window, "patient") == []

    qtbot.waitUntil(lambda: begun(window, "patient") == [second])


def test_that_a_request_asked_for_before_the_answer_waits_for_the_patient(window: MainWindow, qtbot: QtBot) -> None:
    wanted = window.context.services.patients.add(a_patient()).value.id
    palette = opened(window)
    qtbot.waitUntil(palette.isActiveWindow)
    with qtbot.waitSignal(palette.request_wanted) as told:
        QTest.keyClicks(palette.field, "whit")
        QTest.keyClick(palette.field, Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)

    assert told.args == [wanted]


def test_that_what_is_typed_before_the_palette_has_the_focus_finds_and_opens(window: MainWindow, qtbot: QtBot) -> None:
    """Letters and Enter come to the window behind until the window system gives the palette the focus."""
    patient_id = window.context.services.patients.add(a_patient()).value.id
    window.open_palette()
    behind, palette = window.windowHandle(), window.findChild(Palette)
    assert behind is not None
    assert palette is not None
    assert not palette.isActiveWindow()
    for text, key in (*((letter, ord(letter.upper())) for letter in "whit"), ("\r", Qt.Key.Key_Return.value)):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            QCoreApplication.sendEvent(behind, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    assert palette.field.text() == "whit"

    qtbot.waitUntil(lambda: begun(window, "patient") == [patient_id])


@pytest.mark.parametrize("held", [CTRL, Qt.KeyboardModifier.ShiftModifier])
def test_that_ctrl_or_shift_with_enter_checks(window: MainWindow, settle: Settle, held: Qt.KeyboardModifier) -> None:
    patient_id = window.context.services.patients.add(a_patient()).value.id
    palette = typed(window, "whit", settle)

    QTest.keyClick(palette.field, Qt.Key.Key_Return, held)

    assert begun(window, "check") == [CheckStart(patient_id)]


def test_that_a_request_is_started_for_a_patient(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    patient_id = window.context.services.patients.add(a_patient()).value.id
    palette = typed(window, "whit", settle)

    with qtbot.waitSignal(palette.request_wanted) as told:
        QTest.keyClick(palette.field, Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)

    assert told.args == [patient_id]
    assert RequestStart(patient_id).patient_id == patient_id


def test_that_a_command_is_done_and_stands_first_the_next_time(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    palette = typed(window, "dark", settle)
    assert palette.current() is not None
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert theme.tokens().dark

    qtbot.waitUntil(lambda: window.findChild(Palette) is None)
    window.open_palette()
    again = window.findChild(Palette)
    assert again is not None

    assert texts(again)[:2] == ["Recent", "Dark"]
    assert window.context.preferences.recent(window.context.services.user.name) == ("look dark",)


def test_that_each_command_shows_its_own_key(window: MainWindow, settle: Settle) -> None:
    palette = typed(window, "quit", settle)

    line = palette.current()
    assert line is not None
    assert (line.text, line.right) == ("Quit", "Ctrl+Q")


def test_that_a_list_without_anything_says_so_with_the_next_step(window: MainWindow, settle: Settle) -> None:
    palette = typed(window, "qqxz", settle)

    (line,) = palette.model.lines()
    assert line.heading
    assert line.text == "No patient and no command fits. Esc, then Ctrl+Shift+N adds a patient."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_that_a_command_that_is_off_says_why_and_does_nothing(window: MainWindow, settle: Settle) -> None:
    palette = typed(window, "redo", settle)

    line = palette.current()
    assert line is not None
    assert not line.possible
    assert "nothing was taken back" in line.beside
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_that_without_anything_typed_only_what_can_be_done_is_listed(context: PageContext, qtbot: QtBot) -> None:
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)
    window.open_page("expirations")
    window.open_palette()
    palette = window.findChild(Palette)
    assert palette is not None

    shown = {line.id for line in palette.model.lines() if not line.heading}

    assert {"unused", "go today", "keys"} <= shown
    assert "visit done" not in shown
    assert shown == {e.act.id for e in window.registry.entries() if e.action.isEnabled()} - {"palette"}


def test_that_headings_are_passed_over_and_the_marker_stays_at_both_ends(window: MainWindow, settle: Settle) -> None:
    for last in ("Whitaker", "Whitlow"):
        window.context.services.patients.add(replace(a_patient(), last=last, mrn=last))
    palette = typed(window, "whi", settle)
    walked = []
    for _ in range(len(palette.model.lines())):
        line = palette.current()
        assert line is not None
        assert not line.heading
        walked.append(line.text)
        QTest.keyClick(palette.field, Qt.Key.Key_Down)

    assert [text.partition(",")[0] for text in walked[:2]] == ["Whitaker", "Whitlow"]
    last = palette.current()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.current() == last


def test_that_a_command_stands_above_people_who_are_only_spelt_alike(window: MainWindow, settle: Settle) -> None:
    window.context.services.patients.add(replace(a_patient(), last="Quitt", mrn="M1"))
    window.context.services.patients.add(replace(a_patient(), last="Quid", mrn="M2"))
    palette = typed(window, "quit ", settle)

    heads = [line.text for line in palette.model.lines() if line.heading]
    assert heads.index("Commands") < (heads.index("Did you mean") if "Did you mean" in heads else len(heads))


def test_that_escape_closes_and_the_scrim_goes(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window)
    assert window.findChild(Scrim) is not None

    QTest.keyClick(palette.field, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.findChild(Scrim) is None and window.findChild(Palette) is None)


def test_that_typing_into_the_field_of_the_menu_row_goes_on_in_the_palette(window: MainWindow) -> None:
    QTest.keyClicks(window.menu_row.search, "q")

    palette = window.findChild(Palette)
    assert palette is not None
    assert palette.field.text() == "q"
    assert window.menu_row.search.text() == ""


def test_that_the_hit_is_cut_out_to_be_marked() -> None:
    line = Line("Whitaker, Doris", "p1", spans=((0, 4), (10, 11)))

    assert parts_of(line) == [("Whit", True), ("aker, ", False), ("D", True), ("oris", False)]


def test_that_everything_in_it_has_a_name_and_is_painted(window: MainWindow, settle: Settle) -> None:
    window.context.services.patients.add(a_patient())
    palette = typed(window, "w", settle)

    assert nameless(palette) == []
    for scheme in ("light", "dark", "contrast"):
        theme.apply(theme_app(), scheme)  # type: ignore[arg-type]  # looked at one line above
        picture: QPixmap = palette.grab()
        assert not picture.isNull()


def theme_app():  # type: ignore[no-untyped-def]  # the one application
    from PySide6.QtWidgets import QApplication

    return QApplication.instance()


def test_that_a_very_long_name_gives_way_to_birth_date_and_number(window: MainWindow, settle: Settle) -> None:
    """The identifiers are painted as they are beside a short name, at the right end of the cut one."""
    line = Line("Wolf, Ann", "1", "users", (), "", patient=True, identifiers="07/02/1951  M1001")
    long = replace(line, text="W" * 200, spans=((0, 3),))
    delegate, option = LineDelegate(), QStyleOptionViewItem()
    option.rect = QRect(0, 0, 700, 36)
    wide = theme.text_width(line.identifiers, "body")

    def painted(shown: Line) -> QImage:
        model = LineModel()
        model.show_lines((shown,))
        image = QImage(700, 36, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(0))
        painter.end()
        return image

    usual = painted(replace(line, text=""))
    cut = painted(long)

    assert any(
        cut.copy(left, 0, wide, 35) == usual.copy(48, 0, wide, 35) for left in range(700 - 12 - wide - 20, 700 - wide)
    )
