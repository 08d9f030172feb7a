"""Counts of the navigation: right before any page was opened, after acts elsewhere, and on another day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tests.ui.conftest import Settle
from tests.ui.requests import approved, draft
from tests.ui.small_pages import SmallPage
from tracker.services import Services
from tracker.services.authorizations.authorization_steps import Closing
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.page import PageContext


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context, (SmallPage, AuthorizationsPage, ExpirationsPage))
    qtbot.addWidget(made)
    made.open_page("today")
    yield made
    made.work_counts.stop()
    made.due_work.stop()


def counts(window: MainWindow) -> tuple[int | None, int | None]:
    return window.navigation.count("authorizations"), window.navigation.count("expirations")


def test_that_both_sections_are_counted_from_the_start(window: MainWindow, services: Services, settle: Settle) -> None:
    draft(services, "Archer")
    approved(services, "Bell", "A1", TODAY, TODAY + timedelta(days=12))
    window.work_counts.start()
    settle()

    assert counts(window) == (2, 1)


def test_that_an_act_elsewhere_is_counted_though_the_page_is_not_in_front(
    window: MainWindow, services: Services, settle: Settle
) -> None:
    made = draft(services, "Archer")
    window.work_counts.start()
    settle()
    window.show_done(services.authorizations.step(made.id, made.version, Closing("Moved away.")))
    settle()

    assert counts(window) == (0, 0)


def test_that_another_day_counts_anew_and_the_page_shows_what_is_late_by_then(
    window: MainWindow, services: Services, clock: FixedClock, settle: Settle
) -> None:
    draft(services, "Archer", next_in=1)
    approved(services, "Bell", "A1", TODAY, TODAY + timedelta(days=31))
    window.work_counts.start()
    window.due_work.start()
    window.open_page("authorizations")
    settle()
    page = window.current_page()
    assert isinstance(page, AuthorizationsPage)
    assert counts(window) == (1, 0)
    assert "in 1 day" in page.detail.next.text()

    clock.day = TODAY + timedelta(days=3)
    window.due_work.look_at_day()
    settle()
    assert counts(window) == (2, 1)
    assert "2 days ago" in page.detail.next.text()
    assert page.list.table.records()[0].late


def test_that_nothing_is_counted_once_the_session_has_ended(
    window: MainWindow, services: Services, settle: Settle
) -> None:
    window.work_counts.start()
    settle()
    window.work_counts.stop()
    window.show_done(services.authorizations.assign(draft(services, "Archer").id, 1, "Kim Reyes"))
    settle()

    assert counts(window) == (0, 0)
