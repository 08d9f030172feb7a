"""Every act is in a menu or has a key, no key means two things, and the list of keys shows them all."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from tests import languages
from tests.ui.small_pages import SMALL_PAGES
from tracker.domain.language import LANGUAGES, speaking, words_of
from tracker.ui.actions import MENUS, Act, ActionRegistry, LocalKeys
from tracker.ui.help.book import shipped
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.widgets.fields import letters_of
from tracker.ui.window.key_list import KeyListDialog, groups_of, key_sheet


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
    assert sorted(map(plain, shown)) == sorted(plain(act.text) for act in window.registry.acts() if act.listed)


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
    local = [pair for group in window.registry.local_keys() for pair in group.keys]
    expected = [*window.registry.key_list(), *local]
    assert dialog.entries == expected
    assert dialog.isVisible()
    dialog.accept()


def test_that_the_keys_are_grouped_by_menu_and_by_list(window: MainWindow) -> None:
    groups = groups_of(window.registry)

    menus = [group.title for group in groups if not group.in_list]
    assert menus == [title.replace("&", "") for title in MENUS if title.replace("&", "") in menus]
    lists = [group.title for group in groups if group.in_list]
    assert lists == [local.title for local in window.registry.local_keys()]
    assert {f"{kind.title}, in its list" for kind in window.pages.kinds if kind.keys} <= set(lists)


def test_that_typing_narrows_the_list_of_keys(window: MainWindow) -> None:
    dialog = KeyListDialog(groups_of(window.registry), window)
    everything = dialog.shown()

    dialog.search.setText("lock")
    assert dialog.shown() == ["Lock"]
    dialog.search.setText("ctrl+l")
    assert dialog.shown() == ["Lock"]
    dialog.search.setText("qqqq")
    assert (dialog.shown(), dialog.nothing.isHidden()) == ([], False)
    dialog.search.clear()
    assert dialog.shown() == everything == [words for _key, words in dialog.entries]


def test_that_all_keys_are_on_the_printed_sheet(window: MainWindow) -> None:
    groups = groups_of(window.registry)
    sheet = key_sheet(groups).toPlainText()

    assert all(key in sheet and words in sheet for group in groups for key, words in group.keys)


def test_that_every_act_has_words_and_a_page_of_help(window: MainWindow) -> None:
    for entry in window.registry.entries():
        assert entry.act.words.strip(), entry.act.id
        if entry.page in {kind.id for kind in PAGES}:
            assert shipped().page(entry.help_page()) is not None, entry.act.id


def test_that_every_act_that_is_off_says_why(window: MainWindow) -> None:
    off = [entry for entry in window.registry.entries() if not entry.action.isEnabled()]

    assert off
    assert all(entry.off and entry.reason() == entry.off for entry in off)


def test_that_a_part_tells_a_key_once(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    registry = ActionRegistry(home)
    registry.add_local(LocalKeys("Spine", (("B", "Both sides"),)))
    for twice in (LocalKeys("Spine", ()), LocalKeys("List", (("B", "One"), ("B", "Another")))):
        with pytest.raises(ValueError, match="twice"):
            registry.add_local(twice)


def test_that_no_letter_of_a_list_means_two_things_there(window: MainWindow) -> None:
    for kind in window.pages.kinds:
        letters = [key for key, _words in kind.keys if len(key) == 1]
        assert len(letters) == len(set(letters)), kind.id


def test_that_no_key_of_the_window_hides_one_of_a_list(window: MainWindow) -> None:
    everywhere = {key for act in window.registry.acts() for key in act.keys}

    for kind in window.pages.kinds:
        # Ctrl+Enter and Alt+letter are told beside a list because they do its main act or press its button.
        taken = {key for key, _words in kind.keys} & everywhere - {"Ctrl+Enter", "Ctrl+B"}
        assert not taken, kind.id


def test_that_the_letters_of_menus_are_told_in_the_lists_of_their_pages(window: MainWindow) -> None:
    for entry in window.registry.entries():
        if entry.act.letter and entry.page:
            told = " ".join(key for key, _words in window.pages[entry.page].keys).replace("Shift+", "")
            assert entry.act.letter.replace("Shift+", "") in told.split(), entry.act.id


def test_that_no_two_menus_have_the_same_letter(window: MainWindow) -> None:
    marks = [title[title.index("&") + 1].casefold() for title in MENUS]

    shown = [bar.text() for bar in window.menu_row.menu_bar.actions()]
    used = [mark for title, mark in zip(MENUS, marks, strict=True) if title in shown]
    assert len(used) == len(set(used)), used


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


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_no_field_of_a_page_has_the_letter_of_a_menu_that_it_shows(
    context: PageContext, qtbot: QtBot, code: str
) -> None:
    with speaking(words_of(code, languages.LANGUAGES)):
        made = MainWindow(context, PAGES)
        qtbot.addWidget(made)
        for page_id in made.pages:
            made.open_page(page_id)
            titles = [action.text() for action in made.menu_row.menu_bar.actions()]
            menus = {title[title.index("&") + 1].casefold() for title in titles if "&" in title}
            fields = set(letters_of(made.pages[page_id]))
            keys = [shortcut.key().toString() for shortcut in made.pages[page_id].findChildren(QShortcut)]
            own = {key[-1].casefold() for key in keys if re.fullmatch(r"Alt\+[A-Z]", key)}

            assert not menus & (fields | own), page_id
