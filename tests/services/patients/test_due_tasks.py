"""Tasks that ask how an injection helped: opened on their day, once, and closed with a reason when it is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import performed
from tests.fakes import FixedClock
from tracker.domain.clinical_record import Response
from tracker.domain.event import Event, EventStatus, PartialDate, Place
from tracker.domain.procedure import Approach, Family, Intent
from tracker.services.answers.entries import EventRow
from tracker.services.patients.due_tasks import NOT_ASKED_ANY_MORE, DueTasks
from tracker.services.patients.history import HistoryService
from tracker.services.patients.responses import ResponseService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.schedule import ScheduleService
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance, Task, TaskKind

DONE = "2026-11-24"
DAY = date(2026, 11, 24)
TREATMENT: dict[str, Any] = {
    "family": Family.EPIDURAL,
    "intent": Intent.THERAPEUTIC,
    "approach": Approach.TRANSFORAMINAL,
}


@pytest.fixture
def due(transactions: Transactions, clock: FixedClock) -> DueTasks:
    return DueTasks(transactions, clock)


@pytest.fixture
def block(history: HistoryService, patient_id: str) -> EventRow:
    return history.add(patient_id, performed(DONE)).value


@pytest.fixture
def treatment(history: HistoryService, patient_id: str) -> EventRow:
    return history.add(patient_id, replace(performed(DONE), **TREATMENT)).value


def open_tasks(transactions: Transactions) -> tuple[Task, ...]:
    with transactions.reading() as uow:
        return uow.tasks.list_open()


def all_tasks(transactions: Transactions, event_id: str) -> tuple[Task, ...]:
    with transactions.reading() as uow:
        return uow.tasks.list_for_events(TaskKind.RECORD_RESPONSE, [event_id])


@pytest.mark.parametrize(("day", "count"), [(date(2026, 11, 24), 0), (date(2026, 11, 25), 1), (date(2026, 11, 26), 1)])
def test_that_a_diagnostic_block_is_asked_about_from_the_next_day_on(
    due: DueTasks, clock: FixedClock, transactions: Transactions, block: EventRow, day: date, count: int
) -> None:
    clock.day = day
    assert due.settle().value == count
    tasks = open_tasks(transactions)
    assert [(task.kind, task.due, task.event_id) for task in tasks] == [
        (TaskKind.RECORD_RESPONSE, date(2026, 11, 25), block.event.id)
    ] * count
    assert all("MBB L4-5 L5-S1 left of 11/24/2026" in task.text for task in tasks)


@pytest.mark.parametrize(
    ("day", "dues"),
    [
        (date(2026, 12, 7), []),
        (date(2026, 12, 8), [date(2026, 12, 8)]),
        (date(2027, 2, 23), [date(2026, 12, 8)]),
        (date(2027, 2, 24), [date(2026, 12, 8), date(2027, 2, 24)]),
    ],
)
def test_that_a_treatment_is_asked_about_after_two_weeks_and_after_three_months(
    due: DueTasks, clock: FixedClock, transactions: Transactions, treatment: EventRow, day: date, dues: list[date]
) -> None:
    clock.day = day
    due.settle()
    assert [task.due for task in open_tasks(transactions)] == dues


def test_that_three_months_of_the_end_of_november_end_on_the_first_of_march(
    due: DueTasks, clock: FixedClock, history: HistoryService, transactions: Transactions, patient_id: str
) -> None:
    clock.day = date(2026, 11, 30)
    history.add(patient_id, replace(performed("2026-11-30"), **TREATMENT))
    clock.day = date(2027, 2, 28)
    due.settle()
    assert len(open_tasks(transactions)) == 1
    clock.day = date(2027, 3, 1)
    due.settle()
    assert len(open_tasks(transactions)) == 2


@pytest.mark.parametrize(("after", "count"), [(120, 1), (121, 0)])
def test_that_nobody_is_asked_about_what_is_older_than_a_hundred_and_twenty_days(
    due: DueTasks, clock: FixedClock, block: EventRow, after: int, count: int
) -> None:
    clock.day = DAY + timedelta(days=after)
    assert due.settle().value == count


@pytest.mark.parametrize(
    "event",
    [
        performed(DONE, status=EventStatus.CANCELLED),
        performed(DONE, status=EventStatus.NO_SHOW),
        performed(DONE, status=EventStatus.ABORTED),
        performed(DONE, place=Place.ELSEWHERE),
        performed("2026-11"),
        Event("", PartialDate.parse(DONE), Family.SCS_TRIAL),
        performed(DONE, relief_percent=80.0),
    ],
)
def test_that_nobody_is_asked_where_there_is_nothing_to_ask(
    due: DueTasks, clock: FixedClock, history: HistoryService, patient_id: str, event: Event
) -> None:
    history.add(patient_id, event)
    clock.day = date(2026, 12, 20)
    assert due.settle().value == 0


@pytest.mark.parametrize(("imported", "count"), [(date(2026, 11, 25), 1), (date(2026, 11, 26), 0)])
def test_that_what_came_by_import_after_its_day_of_asking_makes_no_flood(
    due: DueTasks, clock: FixedClock, transactions: Transactions, patient_id: str, imported: date, count: int
) -> None:
    clock.day = imported
    with transactions.writing() as uow:
        uow.events.add(HistoryEntry(patient_id, performed(DONE), Provenance(Origin.IMPORT, "Jo Diaz", clock.now())))
        uow.commit(Act("import", "event"))
    clock.day = date(2026, 11, 27)
    assert due.settle().value == count


def test_that_it_writes_once_and_leaves_no_act_where_nothing_is_due(
    due: DueTasks, clock: FixedClock, transactions: Transactions, block: EventRow
) -> None:
    clock.day = date(2026, 11, 25)
    assert due.settle().value == 1
    with transactions.reading() as uow:
        before = uow.acts.latest_id()
    assert due.settle().value == 0
    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before


def test_that_recording_the_same_day_leaves_nothing_to_ask(
    due: DueTasks, clock: FixedClock, responses: ResponseService, block: EventRow, patient_id: str
) -> None:
    responses.record(patient_id, Response(block.event.id, "NRS 0-10", 8, 1), None, None, block.version)
    clock.day = date(2026, 11, 25)
    assert due.settle().value == 0


def test_that_recording_closes_the_task_with_what_was_recorded_and_undo_opens_it_again(
    due: DueTasks, clock: FixedClock, responses: ResponseService, undo: UndoService, transactions: Transactions,
    block: EventRow, patient_id: str,
) -> None:  # fmt: skip
    clock.day = date(2026, 11, 25)
    due.settle()
    done = responses.record(patient_id, Response(block.event.id), 80, None, block.version)
    assert open_tasks(transactions) == ()
    assert [task.closed_because for task in all_tasks(transactions, block.event.id)] == [
        "Recorded on 11/25/2026: 80 %."
    ]
    assert done.undo is not None
    undo.undo(done.undo)
    assert len(open_tasks(transactions)) == 1
    assert due.settle().value == 0


@pytest.mark.parametrize(
    ("months", "asked_again"),
    [(None, True), (0.5, True), (0.25, False), (3, False)],
    ids=["open", "so far", "over", "long"],
)
def test_that_three_months_later_only_a_duration_that_may_have_grown_is_asked_for(
    due: DueTasks, clock: FixedClock, responses: ResponseService, treatment: EventRow, patient_id: str,
    months: float | None, asked_again: bool,
) -> None:  # fmt: skip
    clock.day = date(2026, 12, 8)
    due.settle()
    responses.record(patient_id, Response(treatment.event.id), 60, months, treatment.version)
    clock.day = date(2027, 2, 24)
    assert due.settle().value == int(asked_again)


def test_that_no_relief_at_all_has_no_duration_to_ask_for(
    due: DueTasks, clock: FixedClock, responses: ResponseService, treatment: EventRow, patient_id: str
) -> None:
    clock.day = date(2027, 2, 24)
    responses.record(patient_id, Response(treatment.event.id), 0, None, treatment.version)
    assert due.settle().value == 0


def test_that_a_result_that_came_with_a_correction_closes_the_task_by_itself(
    due: DueTasks, clock: FixedClock, history: HistoryService, transactions: Transactions, block: EventRow,
    patient_id: str,
) -> None:  # fmt: skip
    clock.day = date(2026, 11, 25)
    due.settle()
    history.correct(patient_id, replace(block.event, relief_percent=50.0), block.version)
    assert due.settle().value == 1
    assert open_tasks(transactions) == ()


def test_that_an_injection_taken_out_or_moved_to_another_day_is_asked_about_no_more(
    due: DueTasks, clock: FixedClock, history: HistoryService, transactions: Transactions, block: EventRow,
    patient_id: str,
) -> None:  # fmt: skip
    clock.day = date(2026, 11, 25)
    due.settle()
    moved = history.correct(patient_id, replace(block.event, when=PartialDate.parse("2026-11-23")), block.version).value
    due.settle()
    assert [task.due for task in open_tasks(transactions)] == [date(2026, 11, 24)]
    history.remove(patient_id, moved.event.id, moved.version, "entered twice")
    due.settle()
    assert open_tasks(transactions) == ()
    assert {task.closed_because for task in all_tasks(transactions, block.event.id)} == {NOT_ASKED_ANY_MORE}


def test_that_a_task_that_somebody_closed_is_not_opened_again(
    due: DueTasks, clock: FixedClock, schedule: ScheduleService, transactions: Transactions, block: EventRow
) -> None:
    clock.day = date(2026, 11, 25)
    due.settle()
    schedule.close_task(open_tasks(transactions)[0].id, "The patient cannot be reached.")
    clock.day = date(2026, 12, 1)
    assert due.settle().value == 0


def test_that_the_task_stands_in_the_days_list_with_its_patient(
    due: DueTasks, clock: FixedClock, schedule: ScheduleService, block: EventRow, patient_id: str
) -> None:
    clock.day = date(2026, 11, 26)
    done = due.settle()
    assert done.changes.concern(patient_id)
    row = schedule.day(clock.day).tasks[0]
    assert (row.kind, row.late, row.patient.id) == (TaskKind.RECORD_RESPONSE, True, patient_id)
    assert isinstance(clock.now(), datetime)
