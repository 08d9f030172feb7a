"""What is typed while a dialog's content is read arrives in the dialog, in order, and does nothing in the list."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.tasks import TaskRunner
from tracker.ui.widgets.keys_held import KeysHeld, read_first


class Desk(QWidget):
    """A list in which a letter does something, and a file that is read only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.tasks = TaskRunner(self)
        self.done: list[str] = []
        self.read = threading.Event()
        self.list = QTableWidget(3, 2, self)
        QVBoxLayout(self).addWidget(self.list)
        shortcut = QShortcut(QKeySequence("D"), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: self.done.append("done"))
        self.field: QLineEdit | None = None

    def begin(self, failed: Callable[[Exception], None] | None = None) -> None:
        read_first(self.tasks, self, self._work, self._show, failed)

    def _work(self) -> str:
        assert self.read.wait(5)
        return "Request"

    def _show(self, title: str) -> None:
        dialog = BaseDialog(title, self)
        self.field = QLineEdit(dialog)
        dialog.body.addWidget(self.field)
        dialog.open()
        self.field.setFocus()

    def type(self, letters: str) -> None:
        for letter in letters:
            QTest.keyClick(self.behind(), letter)

    def behind(self) -> QWindow:
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
    desk.list.setCurrentCell(0, 0)
    desk.list.setFocus()
    yield desk
    desk.read.set()
    for dialog in desk.findChildren(QDialog):
        dialog.reject()
    desk.tasks.shutdown()


def test_that_letters_typed_while_it_is_read_arrive_in_the_dialog_and_do_nothing_before(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.begin()
    desk.type("dunn")
    desk.read.set()
    qtbot.waitUntil(lambda: desk.field is not None and desk.field.text() == "dunn")
    assert desk.done == []


def test_that_they_are_dropped_where_reading_fails_and_the_list_hears_the_next_one(desk: Desk, qtbot: QtBot) -> None:
    told: list[Exception] = []

    def fails() -> str:
        assert desk.read.wait(5)
        raise OSError

    read_first(desk.tasks, desk, fails, desk._show, told.append)
    desk.type("d")
    desk.read.set()
    qtbot.waitUntil(lambda: bool(told))
    assert desk.done == []
    desk.type("d")
    assert desk.done == ["done"]


def test_that_keys_are_not_kept_for_what_is_read_very_slowly(desk: Desk) -> None:
    keys = KeysHeld(desk)
    desk.type("d")
    keys.drop()  # as it does by itself after a while
    keys.pass_on()
    assert desk.done == []
    desk.type("d")
    assert desk.done == ["done"]


def test_that_a_list_that_is_taken_away_while_reading_holds_no_key_of_the_window(desk: Desk, qtbot: QtBot) -> None:
    owner = QWidget(desk)
    read_first(desk.tasks, owner, desk._work, desk._show)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not desk.findChildren(KeysHeld))
    desk.type("d")
    assert desk.done == ["done"]
