"""Behaviour of the page Expirations: what ends, which visits it no longer reaches, what is done before it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.requests import approved
from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.reminders import Reminders, Thresholds
from tracker.services import Services
from tracker.services.authorizations.expirations import Bucket
from tracker.storage.database import Database
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.page import PageContext

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
Open = Callable[[], ExpirationsPage]


@pytest.fixture
def open_page(context: PageContext, in_front: InFront) -> Open:
    page = ExpirationsPage(context)
    page.acted.connect(lambda done: context.notifier.publish(done.changes))
    return lambda: in_front(page)


def press(key: Qt.Key | str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    if isinstance(key, str):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, key)


def ending(services: Services, last: str, number: str, days: int) -> str:
    return approved(services, last, number, TODAY - timedelta(days=30), TODAY + timedelta(days=days)).id


def test_that_the_soonest_stands_on_top_with_what_is_left_of_it(services: Services, open_page: Open) -> None:
    ending(services, "Bell", "A2", 12)
    ending(services, "Archer", "A1", 3)
    page = open_page()
    model = page.table.record_model()

    assert [model.index(0, column).data() for column in range(8)] == [
        "11/27 Fri", "A1", "Archer, Elena M.", "07/02/1951", "64635, 64636", "3 of 3", "–", "–",
    ]  # fmt: skip
    assert "64635: 1 granted, 0 used, 0 booked" in page.panel.left.text()
    assert page.table.hasFocus()


def test_that_chips_hold_the_nearer_days_too(services: Services, open_page: Open) -> None:
    for number, days in enumerate((3, 12, 25)):
        ending(services, f"Patient{number}", f"A{number}", days)
    page = open_page()
    assert [page.chips.chip(key).count() for key in ("all", "ended", "week", "fortnight", "month")] == [3, 0, 1, 2, 3]
    page.chips.chip("fortnight").click()

    assert [row.work.patient.last for row in page.table.records()] == ["Patient0", "Patient1"]


def test_that_nothing_ending_is_told(open_page: Open) -> None:
    assert open_page().empty.sentence() == "No approval ends in the next 30 days."


def test_that_an_extension_that_is_under_way_is_shown_instead_of_a_second(
    qtbot: QtBot, services: Services, open_page: Open, settle: Settle
) -> None:
    record = services.authorizations.get(ending(services, "Archer", "A1", 3))
    page = open_page()
    press(ENTER)
    settle()
    page.primary()
    settle()
    draft = next(each for each in services.authorizations.list_for(record.patient_id) if each.id != record.id)
    with qtbot.waitSignal(page.request_wanted) as wanted:
        press(ENTER)

    assert wanted.args[0].record_id == draft.id


def test_that_what_will_not_be_used_leaves_the_list(services: Services, open_page: Open, settle: Settle) -> None:
    record_id = ending(services, "Archer", "A1", 3)
    ending(services, "Bell", "A2", 12)
    page = open_page()
    press("W")
    press(ENTER)
    settle()

    assert services.authorizations.get(record_id).status is AuthorizationStatus.CANCELLED
    assert [row.work.patient.last for row in page.table.records()] == ["Bell"]
    assert page.table.hasFocus()


def test_that_escape_leaves_the_draft_unsaved(services: Services, open_page: Open, settle: Settle) -> None:
    record = services.authorizations.get(ending(services, "Archer", "A1", 3))
    page = open_page()
    press(ENTER)
    settle()
    press(ESC)

    assert page.strips.strip() is None
    assert services.authorizations.list_for(record.patient_id) == (record,)


def test_that_chips_and_list_follow_the_days_that_the_clinic_set(
    services: Services, open_page: Open, settle: Settle
) -> None:
    ending(services, "Archer", "A1", 40)
    page = open_page()
    assert page.empty.sentence() == "No approval ends in the next 30 days."
    done = services.clinic_settings.change_reminders(Reminders(Thresholds(10, 20, 45)))
    page.context.notifier.publish(done.changes)
    settle()
    shown = [page.chips.chip(bucket.value).text() for bucket in Bucket if bucket is not Bucket.LATER]
    assert shown[1:] == ["10 days", "20 days", "45 days"]
    assert len(page.table.records()) == 1


def test_that_a_list_that_cannot_be_read_is_asked_for_again_by_a_button(
    open_page: Open, database: Database, settle: Settle
) -> None:
    page = open_page()
    with database.transaction(write=True) as connection:
        connection.exec_driver_sql("ALTER TABLE authorization_request RENAME TO gone")
    page.reload()
    settle()

    assert page.notice.sentence().startswith("The clinic's file could not be used")
    with database.transaction(write=True) as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO authorization_request")
    page.notice.button.click()
    settle()
    assert page.notice.sentence() == ""
