"""A window that is left open over midnight shows the new day in the morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.today_page import TodayPage

TOMORROW = TODAY + timedelta(days=1)
Morning = Callable[[], None]


@pytest.fixture
def morning(context: PageContext, clock: FixedClock, settle: Settle) -> Morning:
    """Let the night pass, as the window notices it."""

    def come() -> None:
        clock.day = TOMORROW
        context.notifier.day_turned.emit()
        settle()

    return come


def test_that_the_list_of_the_day_is_that_of_the_new_day(
    context: PageContext, in_front: InFront, morning: Morning
) -> None:
    page = in_front(TodayPage(context))

    morning()

    assert page.bar.head.title.text() == "Today"
    assert page.bar.day() == TOMORROW


def test_that_another_day_that_was_chosen_stays(
    context: PageContext, in_front: InFront, settle: Settle, morning: Morning
) -> None:
    page = in_front(TodayPage(context))
    page.show_day(TODAY + timedelta(days=8))
    settle()

    morning()

    assert page.bar.day() == TODAY + timedelta(days=8)


def test_that_a_page_out_of_sight_shows_the_new_day_when_it_comes_back(
    context: PageContext, in_front: InFront, settle: Settle, morning: Morning
) -> None:
    page = in_front(TodayPage(context))
    page.set_active(False)
    morning()
    page.set_active(True)
    settle()

    assert page.bar.day() == TOMORROW


def test_that_the_timeline_stands_on_the_new_day_though_nobody_is_asked_about(
    context: PageContext, in_front: InFront, morning: Morning
) -> None:
    page = in_front(CheckPage(context))

    morning()

    assert page.timeline.strip.content().today == TOMORROW
