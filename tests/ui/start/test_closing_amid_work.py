"""Closing while a long job runs: what writes is written whole, what only reads stops, and the clinic opens again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD
from tests.ui.small_pages import SMALL_PAGES
from tracker.domain.errors import TrackerError
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.services.clinics import Clinics
from tracker.services.reports.shape import Asked
from tracker.ui.importing.import_runner import ImportRunner
from tracker.ui.preferences import Preferences
from tracker.ui.reports.report_runner import ReportRunner
from tracker.ui.start.session import Session
from tracker.ui.tasks import TaskRunner

PEOPLE = 400


@pytest.fixture
def clinics(clock: FixedClock) -> Clinics:
    return Clinics(resource_root(), clock, costs=CHEAP)


@pytest.fixture
def session(
    services: Services, clinic: ClinicFolder, clinics: Clinics, tasks: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> Iterator[Session]:
    made = Session(services, clinic.path, clinics, tasks, Preferences(tmp_path / "window.ini"), SMALL_PAGES)
    with qtbot.waitExposed(made.window):
        made.start()
    qtbot.waitUntil(made.tasks.is_idle)
    yield made
    made.end()
    made.window.deleteLater()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    lines = [f"M{number:05},Invented{number},Ann,01/02/1950" for number in range(PEOPLE)]
    path.write_text("\n".join(["mrn,last_name,first_name,birth_date", *lines]) + "\n", encoding="utf-8")
    return path


def close_amid(session: Session, begun: threading.Event, held: threading.Event, qtbot: QtBot) -> None:
    """Close the window while the job is in the middle of its work."""
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    threading.Timer(0.05, held.set).start()  # it goes on while the window waits for it
    with qtbot.waitSignal(session.ended, timeout=60_000):
        session.window.close()


def test_that_an_import_under_way_is_on_file_whole(
    session: Session, services: Services, clinics: Clinics, clinic: ClinicFolder, file: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    runner = ImportRunner(session.window.context, session)
    begun, held = threading.Event(), threading.Event()
    run = services.imports.run

    def slowly(path: Path, tell, called_off):  # type: ignore[no-untyped-def]  # as the service's own
        def told(done: int, total: int) -> None:
            begun.set()
            held.wait(20)
            tell(done, total)

        return run(path, told, called_off)

    monkeypatch.setattr(services.imports, "run", slowly)
    runner.run(file)
    close_amid(session, begun, held, qtbot)

    again = clinics.open(clinic.path, PASSWORD)
    try:
        assert again.patients.find("M00000")
        assert again.patients.find(f"M{PEOPLE - 1:05}")
    finally:
        again.close()


def test_that_who_closes_amid_an_import_sees_how_far_it_is_and_may_call_it_off(
    session: Session, services: Services, clinics: Clinics, clinic: ClinicFolder, file: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    runner = ImportRunner(session.window.context, session)
    begun, held = threading.Event(), threading.Event()
    run = services.imports.run

    def slowly(path: Path, tell, called_off):  # type: ignore[no-untyped-def]  # as the service's own
        tell(120, PEOPLE)
        begun.set()
        held.wait(20)
        return run(path, tell, called_off)

    monkeypatch.setattr(services.imports, "run", slowly)
    runner.run(file)
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    session.window.close()

    waiting = session.closing_window
    assert waiting is not None
    assert waiting.isVisible()
    assert waiting.title.text() == "Finishing the import before closing"
    qtbot.waitUntil(lambda: f"120 of {PEOPLE}" in waiting.progress.words())
    with qtbot.waitSignal(session.ended, timeout=60_000):
        qtbot.mouseClick(waiting.leave, Qt.MouseButton.LeftButton)
        held.set()

    again = clinics.open(clinic.path, PASSWORD)
    try:
        assert again.patients.find("M00000") == ()
    finally:
        again.close()


def test_that_a_look_at_a_file_stops(
    session: Session, services: Services, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, held = threading.Event(), threading.Event()
    stopped: list[bool] = []

    def preview(_path: Path, _tell: object, called_off) -> None:  # type: ignore[no-untyped-def]  # as the service's own
        begun.set()
        held.wait(20)
        stopped.append(called_off())
        raise TrackerError("Stopped.")

    monkeypatch.setattr(services.imports, "preview", preview)
    ImportRunner(session.window.context, session).preview(file)
    close_amid(session, begun, held, qtbot)

    assert stopped == [True]


def test_that_a_report_stops(
    session: Session, services: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, held = threading.Event(), threading.Event()
    stopped: list[bool] = []

    def make(_id: str, _asked: Asked, _tell: object, called_off) -> None:  # type: ignore[no-untyped-def]  # as above
        begun.set()
        held.wait(20)
        stopped.append(called_off())
        raise TrackerError("Stopped.")

    monkeypatch.setattr(services.reports, "make", make)
    ReportRunner(session.window.context, session).make("any", Asked())
    close_amid(session, begun, held, qtbot)

    assert stopped == [True]
