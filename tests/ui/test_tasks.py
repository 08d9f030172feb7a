"""Calls run off the window's thread, in lanes, and come back to it while somebody waits for them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tracker.domain.errors import ConflictError
from tracker.ui import right_of_way
from tracker.ui.tasks import LatestOnly, TaskRunner


class Gate:
    """A call that waits inside its worker until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.go = threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self.go.wait(10)
        return "through"


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.go.set()


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


def test_that_a_call_runs_on_a_worker_and_its_result_comes_to_the_window(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot
) -> None:
    threads: list[threading.Thread] = []

    with qtbot.waitSignal(tasks.idle):
        tasks.run(owner, threading.current_thread, lambda worker: threads.extend((worker, threading.current_thread())))

    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_that_an_error_comes_to_whoever_asked(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def refuse() -> None:
        raise ConflictError("Taken.")

    with qtbot.waitSignal(tasks.idle):
        tasks.run(owner, refuse, lambda _none: errors.append(AssertionError()), errors.append)

    assert [type(error) for error in errors] == [ConflictError]


def test_that_an_error_nobody_asked_for_comes_to_the_window(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise ConflictError("Taken.")

    with qtbot.waitSignal(tasks.unseen) as seen:
        tasks.run(owner, refuse, lambda _none: None)

    assert isinstance(seen.args[0], ConflictError)


def test_that_one_lane_keeps_its_order(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    order: list[int] = []

    with qtbot.waitSignal(tasks.idle):
        for number in range(20):
            tasks.run(owner, lambda number=number: number, order.append)

    assert order == list(range(20))


def test_that_a_long_job_does_not_hold_up_quick_ones(
    tasks: TaskRunner, owner: QObject, gate: Gate, qtbot: QtBot
) -> None:
    came: list[str] = []
    tasks.run(owner, gate, came.append, lane="long")
    assert gate.entered.wait(10)

    tasks.run(owner, lambda: "quick", came.append)
    qtbot.waitUntil(lambda: came == ["quick"])
    gate.go.set()

    qtbot.waitUntil(lambda: came == ["quick", "through"])


def test_that_a_result_for_an_owner_that_is_gone_is_dropped(tasks: TaskRunner, gate: Gate, qtbot: QtBot) -> None:
    came: list[str] = []
    owner = QObject()
    tasks.run(owner, gate, came.append)
    assert gate.entered.wait(10)
    del owner

    with qtbot.waitSignal(tasks.idle):
        gate.go.set()

    assert came == []


def test_that_one_pages_bug_does_not_swallow_the_results_of_others(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    came: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))

    def stumble(_value: str) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(tasks.idle):
        tasks.run(owner, lambda: "first", stumble)
        tasks.run(owner, lambda: "second", came.append)

    assert caught == [ZeroDivisionError]
    assert came == ["second"]


def test_that_only_the_newest_answer_is_shown(tasks: TaskRunner, owner: QObject, gate: Gate, qtbot: QtBot) -> None:
    shown: list[str] = []
    begun: list[str] = []
    latest = LatestOnly(tasks, owner)
    latest.run(gate, shown.append)
    assert gate.entered.wait(10)
    for word in ("second", "third", "fourth"):
        latest.run(lambda word=word: (begun.append(word), word)[1], shown.append)

    with qtbot.waitSignal(tasks.idle):
        gate.go.set()

    assert shown == ["fourth"]
    assert begun == ["fourth"]


def test_that_an_old_error_is_not_shown_and_the_newest_is(
    tasks: TaskRunner, owner: QObject, gate: Gate, qtbot: QtBot
) -> None:
    errors: list[str] = []

    def wait_and_refuse() -> None:
        gate()
        raise ConflictError("old")

    def refuse() -> None:
        raise ConflictError("new")

    latest = LatestOnly(tasks, owner)
    latest.run(wait_and_refuse, lambda _none: None, lambda error: errors.append(str(error)))
    assert gate.entered.wait(10)
    latest.run(refuse, lambda _none: None, lambda error: errors.append(str(error)))

    with qtbot.waitSignal(tasks.idle):
        gate.go.set()

    assert errors == ["new"]


def test_that_a_cancelled_question_is_not_answered(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    shown: list[str] = []
    latest = LatestOnly(tasks, owner)
    with qtbot.waitSignal(tasks.idle):
        latest.run(lambda: "answer", shown.append)
        latest.cancel()

    assert shown == []


def test_that_held_jobs_begin_when_they_are_released(
    tasks: TaskRunner, owner: QObject, gate: Gate, qtbot: QtBot
) -> None:
    came: list[str] = []
    tasks.run(owner, gate, came.append)
    assert gate.entered.wait(10)
    tasks.hold()
    tasks.run(owner, lambda: "held", came.append)

    with qtbot.waitSignal(tasks.idle):
        gate.go.set()
    assert came == ["through"]
    assert tasks.is_idle()

    with qtbot.waitSignal(tasks.idle):
        tasks.release()
    assert came == ["through", "held"]


def test_that_shutting_down_lets_the_running_call_end_and_drops_the_others(
    owner: QObject, gate: Gate, qtbot: QtBot
) -> None:
    runner = TaskRunner()
    came: list[str] = []
    begun: list[str] = []
    runner.run(owner, gate, came.append)
    assert gate.entered.wait(10)
    runner.run(owner, lambda: (begun.append("queued"), queued.set()), lambda _none: came.append("queued"))
    queued = threading.Event()  # the worker is free before its queue is dropped, and has a moment to take from it
    runner.hurry.connect(lambda: (gate.go.set(), queued.wait(0.05)))

    runner.shutdown()
    runner.run(owner, lambda: begun.append("late"), lambda _none: came.append("late"))
    qtbot.wait(0)

    assert came == []
    assert begun == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("quick", "long"))]


def test_that_the_long_lane_stands_aside_until_the_quick_call_is_through(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right_of_way, "AT_MOST_SECONDS", 10)
    order: list[str] = []
    long_begun = threading.Event()

    def judge() -> None:
        long_begun.set()
        tasks.give_way()
        order.append("long")

    tasks.run(owner, lambda: order.append(gate()), lambda _: None)
    qtbot.waitUntil(gate.entered.is_set)
    tasks.run(owner, judge, lambda _: None, lane="long")
    qtbot.waitUntil(long_begun.is_set)
    gate.go.set()
    qtbot.waitUntil(tasks.is_idle)

    assert order == ["through", "long"]


def test_that_the_long_lane_goes_on_beside_a_quick_call_that_lasts_and_where_none_is_left(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right_of_way, "AT_MOST_SECONDS", 0.01)
    done: list[str] = []
    tasks.run(owner, gate, done.append)
    qtbot.waitUntil(gate.entered.is_set)

    tasks.run(owner, tasks.give_way, lambda _: done.append("long"), lane="long")
    qtbot.waitUntil(lambda: done == ["long"])
    gate.go.set()
    qtbot.waitUntil(tasks.is_idle)
    monkeypatch.setattr(right_of_way, "AT_MOST_SECONDS", 10)
    tasks.give_way()

    assert done == ["long", "through"]


def test_that_the_end_keeps_no_long_call_waiting_for_quick_ones_that_will_not_run(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right_of_way, "AT_MOST_SECONDS", 10)
    free = threading.Event()

    def judge() -> None:
        tasks.give_way()
        free.set()
        gate.go.set()

    tasks.run(owner, gate, lambda _: None)
    tasks.run(owner, lambda: None, lambda _: None)  # waits behind it, and is dropped
    qtbot.waitUntil(gate.entered.is_set)
    tasks.run(owner, judge, lambda _: None, lane="long")
    tasks.shutdown()

    assert free.is_set()


def test_that_a_quick_call_overtakes_lists_that_have_not_begun_and_each_lane_keeps_its_order(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, gate: Gate
) -> None:
    order: list[str] = []
    tasks.run(owner, gate, lambda _: None, lane="list")
    qtbot.waitUntil(gate.entered.is_set)
    for name, lane in (("a", "list"), ("check", "quick"), ("b", "list"), ("book", "quick")):
        tasks.run(owner, lambda name=name: order.append(name), lambda _: None, lane=lane)  # type: ignore[arg-type, misc]  # lanes by name

    gate.go.set()
    qtbot.waitUntil(tasks.is_idle)

    assert order == ["check", "book", "a", "b"]


def test_that_a_list_runs_beside_a_long_job_and_never_beside_a_quick_call(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, gate: Gate
) -> None:
    names: list[str] = []
    tasks.run(owner, gate, lambda _: None, lane="long")
    qtbot.waitUntil(gate.entered.is_set)
    for lane in ("list", "quick"):
        tasks.run(owner, lambda: threading.current_thread().name, names.append, lane=lane)  # type: ignore[arg-type]  # lanes by name

    qtbot.waitUntil(lambda: len(names) == 2)

    assert len(set(names)) == 1
    gate.go.set()
