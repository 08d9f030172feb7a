"""Behaviour of the work panel: what is late stands first, and a task is closed with a reason."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.ui.conftest import InFront, Settle
from tests.ui.visits import HOSTILE_NAMES, override
from tracker.domain.booking import OverrideReason
from tracker.domain.language import speaking, words_of
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.visits.pinboard import PinList
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.today.task_delegate import lines_of
from tracker.ui.today.task_words import TaskHead, due_text, grouped
from tracker.ui.today.work_panel import WorkPanel
from tracker.ui.widgets.plain_label import PlainLabel


@pytest.fixture
def page(context: PageContext, clock: FixedClock, in_front: InFront) -> TodayPage:
    """Two days after the overrides: one task is late, one due today, one to come."""
    services = context.services
    override(services, "Quinn", starts=time(8))
    override(services, "Owen", starts=time(9), reason=OverrideReason.CLINICIAN_APPEAL)
    clock.day = date(2026, 11, 25)
    override(services, "Adams", day=date(2026, 11, 30), starts=time(10), reason=OverrideReason.SELF_PAY)
    shown = in_front(TodayPage(context))
    shown.acted.connect(lambda done: context.notifier.publish(done.changes))
    return shown


def test_that_nothing_is_said_to_be_open_or_parked_before_the_file_has_answered(
    context: PageContext, qtbot: QtBot
) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    panel = WorkPanel(context, home)
    panel.resize(300, 600)
    home.show()
    words = ("Nothing is open.", "Nothing waits here. Alt+B in Check and book parks a request.")

    def told() -> list[str]:
        return [label.text() for label in panel.findChildren(PlainLabel) if label.isVisible() and label.text() in words]

    before = told()
    panel.show_tasks((), date(2026, 11, 25))
    panel.pinboard.show_pins(PinList((), 0))

    assert before == []
    assert told() == list(words)


def test_that_late_tasks_stand_first_and_say_how_late(page: TodayPage) -> None:
    tasks = page.work.list
    assert [(head.text, head.count) for head in tasks.heads()] == [("Late", 1), ("Due today", 1), ("Coming", 1)]
    assert [task.patient.last for task in tasks.tasks()] == ["Quinn", "Owen", "Adams"]
    assert [due_text(task, date(2026, 11, 25)) for task in tasks.tasks()] == [
        "1 day late, due 11/24/2026", "Due today", "Due Mon 11/30/2026",
    ]  # fmt: skip
    assert page.work.count_text() == "3 open"


def test_that_the_head_of_late_tasks_is_marked_in_every_language(page: TodayPage) -> None:
    tasks = page.work.list.tasks()

    with speaking(words_of("es", resource_root() / "languages")):
        heads = [each for each in grouped(tasks, date(2026, 11, 25)) if isinstance(each, TaskHead)]

    assert [head.late for head in heads] == [True, False, False]
    assert heads[0].text != "Late"


def test_that_a_task_is_read_out_with_two_identifiers(page: TodayPage) -> None:
    model = page.work.list.model()
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Quinn, Elena M., born 07/02/1951: Correct the level or side of the earlier injection that was counted "
        "wrongly. 1 day late, due 11/24/2026"
    )


def test_that_a_task_is_closed_with_a_reason(page: TodayPage, services: Services, settle: Settle, qtbot: QtBot) -> None:
    page.work.list.setFocus()
    QTest.keyClicks(page.work.list, "d")
    dialog = page.work.dialog
    assert dialog is not None
    assert dialog.beside.text().startswith("Quinn, Elena M.   07/02/1951")
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(dialog.reason, "Corrected to the right side.")
    with qtbot.waitSignal(page.acted) as acted:
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()

    assert acted.args[0].sentence.startswith("Closed: Correct the level or side")
    assert acted.args[0].undo is not None
    assert [task.patient.last for task in page.work.list.tasks()] == ["Owen", "Adams"]
    assert page.work.list.current_task().patient.last == "Owen"
    assert page.work.dialog is None


def test_that_a_task_without_a_reason_stays_open_and_says_what_is_missing(page: TodayPage, settle: Settle) -> None:
    page.work.close_task(page.work.list.tasks()[0])
    dialog = page.work.dialog
    assert dialog is not None
    dialog.close_button.click()
    settle()

    assert dialog.reason.error() == "Say what was done about it. A few words are enough."
    assert dialog.close_button.isEnabled()
    QTest.keyClicks(dialog.reason, "x")
    assert dialog.reason.error() == ""
    dialog.reject()
    assert len(page.work.list.tasks()) == 3


def test_that_a_task_closed_meanwhile_is_said_in_the_dialog(
    page: TodayPage, services: Services, settle: Settle
) -> None:
    task = page.work.list.tasks()[0]
    services.schedule.close_task(task.id, "Done by another desk.")
    page.work.close_task(task)
    dialog = page.work.dialog
    assert dialog is not None
    dialog.reason.setText("Done.")
    dialog.close_button.click()
    settle()

    assert dialog.reason.error() == "Somebody has closed this task already, so nothing was changed."
    assert dialog.reason.text() == "Done."


def test_that_enter_opens_the_patient_of_a_task(page: TodayPage, qtbot: QtBot) -> None:
    page.work.list.setFocus()
    with qtbot.waitSignal(page.patient_wanted) as wanted:
        QTest.keyClick(page.work.list, Qt.Key.Key_Return)

    assert wanted.args == [page.work.list.tasks()[0].patient.id]


def test_that_heads_are_passed_over_by_the_arrows(page: TodayPage) -> None:
    page.work.list.setFocus()
    seen = []
    for _press in range(4):
        seen.append(page.work.list.current_task().patient.last)
        QTest.keyClick(page.work.list, Qt.Key.Key_Down)

    assert seen == ["Quinn", "Owen", "Adams", "Adams"]


def test_that_a_clinic_without_tasks_says_so(context: PageContext, in_front: InFront) -> None:
    page = in_front(TodayPage(context))

    assert page.work.count_text() == ""
    assert not page.work.list.isVisibleTo(page)


@pytest.mark.parametrize("text", [*HOSTILE_NAMES, "", "one two three " * 40])
def test_that_a_text_of_any_length_takes_three_lines_at_most(app: object, text: str) -> None:
    lines = lines_of(text, 204)

    assert len(lines) <= 3
    assert not lines or len(text) < 60 or lines[-1].endswith("…")
