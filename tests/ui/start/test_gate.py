"""The way into a clinic, through real folders, key files and databases, by the windows' own buttons."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD
from tests.ui.start.test_start_windows import fill
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.services.clinics import Clinics
from tracker.storage.database import Database
from tracker.ui.start.first_run_window import FirstRunWindow
from tracker.ui.start.gate import Gate, Places
from tracker.ui.start.opening_window import OpeningWindow
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.start.single_seat import Seat
from tracker.ui.tasks import TaskRunner


@dataclass
class Way:
    """A gate, and what came through it."""

    gate: Gate
    opened: list[tuple[Services, Path]] = field(default_factory=list)

    def sign_in(self) -> SignInWindow:
        assert isinstance(self.gate.window, SignInWindow)
        return self.gate.window

    def first_run(self) -> FirstRunWindow:
        assert isinstance(self.gate.window, FirstRunWindow)
        return self.gate.window

    def opening(self) -> OpeningWindow:
        assert isinstance(self.gate.window, OpeningWindow)
        return self.gate.window

    def give(self, password: str) -> None:
        window = self.sign_in()
        window.password.clear()
        QTest.keyClicks(window.password, password)
        QTest.keyClick(window.password, Qt.Key.Key_Return)


class Ways:
    """Makes gates over the test's folders and closes everything afterwards."""

    def __init__(self, base: Path, resources: Path, tasks: TaskRunner, clock: FixedClock, qtbot: QtBot) -> None:
        self.base, self.resources, self._tasks, self._clock, self._qtbot = base, resources, tasks, clock, qtbot
        self.made: list[tuple[Way, Seat]] = []

    def __call__(self, folder: Path | None = None, *, known: bool = False, usual: bool = True) -> Way:
        seat = Seat()
        clinics = Clinics(self.resources, self._clock, costs=CHEAP)
        places = Places(folder or self.base / "clinic", self.base / "demo", usual, known)
        way = Way(Gate(clinics, self._tasks, seat, places))
        way.gate.opened.connect(lambda services, where: way.opened.append((services, where)))
        self.made.append((way, seat))
        return way

    def close(self) -> None:
        self._qtbot.waitUntil(self._tasks.is_idle, timeout=20_000)
        for way, seat in self.made:
            way.gate.close()
            seat.leave()
            for services, _folder in way.opened:
                services.close()


@pytest.fixture
def ways(tmp_path: Path, tasks: TaskRunner, clock: FixedClock, qtbot: QtBot) -> Iterator[Ways]:
    made = Ways(tmp_path, resource_root(), tasks, clock, qtbot)
    yield made
    made.close()


def wait_opened(way: Way, qtbot: QtBot) -> tuple[Services, Path]:
    qtbot.waitUntil(lambda: bool(way.opened), timeout=20_000)
    return way.opened[0]


def wait_refused(way: Way, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: bool(way.sign_in().refusal.sentence()), timeout=20_000)
    return way.sign_in().refusal.sentence()


def test_that_the_first_start_sets_a_clinic_up_and_opens_it(ways: Ways, qtbot: QtBot) -> None:
    way = ways()
    way.gate.open()
    fill(way.first_run())

    qtbot.mouseClick(way.first_run().set_up, Qt.MouseButton.LeftButton)
    services, folder = wait_opened(way, qtbot)

    assert folder == ways.base / "clinic"
    assert ClinicFolder(folder).database.exists()
    assert services.clinic.name == services.desk.settings().name == "Bluegrass Spine"
    assert [site.place_of_service for site in services.desk.sites()] == ["24"]
    assert services.user.name == "Jo Diaz"
    assert way.first_run().form.password.text() == ""


def test_that_the_right_password_opens_the_clinic(ways: Ways, clinic: ClinicFolder, qtbot: QtBot) -> None:
    way = ways(clinic.path)
    way.gate.open()

    way.give(PASSWORD)
    services, folder = wait_opened(way, qtbot)

    assert (services.clinic.name, folder) == ("Bluegrass Spine & Pain", clinic.path)
    assert not services.clinic.demo
    assert way.sign_in().password.text() == ""


def test_that_a_wrong_password_is_told_and_the_right_one_then_opens(
    ways: Ways, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    way = ways(clinic.path)
    way.gate.open()

    way.give("some other long sentence")
    assert wait_refused(way, qtbot) == "That is not the password of this clinic. Check Caps Lock and try again."
    assert way.opened == []
    way.give(PASSWORD)

    assert wait_opened(way, qtbot)


def spoil_keys(clinic: ClinicFolder) -> None:
    clinic.keys.write_text("{ half a file", encoding="utf-8")


def lose_keys(clinic: ClinicFolder) -> None:
    clinic.keys.unlink()


def lose_database(clinic: ClinicFolder) -> None:
    clinic.database.unlink()


def cut_database(clinic: ClinicFolder) -> None:
    clinic.database.write_bytes(b"x")


def scramble_database(clinic: ClinicFolder) -> None:
    clinic.database.write_bytes(bytes(range(256)) * 64)


def plain_database(clinic: ClinicFolder) -> None:
    clinic.database.write_bytes(b"SQLite format 3\0" + bytes(4096))


DAMAGES = (
    (spoil_keys, "The key file is damaged."),
    (lose_keys, "The key file is missing."),
    (lose_database, "The clinic's database is missing."),
    (cut_database, "This file is no database."),
    (scramble_database, "The clinic's database does not open with this key."),
    (plain_database, "This database is not encrypted"),
)


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES, ids=lambda value: getattr(value, "__name__", ""))
def test_that_a_damaged_clinic_is_told_in_place_and_left_as_it_is(
    ways: Ways, clinic: ClinicFolder, qtbot: QtBot, damage: object, sentence: str
) -> None:
    damage(clinic)  # type: ignore[operator]
    before = {file.name: file.read_bytes() for file in clinic.path.iterdir()}
    way = ways(clinic.path)
    way.gate.open()

    way.give(PASSWORD)

    assert wait_refused(way, qtbot).startswith(sentence)
    assert way.sign_in().other.isEnabled()
    assert way.sign_in().demo.isEnabled()
    assert {name: (clinic.path / name).read_bytes() for name in before} == before


def test_that_a_clinic_of_a_newer_program_is_told_and_left_as_it_is(
    ways: Ways, clinic: ClinicFolder, data_key: object, qtbot: QtBot
) -> None:
    newer = Database.open(clinic.database, data_key.secret)  # type: ignore[attr-defined]
    with newer.transaction(write=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    way = ways(clinic.path)
    way.gate.open()

    way.give(PASSWORD)

    sentence = wait_refused(way, qtbot)
    assert "written by a newer version of the program" in sentence
    assert sentence.endswith("Install the newest version here.")


def test_that_another_clinic_is_chosen_and_opened(ways: Ways, clinic: ClinicFolder, qtbot: QtBot) -> None:
    way = ways(ways.base / "nothing here yet")
    way.gate.open()
    qtbot.mouseClick(way.first_run().existing, Qt.MouseButton.LeftButton)
    chooser = way.first_run().findChild(QFileDialog)
    assert chooser is not None
    chooser.reject()

    way.gate.choose(str(clinic.path))
    way.give(PASSWORD)

    assert wait_opened(way, qtbot)[1] == clinic.path


def test_that_a_folder_without_a_clinic_is_refused_in_place(ways: Ways, clinic: ClinicFolder, tmp_path: Path) -> None:
    way = ways(clinic.path)
    way.gate.open()

    way.gate.choose(str(tmp_path))

    assert way.sign_in().refusal.sentence().startswith("There is no clinic in this folder.")


def test_that_a_clinic_that_was_there_and_is_gone_is_not_set_up_anew(ways: Ways, tmp_path: Path) -> None:
    way = ways(tmp_path / "on a drive", known=True, usual=False)

    way.gate.open()

    assert "is not there" in way.sign_in().refusal.sentence()


def test_that_a_second_start_calls_the_first_one(ways: Ways, clinic: ClinicFolder, qtbot: QtBot) -> None:
    way = ways(clinic.path)
    way.gate.open()
    first_seat = ways.made[0][1]
    first_seat.listen()
    second = ways(clinic.path)

    with qtbot.waitSignals([first_seat.called, second.gate.left]):
        second.gate.open()

    assert second.gate.window is None


def test_that_a_clinic_held_by_a_program_that_does_not_answer_is_told(
    ways: Ways, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    deaf = Seat()
    assert deaf.take(clinic.path)
    way = ways(clinic.path)

    way.gate.open()
    assert way.opening().title.text() == "This clinic is open already."
    deaf.leave()
    qtbot.mouseClick(way.opening().again, Qt.MouseButton.LeftButton)

    assert way.sign_in().isVisible()


def test_that_a_mistake_in_a_rule_file_is_told_before_signing_in_and_mended(
    ways: Ways, clinic: ClinicFolder, tmp_path: Path, qtbot: QtBot
) -> None:
    ways.resources = tmp_path / "resources"
    shutil.copytree(resource_root(), ways.resources)
    payers = ways.resources / "payers.toml"
    good = payers.read_text(encoding="utf-8")
    payers.write_text(good + "\nsurprise = 1\n", encoding="utf-8")
    way = ways(clinic.path)

    way.gate.open()
    qtbot.waitUntil(lambda: isinstance(way.gate.window, OpeningWindow), timeout=20_000)
    assert "payers.toml" in way.opening().detail.text()
    assert "surprise" in way.opening().detail.text()
    payers.write_text(good, encoding="utf-8")
    qtbot.mouseClick(way.opening().again, Qt.MouseButton.LeftButton)
    way.give(PASSWORD)

    assert wait_opened(way, qtbot)


def test_that_what_takes_long_is_loaded_after_the_first_window(ways: Ways, clinic: ClinicFolder, qtbot: QtBot) -> None:
    way = ways(clinic.path)

    with qtbot.waitSignal(way.gate.shown):
        way.gate.open()

    assert way.sign_in().isVisible()


def test_that_a_lock_left_in_a_folder_that_cannot_be_written_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Seat()
    assert holder.take(tmp_path)
    assert not Seat().take(tmp_path)

    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # root may write everywhere, so no folder serves
    assert Seat().take(tmp_path)
    holder.leave()
