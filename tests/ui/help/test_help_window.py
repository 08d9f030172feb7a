"""The window of the help: pages by place, back and forward, search, addresses copied and never opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.names import nameless
from tests.ui.small_pages import SMALL_PAGES
from tracker.ui import theme
from tracker.ui.help.help_window import HelpWindow, show_help
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def window(home: QWidget) -> HelpWindow:
    return show_help(home, "check#levels")


def shown(window: HelpWindow) -> str:
    page = window.reader.page()
    return page.id if page else ""


def test_that_f1_opens_the_page_in_front_and_again_the_same_window(context: PageContext, qtbot: QtBot) -> None:
    frame = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(frame)
    frame.open_page("today")
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()

    QTest.keyClick(frame, Qt.Key.Key_F1)
    frame.registry.action("help contents").trigger()

    opened = frame.findChildren(HelpWindow)
    assert len(opened) == 1
    assert shown(opened[0]) == "index"
    assert opened[0].trail.step(-1).startswith("today")


def test_that_a_place_is_scrolled_to(window: HelpWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.reader.verticalScrollBar().maximum() > 0)
    window.open_place("check#what-if")
    below = window.reader.verticalScrollBar().value()
    window.open_place("check#check-and-book")

    assert below > 0
    assert window.reader.verticalScrollBar().value() == 0


def test_that_back_and_forward_walk_the_way(window: HelpWindow) -> None:
    window.open_place("rules#try-it")
    window.open_place("safety#locking")
    assert not window.forward.isEnabled()

    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    first = shown(window)
    window.forward.click()

    assert (first, shown(window)) == ("check", "rules")
    assert window.forward.isEnabled()


def test_that_a_link_within_the_help_is_followed(window: HelpWindow) -> None:
    window.reader.anchorClicked.emit(QUrl("overrides.md#reasons"))

    assert shown(window) == "overrides"


def test_that_an_address_is_copied_and_not_opened(window: HelpWindow) -> None:
    window.reader.anchorClicked.emit(QUrl("https://example.org/policy"))

    assert QGuiApplication.clipboard().text() == "https://example.org/policy"
    assert "opens no addresses" in window.notice.sentence()
    assert shown(window) == "check"


def test_that_search_lists_sections_and_enter_opens_the_first(window: HelpWindow) -> None:
    QTest.keyClicks(window.search, "conservative care")
    assert window.contents.item(0).text().startswith("Conservative care")

    QTest.keyClick(window.search, Qt.Key.Key_Return)

    assert shown(window) == "patient"


def test_that_a_search_without_hits_says_so_and_clearing_it_brings_the_contents_back(window: HelpWindow) -> None:
    pages = window.contents.count()
    QTest.keyClicks(window.search, "qqqq")
    assert "Nothing found" in window.contents.item(0).text()

    window.search.clear()

    assert window.contents.count() == pages


def test_that_the_page_follows_colors_and_size_of_text(window: HelpWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = window.reader.document().defaultFont().pointSizeF()

    theme.apply(app, "dark", percent=150)

    assert window.reader.document().defaultFont().pointSizeF() == pytest.approx(before * 1.5)
    assert shown(window) == "check"


def test_that_every_control_has_a_name(window: HelpWindow) -> None:
    assert nameless(window) == []


def test_that_print_asks_for_a_printer(window: HelpWindow, qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    window.print_button.click()

    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
