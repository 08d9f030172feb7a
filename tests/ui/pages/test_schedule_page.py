"""Behaviour of the Schedule page, with the real widgets and by keyboard: day, week, month, next openings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import performed
from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tests.ui.visits import EPIDURAL, HOSTILE_NAMES, SESSIONS, add_patient, book, epidural, fill_window
from tracker.domain.booking import BookingStatus
from tracker.domain.patient import Provider
from tracker.domain.procedure import Approach, Family, Intent
from tracker.services import Services
from tracker.services.changes import Done
from tracker.ui.pages.page import NO_MONTH, CheckStart, MonthStart, PageContext, RequestStart
from tracker.ui.pages.schedule_page import SchedulePage
from tracker.ui.schedule.faces import MONTH, WEEK

ENTER, DOWN, UP, LEFT, RIGHT = (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right)
Open = Callable[..., SchedulePage]


@pytest.fixture
def lee(services: Services) -> str:
    return services.desk.providers()[0].id


@pytest.fixture
def patel(services: Services) -> str:
    return services.desk.add_provider(Provider("Anil Patel, MD", "Patel")).value.id


@pytest.fixture
def open_page(context: PageContext, in_front: InFront) -> Open:
    page = SchedulePage(context)
    page.acted.connect(lambda done: context.notifier.publish(done.changes))

    def bring(what: object = None) -> SchedulePage:
        if what is not None:
            page.begin(what)
        return in_front(page)

    return bring


def press(*keys: Qt.Key | str) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)


def here(page: SchedulePage) -> str:
    """What a screen reader says of the cell where the hands are."""
    return page.times.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def wanted(signal: object) -> list[object]:
    caught: list[object] = []
    signal.connect(caught.append)  # type: ignore[attr-defined]  # a bound signal
    return caught


def test_that_a_day_stands_by_provider_with_identifiers_procedure_and_verdict(
    services: Services, open_page: Open, lee: str, patel: str
) -> None:
    book(services, "Early", starts=time(8, 15), provider_id=lee)
    fill_window(services, book(services, "Late", starts=time(14), provider_id=patel).patient_id)
    page = open_page()
    page.times.table.select_visit(services.schedule.span(TODAY, TODAY)[0].booking.id)
    first = here(page)
    press(RIGHT)
    page.times.table.select_visit(services.schedule.span(TODAY, TODAY)[1].booking.id)

    assert [lane.head for lane in page.times.table.grid().lanes] == ["Lee", "Patel"]
    assert first == (
        "8:15 AM, Early, Elena M., born 07/02/1951, IL epidural L4-5, Verdict: Allowed, Booked, Tue 11/24/2026,"
        " Susan Lee, MD"
    )
    assert "Verdict: Not before 12/02, Booked, Tue 11/24/2026, Anil Patel, MD" in here(page)
    assert page.times.strip.sentence().startswith("Not before Wed 12/02/2026")


def test_that_arrows_go_from_visit_to_free_time_and_to_the_next_provider(
    services: Services, open_page: Open, lee: str, patel: str
) -> None:
    visit = book(services, "Early", starts=time(8, 20), minutes=20, provider_id=lee)
    page = open_page()
    page.times.table.select_visit(visit.id)
    said = []
    for key in (DOWN, DOWN, UP, UP, UP, RIGHT, LEFT):
        press(key)
        said.append(here(page).split(",")[0])

    assert said == [
        "8:40 AM free", "9:00 AM free", "8:40 AM free", "8:20 AM", "8:00 AM free", "8:00 AM free", "8:00 AM free",
    ]  # fmt: skip


def test_that_enter_or_b_on_a_free_time_begins_a_check_with_day_time_and_provider(
    services: Services, open_page: Open, lee: str, patel: str
) -> None:
    visit = book(services, "Early", starts=time(8, 20), minutes=20, provider_id=lee)
    page = open_page()
    checks = wanted(page.check_wanted)
    page.times.table.select_visit(visit.id)
    press(DOWN, ENTER, RIGHT, "b")

    assert checks == [
        CheckStart(day=TODAY, starts=time(8, 40), provider_id=lee),
        CheckStart(day=TODAY, starts=time(8, 30), provider_id=patel),
    ]


def test_that_a_day_that_is_past_offers_no_free_time(services: Services, open_page: Open, settle: Settle) -> None:
    page = open_page()
    press("-")
    settle()

    assert "11/23/2026" in page.bar.head.beside.text()
    assert not any(block.reachable for block in page.times.table.grid().each())


def test_that_the_letters_do_what_they_do_on_today(
    services: Services, open_page: Open, settle: Settle, lee: str
) -> None:
    visit = book(services, starts=time(8), provider_id=lee)
    page = open_page()
    page.times.table.select_visit(visit.id)
    patients, checks, requests = wanted(page.patient_wanted), wanted(page.check_wanted), wanted(page.request_wanted)
    press(ENTER, "m", "e", "a", "c")
    settle()
    confirmed = services.booking.get(visit.id).status
    press("x")
    settle()

    assert patients == [visit.patient_id]
    assert [each.booking_id for each in checks if isinstance(each, CheckStart)] == [visit.id, visit.id]
    assert isinstance(requests[0], RequestStart)
    assert requests[0].request.family is visit.event.family
    assert confirmed is BookingStatus.CONFIRMED
    assert services.booking.get(visit.id).status is BookingStatus.CANCELLED


def test_that_a_called_off_visit_makes_room_and_can_be_parked(
    services: Services, open_page: Open, settle: Settle, lee: str
) -> None:
    visit = book(services, starts=time(8), provider_id=lee)
    services.booking.set_status(visit.id, BookingStatus.CANCELLED)
    page = open_page()
    page.times.table.select_visit(visit.id)
    spoken = here(page)
    press("p")
    settle()

    assert "Cancelled" in spoken
    assert any(block.free and block.start == 8 * 60 for block in page.times.table.grid().each())
    assert [row.patient.id for row in services.pinboard.list().rows] == [visit.patient_id]


def test_that_visits_at_the_same_time_stand_beside_each_other(services: Services, open_page: Open) -> None:
    book(services, "One", starts=time(9))
    book(services, "Two", starts=time(9, 15))
    book(services, "Loose", starts=None)
    page = open_page()
    grid = page.times.table.grid()

    assert [lane.head for lane in grid.lanes] == ["Lee", "No provider", "No provider (2)"]
    assert sorted(block.row.patient.last for block in grid.each() if block.row) == ["Loose", "One", "Two"]
    assert not any(block.free for block in grid.blocks[2])


def test_that_a_week_is_one_providers_and_says_when_the_clinic_is_closed(
    services: Services, open_page: Open, lee: str, patel: str
) -> None:
    book(services, "Mine", day=TODAY + timedelta(days=1), provider_id=lee)
    book(services, "Other", day=TODAY + timedelta(days=1), provider_id=patel)
    page = open_page(WEEK)
    grid = page.times.table.grid()

    assert page.bar.provider.currentText() == "Lee"
    assert [lane.head for lane in grid.lanes][3] == "Thu 11/26  Thanksgiving Day"
    assert [block.row.patient.last for block in grid.each() if block.row] == ["Mine"]
    assert page.bar.head.beside.text() == "11/23 – 11/29/2026"


def test_that_the_day_is_everybodys_again_after_a_week_of_one(
    services: Services, open_page: Open, settle: Settle, lee: str, patel: str
) -> None:
    page = open_page(WEEK)
    page.show_face("day")
    settle()

    assert [lane.head for lane in page.times.table.grid().lanes] == ["Lee", "Patel"]


def test_that_keys_turn_the_days_and_a_typed_date_leads_there(
    services: Services, open_page: Open, settle: Settle
) -> None:
    page = open_page()
    days = []
    for key in ("+", Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, "-", "t"):
        press(key)
        settle()
        days.append(page.times.table.grid().lanes[0].day)
    press("1")
    press("2/3", ENTER)
    settle()

    assert days == [TODAY + timedelta(days=n) for n in (1, 8, 1, 0, 0)]
    assert page.times.table.grid().lanes[0].day == date(2026, 12, 3)
    assert page.times.table.hasFocus()


def test_that_no_request_in_front_says_how_one_comes_here(open_page: Open) -> None:
    page = open_page(MONTH)
    checks = wanted(page.check_wanted)
    press(Qt.Key.Key_Space)

    assert page.month.empty.sentence() == "No patient with procedure and levels is in front."
    assert checks == [CheckStart()]


def test_that_a_patient_without_levels_is_never_shown_the_month_of_the_one_before(
    services: Services, open_page: Open, settle: Settle
) -> None:
    page = open_page(month_of(services))
    assert page.month.head.isVisible()

    page.begin(NO_MONTH)
    page.opened()
    settle()

    assert not page.month.head.isVisible()
    assert page.month.empty.sentence() == "No patient with procedure and levels is in front."
    assert page.current_patient() == ""


def month_of(services: Services, last: str = "Ruiz") -> MonthStart:
    """A fifth epidural: the first of four that helped leaves the 12 months on 12/02/2026."""
    patient_id = add_patient(services, last)
    for day in SESSIONS:
        helped = performed(day, Family.EPIDURAL, approach=Approach.INTERLAMINAR, intent=Intent.THERAPEUTIC,
                           relief_percent=80.0, relief_months=3.0)  # fmt: skip
        services.history.add(patient_id, replace(helped, targets=EPIDURAL))
    return MonthStart(epidural(patient_id, date(2026, 12, 1)))


def test_that_a_month_tells_each_day_and_rings_the_first_one(services: Services, open_page: Open) -> None:
    page = open_page(month_of(services))
    table = page.month.table
    said = {}
    for day in (1, 2, 5, 25):
        table.select_day(date(2026, 12, day))
        said[day] = (table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole), page.month.reason())

    assert said[1][0].startswith("Tue 12/01/2026, Not before Wed 12/02/2026")
    assert "At most 4 epidural sessions" in said[1][1]
    assert said[2][0].startswith("Wed 12/02/2026, first eligible day, Allowed")
    assert said[5][0].startswith("Sat 12/05/2026, clinic closed: closed on Saturdays")
    assert "Christmas Day" in said[25][0]
    assert page.month.head.title.text() == "Ruiz, Elena M. 07/02/1951"


def test_that_f_goes_to_the_first_day_and_enter_takes_it_to_check_and_book(
    services: Services, open_page: Open, settle: Settle
) -> None:
    start = month_of(services)
    page = open_page(MonthStart(replace(start.request, day=date(2027, 1, 15)), "a-pin"))
    checks = wanted(page.check_wanted)
    press("f")
    settle()
    press(ENTER)

    assert checks == [CheckStart(request=replace(start.request, day=date(2026, 12, 2)), pin_id="a-pin")]


def test_that_arrows_lead_into_the_next_month(services: Services, open_page: Open, settle: Settle) -> None:
    page = open_page(month_of(services))
    press(LEFT)
    settle()
    back = page.month.table.current_day()
    press(Qt.Key.Key_PageDown)
    settle()

    assert back is not None
    assert back.day == date(2026, 11, 30)
    assert page.month.table.current_day().day == date(2026, 12, 30)
    assert page.bar.head.beside.text() == "December 2026"


def test_that_the_next_openings_count_the_visits_of_the_day_and_say_what_is_not_known(
    services: Services, open_page: Open, settle: Settle, lee: str
) -> None:
    book(services, "Other", day=date(2026, 12, 3), provider_id=lee)
    page = open_page(month_of(services))
    openings = page.month.openings
    checks = wanted(page.check_wanted)
    page.month.focus_openings()
    press(DOWN, ENTER)

    assert len(openings.days()) == 10
    assert openings.days()[:3] == (date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4))
    assert [row.visits for row in openings.table.records()][:3] == [0, 1, 0]
    assert "Working hours are not on file" in openings.note()
    assert [each.request.day for each in checks if isinstance(each, CheckStart)] == [date(2026, 12, 3)]


def test_that_the_key_of_the_openings_leads_from_the_week_to_those_of_the_visit_in_front(
    services: Services, open_page: Open, settle: Settle, lee: str
) -> None:
    book(services, "Other", day=date(2026, 12, 3), provider_id=lee)
    page = open_page(WEEK)
    page.go_to(date(2026, 12, 3))
    settle()
    next(each for each in page.acts() if each.act.id == "openings").do()
    settle()

    assert page.month.openings.days()
    assert page.month.openings.table.hasFocus()


def test_that_the_openings_take_the_place_of_the_month_where_there_is_no_room_for_both(
    services: Services, context: PageContext, in_front: InFront
) -> None:
    page = SchedulePage(context)
    page.begin(month_of(services))
    in_front(page, 640, 400)
    before = page.month.openings.isVisible()
    page.month.focus_openings()
    instead = page.month.openings.isVisible(), page.month.table.isVisible()
    page.month.focus_openings()

    assert not before
    assert instead == (True, False)
    assert page.month.table.hasFocus()


def test_that_another_patients_month_is_gone_while_the_next_one_is_judged(services: Services, open_page: Open) -> None:
    page = open_page(month_of(services, "First"))
    page.begin(month_of(services, "Second"))

    assert not page.month.table.isVisible()


def test_that_hidden_names_are_hidden_in_every_face(
    services: Services, context: PageContext, open_page: Open, lee: str
) -> None:
    context.preferences.privacy = True
    visit = book(services, "Secret", provider_id=lee)
    page = open_page()
    page.times.table.select_visit(visit.id)
    day = here(page)
    page = open_page(MonthStart(epidural(visit.patient_id, TODAY)))

    assert "Secret" not in day
    assert "E. S., record M" in day
    assert "Secret" not in page.month.head.title.text()


def test_that_a_full_clinic_sees_its_day_before_it_is_judged(
    services: Services, context: PageContext, in_front: InFront, lee: str
) -> None:
    for number in range(12):
        book(services, f"P{number}", starts=time(8 + number // 2, 30 * (number % 2)), provider_id=lee)
    page = SchedulePage(context)
    told: list[list[bool]] = []
    page.loader.span_loaded.connect(lambda span: told.append([row.pending for row in span.rows]))
    in_front(page)

    assert told[0] == [True] * 12
    assert told[-1] == [False] * 12
    assert "Verdict: Allowed" in here(page)


def test_that_what_others_do_is_shown_and_the_hands_stay(
    services: Services, context: PageContext, open_page: Open, settle: Settle, lee: str
) -> None:
    visit = book(services, "Mine", starts=time(9), provider_id=lee)
    page = open_page()
    page.times.table.select_visit(visit.id)
    done: Done[object] = services.booking.set_status(visit.id, BookingStatus.CONFIRMED)  # type: ignore[assignment]
    book(services, "Other", starts=time(8), provider_id=lee)
    context.notifier.publish(done.changes)
    settle()

    assert "Mine" in here(page)
    assert "Confirmed" in here(page)
    assert page.times.table.grid().of_visit(visit.id) is not None


@pytest.mark.parametrize("last", HOSTILE_NAMES)
def test_that_hostile_names_are_text(services: Services, open_page: Open, lee: str, last: str) -> None:
    visit = book(services, last, starts=time(9), provider_id=lee)
    page = open_page()
    page.times.table.select_visit(visit.id)
    page.grab()

    assert "\n" not in here(page)
    assert "\u202e" not in here(page)


def test_that_a_month_that_nobody_can_tell_has_no_openings_and_says_what_to_ask(
    services: Services, open_page: Open
) -> None:
    patient_id = add_patient(services)
    fill_window(services, patient_id)
    page = open_page(MonthStart(epidural(patient_id, TODAY)))

    assert page.month.openings.days() == ()
    assert "Cannot tell for" in page.month.openings.note()


def test_that_every_control_has_a_name(services: Services, open_page: Open) -> None:
    page = open_page(month_of(services))

    assert nameless(page) == []
