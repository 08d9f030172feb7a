"""Behaviour of what pages add to the menus of the window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QStyle
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import Settle
from tests.ui.requests import approved
from tests.ui.visits import add_patient, book, epidural
from tracker.domain.booking import BookingStatus
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.pages.patient_page import PatientPage
from tracker.ui.pages.schedule_page import SchedulePage
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.paper.handouts import SlipDialog
from tracker.ui.paper.packet_dialog import PacketDialog
from tracker.ui.widgets.fields import FieldLabel


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


@pytest.fixture
def desk(qtbot: QtBot, context: PageContext) -> MainWindow:
    made = MainWindow(context, (TodayPage, SchedulePage, PatientPage, CheckPage, ExpirationsPage, OtherPage))
    qtbot.addWidget(made)
    made.show()
    return made


def slip_in(window: MainWindow) -> SlipDialog:
    (dialog,) = window.findChildren(SlipDialog)
    return dialog


def test_that_an_act_of_several_pages_is_done_by_the_one_in_front(
    desk: MainWindow, context: PageContext, settle: Settle
) -> None:
    today, later = book(context.services), book(context.services, "Bell", day=TODAY + timedelta(days=1))
    desk.open_page("today")
    settle()
    desk.open_page("schedule")
    schedule = desk.pages["schedule"]
    assert isinstance(schedule, SchedulePage)
    schedule.go_to(later.day)
    settle()
    schedule.times.table.select_visit(later.id)
    desk.registry.action("visit confirmed").trigger()
    settle()
    assert desk.status_line.sentence().startswith("Confirmed: Bell")

    desk.open_page("today")
    settle()
    desk.registry.action("visit confirmed").trigger()
    settle()
    assert desk.status_line.sentence().startswith("Confirmed: Ruiz")
    desk.open_page("other")
    assert not desk.registry.action("visit done").isEnabled()
    assert today.id != later.id


@pytest.mark.parametrize("page", ["today", "schedule", "patient"])
def test_that_the_slip_is_shown_wherever_a_visit_is_in_front(
    desk: MainWindow, context: PageContext, settle: Settle, page: str
) -> None:
    visit = book(context.services)
    desk.open_page(page, visit.patient_id if page == "patient" else None)
    settle()
    schedule = desk.pages["schedule"]
    if page == "schedule" and isinstance(schedule, SchedulePage):
        schedule.times.table.select_visit(visit.id)
    desk.registry.action("slip").trigger()
    settle()

    assert slip_in(desk).paper is not None


def test_that_the_slip_of_the_visit_booked_last_is_shown_from_any_page(
    desk: MainWindow, context: PageContext, settle: Settle
) -> None:
    act = desk.registry.entry("slip of last booked")
    desk.open_page("other")
    assert act.reason() == "nothing was booked just now"
    request = epidural(add_patient(context.services), TODAY)
    done = context.services.booking.book(request, context.services.booking.check(request).fingerprint)
    desk.pages["check"].acted.emit(done)
    act.action.trigger()
    settle()

    assert slip_in(desk).paper is not None


def test_that_the_packet_of_an_approval_that_ends_is_opened(
    desk: MainWindow, context: PageContext, settle: Settle
) -> None:
    approved(context.services, "Archer", "A118", TODAY - timedelta(days=40), TODAY + timedelta(days=5))
    packet = desk.registry.entry("packet")
    desk.open_page("other")
    assert packet.reason() == "only where a request or a patient is in front"
    desk.open_page("expirations")
    settle()
    packet.action.trigger()
    settle()

    assert len(desk.findChildren(PacketDialog)) == 1


def test_that_menus_leave_their_letters_to_the_fields_of_check_and_book(desk: MainWindow, settle: Settle) -> None:
    def letters() -> set[str]:
        titles = [bar.text() for bar in desk.menu_row.menu_bar.actions()]
        return {title[title.index("&") + 1].casefold() for title in titles if "&" in title}

    desk.open_page("today")
    assert "a" in letters()
    desk.open_page("check")
    settle()
    labels = [label.text() for label in desk.pages["check"].findChildren(FieldLabel)]
    fields = {text[text.index("&") + 1].casefold() for text in labels if "&" in text}
    assert not letters() & fields
    desk.open_page("today")
    assert "a" in letters()
    settle()


def test_that_a_menu_longer_than_the_screen_scrolls_and_stands_in_one_column(desk: MainWindow) -> None:
    menus = [bar.menu() for bar in desk.menu_row.menu_bar.actions()]
    longest = max(menus, key=lambda menu: len(menu.actions()))

    assert longest.style().styleHint(QStyle.StyleHint.SH_Menu_Scrollable, None, longest)
    for _more in range(60):
        longest.addAction("one more")
    assert longest.sizeHint().width() < 500
