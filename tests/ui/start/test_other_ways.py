"""In by the recovery code, and by a backup: the windows, real files, and what is said when it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.fixtures import PASSWORD, USER
from tests.ui.start.test_gate import Ways, ways
from tracker.domain.backup_plan import BackupPlan
from tracker.domain.roles import Role
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder, unlock
from tracker.ui.preferences import Preferences
from tracker.ui.start.first_run_window import FirstRunWindow
from tracker.ui.start.recovery_window import RecoveryWindow
from tracker.ui.start.restore_window import RestoreWindow
from tracker.ui.start.session import Session
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.tasks import TaskRunner

__all__ = ["ways"]
OTHER = "quite another long sentence"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def backed_up(services: Services, folder: Path) -> Path:
    """A backup without patients; the clinic has one since, and is closed."""
    services.backups.change(BackupPlan(str(folder)))
    services.backups.make()
    services.patients.add(a_patient())
    services.close()
    return folder


def test_that_of_several_people_one_is_chosen_and_only_their_password_opens(
    services: Services, ways: Ways, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    services.users.add("Kim Oh", OTHER, Role.SCHEDULER)
    services.close()
    way = ways(clinic.path)
    way.gate.open()
    window = way.sign_in()
    assert window.who is not None
    way.give(OTHER)
    qtbot.waitUntil(lambda: bool(window.refusal.sentence()), timeout=20_000)
    assert window.refusal.sentence().startswith("That is not the password of this person.")
    window.who.set_value("Kim Oh")
    way.give(OTHER)
    qtbot.waitUntil(lambda: bool(way.opened), timeout=20_000)
    assert way.opened[0][0].user.name == "Kim Oh"
    assert way.opened[0][0].rights.role is Role.SCHEDULER


def test_that_the_recovery_code_opens_and_the_next_code_is_handed_on(
    services: Services, ways: Ways, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    code = services.users.make_recovery_code().value
    services.close()
    way, codes = ways(clinic.path), []
    way.gate.recovered.connect(codes.append)
    way.gate.open()
    way.sign_in().code.click()
    window = way.gate.window
    assert isinstance(window, RecoveryWindow)
    QTest.keyClicks(window.code, code.text[:-1] + ("2" if code.text[-1] != "2" else "3"))
    QTest.keyClicks(window.new.password, OTHER)
    QTest.keyClicks(window.new.again, OTHER)
    window.open_button.click()
    assert window.code.error().startswith("The code is mistyped")
    window.code.clear()
    QTest.keyClicks(window.code, code.text)
    QTest.keyClick(window.new.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(way.opened and codes), timeout=20_000)
    assert codes[0] != code
    assert window.code.text() == window.new.password.text() == ""
    assert unlock(clinic, OTHER).user == USER.name


def test_that_a_code_of_another_clinic_is_told_and_back_leads_to_the_password(
    services: Services, ways: Ways, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    code = services.users.make_recovery_code().value
    services.users.make_recovery_code()
    services.close()
    way = ways(clinic.path)
    way.gate.open()
    way.sign_in().code.click()
    window = way.gate.window
    assert isinstance(window, RecoveryWindow)
    for field, text in ((window.code, code.text), (window.new.password, OTHER), (window.new.again, OTHER)):
        QTest.keyClicks(field, text)
    window.open_button.click()
    qtbot.waitUntil(lambda: bool(window.notice.sentence()), timeout=20_000)
    assert window.notice.sentence().startswith("This is not the recovery code of this clinic.")
    assert window.code.text() == code.text
    window.back.click()
    assert isinstance(way.gate.window, SignInWindow)


def test_that_the_next_code_is_shown_in_the_open_clinic(
    services: Services, ways: Ways, clinic: ClinicFolder, clock: FixedClock, tasks: TaskRunner, tmp_path: Path,
    session: Session,
) -> None:  # fmt: skip
    from tracker.domain.recovery_code import new_code
    from tracker.ui.settings.recovery_dialog import RecoveryDialog, show_next_code

    code = new_code()
    show_next_code(session.window, code)
    (dialog,) = session.window.findChildren(RecoveryDialog)
    assert dialog.shown.text() == code.text
    dialog.reject()
    dialog.reject()
    assert not dialog.isVisible()


# --- by a backup ------------------------------------------------------------------------------------------------------


def at_restore(ways: Ways, clinic: Path) -> tuple[object, RestoreWindow]:
    way = ways(clinic)
    way.gate.open()
    first = way.gate.window
    assert isinstance(first, SignInWindow | FirstRunWindow)
    first.restore.click()
    assert isinstance(way.gate.window, RestoreWindow)
    return way, way.gate.window


def test_that_a_backup_is_put_back_and_the_way_on_is_to_sign_in(
    backed_up: Path, ways: Ways, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    way, window = at_restore(ways, clinic.path)
    QTest.keyClicks(window.folder, str(backed_up))
    QTest.keyClick(window.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.backup.count() == 1, timeout=20_000)
    assert window.user.value() == USER.name
    QTest.keyClicks(window.secret, "some other long sentence")
    QTest.keyClick(window.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.notice.sentence()), timeout=20_000)
    assert "not the password" in window.notice.sentence()
    window.secret.clear()
    QTest.keyClicks(window.secret, PASSWORD)
    window.restore.click()
    qtbot.waitUntil(lambda: "Restored" in window.notice.sentence(), timeout=20_000)
    assert "0 patients, 0 visits." in window.notice.sentence()
    assert "set-aside-" in window.notice.sentence()
    assert window.secret.text() == ""
    window.back.click()
    assert isinstance(way.gate.window, SignInWindow)  # type: ignore[attr-defined]  # a Way
    way.give(PASSWORD)  # type: ignore[attr-defined]  # as above
    qtbot.waitUntil(lambda: bool(way.opened), timeout=20_000)  # type: ignore[attr-defined]  # as above
    assert way.opened[0][0].patients.find("Whitaker") == ()  # type: ignore[attr-defined]  # as above


def test_that_a_computer_without_a_clinic_takes_a_backup(
    backed_up: Path, ways: Ways, tmp_path: Path, qtbot: QtBot
) -> None:
    _way, window = at_restore(ways, tmp_path / "bare")
    window.look_in(str(backed_up))
    qtbot.waitUntil(lambda: window.backup.count() == 1, timeout=20_000)
    QTest.keyClicks(window.secret, PASSWORD)
    window.restore.click()
    qtbot.waitUntil(lambda: "Restored" in window.notice.sentence(), timeout=20_000)
    assert "set-aside" not in window.notice.sentence()
    assert ClinicFolder(tmp_path / "bare").exists


def test_that_a_folder_without_backups_and_nothing_typed_are_told_in_place(
    ways: Ways, clinic: ClinicFolder, tmp_path: Path, qtbot: QtBot
) -> None:
    _way, window = at_restore(ways, clinic.path)
    window.restore.click()
    assert window.folder.error().startswith("Choose the folder")
    assert window.secret.error().startswith("Type the password")
    window.look_in(str(tmp_path))
    qtbot.waitUntil(lambda: bool(window.notice.sentence()), timeout=20_000)
    assert window.notice.sentence().startswith("There is no backup in this folder.")


# --- on closing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(
    services: Services, clinic: ClinicFolder, clock: FixedClock, tasks: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> Iterator[Session]:
    from tests.fixtures import CHEAP
    from tests.ui.small_pages import SMALL_PAGES
    from tracker.paths import resource_root
    from tracker.services.clinics import Clinics

    clinics = Clinics(resource_root(), clock, costs=CHEAP)
    made = Session(services, clinic.path, clinics, tasks, Preferences(tmp_path / "window.ini"), SMALL_PAGES)
    with qtbot.waitExposed(made.window):
        made.start()
    qtbot.waitUntil(made.tasks.is_idle)
    yield made
    made.end()
    if made.closing_window is not None:
        made.closing_window.close()
    made.window.deleteLater()


def change_something(session: Session, services: Services) -> None:
    session.window.context.notifier.publish(services.patients.add(a_patient()).changes)


def choose(session: Session, services: Services, folder: Path, qtbot: QtBot) -> None:
    done = services.backups.change(BackupPlan(str(folder)))
    session.window.context.notifier.publish(done.changes)
    qtbot.waitUntil(lambda: session.tasks.is_idle() and session.window.backup_keeper.job is None)


def test_that_closing_makes_a_last_backup_and_then_ends(
    session: Session, services: Services, folder: Path, qtbot: QtBot
) -> None:
    choose(session, services, folder, qtbot)
    (first,) = folder.iterdir()
    change_something(session, services)
    with qtbot.waitSignal(session.ended, timeout=20_000):
        session.window.close()
    assert sorted(folder.iterdir())[0] == first
    assert len(list(folder.iterdir())) == 2


def test_that_closing_with_nothing_new_or_without_a_folder_waits_for_nothing(
    session: Session, services: Services, folder: Path, qtbot: QtBot
) -> None:
    choose(session, services, folder, qtbot)
    with qtbot.waitSignal(session.ended):
        session.window.close()
    assert session.closing_window is None


def test_that_a_last_backup_that_fails_says_why_and_the_clinic_can_be_closed(
    session: Session, services: Services, folder: Path, qtbot: QtBot
) -> None:
    choose(session, services, folder, qtbot)
    change_something(session, services)
    folder.rename(folder.with_name("unplugged"))
    session.window.close()
    window = session.closing_window
    assert window is not None
    qtbot.waitUntil(lambda: bool(window.notice.sentence()), timeout=20_000)
    assert window.notice.sentence().startswith("The backup folder is not there.")
    with qtbot.waitSignal(session.ended):
        window.leave.click()


def test_that_trying_again_after_the_drive_came_back_ends_it(
    session: Session, services: Services, folder: Path, qtbot: QtBot
) -> None:
    choose(session, services, folder, qtbot)
    change_something(session, services)
    folder.rename(folder.with_name("unplugged"))
    session.window.close()
    window = session.closing_window
    assert window is not None
    qtbot.waitUntil(window.again.isVisible, timeout=20_000)
    folder.with_name("unplugged").rename(folder)
    with qtbot.waitSignal(session.ended, timeout=20_000):
        window.again.click()
