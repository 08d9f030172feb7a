"""What a change of the rules turned is told on the Rules page, with a count, and listed with was and is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.visits import book
from tracker.domain.procedure import Family
from tracker.domain.rule import Scope, WindowSpec
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Grade
from tracker.services import Services
from tracker.services.changes import Changes, Done
from tracker.services.rechecks.recheck_scope import EVERYBODY
from tracker.services.rule_library.rule_aim import Aim
from tracker.ui.pages.page import PageContext, PatientStart
from tracker.ui.pages.rules_page import RulesPage

REASON = "Our own practice since 11/20/2026."


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> RulesPage:
    return in_front(RulesPage(context))


def tell(context: PageContext, services: Services, done: Done[object]) -> None:
    """Publish the act, and what the re-check behind the window finds."""
    context.notifier.publish(done.changes)
    context.notifier.rechecked.emit(services.recheck.all())


def no_second(services: Services) -> Done[object]:
    """Let the clinic allow one epidural a year and patient at Medicare."""
    library = services.library.look()
    place = next(each for each in library.places if each.id == "medicare cgs")
    rule = MaxCount(id="", families=(Family.EPIDURAL,), evidence=Grade.REPORT, source="", limit=1, per=Scope.PATIENT,
                    window=WindowSpec(months=12))  # fmt: skip
    aim: Aim = services.clinic_rules.aim(place, "", payers=("medicare",))
    return services.clinic_rules.add(aim, rule, REASON)


def test_that_a_change_that_turns_visits_says_how_many_and_lists_them(
    page: RulesPage, context: PageContext, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    booking = book(services, "Ahn")
    services.recheck.all()

    tell(context, services, no_second(services))
    settle()
    assert page.bar.notice.sentence() == "1 coming visit has another answer by this change."
    page.table.setFocus()
    QTest.keyClicks(page.table, "L")
    settle()
    dialog = page.turns.dialog
    assert dialog is not None
    (visit,) = dialog.table.records()
    assert (visit.booking.id, visit.was) == (booking.id, "Allowed on Tue 11/24/2026")
    assert visit.now == "Allowed, last one in the window"
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(page.patient_at_wanted) as wanted:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert wanted.args == [PatientStart(visit.patient.id, "injections", booking.event.id)]


def test_that_a_change_taken_back_says_how_many_visits_turn_again(
    page: RulesPage, context: PageContext, services: Services, settle: Settle
) -> None:
    book(services, "Ahn")
    services.recheck.all()
    done = no_second(services)
    tell(context, services, done)
    assert done.undo is not None

    back = services.undo.undo(done.undo)
    context.notifier.publish(back.changes)
    assert page.bar.notice.sentence() == ""  # what was said of the change holds no more
    context.notifier.rechecked.emit(services.recheck.all())
    settle()

    assert page.bar.notice.sentence() == "1 coming visit has another answer by this change."


def test_that_what_a_re_check_found_before_it_was_broken_off_counts_with_the_next_one(
    page: RulesPage, context: PageContext, services: Services, settle: Settle
) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, name)
    services.recheck.all()
    context.notifier.publish(no_second(services).changes)
    run = services.recheck.begin(EVERYBODY)
    services.recheck.step(run, 1)

    context.notifier.recheck_broken_off.emit(run.report())
    context.notifier.rechecked.emit(services.recheck.all())
    settle()

    assert page.bar.notice.sentence() == "3 coming visits have another answer by this change."
    page.turns.show_visits()
    settle()
    assert page.turns.dialog is not None
    assert {each.was for each in page.turns.dialog.table.records()} == {"Allowed on Tue 11/24/2026"}


def test_that_a_visit_turned_back_after_a_re_check_was_broken_off_does_not_count(
    page: RulesPage, context: PageContext, services: Services, settle: Settle
) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, name)
    services.recheck.all()
    done = no_second(services)
    context.notifier.publish(done.changes)
    run = services.recheck.begin(EVERYBODY)
    services.recheck.step(run, 1)
    context.notifier.recheck_broken_off.emit(run.report())
    assert done.undo is not None

    tell(context, services, services.undo.undo(done.undo))
    settle()

    assert page.bar.notice.sentence() == "No coming visit has another answer by this change."


def test_that_a_change_that_turns_nothing_says_so(
    page: RulesPage, context: PageContext, services: Services, settle: Settle
) -> None:
    tell(context, services, no_second(services))
    settle()

    assert page.bar.notice.sentence() == "No coming visit has another answer by this change."
    page.turns.show_visits()
    assert page.bar.notice.sentence().startswith("No change of the rules since the program was opened has turned")


def test_that_a_re_check_for_other_reasons_says_nothing_here(
    page: RulesPage, context: PageContext, services: Services, settle: Settle
) -> None:
    book(services, "Ahn", TODAY)
    context.notifier.publish(Changes.everything())  # as when anything at all is taken back
    context.notifier.rechecked.emit(services.recheck.all())
    settle()

    assert page.bar.notice.sentence() == ""
