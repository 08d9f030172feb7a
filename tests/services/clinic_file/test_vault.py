"""Setting up, unlocking and refusing a clinic's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures import CHEAP, PASSWORD
from tracker.domain.errors import VaultError, WrongPasswordError
from tracker.services.clinic_file import vault
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.storage.database import Database


def test_that_a_new_clinic_unlocks_and_opens(tmp_path: Path) -> None:
    made = vault.create_clinic(tmp_path / "new" / "clinic", PASSWORD, "Jo Diaz", costs=CHEAP)
    found = vault.find_clinic(tmp_path / "new" / "clinic")
    assert found is not None
    key = vault.unlock(found, PASSWORD)
    assert (key.secret, key.user) == (made.secret, "Jo Diaz")
    Database.open(found.database, key.secret).close()


def test_that_a_folder_without_files_holds_no_clinic(tmp_path: Path) -> None:
    assert vault.find_clinic(tmp_path) is None


def test_that_a_wrong_password_opens_nothing(clinic: ClinicFolder) -> None:
    with pytest.raises(WrongPasswordError):
        vault.unlock(clinic, "some other long sentence")


def test_that_a_clinic_is_never_set_up_over_another(clinic: ClinicFolder) -> None:
    before = clinic.keys.read_bytes(), clinic.database.read_bytes()
    with pytest.raises(VaultError, match="already"):
        vault.create_clinic(clinic.path, PASSWORD, "Jo Diaz", costs=CHEAP)
    assert (clinic.keys.read_bytes(), clinic.database.read_bytes()) == before


def test_that_a_missing_database_is_told(clinic: ClinicFolder) -> None:
    clinic.database.unlink()
    with pytest.raises(VaultError, match="database is missing"):
        vault.unlock(clinic, PASSWORD)


def test_that_a_set_up_cut_off_before_its_last_step_is_finished(clinic: ClinicFolder) -> None:
    os.replace(clinic.database, clinic.unfinished)
    vault.unlock(clinic, PASSWORD)
    assert clinic.database.exists()
    assert not clinic.unfinished.exists()


def test_that_what_an_earlier_attempt_left_is_no_hindrance(tmp_path: Path) -> None:
    ClinicFolder(tmp_path).unfinished.write_bytes(b"half a file")
    vault.create_clinic(tmp_path, PASSWORD, "Jo Diaz", costs=CHEAP)
    assert vault.unlock(ClinicFolder(tmp_path), PASSWORD).user == "Jo Diaz"


def test_that_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(VaultError, match="cannot be set up here"):
        vault.create_clinic(tmp_path / "file" / "clinic", PASSWORD, "Jo Diaz", costs=CHEAP)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_that_the_key_file_is_its_owners_alone(clinic: ClinicFolder) -> None:
    assert clinic.keys.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "x" * 14,
        "a" * 40,
        "password1234567",
        "ababababababababab",
        "Welcome123456789",
        "qwerty qwerty qwerty",
    ],
)
def test_that_a_weak_password_is_refused_with_a_sentence(password: str) -> None:
    assert vault.check_password(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, "ein langer Satz über Äpfel", "пароль из слов длинный", "x7!kQ0zP#r4Lm9Vw"]
)
def test_that_a_long_sentence_of_ones_own_is_fine(password: str) -> None:
    assert vault.check_password(password) is None


def test_that_a_refused_password_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(VaultError):
        vault.create_clinic(tmp_path / "clinic", "short", "Jo Diaz", costs=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_that_a_wiped_key_holds_nothing_and_is_never_shown(clinic: ClinicFolder) -> None:
    key = vault.unlock(clinic, PASSWORD)
    assert key.secret.hex() not in repr(key)
    key.wipe()
    assert key.secret == bytearray(32)


def test_that_the_demo_password_would_be_accepted() -> None:
    assert vault.check_password(vault.DEMO_PASSWORD) is None


def test_that_unlocking_loads_no_database_library(clinic: ClinicFolder) -> None:
    code = (
        "import sys; from pathlib import Path; from tracker.services.clinic_file import vault;"
        "import tracker.services.opening;"
        f"vault.unlock(vault.ClinicFolder(Path(sys.argv[1])), {PASSWORD!r});"
        "sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'sqlmodel', 'alembic', 'pydantic', 'sqlcipher3')))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(clinic.path)], check=False).returncode == 0
