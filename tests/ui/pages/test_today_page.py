"""Behaviour of the Today page: what it shows, how it looks again, and what it says when it cannot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.visits import HOSTILE_NAMES, book, fill_window, override
from tracker.domain.booking import BookingStatus
from tracker.domain.coverage import Site
from tracker.domain.patient import Provider
from tracker.domain.verdict import Grade
from tracker.services import Services
from tracker.services.changes import Changes, Kind
from tracker.services.visits.schedule import DayList
from tracker.storage.database import Database
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.preferences import Preferences
from tracker.ui.widgets.marks import EvidencePips


@pytest.fixture
def open_page(context: PageContext, in_front: InFront) -> Callable[[], TodayPage]:
    """Bring the page to the front, as the window does, and wait for its list."""
    return lambda: in_front(TodayPage(context))


def patients(page: TodayPage) -> list[str]:
    return [row.patient.last for row in page.board.front().table.records()]


def cells(page: TodayPage, row: int) -> list[str]:
    table = page.board.front().table.record_model()
    return [table.index(row, column).data() for column in range(table.columnCount())]


def press(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def test_that_a_day_is_listed_by_time_with_two_identifiers_and_the_answer(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    book(services, "Late", starts=time(14))
    provider = services.desk.providers()[0].id
    book(services, "Early", starts=time(8, 15), provider_id=provider)
    page = open_page()

    assert cells(page, 0) == [
        "8:15 AM", "Early, Elena M.", "07/02/1951", "IL epidural L4-5", "Lee", "Medicare Part B", "Allowed", "–",
        "Booked",
    ]  # fmt: skip
    assert patients(page) == ["Early", "Late"]
    assert page.bar.head.title.text() == "Today"
    assert page.bar.head.beside.text() == "Tuesday 11/24/2026"


def test_that_a_flagged_visit_says_why_by_which_rule_and_when_instead(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    fill_window(services, book(services).patient_id)
    page = open_page()
    strip = page.board.strip

    assert cells(page, 0)[6] == "Not before 12/02"
    assert strip.sentence().startswith("Not before Wed 12/02/2026. At most 4 epidural sessions")
    assert "Booked as: Allowed on Tue 11/24/2026." in strip.sentence()
    assert strip.count() == "4 of 4 sessions used"
    assert "L39015" in strip.source()
    assert strip.findChild(EvidencePips).grade() is Grade.PRIMARY
    assert strip.move_button.shown_text() == "Move to Wed 12/02/2026"


def test_that_a_calm_visit_says_that_nothing_stands_in_the_way(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    book(services)

    assert open_page().board.strip.sentence() == "Allowed on Tue 11/24/2026. Nothing stands in the way."


def test_that_a_closed_visit_is_told_as_closed_and_offers_nothing(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    services.booking.set_status(book(services).id, BookingStatus.DONE)
    page = open_page()

    assert page.board.strip.sentence() == "Done. Booked as: Allowed on Tue 11/24/2026."
    assert page.board.strip.move_button.shown_text() == "Off: this visit is closed"
    assert not page.board.strip.recheck_button.isVisibleTo(page)


def test_that_the_hands_begin_on_the_first_visit_that_is_still_to_come(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    services.booking.set_status(book(services, "Done", starts=time(8)).id, BookingStatus.DONE)
    book(services, "Next", starts=time(9))
    page = open_page()

    assert page.board.front().table.current_record().patient.last == "Next"
    assert page.board.front().table.hasFocus()


def test_that_another_day_begins_at_its_first_visit(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    for minute in (0, 15, 30):
        book(services, f"Today{minute}", starts=time(9, minute))
        book(services, f"Morrow{minute}", day=TODAY + timedelta(days=1), starts=time(9, minute))
    page = open_page()
    page.board.front().table.select_row(2)
    page.step(1)
    settle()

    assert page.board.front().table.current_record().patient.last == "Morrow0"


def test_that_an_empty_day_says_so_and_leads_to_booking_on_it(
    qtbot: QtBot, services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    page = open_page()
    page.show_day(date(2026, 12, 25))
    settle()

    assert page.board.front().empty.sentence() == "No visits on this day."
    with qtbot.waitSignal(page.check_wanted) as wanted:
        page.board.front().empty.button.click()
    assert wanted.args[0].day == date(2026, 12, 25)


def test_that_changes_elsewhere_are_shown_with_the_same_row_under_the_hands(
    services: Services, context: PageContext, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    held = [book(services, f"Patient{n:02}", starts=time(8 + n // 4, 15 * (n % 4))) for n in range(30)][20]
    page = open_page()
    page.resize(1264, 500)
    table = page.board.front().table
    table.select_record(held.id)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    place = table.verticalScrollBar().value()

    book(services, "Newcomer", starts=time(7))
    fill_window(services, held.patient_id)
    context.notifier.publish(Changes.of(held.patient_id, Kind.EVENTS, Kind.BOOKINGS))
    settle()

    assert patients(page)[0] == "Newcomer"
    assert table.current_record().booking.id == held.id
    assert page.board.strip.sentence().startswith("Not before")
    assert table.verticalScrollBar().value() == place > 0


def test_that_changes_while_it_is_hidden_are_shown_when_it_is_opened(
    services: Services, context: PageContext, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    page = open_page()
    page.set_active(False)
    booking = book(services)
    context.notifier.publish(Changes.of(booking.patient_id, Kind.BOOKINGS))
    settle()
    assert patients(page) == []

    page.set_active(True)
    settle()
    assert patients(page) == ["Ruiz"]


def test_that_today_moves_on_over_night(
    services: Services, clock: FixedClock, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    book(services, "Morrow", day=TODAY + timedelta(days=1))
    page = open_page()
    page.set_active(False)

    clock.day = TODAY + timedelta(days=1)
    page.set_active(True)
    settle()

    assert page.bar.head.title.text() == "Today"
    assert patients(page) == ["Morrow"]


def test_that_a_list_that_cannot_be_read_says_so_and_is_asked_for_again(
    services: Services, database: Database, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    book(services)
    page = open_page()
    with database.transaction(write=True) as connection:
        connection.exec_driver_sql("ALTER TABLE booking RENAME TO gone")
    page.reload()
    settle()

    assert page.bar.notice.sentence().startswith("The clinic's file could not be used")
    assert patients(page) == ["Ruiz"]
    with database.transaction(write=True) as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO booking")
    page.bar.notice.button.click()
    settle()
    assert page.bar.notice.sentence() == ""


def test_that_a_fault_of_the_program_is_given_to_the_window(
    qtbot: QtBot, services: Services, context: PageContext, open_page: Callable[[], TodayPage]
) -> None:
    page = open_page()

    with qtbot.waitSignal(context.tasks.unseen) as unseen:
        page.loader.failed.emit(KeyError("a bug"))
    assert isinstance(unseen.args[0], KeyError)
    assert page.bar.notice.sentence() == "The list could not be loaded."


def ask_for_authorization(services: Services, patient_id: str) -> None:
    """Let the patient's plan ask for one from now on."""
    coverage = services.patients.get(patient_id).coverages[0]
    services.patients.change_coverage(patient_id, replace(coverage, authorization_required=True))


def test_that_chips_count_and_narrow(services: Services, open_page: Callable[[], TodayPage]) -> None:
    book(services, "Calm", starts=time(8))
    fill_window(services, book(services, "Full", starts=time(9)).patient_id)
    override(services, "Over", starts=time(10))
    ask_for_authorization(services, book(services, "Wait", starts=time(11)).patient_id)
    page = open_page()
    chips = page.bar.chips

    assert {key: chips.chip(key).count() for key in ("all", "flags", "auth", "overridden")} == {
        "all": 4, "flags": 3, "auth": 1, "overridden": 1,
    }  # fmt: skip
    shown = {}
    for key in ("flags", "auth", "overridden", "all"):
        chips.chip(key).click()
        shown[key] = patients(page)
    assert shown == {
        "flags": ["Full", "Over", "Wait"],
        "auth": ["Wait"],
        "overridden": ["Over"],
        "all": ["Calm", "Full", "Over", "Wait"],
    }


def test_that_a_chip_that_fits_no_visit_leads_back_to_all(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    book(services)
    page = open_page()
    page.bar.chips.chip("flags").click()

    assert page.board.front().empty.sentence() == "No visit here needs a hand."
    assert not page.board.strip.isVisibleTo(page)
    page.board.front().empty.button.click()
    assert patients(page) == ["Ruiz"]
    assert page.bar.chips.value() == "all"


def test_that_only_the_visits_of_a_provider_or_a_site_are_listed_when_wished(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    lee = services.desk.providers()[0].id
    patel = services.desk.add_provider(Provider("Anil Patel, MD", "Patel")).value.id
    office = services.desk.add_site(Site("KY", "11", name="Office")).value.id
    book(services, "ForLee", starts=time(8), provider_id=lee)
    book(services, "ForPatel", starts=time(9), provider_id=patel, site_id=office)
    page = open_page()

    page.bar.provider.set_value(lee)
    page.bar.filters_changed.emit()
    settle()
    assert patients(page) == ["ForLee"]

    page.bar.provider.set_value("")
    page.bar.site.set_value(office)
    page.bar.filters_changed.emit()
    settle()
    assert patients(page) == ["ForPatel"]


@pytest.mark.parametrize(
    ("typed", "title", "beside"),
    [
        ("12/3", "In 9 days", "Thursday 12/03/2026"),
        ("+1", "Tomorrow", "Wednesday 11/25/2026"),
        ("-1", "Yesterday", "Monday 11/23/2026"),
        ("t", "Today", "Tuesday 11/24/2026"),
    ],
)
def test_that_a_typed_date_is_echoed_and_shown(
    typed: str, title: str, beside: str, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    page = open_page()
    QTest.keyClicks(page.bar.field, typed)
    assert page.bar.field.echo() == f"{beside[:3]} {beside.split()[1][:5]}"
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    settle()

    assert (page.bar.head.title.text(), page.bar.head.beside.text()) == (title, beside)
    assert page.bar.field.text() == page.bar.field.echo() == ""
    assert page.board.front().has_focus()


@pytest.mark.parametrize(("typed", "said"), [("13/45", "There is no day 13/45."), ("n", "“n” means the earliest")])
def test_that_what_is_no_date_is_said_and_kept(
    typed: str, said: str, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    page = open_page()
    QTest.keyClicks(page.bar.field, typed)
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    settle()

    assert page.bar.notice.sentence().startswith(said)
    assert page.bar.field.text() == typed
    QTest.keyClick(page.bar.field, Qt.Key.Key_Backspace)
    assert page.bar.notice.sentence() == ""


def test_that_the_day_is_turned_by_keys_of_the_list_and_by_buttons(
    open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    page = open_page()
    seen = []
    for press in (
        lambda: QTest.keyClick(page.board.front(), ">"),
        page.bar.after.click,
        lambda: QTest.keyClick(page.board.front().empty.button, "<"),
        page.bar.before.click,
        lambda: QTest.keyClick(page.board.front().empty.button, "<"),
        lambda: QTest.keyClick(page.board.front().empty.button, "t"),
    ):
        press()
        settle()
        page.board.front().focus()
        seen.append(page.bar.head.title.text())

    assert seen == ["Tomorrow", "In 2 days", "Tomorrow", "Today", "Yesterday", "Today"]


def test_that_the_next_14_days_list_open_visits_with_flagged_ones_first(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    book(services, "Calm", starts=time(8))
    fill_window(services, book(services, "Full", day=TODAY + timedelta(days=3)).patient_id)
    book(services, "Far", day=TODAY + timedelta(days=14))
    services.booking.set_status(book(services, "Done", starts=time(7)).id, BookingStatus.DONE)
    page = open_page()
    page.bar.views.button("ahead").click()
    settle()

    assert patients(page) == ["Full", "Calm"]
    assert cells(page, 0)[:2] == ["Fri 11/27", "9:30 AM"]
    assert page.bar.head.title.text() == "Next 14 days"
    assert page.bar.head.beside.text() == "Tue 11/24 to Mon 12/07"
    page.bar.views.button("day").click()
    settle()
    assert patients(page) == ["Done", "Calm"]


def test_that_checking_the_days_ahead_can_be_called_off_and_begun_again(
    services: Services, open_page: Callable[[], TodayPage], context: PageContext, settle: Settle
) -> None:
    book(services, "Calm", starts=time(8))
    page, lane = open_page(), threading.Event()
    context.tasks.run(page, lane.wait, lambda _done: None, lane="long")
    page.reload()
    page.bar.views.button("ahead").click()
    assert page.board.progress.following()
    page.board.progress.called_off.emit()
    lane.set()
    settle()
    assert not page.board.progress.following()
    assert page.bar.notice.sentence() == "Called off; nothing was changed."
    page.bar.notice.button.click()
    settle()
    assert patients(page) == ["Calm"]


def test_that_the_days_ahead_are_narrowed_by_provider_and_refreshed(
    services: Services, context: PageContext, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    lee = services.desk.providers()[0].id
    book(services, "ForLee", starts=time(8), provider_id=lee)
    book(services, "Other", starts=time(9))
    page = open_page()
    page.show_view("ahead")
    settle()
    page.bar.provider.set_value(lee)
    page.bar.filters_changed.emit()
    settle()
    assert patients(page) == ["ForLee"]

    book(services, "More", day=TODAY + timedelta(days=1), provider_id=lee)
    context.notifier.publish(Changes.everything())
    settle()
    assert patients(page) == ["ForLee", "More"]


def test_that_the_answer_can_be_copied_as_text(services: Services, open_page: Callable[[], TodayPage]) -> None:
    fill_window(services, book(services).patient_id)
    lines = open_page().summary().splitlines()

    assert lines[0].startswith("Ruiz, Elena M., born 07/02/1951, M")
    assert lines[1] == "IL epidural L4-5, Tue 11/24/2026 9:30 AM, Medicare Part B"
    assert lines[2] == "Not before Wed 12/02/2026. 4 of 4 sessions used"
    assert lines[-1].startswith("Rule: LCD L39015")


def test_that_names_that_look_like_markup_are_shown_as_they_are(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    for minutes, name in enumerate(HOSTILE_NAMES):
        booking = override(services, name, starts=time(8, minutes * 5))
        assert booking.override is not None
    page = open_page()
    table = page.board.front().table

    for row, name in enumerate(HOSTILE_NAMES):
        table.select_row(row)
        shown = name.replace("\u202e", "").replace("\u202c", "")
        assert cells(page, row)[1].startswith(shown)
        label = page.board.strip.patient_label()
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text().startswith(shown)
    assert not page.grab().isNull()
    assert [task.patient.last for task in page.work.list.tasks()] == sorted(HOSTILE_NAMES, key=str.casefold)


def test_that_on_a_small_screen_the_work_takes_the_place_of_the_lists(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    override(services)
    page = open_page()
    assert page.work.isVisibleTo(page)
    assert not page.bar.work_button.isVisibleTo(page)

    page.resize(631, 300)
    assert not page.work.isVisibleTo(page)
    assert page.bar.work_button.shown_text() == "Work 1"
    page.bar.work_button.click()
    assert page.work.isVisibleTo(page)
    assert not page.board.isVisibleTo(page)
    page.bar.work_button.click()
    assert page.board.isVisibleTo(page)


def turned(services: Services, day: date = TODAY + timedelta(3)) -> str:
    """Book a visit, judge it, and fill its window, so that its answer is news; return its id."""
    visit = book(services, "Turner", day=day)
    services.recheck.all()
    fill_window(services, visit.patient_id)
    services.recheck.all()
    return visit.id


def test_that_the_days_ahead_show_first_what_changed_with_was_is_and_because(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle, clock: FixedClock
) -> None:
    book(services, "Early", day=TODAY + timedelta(1))
    override(services, "Quinn", day=TODAY + timedelta(1))
    turned(services, TODAY + timedelta(3))
    page = open_page()
    page.show_view("ahead")
    settle()

    assert patients(page) == ["Turner", "Quinn", "Early"]
    assert cells(page, 0)[7] == "Allowed → Not before 12/02"
    assert page.bar.chips.chip("changed").count() == 1
    assert page.bar.views.button("ahead").text() == "Next 14 days, 1 changed"
    assert page.board.strip.sentence().startswith(
        "Not before Wed 12/02/2026. Was: Allowed on Fri 11/27/2026. Injection added by Jo Diaz. At most 4 epidural"
    )


def test_that_the_changed_chip_lists_only_what_changed(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    book(services, "Early", day=TODAY + timedelta(1))
    turned(services)
    page = open_page()
    page.show_view("ahead")
    settle()

    page.bar.chips.chip("changed").click()

    assert patients(page) == ["Turner"]


def test_that_s_marks_the_chosen_change_as_seen(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    turned(services)
    page = open_page()
    page.show_view("ahead")
    settle()

    QTest.keyClick(page.board.front().table, Qt.Key.Key_S)
    settle()

    assert services.recheck.news() == {}
    assert cells(page, 0)[7] == "Not before 12/02"
    assert page.bar.views.button("ahead").text() == "Next 14 days"


def test_that_shift_s_marks_every_change_of_the_list_as_seen(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    turned(services)
    turned(services, TODAY + timedelta(60))
    page = open_page()
    page.show_view("ahead")
    settle()
    assert len(services.recheck.news()) == 2

    QTest.keyClick(page.board.front().table, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    settle()

    assert services.recheck.news() == {}


def test_that_what_the_recheck_found_comes_up_by_itself(
    services: Services, context: PageContext, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    visit = book(services, "Turner", day=TODAY + timedelta(3))
    services.recheck.all()
    page = open_page()
    page.show_view("ahead")
    settle()
    fill_window(services, visit.patient_id)

    context.notifier.rechecked.emit(services.recheck.all())
    settle()

    assert cells(page, 0)[7] == "Allowed → Not before 12/02"


def test_that_what_the_recheck_found_is_read_when_the_page_comes_to_the_front_and_not_before(
    services: Services, context: PageContext, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    visit = book(services, "Turner")
    services.recheck.all()
    page = open_page()
    page.set_active(False)
    fill_window(services, visit.patient_id)
    days: list[DayList] = []
    page.loader.day_loaded.connect(lambda _day, found: days.append(found))

    context.notifier.rechecked.emit(services.recheck.all())
    settle()
    assert days == []

    page.set_active(True)
    settle()
    assert [row.news is not None for row in days[-1].rows] == [True]


def test_that_slash_narrows_the_list_while_one_types_and_esc_shows_all(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    for number, last in enumerate(("Ruiz", "Owen", "Adams")):
        book(services, last, starts=time(9 + number))
    page = open_page()
    press("/")
    press("wen")
    typed = patients(page)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    kept = patients(page), page.board.front().table.hasFocus()
    press("/")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert typed == ["Owen"]
    assert kept == (["Owen"], True)
    assert patients(page) == ["Ruiz", "Owen", "Adams"]
    assert page.board.front().table.hasFocus()


def test_that_esc_in_the_list_shows_all_again_too(services: Services, open_page: Callable[[], TodayPage]) -> None:
    book(services, "Ruiz", starts=time(9))
    book(services, "Owen", starts=time(10))
    page = open_page()
    press("/")
    QTest.keyClicks(page.bar.words, "owen")
    QTest.keyClick(page.bar.words, Qt.Key.Key_Return)
    assert patients(page) == ["Owen"]

    QTest.keyClick(page.board.front().table, Qt.Key.Key_Escape)
    assert patients(page) == ["Ruiz", "Owen"]
    assert page.bar.words.isHidden()


def test_that_a_filter_that_finds_nothing_says_so_and_offers_all(
    services: Services, open_page: Callable[[], TodayPage]
) -> None:
    book(services)
    page = open_page()
    page.bar.words.setText("nobody here")
    said = page.board.front().empty.sentence()
    page.board.front().empty.button.click()

    assert said == "No visit here holds these words."
    assert patients(page) == ["Ruiz"]


def test_that_hidden_names_leave_initials_and_record_number_everywhere_and_are_remembered(
    context: PageContext, services: Services, open_page: Callable[[], TodayPage], settle: Settle, tmp_path: Path
) -> None:
    override(services, "Secret", starts=time(9))
    page = open_page()
    context.preferences.privacy = True
    context.notifier.publish(Changes())
    settle()
    mrn = services.schedule.day(TODAY).rows[0].patient.mrn
    task = page.work.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    copied = (page.board.front().table.as_text(), page.summary())
    shown = [*cells(page, 0), page.board.strip.patient_label().text(), task, *copied]

    assert cells(page, 0)[1:3] == ["E. S.", mrn]
    assert page.summary().startswith(f"E. S., record {mrn}\n")
    assert not any("07/02/1951" in text for text in shown)
    assert not any("Secret" in text for text in shown)
    assert f"E. S., record {mrn}" in task
    context.preferences.flush()
    assert Preferences(tmp_path / "preferences.ini").privacy is True

    context.preferences.privacy = False
    context.notifier.publish(Changes())
    settle()
    assert cells(page, 0)[1:3] == ["Secret, Elena M.", "07/02/1951"]


def test_that_a_full_day_is_listed_before_it_is_judged_and_checking_again_waits_for_every_answer(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    made = [book(services, f"P{n}", starts=time(8 + n // 2, 30 * (n % 2))) for n in range(12)]
    page = open_page()
    told: list[int] = []
    page.loader.day_loaded.connect(lambda _day, found: told.append(sum(row.pending for row in found.rows)))
    fill_window(services, made[11].patient_id)
    page.recheck("")
    settle()

    assert [row.flag for row in page.board.day_list.rows()][10:] == ["Allowed", "Not before 12/02"]
    assert page.bar.notice.sentence().endswith("was Allowed, is Not before 12/02.")
    assert len(told) > 1


def test_that_in_the_days_ahead_the_time_gives_way_before_a_side_is_cut(
    services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    turned(services)
    page = open_page()
    page.show_view("ahead")
    settle()
    page.resize(600, 300)
    settle()
    table = page.board.front().table
    headers = [column.header for column in table.record_model().columns]

    assert table.isColumnHidden(headers.index("Time"))
    assert not table.isColumnHidden(headers.index("Date"))


def test_that_check_all_again_wants_every_coming_visit_checked_and_check_again_that_one_alone(
    context: PageContext, services: Services, open_page: Callable[[], TodayPage], settle: Settle
) -> None:
    book(services, "Ahn")
    page, wanted = open_page(), list[bool]()
    context.notifier.recheck_wanted.connect(lambda: wanted.append(True))
    table = page.board.front().table
    table.setFocus()

    QTest.keyClick(table, Qt.Key.Key_R)
    settle()
    assert wanted == []
    QTest.keyClick(table, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    settle()

    assert wanted == [True]
