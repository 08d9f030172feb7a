"""The re-check behind the screens: after acts, at the opening, on a new day; told while it lasts, and stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tests.ui.conftest import Settle
from tests.ui.visits import book, fill_window
from tracker.services import Services
from tracker.services.changes import Changes, Kind
from tracker.services.rechecks.recheck_run import RecheckReport, RecheckRun
from tracker.ui import rechecking
from tracker.ui.pages.page import PageContext
from tracker.ui.rechecking import Rechecking


@pytest.fixture
def reports(context: PageContext) -> list[RecheckReport]:
    found: list[RecheckReport] = []
    context.notifier.rechecked.connect(found.append)
    return found


@pytest.fixture
def running(context: PageContext) -> Iterator[Rechecking]:
    """One that is not started yet; it ends here, on the thread of the screens, as a window's does."""
    made = Rechecking(context, context.notifier)
    yield made
    made.stop()
    shiboken6.delete(made)


@pytest.fixture
def started(running: Rechecking, settle: Settle) -> Callable[[], Rechecking]:
    def start() -> Rechecking:
        running.start()
        settle()
        return running

    return start


def test_that_every_visit_is_judged_once_at_the_opening(
    services: Services, started: Callable[[], Rechecking], reports: list[RecheckReport]
) -> None:
    book(services, "Ahn")
    book(services, "Berg")

    started()

    assert [report.judged for report in reports] == [2]


def test_that_an_act_has_its_patient_judged_and_the_rules_have_everybody(
    services: Services,
    context: PageContext,
    started: Callable[[], Rechecking],
    settle: Settle,
    reports: list[RecheckReport],
) -> None:
    visit, _ = book(services, "Ahn"), book(services, "Berg")
    started()
    fill_window(services, visit.patient_id)

    context.notifier.publish(Changes.of(visit.patient_id, Kind.EVENTS))
    settle()
    context.notifier.publish(Changes(frozenset(), frozenset({Kind.RULES})))
    settle()

    assert [report.judged for report in reports] == [2, 1, 2]
    assert [flip.now.booking_id for flip in reports[1].news] == [visit.id]


def test_that_nothing_is_judged_before_the_start_and_after_the_end(
    services: Services,
    context: PageContext,
    running: Rechecking,
    started: Callable[[], Rechecking],
    settle: Settle,
    reports: list[RecheckReport],
) -> None:
    visit = book(services)
    context.notifier.publish(Changes.of(visit.patient_id, Kind.EVENTS))
    settle()
    assert reports == []
    started()

    running.stop()
    context.notifier.publish(Changes.of(visit.patient_id, Kind.EVENTS))
    settle()

    assert len(reports) == 1


def test_that_another_day_has_everybody_judged_and_the_same_day_nobody(
    services: Services,
    clock: FixedClock,
    running: Rechecking,
    started: Callable[[], Rechecking],
    settle: Settle,
    reports: list[RecheckReport],
) -> None:
    book(services, day=TODAY + timedelta(3))
    started()

    running.look_at_day()
    settle()
    assert len(reports) == 1
    clock.day += timedelta(1)
    running.look_at_day()
    settle()

    assert len(reports) == 2


def test_that_what_concerns_everybody_supersedes_what_is_under_way(
    services: Services, running: Rechecking, context: PageContext, settle: Settle, reports: list[RecheckReport]
) -> None:
    book(services)

    running.start()
    context.notifier.publish(Changes(frozenset(), frozenset({Kind.RULES})))
    settle()

    assert [report.judged for report in reports] == [1]


def test_that_a_patients_change_waits_for_what_is_under_way(
    services: Services, running: Rechecking, context: PageContext, settle: Settle, reports: list[RecheckReport]
) -> None:
    visit, _ = book(services, "Ahn"), book(services, "Berg")

    running.start()
    context.notifier.publish(Changes.of(visit.patient_id, Kind.EVENTS))
    settle()

    assert [report.judged for report in reports] == [2, 1]


def test_that_progress_is_told_with_a_count_and_stops_at_a_word(
    services: Services,
    running: Rechecking,
    settle: Settle,
    reports: list[RecheckReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, name)
    monkeypatch.setattr(rechecking, "TOLD_AFTER_SECONDS", -1.0)
    monkeypatch.setattr(rechecking, "PATIENTS_A_STEP", 1)
    told: list[str] = []
    stopped: list[str] = []
    running.progressed.connect(told.append)
    running.given_up.connect(stopped.append)

    running.progressed.connect(lambda text: running.cancel() if "1 of 3" in text else None)
    running.start()
    settle()

    assert told == ["Checking coming visits: 0 of 3", "Checking coming visits: 1 of 3", ""]
    assert [text.split(".")[0] for text in stopped] == ["Stopped: 1 of 3 coming visits are checked"]
    assert reports == []


def test_that_a_stop_is_told_when_its_step_has_ended_with_what_the_step_judged_and_the_rest_is_judged_later(
    services: Services,
    context: PageContext,
    running: Rechecking,
    settle: Settle,
    reports: list[RecheckReport],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, name)
    monkeypatch.setattr(rechecking, "PATIENTS_A_STEP", 1)
    within, go_on, stopped, plain = Event(), Event(), list[str](), services.recheck.step

    def step(run: RecheckRun, *given: Any) -> None:
        if run.judged == 1:
            within.set()
            go_on.wait(5)
        plain(run, *given)

    monkeypatch.setattr(services.recheck, "step", step)
    running.given_up.connect(stopped.append)
    running.start()
    qtbot.waitUntil(within.is_set)
    running.cancel()
    assert stopped == []
    go_on.set()
    settle()

    assert [text.split(".")[0] for text in stopped] == ["Stopped: 2 of 3 coming visits are checked"]
    assert reports == []
    context.notifier.publish(Changes(frozenset(), frozenset({Kind.RULES})))
    settle()
    assert [(report.judged, len(report.flips), report.complete) for report in reports] == [(3, 1, True)]


def test_that_who_asks_for_it_has_the_rest_judged_after_a_stop(
    services: Services,
    context: PageContext,
    running: Rechecking,
    settle: Settle,
    reports: list[RecheckReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, name)
    monkeypatch.setattr(rechecking, "TOLD_AFTER_SECONDS", -1.0)
    monkeypatch.setattr(rechecking, "PATIENTS_A_STEP", 1)
    running.progressed.connect(lambda text: running.cancel() if "1 of 3" in text and not reports else None)
    running.given_up.connect(lambda _text: running.progressed.disconnect())
    running.start()
    settle()
    assert reports == []

    context.notifier.recheck_wanted.emit()
    settle()

    assert [(report.judged, report.complete) for report in reports] == [(3, True)]


@pytest.mark.parametrize("breaking_off", ["a stop", "a newer change"])
def test_that_what_was_found_is_told_where_a_re_check_is_broken_off(
    services: Services,
    context: PageContext,
    running: Rechecking,
    settle: Settle,
    reports: list[RecheckReport],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    breaking_off: str,
) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, name)
    monkeypatch.setattr(rechecking, "PATIENTS_A_STEP", 1)
    within, go_on, plain, found = Event(), Event(), services.recheck.step, list[RecheckReport]()

    def step(run: RecheckRun, *given: Any) -> None:
        if run.judged == 1:
            within.set()
            go_on.wait(5)
        plain(run, *given)

    monkeypatch.setattr(services.recheck, "step", step)
    context.notifier.recheck_broken_off.connect(found.append)
    running.start()
    qtbot.waitUntil(within.is_set)
    if breaking_off == "a stop":
        running.cancel()
    else:
        context.notifier.publish(Changes(frozenset(), frozenset({Kind.RULES})))
    go_on.set()
    settle()
    context.notifier.recheck_wanted.emit()
    settle()

    assert [len(report.flips) for report in found] == [2]
    assert sum(len(report.flips) for report in reports) == 1


def test_that_nothing_is_said_of_a_stop_where_nothing_was_under_way(running: Rechecking, settle: Settle) -> None:
    stopped: list[str] = []
    running.given_up.connect(stopped.append)
    running.start()
    settle()

    running.cancel()
    running.stop()

    assert stopped == []
