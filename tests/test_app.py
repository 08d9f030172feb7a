"""The whole program through real folders: first start, set-up, lock, restart, demo, and no display."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY
from tests.ui.start.test_start_windows import fill
from tracker.app import WITHOUT_DISPLAY, command_of
from tracker.domain.coverage import Site
from tracker.domain.draft import Draft
from tracker.domain.errors import VaultError
from tracker.domain.roles import Role
from tracker.paths import resource_root
from tracker.services.clinics import Clinics
from tracker.ui import theme
from tracker.ui.drafts import CHECK_PLACE
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.preferences import Preferences
from tracker.ui.start.first_run_window import FirstRunWindow
from tracker.ui.start.program import Program
from tracker.ui.start.session import Session
from tracker.ui.start.sign_in_window import SignInWindow

ROOT = Path(__file__).resolve().parents[1]
OTHER_PASSWORD = "sam sits at desk one"


class Computer:
    """One computer's folders, on which the program is started and ended."""

    def __init__(self, home: Path, qtbot: QtBot) -> None:
        self.home = home
        self.qtbot = qtbot
        self.running: list[Program] = []

    def start(self, given: Path | None = None, *, demo: bool = False) -> Program:
        clinics = Clinics(resource_root(), FixedClock(TODAY), costs=CHEAP)
        program = Program(clinics, Preferences(self.home / "window.ini"), self.home / "data", given, demo)
        program.begin()
        self.running.append(program)
        return program

    def session(self, program: Program) -> Session:
        self.qtbot.waitUntil(lambda: program.session is not None, timeout=30_000)
        assert program.session is not None
        return program.session

    def stop(self, program: Program) -> None:
        self.running.remove(program)
        if program.session is not None:
            program.session.window.close()
        program.end()
        program.gate.close()
        program.deleteLater()


@pytest.fixture
def computer(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Computer]:
    theme.apply(qapp, "light")
    made = Computer(tmp_path, qtbot)
    yield made
    for program in list(made.running):
        made.stop(program)


def sign_in(window: object, password: str = PASSWORD) -> None:
    assert isinstance(window, SignInWindow)
    QTest.keyClicks(window.password, password)
    QTest.keyClick(window.password, Qt.Key.Key_Return)


def test_that_a_clinic_is_set_up_locked_closed_and_found_at_the_next_start(computer: Computer, qtbot: QtBot) -> None:
    first = computer.start()
    assert isinstance(first.gate.window, FirstRunWindow)
    fill(first.gate.window)
    qtbot.mouseClick(first.gate.window.set_up, Qt.MouseButton.LeftButton)
    session = computer.session(first)
    assert session.window.isVisible()
    assert first.gate.window is None

    session.window.registry.action("lock").trigger()
    assert not session.window.isVisible()
    sign_in(session.lock_window)
    qtbot.waitUntil(session.window.isVisible, timeout=30_000)
    computer.stop(first)

    second = computer.start()
    sign_in(second.gate.window)
    again = computer.session(second)
    assert again.window.context.services.clinic.name == "Bluegrass Spine"
    assert (computer.home / "data" / "clinic" / "clinic.db").exists()


def test_that_another_person_signs_in_where_one_had_locked_and_each_finds_their_own_typing(
    computer: Computer, qtbot: QtBot
) -> None:
    program = computer.start()
    assert isinstance(program.gate.window, FirstRunWindow)
    fill(program.gate.window)
    qtbot.mouseClick(program.gate.window.set_up, Qt.MouseButton.LeftButton)
    first = computer.session(program)
    services = first.window.context.services
    manager = services.user.name
    services.users.add("Sam Scheduler", OTHER_PASSWORD, Role.SCHEDULER)
    services.drafts.save(CHECK_PLACE, Draft("", {"note": "stairs"}))

    first.lock()
    assert first.lock_window is not None
    qtbot.waitUntil(first.tasks.is_idle)
    qtbot.mouseClick(first.lock_window.another, Qt.MouseButton.LeftButton)
    assert program.session is None
    assert isinstance(program.gate.window, SignInWindow)
    assert program.gate.window.who is not None
    program.gate.window.who.set_value("Sam Scheduler")
    sign_in(program.gate.window, OTHER_PASSWORD)
    second = computer.session(program)

    assert second.window.isVisible()
    drafts = second.window.context.services.drafts
    assert second.window.context.services.user.name == "Sam Scheduler"
    assert drafts.find(CHECK_PLACE) is None
    computer.stop(program)

    again = computer.start()
    assert isinstance(again.gate.window, SignInWindow)
    assert again.gate.window.who is not None
    again.gate.window.who.set_value(manager)
    sign_in(again.gate.window)
    kept = computer.session(again).window.context.services.drafts.find(CHECK_PLACE)
    assert kept is not None
    assert kept.draft.typed == {"note": "stairs"}


def test_that_a_desk_of_one_person_offers_no_other_where_it_is_locked(qtbot: QtBot) -> None:
    for users, offered in ((("Ann Lee",), False), (("Ann Lee", "Sam Scheduler"), True)):
        window = SignInWindow(locked=True, users=users, user="Ann Lee")
        qtbot.addWidget(window)
        window.show()
        assert window.another.isVisible() is offered
        assert window.who is None


def test_that_the_demo_opens_without_a_password_and_is_marked(computer: Computer) -> None:
    session = computer.session(computer.start(demo=True))

    assert "DEMO - not real patients" in session.window.windowTitle()
    assert session.window.context.services.clinic.demo
    assert Preferences(computer.home / "window.ini").clinic_folder == ""


def test_that_the_demo_opens_from_the_first_window(computer: Computer, qtbot: QtBot) -> None:
    program = computer.start()
    assert isinstance(program.gate.window, FirstRunWindow)

    qtbot.mouseClick(program.gate.window.demo, Qt.MouseButton.LeftButton)

    assert computer.session(program).window.context.services.clinic.demo


def test_that_another_clinic_is_remembered_for_the_next_start(computer: Computer, tmp_path: Path) -> None:
    elsewhere = tmp_path / "on a drive"
    clinics = Clinics(resource_root(), FixedClock(TODAY), costs=CHEAP)
    clinics.set_up(elsewhere, PASSWORD, "Jo Diaz", Site("KY", "11", name="Elsewhere")).close()
    first = computer.start()
    first.gate.choose(str(elsewhere))
    sign_in(first.gate.window)
    computer.session(first)
    computer.stop(first)

    second = computer.start()
    sign_in(second.gate.window)

    assert computer.session(second).window.context.services.clinic.name == "Elsewhere"


def test_that_a_clinic_named_once_on_the_command_line_is_not_remembered(computer: Computer, tmp_path: Path) -> None:
    clinics = Clinics(resource_root(), FixedClock(TODAY), costs=CHEAP)
    clinics.set_up(tmp_path / "once", PASSWORD, "Jo Diaz", Site("KY", "11", name="Once")).close()
    first = computer.start(tmp_path / "once")
    sign_in(first.gate.window)
    computer.session(first)
    computer.stop(first)

    assert isinstance(computer.start().gate.window, FirstRunWindow)


def started(**variables: str) -> subprocess.CompletedProcess[str]:
    keep = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    keep.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "tracker"], cwd=ROOT, env=keep | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize("variables", [{}, {"DISPLAY": ":4711"}, {"QT_QPA_PLATFORM": "nonsense"}], ids=str)
def test_that_without_a_display_it_says_so_in_one_sentence(variables: dict[str, str]) -> None:
    told = started(**variables)

    assert told.returncode == WITHOUT_DISPLAY
    assert told.stdout == ""
    assert told.stderr.startswith("No window can be opened here: there is no display")
    assert len(told.stderr.splitlines()) == 1


def test_that_a_restart_closes_the_clinic_keeps_what_is_typed_and_starts_as_it_was_started(
    computer: Computer, qtbot: QtBot
) -> None:
    program = computer.start(demo=True)
    session = computer.session(program)
    services = session.window.context.services
    session.window.open_page("check")
    qtbot.waitUntil(session.tasks.is_idle, timeout=30_000)
    page = session.window.current_page()
    assert isinstance(page, CheckPage)
    QTest.keyClicks(page.form.fields.note, "stairs")
    assert not program.wanted_again()

    session.window.registry.action("restart").trigger()

    assert program.wanted_again()
    with pytest.raises(VaultError):
        services.desk.settings()
    computer.stop(program)
    again = computer.session(computer.start(demo=True)).window.context.services
    kept = again.drafts.find(CHECK_PLACE)
    assert kept is not None
    assert (kept.draft.typed or {})["note"] == "stairs"


def test_that_a_program_that_is_only_closed_is_not_started_again(computer: Computer) -> None:
    program = computer.start(demo=True)
    computer.session(program).window.close()

    assert not program.wanted_again()


def test_that_it_is_started_again_with_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command_of(["x", "--clinic", "y"]) == [sys.executable, "-m", "tracker", "--clinic", "y"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_of(["x", "--demo"]) == [sys.executable, "--demo"]
