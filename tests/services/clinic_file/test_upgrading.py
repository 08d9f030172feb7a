"""A clinic of an older program: a whole copy of it is kept before its tables change, or they stay as they are."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY
from tests.storage.test_database import OLD_DATABASES, OLD_KEY
from tracker.domain.backup_plan import BackupPlan
from tracker.domain.errors import VaultError
from tracker.paths import resource_root
from tracker.services.clinic_file.backups import BACKUP
from tracker.services.clinic_file.restoring import backups_at, restore
from tracker.services.clinic_file.upgrading import KEPT_THERE, OWN_FOLDER, open_database
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.clinics import Clinics
from tracker.storage import keyfile
from tracker.storage.backup_folder import backups_in
from tracker.storage.copies import find_setting
from tracker.storage.database import connect

CLOCK = FixedClock(TODAY)
OLD = sorted(path.stem for path in OLD_DATABASES.glob("*.db"))
BEFORE, NEWEST = OLD[-2:]


@pytest.fixture
def key() -> DataKey:
    return DataKey(bytearray(OLD_KEY), "Jo Diaz")


def old_clinic(home: Path, key: DataKey, schema: str = OLD[0]) -> ClinicFolder:
    home.mkdir()
    clinic = ClinicFolder(home)
    shutil.copy(OLD_DATABASES / f"{schema}.db", clinic.database)
    keys = keyfile.add_slot(keyfile.new_key_file(), "Jo Diaz", PASSWORD, key.secret, CHEAP)
    keyfile.write_key_file(clinic.keys, keys)
    return clinic


def choose(clinic: ClinicFolder, key: DataKey, folder: Path) -> None:
    """As somebody chose it in the older program."""
    connection = connect(clinic.database, key.secret)
    content = json.dumps({"folder": str(folder), "keep": 0, "remind_days": 3})
    connection.execute("INSERT INTO setting (id, version, content) VALUES (?, 1, ?)", (BACKUP, content))
    connection.close()


def schema_of(database: Path, key: DataKey) -> str:
    connection = connect(database, key.secret)
    (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return str(found)


@pytest.mark.parametrize("schema", OLD)
def test_that_a_copy_of_the_old_file_is_kept_among_the_backups_and_can_be_put_back(
    tmp_path: Path, key: DataKey, schema: str
) -> None:
    clinic, folder = old_clinic(tmp_path / "clinic", key, schema), tmp_path / "backups"
    folder.mkdir()
    choose(clinic, key, folder)
    open_database(clinic, key, CLOCK).close()
    assert schema_of(clinic.database, key) == NEWEST
    kept = backups_in(folder)
    assert [each.census.schema for each in kept if each.census] == ([] if schema == NEWEST else [schema])
    assert not (clinic.path / OWN_FOLDER).exists()
    if kept:
        back = restore(backups_at(folder)[0], ClinicFolder(tmp_path / "other"), "Jo Diaz", PASSWORD, CLOCK)
        assert back.patients == 1


def test_that_a_file_of_this_program_is_opened_without_a_copy(
    clinic: ClinicFolder, data_key: DataKey, tmp_path: Path
) -> None:
    choose(clinic, data_key, tmp_path)
    before = sorted(tmp_path.iterdir())
    open_database(clinic, data_key, CLOCK).close()
    assert sorted(tmp_path.iterdir()) == before
    assert not (clinic.path / OWN_FOLDER).exists()


@pytest.mark.parametrize("chosen", ["", "gone"])
def test_that_without_a_folder_for_backups_the_copy_lies_in_the_clinics_own(
    tmp_path: Path, key: DataKey, chosen: str
) -> None:
    clinic = old_clinic(tmp_path / "clinic", key)
    if chosen:
        choose(clinic, key, tmp_path / chosen)
    Clinics(resource_root(), CLOCK, costs=CHEAP).open(clinic.path, PASSWORD).close()
    assert [each.census.schema for each in backups_in(clinic.path / OWN_FOLDER) if each.census] == [OLD[0]]
    assert not (tmp_path / "gone").exists()


def test_that_of_copies_in_the_clinics_own_folder_the_newest_stay(tmp_path: Path, key: DataKey) -> None:
    clinic, seen = old_clinic(tmp_path / "clinic", key), list[str]()
    for schema in OLD[:4]:
        shutil.copy(OLD_DATABASES / f"{schema}.db", clinic.database)
        open_database(clinic, key, FixedClock(TODAY + timedelta(len(seen)))).close()
        seen.append(schema)
        kept = [each.census.schema for each in backups_in(clinic.path / OWN_FOLDER) if each.census]
        assert kept == seen[::-1][:KEPT_THERE]


def test_that_the_recovery_code_too_keeps_a_copy_first(tmp_path: Path, key: DataKey) -> None:
    from tracker.domain.recovery_code import new_code

    clinic, code = old_clinic(tmp_path / "clinic", key), new_code()
    keys = keyfile.set_recovery(keyfile.read_key_file(clinic.keys), code, key.secret, TODAY.isoformat())
    keyfile.write_key_file(clinic.keys, keys)
    clinics = Clinics(resource_root(), CLOCK, costs=CHEAP)
    services, _fresh = clinics.open_by_code(clinic.path, code.text, "Jo Diaz", "quite another sentence of mine")
    services.close()
    assert [each.census.schema for each in backups_in(clinic.path / OWN_FOLDER) if each.census] == [OLD[0]]


def test_that_a_copy_that_is_not_whole_stops_the_upgrade_and_leaves_the_file(
    tmp_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk gives an older page back: what is there differs from what was read."""
    clinic = old_clinic(tmp_path / "clinic", key)
    monkeypatch.setattr("tracker.services.clinic_file.copying.look_through", lambda *_given: None)
    with pytest.raises(VaultError, match="the file stays as it was") as caught:
        open_database(clinic, key, CLOCK)
    assert "is damaged" in caught.value.detail
    assert schema_of(clinic.database, key) == OLD[0]
    assert list((clinic.path / OWN_FOLDER).iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a limit on files as Linux has it")
def test_that_a_full_disk_leaves_the_old_file_whole_with_one_sentence(tmp_path: Path, key: DataKey) -> None:
    """The process may write no file beyond some size: what a full disk says comes from the system itself."""
    clinic = old_clinic(tmp_path / "clinic", key)
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\n"
        "from tests.services.clinic_file.test_upgrading import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))\n"
        "try:\n    open_database(ClinicFolder(Path(sys.argv[1])), DataKey(bytearray(OLD_KEY), 'Jo Diaz'), CLOCK)\n"
        "except VaultError as error:\n    print(error.sentence())\n"
    )
    for size in (65536, clinic.database.stat().st_size - 1):
        told = subprocess.run([sys.executable, "-c", code, str(clinic.path), str(size)], capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        assert "the file stays as it was" in told.stdout
        assert told.stdout.count("\n") == 1
        assert schema_of(clinic.database, key) == OLD[0]
        assert list((clinic.path / OWN_FOLDER).glob("*")) == []
    open_database(clinic, key, CLOCK).close()
    assert schema_of(clinic.database, key) == NEWEST


@pytest.mark.skipif(not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"), reason="needs fork and kill -9")
def test_that_an_upgrade_killed_at_any_step_is_old_or_new_and_goes_on(tmp_path: Path, key: DataKey) -> None:
    old_clinic(tmp_path / "before", key, BEFORE)
    arguments = [sys.executable, "-m", "tests.services.clinic_file.cut_worker", "upgrade", str(tmp_path)]
    ran = subprocess.run([*arguments, key.secret.hex()], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [each["dead"] for each in told] == [True] * (len(told) - 1) + [False]
    assert len(told) > 12
    assert {each["schema"] for each in told} == {BEFORE, NEWEST}
    for each in told:
        assert each["clinic"] == each["again"] == told[-1]["clinic"]
        assert each["schema"] == BEFORE or each["kept"]  # never the new one without a copy
        assert all(kept == told[-1]["clinic"] for kept in each["kept"])


def test_that_a_setting_is_read_from_a_file_of_any_schema(tmp_path: Path, key: DataKey) -> None:
    for schema in OLD:
        clinic = old_clinic(tmp_path / schema, key, schema)
        assert find_setting(clinic.database, key.secret, BACKUP) is None
        choose(clinic, key, tmp_path)
        assert BackupPlan(**find_setting(clinic.database, key.secret, BACKUP)).folder == str(tmp_path)
