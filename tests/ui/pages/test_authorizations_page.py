"""Behaviour of the page Authorizations: what it lists, what each letter does, what is never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient
from tests.fixtures import TODAY
from tests.ui.conftest import HOSTILE_NAMES, InFront, Settle
from tests.ui.requests import BOTH, LEFT, approved, denied, draft, sent
from tests.ui.visits import add_patient, epidural
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import (
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    LogKind,
    PeerToPeer,
)
from tracker.domain.body_regions import BodyRegion
from tracker.domain.booking import BookingStatus
from tracker.domain.procedure import Family, TargetKind
from tracker.services import Services
from tracker.services.authorizations.worklist import PAGE
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.records import Act
from tracker.ui.models.paged_table_model import MOST_PAGES
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.page import PageContext, RequestStart
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.worklist.draft_strips import NewStrip
from tracker.ui.worklist.strip import Strip
from tracker.ui.worklist.work_bar import COLUMNS

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
Open = Callable[[], AuthorizationsPage]


@pytest.fixture
def page(context: PageContext) -> AuthorizationsPage:
    return AuthorizationsPage(context)


@pytest.fixture
def open_page(page: AuthorizationsPage, in_front: InFront, context: PageContext) -> Open:
    """Bring the page to the front; what is done in it is told to every page, as the window does."""
    page.acted.connect(lambda done: context.notifier.publish(done.changes))
    return lambda: in_front(page)


def names(page: AuthorizationsPage) -> list[str]:
    return [row.patient.last for row in page.list.table.records()]


def cells(page: AuthorizationsPage, row: int) -> list[str]:
    model = page.list.table.record_model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def press(*keys: Qt.Key | str) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)


def strip(page: AuthorizationsPage) -> Strip:
    found = page.strips.strip()
    assert found is not None
    return found


def typed(page: AuthorizationsPage, name: str) -> str:
    field = strip(page).fields[name]
    assert isinstance(field, LineField)
    return field.text()


# --- what is listed ---------------------------------------------------------------------------------------------------


def test_that_the_most_overdue_stands_on_top_with_two_identifiers_and_its_clock(
    services: Services, open_page: Open
) -> None:
    draft(services, "Bell", next_in=2)
    sent(services, "Archer", next_in=-4)
    page = open_page()

    assert names(page) == ["Archer", "Bell"]
    assert cells(page, 0)[:6] == [
        "11/20 Fri", "Submitted", "Archer, Elena M.", "07/02/1951", "RFA L4-5 left", "Aetna",
    ]  # fmt: skip
    assert cells(page, 1)[6] == "not sent"
    assert cells(page, 0)[7] == "JD"
    assert page.list.table.hasFocus()


def test_that_a_line_narrows_the_list_and_the_chip_that_means_the_same_is_marked(
    services: Services, open_page: Open, settle: Settle
) -> None:
    draft(services, "Bell")
    denied(services, "Dunn")
    page = open_page()
    press("/")
    assert page.bar.query.hasFocus()
    page.bar.query.setText("is:appealable")
    press(ENTER)
    settle()

    assert names(page) == ["Dunn"]
    assert page.bar.chips.chip("Denied, clock runs").isChecked()
    press(ESC)
    assert page.list.table.hasFocus()


def test_that_a_mistake_in_the_line_is_told_below_it_and_the_list_stays(
    services: Services, open_page: Open, settle: Settle
) -> None:
    draft(services, "Bell")
    page = open_page()
    page.lister.show_line("is:nonsense")
    settle()

    assert page.bar.mistake.sentence().startswith("“is:nonsense” means nothing here.")
    assert names(page) == ["Bell"]


def test_that_chips_count_and_write_the_line(services: Services, open_page: Open, settle: Settle) -> None:
    draft(services, "Bell")
    sent(services, "Archer", next_in=-1)
    page = open_page()
    assert [page.bar.chips.chip(name).count() for name in ("Open", "Overdue", "Waiting")] == [2, 1, 1]
    page.bar.chips.chip("Waiting").click()
    settle()

    assert page.bar.query.text() == "is:waiting"
    assert names(page) == ["Archer"]


def test_that_a_clinic_without_requests_is_led_to_its_first(open_page: Open, settle: Settle) -> None:
    page = open_page()
    assert page.list.empty.sentence() == "No request is open."
    page.list.empty.button.click()
    settle()
    assert page.strips.strip() is not None


def test_that_an_empty_list_says_so_and_leads_back_to_all_that_are_open(
    services: Services, open_page: Open, settle: Settle
) -> None:
    draft(services, "Bell")
    page = open_page()
    page.lister.show_line("payer:cigna")
    settle()
    assert page.list.empty.sentence() == "Nothing is found by this line."
    page.list.empty.button.click()
    settle()

    assert names(page) == ["Bell"]


def test_that_details_put_request_and_answer_side_by_side(services: Services, open_page: Open, settle: Settle) -> None:
    approved(services, "Farr", "A118", TODAY, TODAY + timedelta(days=20))
    page = open_page()
    page.lister.show_line("is:approved")
    settle()

    assert page.detail.lines.texts() == (
        ("64635", "L4-5 left", "1", "1 granted"),
        ("64636", "L4-5 left", "2", "2 granted"),
    )
    assert "Authorization A118" in page.detail.facts.text()
    assert page.detail.log.texts()[0] == "Approved"


def test_that_a_denial_says_until_when_it_can_be_fought(services: Services, open_page: Open, settle: Settle) -> None:
    denied(services, "Dunn")
    page = open_page()
    page.lister.show_line("is:denied")
    settle()

    assert "No therapy shown. Appeal by Sat 01/23/2027, in 60 days" in page.detail.denial.text()
    assert [button.shown_text() for button in page.detail.buttons] == ["Appeal", "Follow-up done", "Packet"]


def test_that_names_that_look_like_markup_are_shown_as_they_are(services: Services, open_page: Open) -> None:
    for place, name in enumerate(HOSTILE_NAMES):
        draft(services, name, next_in=place)
    page = open_page()

    assert [cells(page, row)[2].split(",")[0] for row in (0, 2)] == ["<b>x</b>", "O'Brien-Núñez"]


# --- a long list ------------------------------------------------------------------------------------------------------


def many(transactions: Transactions, count: int) -> None:
    """Put so many drafts on file, due one day after the other, of one patient."""
    person, coverage = a_patient(last="Many", id=new_id()), replace(a_coverage(payer="aetna"), id=new_id())
    base = AuthorizationRequest(family=Family.FACET_ABLATION, targets=LEFT, asked=BOTH, owner="Jo Diaz")
    with transactions.writing() as uow:
        uow.bulk.add_patients([person], noted=False)
        uow.bulk.add_coverages([(person.id, coverage)], noted=False)
        uow.bulk.add_requests(
            [
                AuthorizationRecord(
                    person.id,
                    Authorization(None, "aetna", AuthorizationStatus.DRAFT, id=new_id()),
                    replace(base, next_action=TODAY + timedelta(days=number), reference=f"N{number}"),
                )
                for number in range(count)
            ],
            noted=False,
        )
        uow.commit(Act("test", "clinic"))


def test_that_a_long_list_is_read_page_by_page_as_it_is_looked_at(
    transactions: Transactions, open_page: Open, settle: Settle
) -> None:
    many(transactions, 4 * PAGE + 5)
    page = open_page()
    table = page.list.table
    assert (table.paged.rowCount(), len(table.records())) == (4 * PAGE + 5, PAGE)
    press(Qt.Key.Key_End)
    settle()

    assert page.views.row().record.request.reference == f"N{4 * PAGE + 4}"
    assert page.detail.row() == page.views.row()
    assert not table.paged.whole()


def test_that_another_list_begins_at_its_top_and_the_same_one_stays_where_it_was(
    transactions: Transactions, open_page: Open, settle: Settle
) -> None:
    many(transactions, 4 * PAGE)
    page = open_page()
    press(Qt.Key.Key_End)
    settle()
    bar = page.list.table.verticalScrollBar()
    before = bar.value()
    page.reload()
    settle()
    assert bar.value() == before > 0

    page.lister.show_line("owner:jo")
    settle()
    assert (bar.value(), page.list.table.currentIndex().row()) == (0, 0)


def test_that_copying_takes_the_whole_list_though_only_a_page_is_here(
    transactions: Transactions, open_page: Open, settle: Settle
) -> None:
    many(transactions, PAGE + 5)
    open_page()
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+C")
    settle()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == PAGE + 6
    assert lines[0].startswith("Due\tStatus\tPatient\tBorn")


def test_that_copying_can_be_called_off_and_leaves_the_clipboard_as_it_was(
    transactions: Transactions, open_page: Open, context: PageContext, settle: Settle
) -> None:
    many(transactions, PAGE + 5)
    page, lane = open_page(), threading.Event()
    QGuiApplication.clipboard().setText("before")
    context.tasks.run(page, lane.wait, lambda _done: None, lane="long")
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+C")
    assert page.bar.progress.following()
    page.bar.progress.called_off.emit()
    lane.set()
    settle()
    assert not page.bar.progress.following()
    assert page.bar.notice.sentence() == "Called off; nothing was changed."
    assert QGuiApplication.clipboard().text() == "before"


def test_that_a_head_sorts_the_whole_list_and_one_that_cannot_leaves_it(
    services: Services, open_page: Open, settle: Settle
) -> None:
    draft(services, "Bell", next_in=1)
    draft(services, "Archer", next_in=2)
    page = open_page()
    page.list.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    settle()
    assert names(page) == ["Archer", "Bell"]
    page.list.table.horizontalHeader().setSortIndicator(3, Qt.SortOrder.AscendingOrder)
    settle()

    assert page.list.table.horizontalHeader().sortIndicatorSection() == 2
    assert names(page) == ["Archer", "Bell"]


# --- what the letters do ----------------------------------------------------------------------------------------------


def test_that_what_was_typed_is_there_again_after_escape(services: Services, open_page: Open) -> None:
    draft(services, "Bell")
    page = open_page()
    press("S", "R-77", ESC)
    assert page.strips.strip() is None
    assert page.list.table.hasFocus()
    press("S")

    assert typed(page, "reference") == "R-77"


def test_that_typed_text_waits_for_its_own_row(services: Services, open_page: Open) -> None:
    draft(services, "Archer")
    draft(services, "Bell", next_in=1)
    page = open_page()
    press("S", "R-77")
    page.list.table.select_row(1)
    assert page.strips.strip() is None
    page.list.table.setFocus()
    press("S")
    assert typed(page, "reference") == ""
    page.list.table.select_row(0)
    page.list.table.setFocus()
    press("S")

    assert typed(page, "reference") == "R-77"


def test_that_a_step_that_does_not_fit_says_why_and_opens_nothing(services: Services, open_page: Open) -> None:
    draft(services, "Bell")
    page = open_page()
    press("A")

    assert page.strips.strip() is None
    assert page.bar.notice.sentence().startswith("This request is draft, so “appealed” is no step from there.")


def test_that_what_is_missing_is_told_at_its_field_and_nothing_is_lost(
    services: Services, open_page: Open, settle: Settle
) -> None:
    asked = sent(services, "Bell")
    page = open_page()
    press("P", Qt.Key.Key_Tab, Qt.Key.Key_Tab, "+30", ENTER)
    settle()

    assert "number is missing" in strip(page).notice.sentence()
    assert typed(page, "end") == "+30"
    assert services.authorizations.get(asked.id).status is AuthorizationStatus.SUBMITTED


def test_that_a_date_without_meaning_is_told_below_its_field(services: Services, open_page: Open) -> None:
    sent(services, "Bell")
    page = open_page()
    press("F", "soon", ENTER)

    field = strip(page).fields["next action"]
    assert isinstance(field, LineField)
    assert field.error().startswith("“soon” is no date.")


def test_that_days_granted_are_counted_from_the_first_day(services: Services, open_page: Open, settle: Settle) -> None:
    asked = sent(services, "Bell")
    page = open_page()
    press("P", "A1", Qt.Key.Key_Tab, "+10", Qt.Key.Key_Tab, "+90", ENTER)
    settle()

    answer = services.authorizations.get(asked.id).authorization
    assert page.strips.strip() is None
    assert (answer.start, answer.end) == (TODAY + timedelta(days=10), TODAY + timedelta(days=100))


def test_that_a_line_refused_makes_it_partial(services: Services, open_page: Open, settle: Settle) -> None:
    asked = sent(services, "Bell")
    page = open_page()
    press("L", "A1")
    strip(page).fields["granted 1"].button(False).click()  # type: ignore[attr-defined]  # Segments
    page.primary()
    settle()

    answer = services.authorizations.get(asked.id).authorization
    assert answer.status is AuthorizationStatus.PARTIALLY_APPROVED
    assert [(line.code, line.denied) for line in answer.lines] == [("64635", False), ("64636", True)]


def test_that_units_left_empty_are_granted_without_a_limit(services: Services, open_page: Open, settle: Settle) -> None:
    asked = sent(services, "Bell")
    page = open_page()
    press("L", "A1")
    units = strip(page).fields["units 0"]
    assert isinstance(units, LineField)
    units.clear()
    page.primary()
    settle()

    assert [line.units for line in services.authorizations.get(asked.id).authorization.lines] == [None, 2]


def test_that_units_that_are_no_number_are_told_at_their_field(
    services: Services, open_page: Open, settle: Settle
) -> None:
    sent(services, "Bell")
    page = open_page()
    press("L", "A1")
    units = strip(page).fields["units 1"]
    assert isinstance(units, LineField)
    units.setText("two")
    page.primary()
    settle()

    assert units.error().startswith("“two” units of 64636 is no number.")


def test_that_a_denial_keeps_reason_code_and_call(services: Services, open_page: Open, settle: Settle) -> None:
    asked = sent(services, "Bell")
    page = open_page()
    press("D", "Therapy not shown")
    call = strip(page).fields["call"]
    assert isinstance(call, ChoiceField)
    call.set_value(PeerToPeer.CAN_OVERTURN)
    page.primary()
    settle()

    request = services.authorizations.get(asked.id).request
    assert (request.denial_text, request.peer_to_peer) == ("Therapy not shown", PeerToPeer.CAN_OVERTURN)


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        (("G", "R-1", ENTER), AuthorizationStatus.PENDED),
        (("W", "pain scores", ENTER), AuthorizationStatus.MORE_WANTED),
        (("Q", "Maria", Qt.Key.Key_Tab, "none", ENTER), AuthorizationStatus.NOT_REQUIRED),
        (("X", "moved away", ENTER), AuthorizationStatus.WITHDRAWN),
    ],
)
def test_that_each_letter_takes_its_step(
    services: Services, open_page: Open, settle: Settle, keys: tuple[str | Qt.Key, ...], status: AuthorizationStatus
) -> None:
    asked = sent(services, "Bell")
    open_page()
    press(*keys)
    settle()

    assert services.authorizations.get(asked.id).status is status


def test_that_a_contact_and_an_owner_leave_the_request_where_it_stands(
    services: Services, open_page: Open, settle: Settle
) -> None:
    asked = sent(services, "Bell")
    open_page()
    press("C", "still in review", ENTER)
    settle()
    press("O", "Kim Reyes", ENTER)
    settle()

    saved = services.authorizations.get(asked.id)
    assert saved.status is AuthorizationStatus.SUBMITTED
    assert saved.request.owner == "Kim Reyes"
    assert [(e.kind, e.channel, e.text) for e in saved.log][-1] == (LogKind.CONTACT, Channel.PHONE, "still in review")


def test_that_a_denial_that_is_let_be_leaves_the_late_ones(services: Services, open_page: Open, settle: Settle) -> None:
    asked = denied(services, "Dunn")
    page = open_page()
    page.lister.show_line("is:denied")
    settle()
    press("F", ENTER)
    settle()

    assert services.authorizations.get(asked.id).request.next_action is None


def test_that_a_request_changed_by_somebody_else_is_not_overwritten_and_the_text_stays(
    services: Services, open_page: Open, settle: Settle
) -> None:
    asked = draft(services, "Bell")
    page = open_page()
    press("S", "R-77")
    services.authorizations.assign(asked.id, asked.version, "Kim Reyes")
    press(ENTER)
    settle()

    assert strip(page).notice.sentence().startswith("Somebody changed this request meanwhile")
    assert typed(page, "reference") == "R-77"
    press(ENTER)
    settle()
    assert services.authorizations.get(asked.id).status is AuthorizationStatus.SUBMITTED


def test_that_an_edit_that_puts_a_visit_on_hold_lists_it_before_it_is_saved(
    services: Services, open_page: Open, settle: Settle
) -> None:
    patient = add_patient(services, "Farr", payer="medicare-advantage", plan="HMO", authorization_required=True)
    answer = Authorization(
        "A118", "medicare-advantage", AuthorizationStatus.APPROVED, decided=TODAY, start=TODAY,
        end=TODAY + timedelta(days=30), lines=(AuthorizationLine("62323", 1),),
    )  # fmt: skip
    saved = services.authorizations.add(patient, answer, AuthorizationRequest(family=Family.EPIDURAL)).value
    request = epidural(patient, TODAY + timedelta(days=9))
    visit = services.booking.book(request, services.booking.check(request).fingerprint).value
    page = open_page()
    page.lister.show_line("is:approved")
    settle()
    press(ENTER)
    end = strip(page).fields["end"]
    assert isinstance(end, DayField)
    end.set_day(TODAY + timedelta(days=3))
    page.primary()
    settle()

    assert strip(page).notice.sentence().startswith("Saving moves visits. On hold: IL epidural L4-5, Thu 12/03/2026.")
    assert services.authorizations.get(saved.id) == saved
    page.primary()
    settle()
    assert services.booking.get(visit.id).status is BookingStatus.HELD


def test_that_the_columns_hold_the_same_requests_and_the_same_letters(
    services: Services, open_page: Open, settle: Settle
) -> None:
    draft(services, "Archer")
    asked = sent(services, "Bell", next_in=1)
    page = open_page()
    page.list.table.select_row(1)
    page.lister.turn_view()
    settle()
    assert page.views.view() == COLUMNS
    assert page.views.row().id == asked.id
    press("F", "+5", ENTER)
    settle()
    assert services.authorizations.get(asked.id).request.next_action == TODAY + timedelta(days=5)
    press(Qt.Key.Key_Left)

    assert page.views.row().patient.last == "Archer"


def test_that_a_new_request_asks_whom_and_what_then_shows_the_draft(
    services: Services, open_page: Open, settle: Settle
) -> None:
    patient = services.patients.add(a_patient(last="Ortega")).value
    services.patients.add_coverage(patient.id, a_coverage(payer="aetna", plan="Open Choice PPO"))
    page = open_page()
    assert page.list.row() is None
    press("N", "ortega")
    settle()
    press(ENTER, "rfa")
    settle()
    press(Qt.Key.Key_Tab, "l45b", Qt.Key.Key_Tab, "+9", ENTER)
    settle()
    page.primary()
    settle()

    (made,) = services.authorizations.list_for(patient.id)
    assert made.request.family is Family.FACET_ABLATION
    assert page.views.row().id == made.id


def test_that_a_new_request_for_trigger_points_names_regions(services: Services, context: PageContext) -> None:
    patient = services.patients.add(a_patient(last="Ortega")).value
    strip = NewStrip(context, patient)
    strip.procedure.set_value(next(each for each in services.desk.procedures() if each.targets is TargetKind.BODY))
    strip.procedure.picked.emit(strip.procedure.choice())
    strip.levels.setText("neck, cintura escapular")
    strip.day.set_day(TODAY)

    assert [label.text() for label in strip.findChildren(QLabel) if label.buddy() is strip.levels] == ["Region&s"]
    assert strip.asked().body_regions == (BodyRegion.NECK, BodyRegion.SHOULDER)


def test_that_a_request_that_the_list_does_not_hold_is_shown_among_its_patients(
    services: Services, page: AuthorizationsPage, open_page: Open, settle: Settle
) -> None:
    """The hands must never lie on another patient's request than the one that was opened."""
    sent(services, "Ahn")
    wanted = approved(services, "Farr", "A118", TODAY, TODAY + timedelta(days=200))
    open_page()
    assert names(page) == ["Ahn"]
    page.begin(RequestStart(record_id=wanted.id))
    page.opened()
    settle()
    row = page.views.row()
    assert row is not None
    assert (row.id, names(page)) == (wanted.id, ["Farr"])


def test_that_a_request_can_be_opened_by_its_id(
    services: Services, page: AuthorizationsPage, in_front: InFront
) -> None:
    draft(services, "Archer")
    wanted = draft(services, "Bell", next_in=1)
    page.begin(RequestStart(record_id=wanted.id))
    in_front(page)

    assert page.views.row().id == wanted.id


@pytest.mark.parametrize("size", [(631, 300), (822, 560), (1264, 800)])
def test_that_details_stand_beside_the_list_or_in_its_place(
    qtbot: QtBot, services: Services, page: AuthorizationsPage, in_front: InFront, size: tuple[int, int]
) -> None:
    sent(services, "Bell")
    in_front(page, *size)
    beside = size[0] >= 900
    assert page.detail.isVisibleTo(page) is beside
    press("F")
    assert page.detail.isVisibleTo(page)
    assert page.views.isVisibleTo(page) is beside
    press(ESC)

    assert page.views.isVisibleTo(page)
    assert page.list.table.hasFocus()


# --- what outlives a crash --------------------------------------------------------------------------------------------


def save_typed(page: AuthorizationsPage, settle: Settle) -> None:
    """What the timer does by itself within two seconds of a change."""
    settle()
    draft_of_strip = strip(page).form_draft
    assert draft_of_strip is not None
    draft_of_strip.keeper.save()
    settle()


def test_that_what_was_typed_into_a_strip_is_there_again_after_a_crash(
    services: Services, open_page: Open, context: PageContext, in_front: InFront, settle: Settle
) -> None:
    draft(services, "Bell")
    page = open_page()
    press("s")
    press("R-77")
    save_typed(page, settle)

    again = in_front(AuthorizationsPage(context))
    press("s")
    settle()

    assert typed(again, "reference") == "R-77"
    assert strip(again).notice.sentence().startswith("Taken up again: what was typed at ")


def test_that_a_saved_strip_leaves_no_draft(
    services: Services, open_page: Open, context: PageContext, in_front: InFront, settle: Settle
) -> None:
    on_file = draft(services, "Bell")
    page = open_page()
    press("s")
    press("R-77")
    save_typed(page, settle)
    place = f"strip {page.strips.key()}"
    assert services.drafts.find(place) is not None
    press(ENTER)
    settle()

    assert services.authorizations.get(on_file.id).request.reference == "R-77"
    assert services.drafts.find(place) is None


def test_that_the_first_request_of_an_empty_list_is_begun_in_a_form_that_is_not_drawn_apart(
    page: AuthorizationsPage, in_front: InFront, settle: Settle
) -> None:
    page.begin(RequestStart())
    in_front(page)
    settle()

    assert strip(page).isVisible()
    assert strip(page).height() == strip(page).sizeHint().height()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, ESC])
def test_that_down_and_escape_go_from_the_line_to_the_list(key: Qt.Key, services: Services, open_page: Open) -> None:
    draft(services, "Bell")
    page = open_page()
    press("/")
    assert page.bar.query.hasFocus()
    press(key)
    assert page.list.table.hasFocus()


def test_that_the_hands_stay_on_their_request_while_the_list_is_dragged_through(
    transactions: Transactions, open_page: Open, settle: Settle
) -> None:
    many(transactions, (MOST_PAGES + 5) * PAGE)
    page = open_page()
    press(Qt.Key.Key_Down)
    settle()
    held, bar = page.views.row(), page.list.table.verticalScrollBar()
    for place in range(0, bar.maximum(), PAGE):
        bar.setValue(place)
        QApplication.processEvents()
        settle()
    assert page.views.row() == held
    assert page.detail.row() == held

    table = page.list.table
    rows = range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)
    assert rows
    assert all(table.paged.record(row) is not None for row in rows)


def test_that_pages_that_were_scrolled_past_are_not_read(
    transactions: Transactions, open_page: Open, context: PageContext, settle: Settle
) -> None:
    many(transactions, 20 * PAGE)
    page, lane = open_page(), threading.Event()
    bar, read, past = page.list.table.verticalScrollBar(), list[int](), list[int]()
    page.loader.page_loaded.connect(lambda number, rows: (past if rows is None else read).append(number))
    context.tasks.run(page, lane.wait, lambda _done: None)
    for place in range(2 * PAGE, bar.maximum(), PAGE):
        bar.setValue(place)
        QApplication.processEvents()
    lane.set()
    settle()
    assert len(read) < 6 < len(past)
    bar.setValue(2 * PAGE)
    QApplication.processEvents()
    settle()
    assert page.list.table.paged.record(2 * PAGE) is not None


def test_that_a_list_that_cannot_be_read_is_said_once_and_asked_for_again_by_a_button(
    services: Services, page: AuthorizationsPage, open_page: Open, database: Database, settle: Settle
) -> None:
    draft(services, "Ruiz")
    open_page()
    with database.transaction(write=True) as connection:
        connection.exec_driver_sql("ALTER TABLE authorization_request RENAME TO gone")
    page.lister.reload()
    settle()

    assert page.bar.notice.sentence().startswith("The clinic's file could not be used")
    assert page.bar.query.error() == ""  # what was typed is not at fault
    with database.transaction(write=True) as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO authorization_request")
    page.bar.notice.button.click()
    settle()
    assert page.bar.notice.sentence() == ""
    assert names(page) == ["Ruiz"]
