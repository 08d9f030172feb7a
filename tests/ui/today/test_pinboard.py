"""Behaviour of the pinboard, by keyboard: parked from the form or a called-off visit, taken to Check and book, off."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import Settle
from tests.ui.visits import HOSTILE_NAMES, add_patient, book, epidural, fill_window
from tracker.domain.booking import BookingStatus
from tracker.domain.us_dates import us_date
from tracker.services import Services
from tracker.services.changes import Changes
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.pages.schedule_page import SchedulePage
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.today.day_loader import PINS_A_STEP
from tracker.ui.widgets.plain_label import PlainLabel

NO = Qt.KeyboardModifier.NoModifier
ALT, CTRL, CTRL_SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def window(qtbot: QtBot, context: PageContext) -> MainWindow:
    made = MainWindow(context, (TodayPage, SchedulePage, CheckPage))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def today(window: MainWindow, settle: Settle) -> TodayPage:
    """The window with Today in front."""
    window.open_page("today")
    settle()
    page = window.pages["today"]
    assert isinstance(page, TodayPage)
    return page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def spoken(page: TodayPage, row: int = 0) -> str:
    model = page.work.pinboard.view.model()
    return model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_the_sentence_of_an_empty_pinboard_is_not_cut(window: MainWindow, settle: Settle) -> None:
    window.resize(1440, 900)
    window.open_page("today")
    settle()
    QApplication.processEvents()
    today = window.pages["today"]
    assert isinstance(today, TodayPage)
    (sentence,) = (
        label for label in today.work.pinboard.findChildren(PlainLabel) if label.text().startswith("Nothing waits")
    )
    assert sentence.isVisible()
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


def test_that_alt_b_parks_what_the_form_asks_and_keeps_the_form(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    request = epidural(add_patient(services), date(2026, 12, 3))
    window.open_check(CheckStart(request=request))
    settle()
    page = window.pages["check"]
    assert isinstance(page, CheckPage)
    press(Qt.Key.Key_B, ALT)
    settle()

    assert window.status_line.sentence().startswith("On the pinboard: Ruiz, Elena  07/02/1951  IL epidural L4-5")
    assert page.form.reading().request is not None
    assert services.pinboard.list().rows[0].request.targets == request.targets


@pytest.mark.parametrize("parked", [PINS_A_STEP - 1, PINS_A_STEP, PINS_A_STEP + 1])
def test_that_many_parked_requests_are_shown_all_at_once_however_many_are_judged_at_a_time(
    today: TodayPage, services: Services, settle: Settle, parked: int
) -> None:
    shown: list[int] = []
    for number in range(parked):
        services.pinboard.pin(epidural(add_patient(services, f"Parked {number}"), date(2026, 12, 3)))
    today.loader.pins_loaded.connect(lambda found: shown.append(len(found.rows)))
    today.reload()
    settle()

    assert shown == [parked]
    assert [row.patient.last for row in today.work.pinboard.view.rows()] == [f"Parked {n}" for n in range(parked)]


def test_that_a_check_does_not_wait_until_today_is_read_anew(
    window: MainWindow, today: TodayPage, context: PageContext, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    book(services)
    for number in range(PINS_A_STEP):
        services.pinboard.pin(epidural(add_patient(services, f"Parked {number}"), date(2026, 12, 3)))
    page = window.pages["check"]
    assert isinstance(page, CheckPage)
    told: list[str] = []
    today.loader.day_loaded.connect(lambda _day, _found: told.append("day"))
    today.loader.pins_loaded.connect(lambda _pins: told.append("pins"))
    page.checking.inquiry.answered.connect(lambda: told.append("check"))
    page.begin(CheckStart(request=epidural(add_patient(services, "Owen"), date(2026, 12, 3))))
    settle()
    told.clear()
    begun, go = threading.Event(), threading.Event()
    context.tasks.run(page, lambda: (begun.set(), go.wait(10)), lambda _: None)
    qtbot.waitUntil(begun.is_set)

    context.notifier.publish(Changes.everything())
    page.checking.look_again()
    go.set()
    settle()

    assert told[0] == "check"
    assert set(told) == {"check", "day", "pins"}


def test_that_what_is_parked_already_is_said_so_and_not_parked_again(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    request = epidural(add_patient(services), date(2026, 12, 3))
    services.pinboard.pin(request)
    window.open_check(CheckStart(request=request))
    settle()
    press(Qt.Key.Key_B, ALT)
    settle()
    page = window.pages["check"]
    assert isinstance(page, CheckPage)

    assert "on the pinboard already" in page.notice.sentence()
    assert services.pinboard.list().count == 1


def test_that_nothing_can_be_parked_before_the_form_is_whole(window: MainWindow, settle: Settle) -> None:
    window.open_check(CheckStart())
    settle()
    page = window.pages["check"]
    assert isinstance(page, CheckPage)

    assert not page.bar.pin.isVisible()


def test_that_each_card_names_who_what_and_the_earliest_day_as_of_now(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    patient_id = add_patient(services)
    services.pinboard.pin(epidural(patient_id), "Tuesdays only")
    today.reload()
    settle()
    before = spoken(today)
    fill_window(services, patient_id)
    today.reload()
    settle()

    assert before == "Ruiz, Elena M., born 07/02/1951: IL epidural L4-5, any day, Tuesdays only"
    assert spoken(today) == "Ruiz, Elena M., born 07/02/1951: IL epidural L4-5, from Wed 12/02/2026, Tuesdays only"


def test_that_the_key_leads_to_the_pinboard_from_another_page(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    services.pinboard.pin(epidural(add_patient(services)))
    window.open_page("schedule")
    settle()
    press(Qt.Key.Key_B, CTRL_SHIFT)
    settle()

    assert window.current_page() is today
    assert today.work.pinboard.view.hasFocus()


def test_that_enter_takes_it_to_check_and_book_on_its_earliest_day_and_booking_takes_it_off(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    services.pinboard.pin(epidural(add_patient(services)))
    press(Qt.Key.Key_B, CTRL_SHIFT)
    settle()
    press(Qt.Key.Key_Return)
    settle()
    page = window.pages["check"]
    assert isinstance(page, CheckPage)
    day = page.form.fields.day.text()
    page.primary()
    settle()
    off = services.pinboard.list().count
    window.registry.action("undo").trigger()
    settle()

    assert day == us_date(TODAY)
    assert off == 0
    assert services.pinboard.list().count == 1
    assert not any(row.booking.status.open for row in services.schedule.span(TODAY, TODAY))


def test_that_another_form_begun_meanwhile_takes_nothing_off(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    parked = services.pinboard.pin(epidural(add_patient(services, "Parked"))).value
    window.open_check(CheckStart(request=epidural(add_patient(services, "Parked2")), pin_id=parked))
    settle()
    window.open_check(CheckStart(request=epidural(add_patient(services, "Other"))))
    settle()
    page = window.pages["check"]
    assert isinstance(page, CheckPage)
    page.primary()
    settle()

    assert [row.id for row in services.pinboard.list().rows] == [parked]


def test_that_delete_takes_it_off_and_undo_puts_it_back(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    for last in ("One", "Two"):
        services.pinboard.pin(epidural(add_patient(services, last)))
    press(Qt.Key.Key_B, CTRL_SHIFT)
    settle()
    press(Qt.Key.Key_Delete)
    settle()
    left = [row.patient.last for row in today.work.pinboard.view.rows()]
    current = today.work.pinboard.view.current_pin()
    window.registry.action("undo").trigger()
    settle()

    assert left == ["Two"]
    assert current is not None
    assert current.patient.last == "Two"
    assert [row.patient.last for row in today.work.pinboard.view.rows()] == ["One", "Two"]


def test_that_p_parks_a_called_off_visit_and_tells_what_to_do_with_an_open_one(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    visit = book(services)
    today.reload()
    settle()
    today.board.focus()
    QTest.keyClicks(QApplication.focusWidget(), "p")
    settle()
    refused = today.bar.notice.sentence()
    services.booking.set_status(visit.id, BookingStatus.CANCELLED)
    today.reload()
    settle()
    QTest.keyClicks(QApplication.focusWidget(), "p")
    settle()

    assert "Cancel it first (X)" in refused
    assert [row.patient.last for row in today.work.pinboard.view.rows()] == ["Ruiz"]


def test_that_ctrl_m_shows_the_month_of_the_card_where_the_hands_are(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    services.pinboard.pin(epidural(add_patient(services)))
    press(Qt.Key.Key_B, CTRL_SHIFT)
    settle()
    press(Qt.Key.Key_M, CTRL)
    settle()
    page = window.pages["schedule"]
    assert isinstance(page, SchedulePage)

    assert page.month.head.title.text() == "Ruiz, Elena M. 07/02/1951"
    assert page.month.table.hasFocus()
    assert page.current_patient() == services.pinboard.list().rows[0].patient.id


def test_that_ctrl_m_with_a_half_filled_form_shows_no_month_of_somebody_else(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    window.open_check(CheckStart(request=epidural(add_patient(services), date(2026, 12, 3))))
    settle()
    press(Qt.Key.Key_M, CTRL)
    settle()
    window.open_check(CheckStart(add_patient(services, "Owen")))
    settle()
    press(Qt.Key.Key_M, CTRL)
    settle()
    page = window.current_page()
    assert isinstance(page, SchedulePage)

    assert not page.month.head.isVisible()
    assert page.month.empty.isVisible()


def test_that_ctrl_m_shows_the_month_of_the_form(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    provider = services.desk.providers()[0].id
    window.open_check(CheckStart(request=epidural(add_patient(services), date(2027, 1, 5), provider_id=provider)))
    settle()
    press(Qt.Key.Key_M, CTRL)
    settle()
    page = window.pages["schedule"]
    assert isinstance(page, SchedulePage)

    assert page.bar.head.beside.text() == "January 2027"
    assert page.bar.provider_id() == provider
    assert "Visits of Lee are counted" in page.month.openings.note()


def test_that_a_free_time_is_filled_into_the_form_and_is_booked_there(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle
) -> None:
    from datetime import time

    other = services.desk.add_provider(replace(services.desk.providers()[0], id="", name="Anil Patel, MD", short="P"))
    window.open_check(CheckStart(day=date(2026, 12, 3), starts=time(10, 30), provider_id=other.value.id))
    settle()
    page = window.pages["check"]
    assert isinstance(page, CheckPage)

    assert page.form.fields.day.text() == "12/03/2026"
    assert page.form.fields.time.text() == "10:30 AM"
    assert page.form.fields.provider.value() == other.value.id
    assert page.form.fields.patient.hasFocus()


@pytest.mark.parametrize("last", HOSTILE_NAMES)
def test_that_hostile_names_are_text(
    window: MainWindow, today: TodayPage, services: Services, settle: Settle, last: str
) -> None:
    services.pinboard.pin(epidural(add_patient(services, last)))
    today.reload()
    settle()
    today.work.grab()

    assert "\n" not in spoken(today)
    assert "\u202e" not in spoken(today)
