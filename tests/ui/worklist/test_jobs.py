"""Jobs 6 to 9 of the desk and the renewal, counted in key presses on the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.job_counts import count
from tests.ui.requests import approved, draft, sent
from tests.ui.visits import add_patient, epidural
from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import RequestType
from tracker.services import Services
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.page import CheckStart, Page, PageContext

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
Settle = Callable[[], None]


class Elsewhere(Page):
    """Any other page, from which the jobs begin."""

    id = "today"
    title = "Today"
    icon = "calendar"


class Hands:
    """Types on the window and counts what was pressed; a modifier counts with its key."""

    def __init__(self, window: MainWindow, settle: Settle) -> None:
        self._window, self._settle = window, settle
        self.count = 0

    def press(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            for each in key if isinstance(key, str) else (key,):
                self.count += 1
                QTest.keyClick(self._window.windowHandle(), each, held)
        self._settle()


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, (Elsewhere, AuthorizationsPage, ExpirationsPage, CheckPage))
    qtbot.addWidget(made)
    made.open_page("today")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def hands(window: MainWindow, settle: Settle) -> Hands:
    settle()
    return Hands(window, settle)


def worklist(window: MainWindow) -> AuthorizationsPage:
    page = window.current_page()
    assert isinstance(page, AuthorizationsPage)
    return page


def test_that_a_check_becomes_a_draft_in_two_keys(
    window: MainWindow, hands: Hands, services: Services, settle: Settle
) -> None:
    patient = add_patient(services, payer="aetna", plan="Open Choice PPO", start=date(2024, 1, 1))
    window.open_check(CheckStart(request=epidural(patient, TODAY + timedelta(days=9))))
    settle()
    hands.press(Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hands.press(ENTER, held=Qt.KeyboardModifier.ControlModifier)

    (made,) = services.authorizations.list_for(patient)
    assert made.status is AuthorizationStatus.DRAFT
    assert [line.code for line in made.request.asked] == ["62323"]
    assert made.request.planned_for == TODAY + timedelta(days=9)
    assert worklist(window).views.row().id == made.id
    count("6 ", hands.count)


def test_that_a_draft_is_saved_for_hands_that_do_not_wait_for_it(
    window: MainWindow, hands: Hands, services: Services, settle: Settle
) -> None:
    patient = add_patient(services, payer="aetna", plan="Open Choice PPO", start=date(2024, 1, 1))
    window.open_check(CheckStart(request=epidural(patient, TODAY + timedelta(days=9))))
    settle()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A, control | shift)
    QTest.keyClick(window.windowHandle(), ENTER, control)
    settle()

    assert len(services.authorizations.list_for(patient)) == 1


def test_that_a_submission_takes_ten_keys_and_the_next_row_follows(
    window: MainWindow, hands: Hands, services: Services, settle: Settle
) -> None:
    first, second = draft(services, "Archer"), draft(services, "Bell", next_in=1)
    window.open_page("authorizations")
    settle()
    hands.press("S", "CH209177", ENTER)

    saved = services.authorizations.get(first.id)
    assert (saved.status, saved.request.reference) == (AuthorizationStatus.SUBMITTED, "CH209177")
    assert saved.request.next_action is not None
    assert worklist(window).views.row().id == second.id
    assert worklist(window).list.table.hasFocus()
    count("7 ", hands.count)


def test_that_an_approval_takes_sixteen_keys(
    window: MainWindow, hands: Hands, services: Services, settle: Settle
) -> None:
    asked = sent(services, "Archer")
    window.open_page("authorizations")
    settle()
    hands.press("P", "A1198877", TAB, TAB, "+90", TAB, ENTER)

    answer = services.authorizations.get(asked.id).authorization
    assert (answer.status, answer.number) == (AuthorizationStatus.APPROVED, "A1198877")
    assert (answer.start, answer.end) == (TODAY, TODAY + timedelta(days=90))
    assert [(line.code, line.units) for line in answer.lines] == [("64635", 1), ("64636", 2)]
    count("8 ", hands.count)


def test_that_a_follow_up_takes_five_keys_from_any_page_and_begins_with_the_most_overdue(
    window: MainWindow, hands: Hands, services: Services
) -> None:
    sent(services, "Bell", next_in=1)
    late = sent(services, "Archer", next_in=-4)
    hands.press(Qt.Key.Key_F4)
    hands.press("F", "+3", ENTER)

    assert services.authorizations.get(late.id).request.next_action == TODAY + timedelta(days=3)
    assert worklist(window).views.row().patient.last == "Bell"
    count("9 ", hands.count)


def test_that_a_renewal_takes_three_keys(window: MainWindow, hands: Hands, services: Services) -> None:
    ending = approved(services, "Archer", "A118", TODAY - timedelta(days=40), TODAY + timedelta(days=5))
    hands.press(Qt.Key.Key_F7)
    hands.press(ENTER)
    hands.press(ENTER, held=Qt.KeyboardModifier.ControlModifier)

    made = next(each for each in services.authorizations.list_for(ending.patient_id) if each.id != ending.id)
    assert (made.request.type, made.request.replaces) == (RequestType.EXTENSION, "A118")
    assert made.request.wanted_from == TODAY + timedelta(days=6)
    count("+  renew", hands.count)
