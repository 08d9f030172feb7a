"""Tasks that come with the days: at the opening, at another day, and after acts, told to the screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QObject

from tests.builders import a_coverage, a_patient, performed
from tests.fakes import FixedClock
from tests.ui.conftest import Settle
from tracker.domain.clinical_record import Response
from tracker.domain.patient import Patient
from tracker.services.answers.entries import EventRow
from tracker.services.changes import Changes, Kind
from tracker.ui.due_work import DueWork
from tracker.ui.pages.page import PageContext


@pytest.fixture
def patient(context: PageContext) -> Patient:
    patient = context.services.patients.add(a_patient()).value
    context.services.patients.add_coverage(patient.id, a_coverage())
    return patient


@pytest.fixture
def block(context: PageContext, patient: Patient) -> EventRow:
    return context.services.history.add(patient.id, performed("2026-11-24")).value


@pytest.fixture
def work(context: PageContext) -> Iterator[DueWork]:
    owner = QObject()
    work = DueWork(context, owner)
    yield work
    work.stop()


def open_tasks(context: PageContext) -> int:
    return len(context.services.schedule.day(context.services.clock.today()).tasks)


def test_that_it_settles_at_the_opening_and_tells_whom_it_concerns(
    work: DueWork, context: PageContext, clock: FixedClock, block: EventRow, patient: Patient, settle: Settle
) -> None:
    told: list[Changes] = []
    context.notifier.changed.connect(told.append)
    clock.day = date(2026, 11, 25)
    work.start()
    settle()
    assert open_tasks(context) == 1
    assert [changes.concern(patient.id, Kind.BOOKINGS) for changes in told] == [True]


def test_that_it_settles_again_on_another_day_and_not_on_the_same(
    work: DueWork, context: PageContext, clock: FixedClock, block: EventRow, settle: Settle
) -> None:
    work.start()
    work.look_at_day()
    settle()
    assert open_tasks(context) == 0
    clock.day = date(2026, 11, 25)
    work.look_at_day()
    settle()
    assert open_tasks(context) == 1


def test_that_a_change_of_the_history_closes_what_it_answers(
    work: DueWork, context: PageContext, clock: FixedClock, block: EventRow, patient: Patient, settle: Settle
) -> None:
    clock.day = date(2026, 11, 25)
    work.start()
    settle()
    history = context.services.history
    done = history.remove(patient.id, block.event.id, block.version, "entered twice")
    context.notifier.publish(done.changes)
    settle()
    assert open_tasks(context) == 0


def test_that_several_changes_at_once_are_settled_to_the_last(
    work: DueWork, context: PageContext, clock: FixedClock, patient: Patient, settle: Settle
) -> None:
    clock.day = date(2026, 11, 26)
    work.start()
    for day in ("2026-11-23", "2026-11-24"):
        done = context.services.history.add(patient.id, performed(day))
        context.notifier.publish(done.changes)
    settle()
    assert open_tasks(context) == 2


def test_that_nothing_is_settled_after_the_end(
    work: DueWork, context: PageContext, clock: FixedClock, block: EventRow, patient: Patient, settle: Settle
) -> None:
    work.start()
    settle()
    work.stop()
    clock.day = date(2026, 11, 25)
    work.look_at_day()
    context.notifier.publish(Changes.of(patient.id, Kind.EVENTS))
    settle()
    assert open_tasks(context) == 0
    context.services.responses.record(patient.id, Response(block.event.id), 80, None, block.version)
