"""Behaviour of the visit acts on the Today page: each letter once good and once bad, told and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.visits import book, fill_window
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.event import EventStatus
from tracker.services import Services
from tracker.services.changes import Changes, Done
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.visit_acts import VISIT_KEYS, VisitActs

LETTERS = {
    "d": (BookingStatus.DONE, "Done: Ruiz, Elena  IL epidural L4-5, Tue 11/24/2026 9:30 AM"),
    "x": (BookingStatus.CANCELLED, "Cancelled: Ruiz, Elena"),
    "n": (BookingStatus.NO_SHOW, "No-show: Ruiz, Elena"),
    "c": (BookingStatus.CONFIRMED, "Confirmed: Ruiz, Elena"),
    "i": (BookingStatus.ARRIVED, "Arrived: Ruiz, Elena"),
}


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> TodayPage:
    """Today with one visit, told of changes as the window tells it."""
    book(context.services)
    shown = in_front(TodayPage(context))
    shown.acted.connect(lambda done: context.notifier.publish(done.changes))
    return shown


@pytest.fixture
def press(page: TodayPage, settle: Settle) -> Callable[[str], None]:
    """Press a letter on the list that is in front."""

    def key(letter: str) -> None:
        QTest.keyClicks(page.board.front().table, letter)
        settle()

    return key


def test_that_a_held_visit_is_booked_by_the_letter_that_confirms(
    page: TodayPage, services: Services, press: Callable[[str], None], transactions: Transactions, settle: Settle
) -> None:
    with transactions.writing() as uow:
        uow.bookings.change(replace(visit(services), status=BookingStatus.HELD))
        uow.commit(Act("hold", "booking"))
    page.context.notifier.publish(Changes.everything())
    settle()
    press("c")

    assert visit(services).status is BookingStatus.BOOKED
    press("c")
    assert visit(services).status is BookingStatus.CONFIRMED


def visit(services: Services, day: date = TODAY) -> Booking:
    return services.schedule.day(day).rows[0].booking


@pytest.mark.parametrize("letter", LETTERS)
def test_that_a_letter_acts_on_the_visit_and_is_told_with_its_undo(
    letter: str, page: TodayPage, services: Services, qtbot: QtBot, settle: Settle
) -> None:
    status, sentence = LETTERS[letter]
    with qtbot.waitSignal(page.acted) as acted:
        QTest.keyClicks(page.board.front().table, letter)
    settle()

    done: Done[Booking] = acted.args[0]
    assert done.sentence.startswith(sentence)
    assert visit(services).status is status
    assert page.board.front().table.current_record().booking.status is status
    assert done.undo is not None
    services.undo.undo(done.undo)
    assert visit(services).status is BookingStatus.BOOKED


def test_that_done_writes_the_history(page: TodayPage, services: Services, press: Callable[[str], None]) -> None:
    press("d")

    events = services.patients.get(visit(services).patient_id).events
    assert [row.event.status for row in events] == [EventStatus.PERFORMED]
    assert page.board.front().table.record_model().index(0, 8).data() == "Done"


@pytest.mark.parametrize("letter", ["d", "n", "i"])
def test_that_what_cannot_be_before_its_day_is_refused_in_place(
    letter: str, page: TodayPage, services: Services, settle: Settle, press: Callable[[str], None]
) -> None:
    morrow = TODAY + timedelta(days=1)
    book(services, "Morrow", day=morrow)
    page.show_day(morrow)
    settle()
    press(letter)

    assert page.bar.notice.sentence() == (
        "This visit is on Wed 11/25/2026, which has not come yet. Move it or cancel it instead."
    )
    assert visit(services, morrow).status is BookingStatus.BOOKED


@pytest.mark.parametrize("letter", ["d", "x", "n", "c", "i"])
def test_that_a_closed_visit_stays_as_it_is(
    letter: str, page: TodayPage, services: Services, press: Callable[[str], None]
) -> None:
    press("x")
    press(letter)

    assert page.bar.notice.sentence().startswith("This visit is cancelled; that stands.")
    assert visit(services).status is BookingStatus.CANCELLED


def test_that_confirming_twice_takes_the_confirmation_back(services: Services, press: Callable[[str], None]) -> None:
    press("c")
    press("c")

    assert visit(services).status is BookingStatus.BOOKED


def test_that_a_visit_that_has_arrived_is_not_confirmed_any_more(
    page: TodayPage, services: Services, press: Callable[[str], None]
) -> None:
    press("i")
    press("c")

    assert page.bar.notice.sentence().startswith("This patient is here, so there is nothing to confirm.")
    assert visit(services).status is BookingStatus.ARRIVED
    assert not page.board.strip.status_buttons[BookingStatus.CONFIRMED].isVisibleTo(page)


def test_that_a_letter_pressed_twice_at_once_acts_once(page: TodayPage, services: Services, settle: Settle) -> None:
    QTest.keyClicks(page.board.front().table, "dd")
    settle()

    assert page.bar.notice.sentence() == ""
    assert visit(services).status is BookingStatus.DONE


def test_that_a_letter_pressed_while_another_is_written_is_answered_by_the_visit_as_it_stands_then(
    page: TodayPage, services: Services, settle: Settle
) -> None:
    QTest.keyClicks(page.board.front().table, "xd")
    settle()

    assert visit(services).status is BookingStatus.CANCELLED
    assert page.bar.notice.sentence().startswith("This visit is cancelled; that stands.")


def test_that_a_visit_called_off_a_moment_ago_is_not_moved(
    page: TodayPage, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(page.check_wanted):
        QTest.keyClicks(page.board.front().table, "xm")
        settle()

    assert visit(services).status is BookingStatus.CANCELLED
    assert page.bar.notice.sentence().startswith("This visit is closed, so it cannot be moved.")


def test_that_a_visit_called_off_is_parked_at_once_when_that_was_pressed_too_early(
    page: TodayPage, services: Services, settle: Settle
) -> None:
    QTest.keyClicks(page.board.front().table, "xp")
    settle()

    assert [pin.patient.id for pin in services.pinboard.list().rows] == [visit(services).patient_id]


def test_that_confirming_goes_by_what_was_written_while_the_list_still_shows_what_was(
    context: PageContext, services: Services, page: TodayPage, qtbot: QtBot
) -> None:
    acts, shown = VisitActs(context, page), visit(services)
    for wanted in (BookingStatus.CONFIRMED, BookingStatus.BOOKED):
        with qtbot.waitSignal(acts.acted):
            acts.set_status(shown, BookingStatus.CONFIRMED)
        assert visit(services).status is wanted


def test_that_an_act_clears_what_was_refused_before(page: TodayPage, press: Callable[[str], None]) -> None:
    press("c")
    page.bar.notice.show_error(ValueError())
    press("i")

    assert page.bar.notice.sentence() == ""


def test_that_moving_is_left_to_check_and_book_with_the_day_that_fits(
    page: TodayPage, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    booking = visit(services)
    fill_window(services, booking.patient_id)
    page.reload()
    settle()
    for move in (lambda: QTest.keyClicks(page.board.front().table, "m"), page.board.strip.move_button.click):
        with qtbot.waitSignal(page.check_wanted) as wanted:
            move()
        assert wanted.args == [CheckStart(booking.patient_id, booking_id=booking.id, day=date(2026, 12, 2))]


def test_that_editing_is_left_to_check_and_book_with_the_visit_as_it_stands(
    page: TodayPage, services: Services, qtbot: QtBot
) -> None:
    booking = visit(services)
    with qtbot.waitSignal(page.check_wanted) as wanted:
        QTest.keyClicks(page.board.front().table, "e")
    assert wanted.args == [CheckStart(booking.patient_id, booking_id=booking.id, change=True)]


@pytest.mark.parametrize(("key", "word"), [("m", "moved"), ("e", "changed")])
def test_that_a_closed_visit_is_neither_moved_nor_changed(
    page: TodayPage, qtbot: QtBot, press: Callable[[str], None], key: str, word: str
) -> None:
    press("d")
    with qtbot.assertNotEmitted(page.check_wanted):
        press(key)

    assert page.bar.notice.sentence() == f"This visit is closed, so it cannot be {word}. Book a new visit instead."


def test_that_enter_and_double_click_open_the_patient(page: TodayPage, services: Services, qtbot: QtBot) -> None:
    table = page.board.front().table
    place = table.visualRect(table.record_model().index(0, 1)).center()
    for do in (
        lambda: QTest.keyClick(table, Qt.Key.Key_Return),
        lambda: QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place),
    ):
        with qtbot.waitSignal(page.patient_wanted) as wanted:
            do()
        assert wanted.args == [visit(services).patient_id]


def test_that_checking_again_says_that_nothing_changed(page: TodayPage, press: Callable[[str], None]) -> None:
    press("r")

    assert page.bar.notice.sentence() == "Checked again: Ruiz, Elena M. 07/02/1951, Allowed, as before."


def test_that_checking_again_says_what_changed(
    page: TodayPage, services: Services, press: Callable[[str], None]
) -> None:
    fill_window(services, visit(services).patient_id)
    press("r")

    assert page.bar.notice.sentence() == ("Checked again. Ruiz, Elena M. 07/02/1951: was Allowed, is Not before 12/02.")


def test_that_all_are_checked_again_at_once(
    page: TodayPage, services: Services, settle: Settle, context: PageContext
) -> None:
    book(services, "Second", starts=time(10))
    page.reload()
    settle()
    QTest.keyClick(page.board.front().table, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    settle()

    assert page.bar.notice.sentence() == "Checked again: 2 open visits, every answer as before."


def test_that_a_closed_visit_is_not_checked_again(page: TodayPage, press: Callable[[str], None]) -> None:
    press("x")
    press("r")

    assert page.bar.notice.sentence() == "This visit is closed, so there is nothing to check."


def test_that_letters_typed_into_a_field_act_on_nothing(page: TodayPage, services: Services, settle: Settle) -> None:
    page.bar.field.setFocus()
    QTest.keyClicks(page.bar.field, "dxnci")
    settle()

    assert visit(services).status is BookingStatus.BOOKED
    assert page.bar.field.text() == "dxnci"


def test_that_the_buttons_do_what_the_letters_do(page: TodayPage, services: Services, settle: Settle) -> None:
    strip = page.board.strip
    for status in (BookingStatus.CONFIRMED, BookingStatus.ARRIVED, BookingStatus.DONE):
        strip.status_buttons[status].click()
        settle()
        assert visit(services).status is status
    assert not strip.status_buttons[BookingStatus.DONE].isVisibleTo(page)


def test_that_the_acts_work_in_the_days_ahead_too(
    page: TodayPage, services: Services, settle: Settle, press: Callable[[str], None]
) -> None:
    page.show_view("ahead")
    settle()
    page.board.front().focus()
    press("x")

    assert visit(services).status is BookingStatus.CANCELLED
    assert page.board.front().empty.sentence() == "No visits in the next 14 days."


def test_that_a_fault_of_the_program_is_given_to_the_window(
    context: PageContext, page: TodayPage, qtbot: QtBot
) -> None:
    acts = VisitActs(context, page)
    booking = visit(context.services)
    with qtbot.waitSignal(context.tasks.unseen) as unseen:
        acts.set_status(booking, [])  # type: ignore[arg-type]  # a bug of ours on purpose

    assert isinstance(unseen.args[0], TypeError)


def test_that_every_letter_is_in_the_list_of_keys() -> None:
    assert [key for key, _words in VISIT_KEYS] == ["Enter", "C", "I", "D", "X", "N", "M", "E", "A", "P", "R"]
