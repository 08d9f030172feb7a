"""What is typed before a dialog that was just opened has the focus, or right after one is closed, is not lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.widgets.typed_ahead import TypedAhead

ESCAPE, LEFT = Qt.Key.Key_Escape, Qt.Key.Key_Left
NONE = Qt.KeyboardModifier.NoModifier


class Desk(QWidget):
    """A list in which a letter does something, as the lists of the program do, and a field."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.list = QTableWidget(3, 2, self)
        self.field = QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(self.list)
        column.addWidget(self.field)
        shortcut = QShortcut(QKeySequence("N"), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: self.done.append("no-show"))
        QShortcut(QKeySequence("F9"), self).activated.connect(lambda: self.done.append("F9"))

    def window_behind(self) -> QWindow:
        window = self.windowHandle()
        assert window is not None
        return window


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(600, 400)
    with qtbot.waitActive(desk):
        desk.show()
    desk.list.setFocus()
    yield desk
    for dialog in desk.findChildren(QDialog):
        dialog.reject()


def opened(home: QWidget) -> tuple[BaseDialog, QLineEdit]:
    """Open a dialog with a field; the window system has not given it the focus yet."""
    dialog = BaseDialog("New patient", home)
    field = QLineEdit(dialog)
    dialog.body.addWidget(field)
    field.setFocus()
    dialog.open()
    assert not dialog.isActiveWindow()
    return dialog, field


def window_of(dialog: QWidget) -> QWindow:
    window = dialog.windowHandle()
    assert window is not None
    return window


def typed(window: QWindow, *keys: str | Qt.Key) -> None:
    """Bring keys to a window as the window system does, which does not come to anything else meanwhile."""
    for key in keys:
        text, code = (key, ord(key.upper())) if isinstance(key, str) else ("", key.value)
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(window, QKeyEvent(kind, code, NONE, text))


def test_that_a_letter_typed_at_once_does_nothing_in_the_list_behind(desk: Desk) -> None:
    opened(desk)
    QTest.keyClick(desk.window_behind(), Qt.Key.Key_N)

    assert desk.done == []


def test_that_qt_lets_the_first_letter_through_to_the_field(desk: Desk) -> None:
    _dialog, field = opened(desk)
    QTest.keyClick(desk.window_behind(), Qt.Key.Key_N)

    assert field.text() == "n"


def test_that_all_letters_typed_before_the_focus_arrive_in_order_and_once(desk: Desk, qtbot: QtBot) -> None:
    dialog, field = opened(desk)
    typed(desk.window_behind(), *"whita")
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    typed(window_of(dialog), *"ker")

    assert field.text() == "whitaker"
    assert desk.done == []


def test_that_the_keys_that_move_and_rub_out_keep_their_place(desk: Desk) -> None:
    _dialog, field = opened(desk)
    typed(desk.window_behind(), "a", "c", LEFT, "b", Qt.Key.Key_End, "x", Qt.Key.Key_Backspace)

    assert field.text() == "abc"


def test_that_tab_goes_to_the_next_field_of_the_dialog(desk: Desk) -> None:
    dialog, field = opened(desk)
    second = QLineEdit(dialog)
    dialog.body.addWidget(second)
    second.show()
    typed(desk.window_behind(), "a", Qt.Key.Key_Tab, "b")

    assert (field.text(), second.text()) == ("a", "b")


def test_that_a_shortcut_is_the_dialogs_and_not_that_of_the_window_behind(desk: Desk) -> None:
    dialog, _field = opened(desk)
    pressed = []
    QShortcut(QKeySequence("F9"), dialog).activated.connect(lambda: pressed.append("F9"))
    QTest.keyClick(desk.window_behind(), Qt.Key.Key_F9)

    assert (pressed, desk.done) == (["F9"], [])


def test_that_the_release_of_the_key_that_opened_it_changes_nothing(desk: Desk) -> None:
    opened(desk)
    QCoreApplication.sendEvent(desk.window_behind(), QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_K.value, NONE))

    assert desk.isActiveWindow()


def test_that_what_an_input_method_writes_arrives_too(desk: Desk) -> None:
    desk.field.setFocus()
    _dialog, field = opened(desk)
    text = QInputMethodEvent()
    text.setCommitString("é")
    typed(desk.window_behind(), "r")
    QCoreApplication.sendEvent(desk.field, text)

    assert (field.text(), desk.field.text()) == ("ré", "")


def test_that_the_mouse_does_nothing_behind_while_letters_are_let_through(desk: Desk) -> None:
    opened(desk)
    QTest.mouseClick(desk.window_behind(), Qt.MouseButton.LeftButton, NONE, desk.field.geometry().center())

    assert desk.focusWidget() is desk.list


def test_that_the_window_behind_is_shut_once_the_dialog_has_the_focus(desk: Desk, qtbot: QtBot) -> None:
    dialog, field = opened(desk)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(desk.window_behind(), Qt.Key.Key_N)
    typed(desk.window_behind(), "n")

    assert (field.text(), desk.done) == ("", [])


def test_that_the_dialog_hears_its_own_keys_once_it_has_the_focus(desk: Desk, qtbot: QtBot) -> None:
    dialog, field = opened(desk)
    pressed = []
    QShortcut(QKeySequence("Alt+N"), dialog).activated.connect(lambda: pressed.append("Alt+N"))
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(field, "o")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)

    assert field.text() == "o"
    assert pressed == ["Alt+N"]


def test_that_escape_before_the_focus_closes_it_and_the_next_key_is_the_lists(desk: Desk) -> None:
    dialog, _field = opened(desk)
    typed(desk.window_behind(), "a", ESCAPE)
    assert dialog.isHidden()
    assert QApplication.focusWidget() is desk.list
    QTest.keyClick(desk.window_behind(), Qt.Key.Key_N)

    assert desk.done == ["no-show"]


def test_that_a_key_that_still_comes_to_the_closed_dialog_is_the_lists(desk: Desk, qtbot: QtBot) -> None:
    dialog, field = opened(desk)
    qtbot.waitUntil(dialog.isActiveWindow)
    typed(window_of(dialog), "a", ESCAPE)
    QTest.keyClick(window_of(dialog), Qt.Key.Key_N)

    assert (field.text(), desk.done) == ("a", ["no-show"])


def test_that_letters_typed_between_two_dialogs_arrive_in_the_second(desk: Desk, qtbot: QtBot) -> None:
    first, theirs = opened(desk)
    qtbot.waitUntil(first.isActiveWindow)
    first.accept()
    _second, field = opened(desk)
    typed(window_of(first), *"whi")
    typed(desk.window_behind(), *"ta")

    assert (theirs.text(), field.text()) == ("", "whita")


def test_that_of_two_dialogs_the_upper_one_gets_the_letters(desk: Desk) -> None:
    lower, below = opened(desk)
    _upper, above = opened(lower)
    typed(window_of(lower), "n")
    QTest.keyClick(desk.window_behind(), Qt.Key.Key_O)

    assert (below.text(), above.text(), desk.done) == ("", "no", [])


@pytest.mark.parametrize("at_once", [True, False])
def test_that_the_list_listens_again_when_the_dialog_is_gone(desk: Desk, qtbot: QtBot, at_once: bool) -> None:
    dialog, _field = opened(desk)
    if not at_once:
        qtbot.waitUntil(dialog.isActiveWindow)
    dialog.reject()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    desk.list.setFocus()
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_N)

    assert desk.done == ["no-show"]


def test_that_a_dialog_can_be_opened_again_and_is_deleted_when_wanted(desk: Desk, qtbot: QtBot) -> None:
    dialog, field = opened(desk)
    dialog.reject()
    dialog.open()
    typed(desk.window_behind(), *"ab")
    assert field.text() == "ab"
    dialog.deleteLater()

    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def shown_beside(desk: Desk) -> QLineEdit:
    """Show a window that stands beside the work, as the help does."""
    window = QDialog(desk)
    field = QLineEdit(window)
    TypedAhead(window)
    window.show()
    field.setFocus()
    return field


def test_that_a_window_beside_the_work_gets_its_letters_too(desk: Desk) -> None:
    field = shown_beside(desk)
    typed(desk.window_behind(), *"no")

    assert (field.text(), desk.done) == ("no", [])


def test_that_a_click_into_the_work_ends_the_waiting(desk: Desk) -> None:
    field = shown_beside(desk)
    desk.field.setFocus()
    typed(desk.window_behind(), "a")
    click = QMouseEvent(
        QEvent.Type.MouseButtonPress, QPointF(1, 1), QPointF(1, 1), *[Qt.MouseButton.LeftButton] * 2, NONE
    )
    QCoreApplication.sendEvent(desk.window_behind(), click)
    typed(desk.window_behind(), "b")

    assert (field.text(), desk.field.text()) == ("a", "b")
