"""A button is pressed by Enter too, and its ring is whole where there is little room round it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.focus_ring import FocusRing


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[ActionButton]:
    home = QWidget()
    qtbot.addWidget(home)
    row = QHBoxLayout(home)
    row.setContentsMargins(0, 0, 0, 0)
    made = ActionButton("Recovery code…", home, kind="link", small=True)
    row.addWidget(made)
    row.addStretch(1)
    home.resize(300, 26)
    with qtbot.waitActive(home):
        home.show()
        home.activateWindow()
    made.setFocus()
    yield made
    home.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_enter_presses_a_button_as_space_does(button: ActionButton, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(button.clicked, timeout=1000):
        qtbot.keyClick(button, key)


def test_that_enter_presses_no_button_that_is_off(button: ActionButton, qtbot: QtBot) -> None:
    button.set_off("choose a side")
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_that_the_ring_is_whole_where_the_button_stands_at_the_edge(button: ActionButton) -> None:
    home = button.parentWidget()
    (ring,) = home.findChildren(FocusRing)
    assert ring.isVisible()
    assert home.rect().contains(ring.geometry())
    assert ring.geometry().contains(button.geometry().center())


@pytest.mark.parametrize("kind", ["plain", "primary", "quiet", "link", "accent", "chosen"])
@pytest.mark.parametrize("small", [False, True])
def test_that_no_word_is_cut_where_a_button_has_the_room_it_asked_for(kind: str, small: bool, qtbot: QtBot) -> None:
    button = ActionButton("Skip", kind=kind, small=small)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert not button.is_cut()
    button.setText("Skip these")
    button.resize(button.sizeHint().width() // 2, button.height())
    assert button.is_cut()
