"""Letters typed before a dialog that was just opened has the focus do nothing in the list behind it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.dialogs.base_dialog import BaseDialog


class Desk(QWidget):
    """A list in which a letter does something, as the lists of the program do."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.list = QTableWidget(3, 2, self)
        QVBoxLayout(self).addWidget(self.list)
        shortcut = QShortcut(QKeySequence("N"), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: self.done.append("no-show"))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(600, 400)
    with qtbot.waitActive(desk):
        desk.show()
    desk.list.setFocus()
    return desk


def opened(desk: Desk) -> tuple[BaseDialog, QLineEdit]:
    """Open a dialog with a field; the window system has not given it the focus yet."""
    dialog = BaseDialog("New patient", desk)
    field = QLineEdit(dialog)
    dialog.body.addWidget(field)
    field.setFocus()
    dialog.open()
    assert desk.isActiveWindow()
    return dialog, field


def test_that_a_letter_typed_at_once_does_nothing_in_the_list_behind(desk: Desk) -> None:
    opened(desk)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_N)

    assert desk.done == []


def test_that_the_dialog_hears_its_own_keys_once_it_has_the_focus(desk: Desk, qtbot: QtBot) -> None:
    dialog, field = opened(desk)
    pressed = []
    QShortcut(QKeySequence("Alt+N"), dialog).activated.connect(lambda: pressed.append("Alt+N"))
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(field, "o")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)

    assert field.text() == "o"
    assert pressed == ["Alt+N"]


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
