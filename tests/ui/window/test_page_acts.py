"""Behaviour of what pages add to the menus of the window."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import Settle
from tests.ui.visits import book
from tracker.domain.booking import BookingStatus
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.pages.today_page import TodayPage


class OtherPage(Page):
    id = "other"
    title = "Other"
    icon = "book"


@pytest.fixture
def window(qtbot: QtBot, context: PageContext) -> MainWindow:
    made = MainWindow(context, (TodayPage, OtherPage))
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_the_acts_of_a_page_can_be_done_only_while_it_is_in_front(window: MainWindow, settle: Settle) -> None:
    done = window.registry.action("visit done")
    assert not done.isEnabled()

    window.open_page("today")
    assert done.isEnabled()
    window.open_page("other")
    assert not done.isEnabled()
    settle()


def test_that_a_visit_is_closed_by_the_menu_and_reopened_by_undo(
    window: MainWindow, context: PageContext, settle: Settle
) -> None:
    book(context.services)
    window.open_page("today")
    settle()
    window.registry.action("visit done").trigger()
    settle()
    assert window.status_line.sentence().startswith("Done: Ruiz, Elena")
    assert context.services.schedule.day(TODAY).rows[0].booking.status is BookingStatus.DONE

    window.registry.action("undo").trigger()
    settle()
    assert window.status_line.sentence().startswith("Taken back: Done: Ruiz, Elena")
    page = window.pages["today"]
    assert isinstance(page, TodayPage)
    assert page.board.front().table.records()[0].booking.status is BookingStatus.BOOKED


@pytest.mark.parametrize(
    ("act", "title"), [("day before", "Yesterday"), ("day after", "Tomorrow"), ("next days", "Next 14 days")]
)
def test_that_the_menu_turns_the_day(window: MainWindow, settle: Settle, act: str, title: str) -> None:
    window.open_page("today")
    settle()
    window.registry.action(act).trigger()
    settle()

    page = window.pages["today"]
    assert isinstance(page, TodayPage)
    assert page.bar.head.title.text() == title


def test_that_single_letters_are_shown_in_the_menu_and_are_no_keys_of_the_window(window: MainWindow) -> None:
    action = window.registry.action("visit done")

    assert action.text() == "Visit &done\tD"
    assert action.shortcuts() == []
