"""The page on which a course is planned: by keyboard from the patient to a held first step."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, a_provider, a_request, a_site
from tests.ui.conftest import HOSTILE_NAMES, InFront, Settle
from tracker.domain.booking import BookingStatus
from tracker.domain.course import StepState
from tracker.domain.procedure import TargetKind
from tracker.services.changes import Changes, Done, Kind
from tracker.ui.course import editing
from tracker.ui.course.course_planner import SEARCHING, STOPPED
from tracker.ui.course.step_dialog import StepDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.course_page import CoursePage
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status


@pytest.fixture
def patient_id(context: PageContext) -> str:
    services = context.services
    services.desk.add_site(a_site(name="Second center"))
    services.desk.add_provider(a_provider(name="Anil Patel, MD", short="Patel"))
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage())
    return patient.id


@pytest.fixture
def page(context: PageContext, patient_id: str, in_front: InFront, settle: Settle) -> CoursePage:
    page = CoursePage(context)
    page.begin(patient_id)
    page.acted.connect(lambda done: context.notifier.publish(done.changes))
    in_front(page)
    fill(page, settle)
    return page


def fill(page: CoursePage, settle: Settle, levels: str = "l45b") -> None:
    QTest.keyClicks(page.form.levels, levels)
    QTest.keyClick(page.form.levels, Qt.Key.Key_Return)
    settle()


def shown(page: CoursePage, column: int) -> list[str]:
    model = page.panel.table.record_model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def press(page: CoursePage, key: Qt.Key, settle: Settle, *, row: int = 0) -> None:
    page.panel.table.select_row(row)
    QTest.keyClick(page.panel.table, key)
    settle()


def test_that_levels_are_enough_for_a_plan_with_weekdays_and_answers(page: CoursePage) -> None:
    assert page.head.title.text().startswith("Whitaker, Doris")
    assert page.panel.verdict.sentence() == "Done by Mon 12/14/2026"
    assert shown(page, 2) == ["Tue 11/24/2026", "Wed 12/09/2026", "Fri 12/11/2026", "Mon 12/14/2026"]
    assert shown(page, 8)[1] == "80% relief after step 1"
    assert "step 1 planned Tue 11/24/2026" in page.panel.strip.accessibleName()
    assert page.panel.table.hasFocus()


def test_that_nothing_is_said_against_a_form_that_is_not_filled_in(
    context: PageContext, patient_id: str, in_front: InFront
) -> None:
    page = CoursePage(context)
    page.begin(patient_id)
    in_front(page)

    assert page.panel.verdict.sentence() == "Type the levels of the course"
    assert page.form.levels.error() == ""
    assert page.form.levels.hasFocus()
    assert page.foot.hold.shown_text() == "Off: no plan yet"


def test_that_a_change_while_the_patient_is_read_does_not_leave_the_page_empty(
    context: PageContext, patient_id: str, in_front: InFront, settle: Settle
) -> None:
    page = CoursePage(context)
    page.begin(patient_id)
    page.refresh(Changes(frozenset(), frozenset({Kind.RULES})))  # visits were judged again, say
    in_front(page)
    settle()

    assert page.head.title.text().startswith("Whitaker, Doris")
    assert page.form.levels.hasFocus()


def test_that_a_missing_side_is_told_at_its_field(
    context: PageContext, patient_id: str, in_front: InFront, settle: Settle
) -> None:
    page = CoursePage(context)
    page.begin(patient_id)
    in_front(page)
    fill(page, settle, "l45")

    assert "needs a side" in page.form.levels.error()


def test_that_levels_of_another_kind_of_course_are_told_as_such_at_their_field(
    page: CoursePage, settle: Settle
) -> None:
    page.form.course.set_value(next(
        page.form.course.itemData(place) for place in range(page.form.course.count())
        if page.form.course.itemText(place).startswith("SI joint")
    ))  # fmt: skip
    page.form.course.chosen.emit(page.form.course.value())
    settle()

    assert "l45b" in page.form.levels.error()
    assert "sib" in page.form.levels.error()


def test_that_the_hands_are_on_the_steps_after_the_button_held_one(
    page: CoursePage, settle: Settle, qtbot: QtBot
) -> None:
    page.foot.hold.setFocus()
    page.foot.hold.click()
    settle()

    assert shown(page, 6)[0] == "Held"
    assert page.panel.table.hasFocus()


def test_that_the_next_step_is_held_by_the_main_act(page: CoursePage, settle: Settle, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.acted) as caught:
        page.primary()
    settle()
    done: Done[object] = caught.args[0]

    assert done.sentence.startswith("Held Whitaker, Doris")
    assert shown(page, 6) == ["Held", "Planned", "Planned", "Planned"]
    assert page.foot.hold.shown_text() == "Hold step 2, Wed 12/09/2026"


def test_that_a_step_is_booked_by_its_letter_and_a_refusal_stands_in_place(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_B, settle)
    assert shown(page, 6)[0] == "Booked"

    press(page, Qt.Key.Key_H, settle, row=1)
    press(page, Qt.Key.Key_B, settle, row=2)
    assert "step 3 was not booked" in page.notice.sentence()


def test_that_a_refusal_goes_when_the_course_is_changed(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_B, settle, row=2)
    assert page.notice.sentence().startswith("The day of step 3 rests on that of step 1")

    press(page, Qt.Key.Key_Delete, settle, row=0)
    assert page.notice.sentence() == ""


def test_that_a_refusal_goes_when_the_levels_are_taken_away(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_B, settle, row=2)
    page.form.levels.setText("")
    QTest.keyClick(page.form.levels, Qt.Key.Key_Return)
    settle()

    assert page.notice.sentence() == ""


def test_that_the_plan_that_changed_meanwhile_is_shown_below_the_refusal(
    page: CoursePage, context: PageContext, patient_id: str, settle: Settle
) -> None:
    booking, before = context.services.booking, shown(page, 2)
    request = a_request(patient_id, date(2026, 11, 30), sites=("L4-L5 left",))
    booking.book(request, booking.check(request).fingerprint)
    press(page, Qt.Key.Key_H, settle)

    assert page.notice.sentence().startswith("The plan changed while you were looking")
    assert shown(page, 2) != before


def test_that_the_earliest_day_moves_by_plus_and_minus(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_Plus, settle)
    assert shown(page, 2)[0] == "Wed 11/25/2026"
    press(page, Qt.Key.Key_Plus, settle)
    assert shown(page, 2)[0] == "Fri 11/27/2026"  # Thanksgiving lies between
    press(page, Qt.Key.Key_Minus, settle)
    assert shown(page, 2)[0] == "Wed 11/25/2026"
    press(page, Qt.Key.Key_Minus, settle)
    assert shown(page, 2)[0] == "Tue 11/24/2026"


def test_that_a_first_day_which_holds_a_step_back_no_longer_is_not_kept_unseen(
    page: CoursePage, settle: Settle
) -> None:
    before = page.planner.course
    press(page, Qt.Key.Key_Plus, settle, row=1)
    assert shown(page, 2)[1] == "Thu 12/10/2026"
    assert before is not None
    assert page.planner.course is not None
    assert page.planner.course.steps[1].not_before == date(2026, 12, 10)

    press(page, Qt.Key.Key_Minus, settle, row=1)
    assert shown(page, 2)[1] == "Wed 12/09/2026"
    assert page.planner.course.steps == before.steps


def test_that_a_first_day_which_still_holds_a_step_back_stays(page: CoursePage, settle: Settle) -> None:
    for _ in range(2):
        press(page, Qt.Key.Key_Plus, settle, row=1)
    press(page, Qt.Key.Key_Minus, settle, row=1)

    assert shown(page, 2)[1] == "Thu 12/10/2026"
    assert page.planner.course is not None
    assert page.planner.course.steps[1].not_before == date(2026, 12, 10)


def test_that_the_explanation_comes_into_sight_in_a_low_window_and_the_step_again_after_it(
    page: CoursePage, settle: Settle
) -> None:
    page.resize(683, 330)
    settle()
    inside, panel, table = page.content.viewport(), page.panel, page.panel.table

    press(page, Qt.Key.Key_Return, settle, row=0)
    QApplication.processEvents()
    why = panel.step_why
    assert why.mapTo(inside, QPoint(0, 0)).y() >= 0
    assert why.mapTo(inside, why.reason.geometry().bottomLeft()).y() < inside.height()

    QTest.keyClick(table, Qt.Key.Key_Return)
    QApplication.processEvents()
    settle()
    row = table.viewport().mapTo(inside, table.visualRect(table.currentIndex()).center()).y()
    assert 0 < row < inside.height()


def test_that_enter_explains_the_step(page: CoursePage, settle: Settle) -> None:
    assert page.panel.step_why.isHidden()
    press(page, Qt.Key.Key_Return, settle, row=3)

    assert page.panel.step_why.head.beside.text() == "Step 4, RFA L4-5 right"
    assert "this one is the last" in page.panel.step_why.reason.text()


def test_that_a_step_is_changed_in_its_dialog(page: CoursePage, settle: Settle, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_E, settle, row=2)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StepDialog)
    dialog.gap.setText("0")
    dialog.save()
    assert "is no number of days" in dialog.gap.error()
    dialog.gap.setText("10")
    dialog.save()
    settle()

    assert shown(page, 2)[2] == "Mon 12/21/2026"


def test_that_a_step_of_trigger_points_asks_for_regions(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_E, settle, row=2)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StepDialog)
    before = words_beside(dialog, dialog.levels)
    body = next(each for each in page.context.services.desk.procedures() if each.targets is TargetKind.BODY)
    dialog.procedure.set_value(body.id)
    dialog.procedure.chosen.emit(body.id)

    assert before == "&Levels"
    assert words_beside(dialog, dialog.levels) == "Region&s"


def words_beside(dialog: StepDialog, field: QWidget) -> str:
    return next(label.text() for label in dialog.form.findChildren(QLabel) if label.buddy() is field)


def test_that_steps_are_added_and_taken_away(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_Delete, settle, row=3)
    assert len(shown(page, 0)) == 3
    press(page, Qt.Key.Key_N, settle, row=2)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StepDialog)
    dialog.save()
    settle()
    assert len(shown(page, 0)) == 4


def test_that_a_step_changes_places_with_its_neighbour_and_the_hands_stay_on_it(
    page: CoursePage, settle: Settle
) -> None:
    press_alt(page, Qt.Key.Key_Up, settle, row=3)
    assert shown(page, 1) == ["MBB L4-5 both", "MBB L4-5 both", "RFA L4-5 right", "RFA L4-5 left"]
    assert (in_hand(page), page.panel.table.hasFocus()) == (3, True)

    press_alt(page, Qt.Key.Key_Down, settle, row=2)
    assert shown(page, 1)[2:] == ["RFA L4-5 left", "RFA L4-5 right"]
    assert in_hand(page) == 4


def test_that_the_hands_stay_on_a_step_whose_plan_takes_longer_too(page: CoursePage, settle: Settle) -> None:
    page.planner.moment = 0
    press_alt(page, Qt.Key.Key_Up, settle, row=3)

    assert (in_hand(page), page.panel.table.hasFocus()) == (3, True)


def test_that_steps_do_not_pass_the_ends_or_one_that_has_its_visit(page: CoursePage, settle: Settle) -> None:
    before = page.planner.course
    press_alt(page, Qt.Key.Key_Up, settle, row=0)
    press_alt(page, Qt.Key.Key_Down, settle, row=3)
    assert page.planner.course == before

    press(page, Qt.Key.Key_H, settle)
    press_alt(page, Qt.Key.Key_Up, settle, row=1)
    assert shown(page, 6) == ["Held", "Planned", "Planned", "Planned"]
    assert in_hand(page) == 2


def test_that_the_new_order_is_kept(page: CoursePage, context: PageContext, patient_id: str, settle: Settle) -> None:
    press(page, Qt.Key.Key_K, settle)
    press_alt(page, Qt.Key.Key_Up, settle, row=3)
    press(page, Qt.Key.Key_K, settle)

    (kept,) = context.services.planning.courses(patient_id)
    assert [step.targets[0].side.value for step in kept.steps] == ["both", "both", "right", "left"]


def in_hand(page: CoursePage) -> int:
    row = page.panel.table.current_record()
    return row.number if row is not None else 0


def press_alt(page: CoursePage, key: Qt.Key, settle: Settle, *, row: int) -> None:
    page.panel.table.select_row(row)
    QTest.keyClick(page.panel.table, key, Qt.KeyboardModifier.AltModifier)
    settle()


def test_that_a_plan_that_takes_longer_goes_on_beside_other_work(page: CoursePage, settle: Settle) -> None:
    told: list[str] = []
    page.planner.without.connect(told.append)
    page.planner.moment = 0
    page.planner.change(lambda course: editing.later(course, 0, course.start))
    settle()

    assert told == [SEARCHING]
    assert page.panel.verdict.sentence() == "Done by Tue 12/15/2026"
    assert page.panel.progress.isHidden()


def test_that_a_long_search_is_called_off(page: CoursePage, settle: Settle, qtbot: QtBot, context: PageContext) -> None:
    other_work = threading.Event()
    context.tasks.run(page, lambda: other_work.wait(30), lambda _done: None, lane="long")
    page.planner.moment = 0
    page.planner.change(lambda course: editing.later(course, 0, course.start))
    qtbot.waitUntil(lambda: page.panel.verdict.sentence() == SEARCHING)
    assert page.foot.hold.shown_text() == "Off: no plan yet"
    page.panel.progress.cancel_button.click()
    other_work.set()
    settle()

    assert page.panel.verdict.sentence() == STOPPED
    assert page.panel.table.isHidden()
    assert page.panel.progress.isHidden()


def test_that_a_kept_course_is_removed_by_its_key_and_brought_back_by_undo(
    page: CoursePage, settle: Settle, qtbot: QtBot, context: PageContext, patient_id: str
) -> None:
    press(page, Qt.Key.Key_K, settle)
    assert len(context.services.planning.courses(patient_id)) == 1
    page.panel.table.select_row(0)
    with qtbot.waitSignal(page.acted) as caught:
        QTest.keyClick(page.panel.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    settle()

    assert context.services.planning.courses(patient_id) == ()
    assert page.panel.verdict.sentence() == "Type the levels of the course"
    done: Done[object] = caught.args[0]
    assert done.undo is not None
    context.services.undo.undo(done.undo)
    assert len(context.services.planning.courses(patient_id)) == 1


def test_that_a_course_that_is_not_kept_is_not_removed(page: CoursePage, settle: Settle) -> None:
    page.panel.table.select_row(0)
    QTest.keyClick(page.panel.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    settle()

    assert page.panel.verdict.sentence() == "Done by Mon 12/14/2026"


def test_that_what_cannot_be_met_is_the_headline(page: CoursePage, settle: Settle) -> None:
    QTest.keyClicks(page.form.until, "12/4")
    QTest.keyClick(page.form.until, Qt.Key.Key_Return)
    settle()

    assert page.panel.verdict.status() is Status.NO
    assert page.panel.verdict.sentence() == "No day fits step 2 by Fri 12/04/2026"
    assert "14 days must lie between" in page.panel.why.text()
    assert page.panel.ask.text() == "Let the course end later."
    assert page.foot.hold.shown_text() == "Off: no plan fits"


def test_that_a_last_day_before_the_first_is_told_at_its_field(page: CoursePage, settle: Settle) -> None:
    QTest.keyClicks(page.form.until, "11/1/2026")
    QTest.keyClick(page.form.until, Qt.Key.Key_Return)
    settle()

    assert "before the first day" in page.form.until.error()


def test_that_a_kept_course_is_shown_again(
    page: CoursePage, context: PageContext, patient_id: str, in_front: InFront, settle: Settle
) -> None:
    press(page, Qt.Key.Key_K, settle)
    (kept,) = context.services.planning.courses(patient_id)
    again = CoursePage(context)
    again.begin(patient_id)
    in_front(again)

    assert again.form.kept() == kept
    assert shown(again, 2) == shown(page, 2)


def test_that_a_visit_booked_elsewhere_in_the_program_changes_the_answer_at_once(
    page: CoursePage, context: PageContext, patient_id: str, settle: Settle
) -> None:
    booking = context.services.booking
    request = a_request(patient_id, date(2026, 11, 30), sites=("L4-L5 left",))
    done = booking.book(request, booking.check(request).fingerprint)
    context.notifier.publish(done.changes)
    settle()

    # Before it the first block would displace it, after it the result of that visit is missing.
    assert page.panel.verdict.status() is Status.UNKNOWN
    assert "11/30/2026 helped" in page.panel.ask.text()


def test_that_a_held_step_that_is_cancelled_is_open_again(
    page: CoursePage, context: PageContext, patient_id: str, settle: Settle
) -> None:
    page.primary()
    settle()
    step = context.services.planning.courses(patient_id)[0].steps[0]
    context.notifier.publish(context.services.booking.set_status(step.booking_id, BookingStatus.CANCELLED).changes)
    settle()

    assert page.planner.course is not None
    assert page.planner.course.steps[0].state is StepState.OPEN


@pytest.mark.parametrize("taken", ["hold", "book"])
def test_that_the_first_step_taken_back_is_open_again_and_can_be_taken_once_more(
    page: CoursePage, context: PageContext, settle: Settle, qtbot: QtBot, taken: str
) -> None:
    key = Qt.Key.Key_H if taken == "hold" else Qt.Key.Key_B
    with qtbot.waitSignal(page.acted) as acted:
        press(page, key, settle)
    before = shown(page, 2)
    undone = context.services.undo.undo(acted.args[0].undo)
    context.notifier.publish(undone.changes)
    settle()

    assert shown(page, 2) == before
    assert set(shown(page, 6)) == {"Planned"}
    press(page, key, settle)
    assert shown(page, 6)[0] == ("Held" if taken == "hold" else "Booked")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_names_stay_text(context: PageContext, in_front: InFront, name: str) -> None:
    patient = context.services.patients.add(a_patient(last=name)).value
    page = CoursePage(context)
    page.begin(patient.id)
    in_front(page)

    assert page.head.title.textFormat() is Qt.TextFormat.PlainText


def test_that_the_key_opens_it_for_the_patient_in_front(
    context: PageContext, patient_id: str, qtbot: QtBot, settle: Settle
) -> None:
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open_patient(patient_id)
    settle()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()

    page = window.current_page()
    assert isinstance(page, CoursePage)
    assert page.current_patient() == patient_id


# Time and provider


def test_that_time_and_provider_of_a_step_are_typed_kept_and_held(
    page: CoursePage, settle: Settle, qtbot: QtBot, context: PageContext
) -> None:
    press(page, Qt.Key.Key_E, settle)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StepDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.time.setFocus()
    QTest.keyClicks(dialog.time, "930")
    dialog.provider.setFocus()
    QTest.keyClicks(dialog.provider, "an")
    with qtbot.waitSignal(dialog.acted):
        QTest.keyClick(dialog.provider, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert (shown(page, 3)[0], shown(page, 4)[0]) == ("9:30 AM", "Patel")

    page.activateWindow()  # no window manager does it here
    qtbot.waitUntil(page.isActiveWindow)
    press(page, Qt.Key.Key_H, settle)
    (kept,) = context.services.planning.courses(page.current_patient())
    step = kept.steps[0]
    visit = context.services.schedule.day(step.day or date.max).rows[0].booking
    assert (step.state, visit.starts, visit.provider_id) == (StepState.HELD, step.starts, step.provider_id)


def test_that_a_time_that_is_none_stands_at_its_field(page: CoursePage, settle: Settle) -> None:
    press(page, Qt.Key.Key_E, settle)
    dialog = page.findChild(StepDialog)
    assert dialog is not None
    dialog.time.setText("half past")
    dialog.save()

    assert dialog.time.error().startswith("“half past” is no time.")
    assert dialog.isVisible()


def test_that_a_provider_who_is_not_free_is_told_in_the_list_and_below_the_answer(
    page: CoursePage, settle: Settle, context: PageContext
) -> None:
    services = context.services
    patel = next(each.id for each in services.desk.providers() if each.short == "Patel")
    first = page.planner.plan.rows[0].day if page.planner.plan else None
    assert first is not None
    other = services.patients.add(a_patient(last="Ortiz", mrn="M-77")).value
    services.patients.add_coverage(other.id, a_coverage(authorization_required=False))
    request = a_request(other.id, first, starts=time(9, 15), provider_id=patel)
    services.booking.book(request, services.booking.check(request).fingerprint)
    page.planner.change(
        lambda course: editing.with_step(course, 0, replace(course.steps[0], starts=time(9, 30), provider_id=patel))
    )
    settle()

    assert shown(page, 4)[0] == "Patel, not free"
    assert page.panel.ask.text().endswith("Step 1: The provider has another visit from 9:15 AM to 9:45 AM that day.")
    press(page, Qt.Key.Key_H, settle)
    assert page.notice.sentence().startswith("The provider has another visit from 9:15 AM to 9:45 AM that day.")
