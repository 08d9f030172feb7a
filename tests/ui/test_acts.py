"""Every act is in a menu or has a key, no key means two things, and the list of keys shows them all."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.small_pages import SMALL_PAGES
from tracker.ui.actions import MENUS, Act, ActionRegistry
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.window.key_list import KeyListDialog


@pytest.fixture(params=[SMALL_PAGES, PAGES], ids=["small pages", "the program's pages"])
def window(request: pytest.FixtureRequest, context: PageContext, qtbot: QtBot) -> MainWindow:
    pages: tuple[type[Page], ...] = request.param
    made = MainWindow(context, pages)
    qtbot.addWidget(made)
    return made


def plain(text: str) -> str:
    return text.replace("&", "")


def menu_texts(window: MainWindow) -> list[str]:
    bars = window.menu_row.menu_bar.actions()
    return [action.text() for bar in bars for action in bar.menu().actions() if not action.isSeparator()]


def test_that_every_act_stands_in_its_menu(window: MainWindow) -> None:
    shown = menu_texts(window)

    assert all(act.menu in MENUS for act in window.registry.acts())
    assert sorted(map(plain, shown)) == sorted(plain(act.text) for act in window.registry.acts())


def test_that_no_key_means_two_things(window: MainWindow) -> None:
    keys = [QKeySequence(key).toString() for act in window.registry.acts() for key in act.keys]

    assert all(keys)
    assert len(keys) == len(set(keys))


def test_that_no_key_is_a_bare_letter(window: MainWindow) -> None:
    assert not [key for act in window.registry.acts() for key in act.keys if len(key) == 1]


def test_that_no_menu_uses_a_mnemonic_twice(window: MainWindow) -> None:
    for bar in window.menu_row.menu_bar.actions():
        texts = [act.text() for act in bar.menu().actions() if not act.isSeparator()]
        marks = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(marks) == len(set(marks)), texts


def test_that_a_mnemonic_that_is_taken_moves_to_the_next_free_letter(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    registry, bar = ActionRegistry(home), QMenuBar(home)
    for text in ("&Check", "&Cancel", "&Close", "C&C", "é"):
        registry.add(Act(text, text, "&Go"), lambda: None)

    registry.fill(bar)

    assert [action.text() for action in bar.actions()[0].menu().actions()] == [
        "&Check", "C&ancel", "C&lose", "CC", "&é"]  # fmt: skip


def test_that_the_list_of_keys_shows_every_act_with_a_key_and_every_page_with_keys(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.registry.action("keys").trigger()

    dialog = window.findChild(KeyListDialog)
    assert dialog is not None
    expected = [*window.registry.key_list(), *(pair for page in window.pages.values() for pair in page.keys)]
    assert dialog.entries == expected
    assert dialog.isVisible()
    dialog.accept()


def test_that_acts_with_a_key_and_keys_of_acts_agree(window: MainWindow) -> None:
    for act in window.registry.acts():
        shortcuts = [key.toString() for key in window.registry.action(act.id).shortcuts()]
        assert shortcuts == [QKeySequence(key).toString() for key in act.keys]


@pytest.mark.parametrize("twice", [Act("one", "&One", "&File"), Act("two", "&Two", "&File", ("Ctrl+1",))])
def test_that_an_act_or_a_key_is_registered_once(qtbot: QtBot, twice: Act) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    registry = ActionRegistry(home)
    registry.add(Act("one", "&One", "&File", ("Ctrl+1",)), lambda: None)

    with pytest.raises(ValueError, match=r"twice|taken"):
        registry.add(twice, lambda: None)


def test_that_a_menu_without_acts_is_left_out(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    registry, bar = ActionRegistry(home), QMenuBar(home)
    registry.add(Act("one", "&One", "&Go"), lambda: None)

    registry.fill(bar)

    assert [action.text() for action in bar.actions()] == ["&Go"]
