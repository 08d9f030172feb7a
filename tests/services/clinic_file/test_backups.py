"""Backups of a real clinic: made while people work, looked through, rotated, tried, put back, and cut off anywhere."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY, USER
from tests.services.people import add_people, signing_in
from tracker import paths
from tracker.domain.backup_plan import BackupPlan
from tracker.domain.errors import (
    BackupError,
    BackupStoppedError,
    InvalidEntryError,
    NotAllowedError,
    VaultError,
    WrongPasswordError,
)
from tracker.policies import load_catalog
from tracker.services.clinic_file import restoring, vault
from tracker.services.clinic_file.backups import BackupService, tried_words
from tracker.services.clinic_file.restoring import backups_at
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.clinics import Clinics
from tracker.services.transactions import Transactions
from tracker.storage import backup_folder
from tracker.storage.audit import AuditQuery
from tracker.storage.backup_folder import backups_in
from tracker.storage.copies import Census, look_through
from tracker.storage.database import Database, connect
from tracker.storage.records import Act


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def backups(transactions: Transactions, data_key: DataKey, clock: FixedClock, folder: Path) -> BackupService:
    service = BackupService(transactions, data_key, clock)
    service.change(BackupPlan(str(folder)))
    return service


def add_patient(transactions: Transactions) -> None:
    with transactions.writing() as uow:
        uow.patients.add(a_patient())
        uow.commit(Act("add patient", "patient"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def kinds(transactions: Transactions) -> list[str]:
    with transactions.reading() as uow:
        return [act.kind for act in uow.audit.find(AuditQuery(), limit=5)]


# --- making -----------------------------------------------------------------------------------------------------------


def test_that_a_backup_is_a_whole_clinic_that_opens_with_the_password_and_nothing_else(
    backups: BackupService, transactions: Transactions, folder: Path
) -> None:
    add_patient(transactions)
    steps: list[int] = []
    done = backups.make(lambda step, _total: steps.append(step))
    assert done.sentence == "Backup made and looked through: 1 patient, 0 visits"
    assert steps == sorted(steps)
    assert steps[-1] == 100
    (stored,) = folder.iterdir()
    assert names(stored) == ["backup.json", "clinic.db", "clinic.keys"]
    copied = ClinicFolder(stored)
    key = vault.unlock(copied, PASSWORD)
    Database.open(copied.database, key.secret).close()
    assert b"SQLite format 3" not in copied.database.read_bytes()
    assert kinds(transactions)[0] == "make backup"
    assert stored.stat().st_mode & 0o077 == 0


def test_that_what_is_written_meanwhile_does_not_tear_the_copy(
    backups: BackupService, transactions: Transactions
) -> None:
    for _patient in range(40):
        add_patient(transactions)
    done = backups.make(lambda _step, _total: add_patient(transactions))
    assert done.value.patients == 40
    assert backups.test().patients == 40


def test_that_the_state_tells_the_newest_what_changed_and_when_it_is_overdue(
    backups: BackupService, transactions: Transactions, clock: FixedClock
) -> None:
    assert backups.state().overdue
    backups.make()
    state = backups.state()
    assert (state.changed, state.overdue, state.problem) == (False, False, "")
    assert state.newest is not None
    assert state.newest.made_at == clock.now()
    clock.day += timedelta(days=4)
    assert not backups.state().overdue  # nothing was done since: nothing is missing from it
    add_patient(transactions)
    assert backups.state().changed
    assert backups.state().overdue


def test_that_the_older_ones_go_by_the_rotation_and_only_after_the_new_one_counts(
    backups: BackupService, clock: FixedClock, folder: Path
) -> None:
    backups.change(BackupPlan(str(folder), keep=2))
    for _day in range(4):
        backups.make()
        clock.day += timedelta(days=1)
    assert len(backups.state().rows) == 2
    before = names(folder)
    spoiled = Path(folder, before[-1])
    shutil.rmtree(spoiled / "clinic.db", ignore_errors=True)
    clock.day += timedelta(days=1)
    with pytest.raises(BackupStoppedError):
        backups.make(called_off=lambda: True)
    assert names(folder) == before


def test_that_a_backup_made_after_the_clock_was_set_back_is_not_thrown_away_at_once(
    backups: BackupService, clock: FixedClock, folder: Path
) -> None:
    backups.change(BackupPlan(str(folder), keep=1))
    clock.day += timedelta(days=30)
    backups.make()
    clock.day -= timedelta(days=30)
    made = backups.make().value
    assert made.name in names(folder)


def made_unless(called_off: Callable[[], bool], backups: BackupService) -> bool:
    try:
        backups.make(called_off=called_off)
    except BackupStoppedError:
        return False
    return True


def test_that_a_backup_that_is_called_off_leaves_nothing_at_any_step(backups: BackupService, folder: Path) -> None:
    backups.make()
    before = names(folder)
    for allowed in range(30):
        asked = [0]

        def enough(asked: list[int] = asked, allowed: int = allowed) -> bool:
            asked[0] += 1
            return asked[0] > allowed

        if made_unless(enough, backups):
            break
        assert names(folder) == before
    assert allowed > 2
    left = names(folder)
    assert len(left) == len(before) + 1
    assert left[0] == before[0]


def test_that_two_clinics_share_a_folder_and_neither_throws_away_the_others(
    backups: BackupService, clock: FixedClock, folder: Path, tmp_path: Path
) -> None:
    backups.change(BackupPlan(str(folder), keep=1))
    backups.make()
    mine = names(folder)
    key = vault.create_clinic(tmp_path / "second", PASSWORD, "Kim Oh", costs=CHEAP)
    second = Transactions(Database.open(tmp_path / "second" / "clinic.db", key.secret), clock, USER)
    other = BackupService(second, key, clock)
    other.change(BackupPlan(str(folder), keep=1))
    clock.day += timedelta(days=1)
    other.make()
    second.close()
    assert set(mine) < set(names(folder))
    assert len(other.state().rows) == len(backups.state().rows) == 1


# --- what can go wrong ------------------------------------------------------------------------------------------------


def test_that_no_folder_or_one_that_is_gone_is_told_and_nothing_is_made(
    transactions: Transactions, data_key: DataKey, clock: FixedClock, folder: Path
) -> None:
    backups = BackupService(transactions, data_key, clock)
    with pytest.raises(BackupError, match="No folder for backups is chosen"):
        backups.make()
    backups.change(BackupPlan(str(folder)))
    folder.rmdir()
    with pytest.raises(BackupError, match="folder is not there"):
        backups.make()
    assert "Connect its drive or share" in backups.state().problem
    assert not folder.exists()
    assert kinds(transactions)[0] == "change settings"  # what could not begin is no act


def test_that_a_folder_that_is_no_good_is_refused_when_it_is_chosen(
    backups: BackupService, clinic: ClinicFolder, folder: Path
) -> None:
    inside = clinic.path / "backups"
    inside.mkdir()
    for wrong in (inside, clinic.path, folder / "nothing here"):
        with pytest.raises(InvalidEntryError) as caught:
            backups.change(BackupPlan(str(wrong)))
        assert caught.value.about == "folder"
    assert backups.plan().folder == str(folder)


def test_that_a_disk_without_room_is_told_before_anything_is_written(
    backups: BackupService, folder: Path, clinic: ClinicFolder
) -> None:
    with pytest.raises(BackupError, match="no room") as caught:
        backup_folder.room_for(folder, 10**18)
    assert "MB are free" in caught.value.detail
    assert names(folder) == []
    backup_folder.room_for(folder, clinic.database.stat().st_size)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "There is no room for the backup."),
        (errno.EDQUOT, "There is no room for the backup."),
        (errno.EACCES, "The backup folder cannot be used."),
        (errno.ENETUNREACH, "The backup folder cannot be used."),
        (errno.EROFS, "The backup folder cannot be used."),
    ],
)
def test_that_whatever_a_disk_or_share_refuses_is_one_sentence(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(BackupError) as caught, backup_folder.telling(tmp_path):
        raise OSError(number, os.strerror(number))
    assert caught.value.title == words
    assert str(tmp_path) in caught.value.detail
    assert caught.value.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and its like are Linux's")
def test_that_a_disk_that_fills_up_meanwhile_keeps_what_was_there(
    backups: BackupService, folder: Path, transactions: Transactions, data_key: DataKey
) -> None:
    """The process may write no file beyond some size: what a full disk says comes from the system itself."""
    backups.make()
    before = names(folder)
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\n"
        "from tracker.domain.errors import TrackerError\n"
        "from tracker.storage.copies import copy_database\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40960, 40960))\n"
        "try:\n    copy_database(Path(sys.argv[1]), bytearray.fromhex(sys.argv[2]), Path(sys.argv[3]),"
        " lambda *_: None, lambda: False)\n"
        "except TrackerError as error:\n    print(error.sentence())\n"
    )
    target = folder.parent / "full.db"
    arguments = [str(transactions.folder / "clinic.db"), data_key.secret.hex(), str(target)]
    told = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert told.stdout.startswith(("There is no room for the backup.", "The backup folder cannot be written."))
    assert names(folder) == before


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def exchange(path: Path) -> None:
    path.write_bytes(b"Name,Born\nA,B\n" * 3000)


def older(path: Path) -> None:
    """A whole database of this clinic, but not the one that the backup says it is."""
    shutil.copyfile(path.parent.parent.parent / "clinic" / "clinic.db", path)


def test_that_a_copy_whose_records_belong_to_nobody_does_not_count(
    backups: BackupService, folder: Path, clinic: ClinicFolder, data_key: DataKey
) -> None:
    """Whole by its marks and its pages, and still no clinic: a coverage of a patient that is not there."""
    other_program = connect(clinic.database, data_key.secret)
    other_program.execute("PRAGMA foreign_keys=OFF")
    other_program.execute(
        "INSERT INTO coverage (id, version, patient_id, payer, plan, member_id, rank)"
        " VALUES ('c', 1, 'nobody', 'medicare', '', '', 1)"
    )
    other_program.close()
    with pytest.raises(BackupError, match="is damaged or not of this clinic"):
        backups.make()
    assert names(folder) == []


def test_that_a_copy_that_holds_something_else_than_was_copied_does_not_count(
    backups: BackupService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk gives an older page back, which every check of its own passes."""

    def older_than_copied(*given: Any) -> Census:
        return replace(look_through(*given), patients=0, acts=0)

    monkeypatch.setattr("tracker.services.clinic_file.copying.look_through", older_than_copied)
    with pytest.raises(BackupError, match="is damaged or not of this clinic"):
        backups.make()
    assert names(folder) == []


@pytest.mark.parametrize("spoil", [flip, cut, exchange, older])
def test_that_a_damaged_backup_fails_its_test_in_a_sentence(
    backups: BackupService, folder: Path, transactions: Transactions, spoil: Any
) -> None:
    add_patient(transactions)
    backups.make()
    add_patient(transactions)
    with transactions.database.transaction(write=True) as connection:
        connection.exec_driver_sql("SELECT 1")
    transactions.close()
    (stored,) = folder.iterdir()
    spoil(stored / "clinic.db")
    with pytest.raises(BackupError, match="is damaged or not of this clinic"):
        backups.test()


def test_that_a_test_says_what_would_come_back_and_touches_nothing(
    backups: BackupService, transactions: Transactions, clinic: ClinicFolder, folder: Path
) -> None:
    with pytest.raises(BackupError, match="There is no backup yet"):
        backups.test()
    add_patient(transactions)
    backups.make()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = backups.test()
    assert (found.patients, found.visits) == (1, 0)
    assert tried_words(found).endswith("1 patient, 0 visits, all checks passed.")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


# --- putting one back -------------------------------------------------------------------------------------------------


@pytest.fixture
def made(backups: BackupService, transactions: Transactions, folder: Path) -> Path:
    """A backup with one patient; the clinic has a second one since, and is closed."""
    add_patient(transactions)
    backups.make()
    add_patient(transactions)
    transactions.close()
    return folder


def count(clinic: ClinicFolder, password: str = PASSWORD) -> int:
    key = vault.unlock(clinic, password)
    transactions = Transactions(Database.open(clinic.database, key.secret), FixedClock(TODAY), USER)
    try:
        with transactions.database.transaction(write=False) as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM patient").scalar_one())
    finally:
        transactions.close()


def test_that_a_backup_takes_the_place_of_the_clinic_which_is_set_aside_whole(
    made: Path, clinic: ClinicFolder, clock: FixedClock
) -> None:
    (choice,) = backups_at(made)
    assert (choice.users, choice.patients) == ((USER.name,), 1)
    done = restoring.restore(choice, clinic, USER.name, PASSWORD, clock)
    assert (done.patients, count(clinic)) == (1, 1)
    assert count(ClinicFolder(Path(done.aside))) == 2
    assert [path.name for path in clinic.path.iterdir() if path.name.startswith("restore")] == []


def test_that_the_restore_stands_on_record_with_the_act_it_went_back_to(
    made: Path, clinic: ClinicFolder, clock: FixedClock
) -> None:
    (choice,) = backups_at(made)
    restoring.restore(choice, clinic, USER.name, PASSWORD, clock)
    key = vault.unlock(clinic, PASSWORD)
    transactions = Transactions(Database.open(clinic.database, key.secret), clock, USER)
    with transactions.reading() as uow:
        newest, before = uow.audit.find(AuditQuery(), limit=2)
    transactions.close()
    assert (newest.kind, newest.by, newest.entity_id) == ("restore backup", USER.name, before.id)


def test_that_a_bare_computer_takes_the_backup_by_password_or_by_the_recovery_code(
    transactions: Transactions, data_key: DataKey, clock: FixedClock, folder: Path, database: Database, tmp_path: Path
) -> None:
    manager = signing_in(database, data_key, load_catalog(paths.resource_root()), clock)(USER.name)
    code = manager.users.make_recovery_code().value
    manager.backups.change(BackupPlan(str(folder)))
    manager.backups.make()
    (choice,) = backups_at(folder)
    for place, secret in enumerate((PASSWORD, code.text.lower())):
        bare = ClinicFolder(tmp_path / f"bare {place}")
        done = restoring.restore(choice, bare, USER.name if place == 0 else "", secret, clock)
        assert done.aside == ""
        assert count(bare) == 0
    services, _next = Clinics(paths.resource_root(), clock, costs=CHEAP).open_by_code(
        bare.path, code.text, USER.name, "quite another long sentence"
    )
    services.close()


def test_that_who_may_not_restore_and_what_cannot_be_restored_leave_the_clinic_as_it_was(
    transactions: Transactions, data_key: DataKey, clock: FixedClock, folder: Path, database: Database,
    clinic: ClinicFolder, tmp_path: Path,
) -> None:  # fmt: skip
    manager = signing_in(database, data_key, load_catalog(paths.resource_root()), clock)(USER.name)
    add_people(manager)
    manager.backups.change(BackupPlan(str(folder)))
    manager.backups.make()
    transactions.close()
    manager.close()
    before = {path.name: path.read_bytes() for path in clinic.path.iterdir()}
    (choice,) = backups_at(folder)
    with pytest.raises(WrongPasswordError):
        restoring.restore(choice, clinic, USER.name, "some other long sentence", clock)
    with pytest.raises(NotAllowedError, match="Only a manager"):
        restoring.restore(choice, clinic, "Kim Oh", "a long sentence of Kim Oh", clock)
    flip(choice.path / "clinic.db")
    with pytest.raises(BackupError, match="damaged"):
        restoring.restore(choice, clinic, USER.name, PASSWORD, clock)
    (choice.path / "clinic.keys").write_text("{ half a file", encoding="utf-8")
    with pytest.raises(VaultError, match="damaged"):
        restoring.restore(choice, clinic, USER.name, PASSWORD, clock)
    assert {path.name: path.read_bytes() for path in clinic.path.iterdir()} == before


def test_that_a_folder_without_backups_is_told(tmp_path: Path) -> None:
    (tmp_path / "backup-1f3a9c02-20261127T073005Z").mkdir()  # empty: cut off, or somebody cleaned up
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(BackupError, match="no backup in this folder"):
        backups_at(tmp_path)
    with pytest.raises(BackupError, match="not there"):
        backups_at(tmp_path / "nothing")


def test_that_the_folder_of_one_backup_can_be_chosen_itself(made: Path) -> None:
    (whole,) = backups_at(made)
    assert backups_at(whole.path) == (whole,)


def test_that_a_manifest_that_cannot_be_read_keeps_the_backup_in_the_list(made: Path, backups: BackupService) -> None:
    (stored,) = backups_in(made)
    (stored.path / "backup.json").write_text('{"format": "something else"}', encoding="utf-8")
    (choice,) = backups_at(made)
    assert choice.patients is None


# --- killed midway ----------------------------------------------------------------------------------------------------


def cuts(what: str, home: Path, key: DataKey) -> list[dict[str, Any]]:
    arguments = [sys.executable, "-m", "tests.services.clinic_file.cut_worker", what, str(home), key.secret.hex()]
    told = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.mark.skipif(not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"), reason="needs fork and kill -9")
def test_that_a_backup_killed_at_any_step_keeps_those_before_and_the_clinic(
    backups: BackupService, transactions: Transactions, data_key: DataKey, folder: Path, tmp_path: Path
) -> None:
    backups.change(BackupPlan(str(folder), keep=1))
    backups.make()
    add_patient(transactions)
    transactions.close()
    folder.rename(tmp_path / "before")
    told = cuts("make", tmp_path, data_key)
    assert len(told) > 20
    assert [each["dead"] for each in told] == [True] * (len(told) - 1) + [False]
    old, new = told[0]["backups"][0][0], told[-1]["backups"][0][0]
    assert (old, new) == (0, 1)
    for each in told:
        assert each["clinic"][0] == 1
        assert {patients for patients, _acts in each["backups"]} in ({0}, {0, 1}, {1})


@pytest.mark.skipif(not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"), reason="needs fork and kill -9")
def test_that_a_restore_killed_at_any_step_is_the_old_clinic_or_the_new_one_with_the_old_set_aside(
    made: Path, clinic: ClinicFolder, data_key: DataKey, tmp_path: Path
) -> None:
    clinic.path.rename(tmp_path / "present")
    told = cuts("restore", tmp_path, data_key)
    assert len(told) > 20
    assert [each["dead"] for each in told] == [True] * (len(told) - 1) + [False]
    states = [(each["clinic"] and each["clinic"][0], [patients for patients, _acts in each["aside"]]) for each in told]
    assert set(map(str, states)) == {"(2, [])", "(1, [2])"}
    assert states[0][0] == 2
    assert states[-1][0] == 1
