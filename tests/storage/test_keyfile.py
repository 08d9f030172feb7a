"""The key file: what opens it, what is refused, and that it is written whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures import CHEAP
from tracker.domain.errors import StorageError, VaultError, WrongPasswordError
from tracker.domain.recovery_code import RecoveryCode, new_code
from tracker.storage import keyfile
from tracker.storage.keyfile import KdfCosts

SECRET = bytes(range(32))
PASSWORD = "cafe\u0301 and a long sentence"


@pytest.fixture(scope="module")
def keys() -> keyfile.KeyFile:
    return keyfile.add_slot(keyfile.new_key_file(), "Ann", PASSWORD, SECRET, CHEAP)


@pytest.fixture
def path(tmp_path: Path, keys: keyfile.KeyFile) -> Path:
    keyfile.write_key_file(tmp_path / "clinic.keys", keys)
    return tmp_path / "clinic.keys"


def test_that_a_written_key_file_opens_with_its_password(path: Path) -> None:
    assert keyfile.open_slot(keyfile.read_key_file(path), PASSWORD) == ("Ann", bytearray(SECRET))


def test_that_another_spelling_of_the_same_letters_opens_it(path: Path) -> None:
    composed = "caf\u00e9 and a long sentence"
    assert keyfile.open_slot(keyfile.read_key_file(path), composed)[0] == "Ann"


def test_that_every_user_opens_the_same_key_with_their_own_password(keys: keyfile.KeyFile) -> None:
    both = keyfile.add_slot(keys, "Bo", "quite another long sentence", SECRET, CHEAP)
    assert keyfile.open_slot(both, "quite another long sentence") == ("Bo", bytearray(SECRET))
    assert keyfile.open_slot(both, PASSWORD) == ("Ann", bytearray(SECRET))


def test_that_a_wrong_password_is_told_as_such(keys: keyfile.KeyFile) -> None:
    with pytest.raises(WrongPasswordError, match="not the password"):
        keyfile.open_slot(keys, PASSWORD + "!")


@pytest.mark.parametrize("part", ["file_id", "id", "user", "memory_kib", "rounds", "lanes", "salt", "nonce", "sealed"])
def test_that_a_key_file_with_any_part_changed_opens_with_no_password(path: Path, part: str) -> None:
    data = json.loads(path.read_text("utf-8"))
    slot = data["slots"][0]
    home = data if part == "file_id" else slot["kdf"] if part in slot["kdf"] else slot
    home[part] = home[part] + 1 if isinstance(home[part], int) else _another(home[part])
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(VaultError):
        keyfile.open_slot(keyfile.read_key_file(path), PASSWORD)


def _another(text: str) -> str:
    return ("B" if text[0] == "A" else "A") + text[1:]


def _broken(**changes: Any) -> Any:
    def change(data: Any) -> Any:
        data["slots"][0]["kdf"].update(changes)
        return data

    return change


@pytest.mark.parametrize(
    "change",
    [
        _broken(memory_kib=8),
        _broken(memory_kib=10**9),
        _broken(rounds=10**6),
        _broken(rounds=1),
        _broken(lanes=0),
        _broken(memory_kib="much"),
        _broken(memory_kib=True),
        _broken(name="pbkdf2"),
        _broken(salt="AAAA"),
        _broken(salt=7),
        lambda data: data | {"slots": []},
        lambda data: data | {"slots": data["slots"] * 65},
        lambda data: data | {"format": "something else"},
        lambda data: {key: value for key, value in data.items() if key != "file_id"},
        lambda data: [data],
        lambda data: None,
    ],
)
def test_that_costs_out_of_bounds_and_odd_shapes_are_a_damaged_file(path: Path, change: Any) -> None:
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")
    with pytest.raises(VaultError, match="damaged"):
        keyfile.read_key_file(path)


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"x" * (keyfile.MAX_BYTES + 1), b'{"format": 1}']
)
def test_that_garbage_is_a_damaged_file(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(VaultError, match="damaged"):
        keyfile.read_key_file(path)


def test_that_a_newer_key_file_asks_for_the_newest_program(path: Path) -> None:
    data = json.loads(path.read_text("utf-8")) | {"version": 2, "slots": "of a new kind"}
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(VaultError, match="newer version"):
        keyfile.read_key_file(path)


def test_that_a_missing_key_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="missing"):
        keyfile.read_key_file(tmp_path / "clinic.keys")


def test_that_the_key_file_before_is_kept(path: Path, keys: keyfile.KeyFile) -> None:
    before = path.read_bytes()
    keyfile.write_key_file(path, keyfile.add_slot(keys, "Bo", "quite another long sentence", SECRET, CHEAP))
    assert path.with_name("clinic.keys.previous").read_bytes() == before
    assert not path.with_name("clinic.keys.new").exists()


def test_that_the_key_file_before_is_not_kept_where_an_old_password_stands_in_it(
    path: Path, keys: keyfile.KeyFile
) -> None:
    both = keyfile.add_slot(keys, "Bo", "quite another long sentence", SECRET, CHEAP)
    keyfile.write_key_file(path, both)
    keyfile.write_key_file(path, keyfile.remove_slot(both, "Ann"), keep_previous=False)
    assert [file.name for file in path.parent.iterdir()] == ["clinic.keys"]
    assert keyfile.read_key_file(path).users() == ("Bo",)


def test_that_another_password_takes_the_place_of_the_one_before(keys: keyfile.KeyFile) -> None:
    changed = keyfile.replace_slot(keys, "Ann", "quite another long sentence", SECRET, CHEAP)
    assert keyfile.open_slot(changed, "quite another long sentence") == ("Ann", bytearray(SECRET))
    with pytest.raises(WrongPasswordError):
        keyfile.open_slot(changed, PASSWORD)


def test_that_a_named_person_is_opened_by_their_own_password_only(keys: keyfile.KeyFile) -> None:
    same = keyfile.add_slot(keys, "Bo", PASSWORD, SECRET, CHEAP)
    assert keyfile.open_slot(same, PASSWORD, "Bo")[0] == "Bo"
    with pytest.raises(WrongPasswordError, match="of this person"):
        keyfile.open_slot(same, "quite another long sentence", "Bo")
    with pytest.raises(WrongPasswordError, match="any more"):
        keyfile.open_slot(same, PASSWORD, "Cy")


def test_that_the_recovery_code_opens_and_survives_being_written(path: Path, keys: keyfile.KeyFile) -> None:
    code = new_code()
    keyfile.write_key_file(path, keyfile.set_recovery(keys, code, SECRET, "2026-11-27"))
    read = keyfile.read_key_file(path)
    assert keyfile.open_recovery(read, code) == bytearray(SECRET)
    assert read.recovery is not None
    assert read.recovery.made == "2026-11-27"
    assert keyfile.open_slot(read, PASSWORD)[0] == "Ann"


def test_that_another_code_or_one_before_opens_nothing(keys: keyfile.KeyFile) -> None:
    first, second = new_code(), new_code()
    with pytest.raises(VaultError, match="No recovery code was made"):
        keyfile.open_recovery(keys, first)
    changed = keyfile.set_recovery(
        keyfile.set_recovery(keys, first, SECRET, "2026-11-26"), second, SECRET, "2026-11-27"
    )
    with pytest.raises(WrongPasswordError, match="not the recovery code") as caught:
        keyfile.open_recovery(changed, first)
    assert "2026-11-27" in caught.value.detail


@pytest.mark.parametrize("part", ["made", "salt", "nonce", "sealed", "kdf"])
def test_that_a_recovery_slot_with_any_part_changed_opens_nothing(path: Path, keys: keyfile.KeyFile, part: str) -> None:
    code = RecoveryCode(bytes(range(20)))
    keyfile.write_key_file(path, keyfile.set_recovery(keys, code, SECRET, "2026-11-27"))
    data = json.loads(path.read_text("utf-8"))
    data["recovery"][part] = _another(data["recovery"][part])
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(VaultError):
        keyfile.open_recovery(keyfile.read_key_file(path), code)


_CUT = """
import os, sys
from pathlib import Path
from tracker.storage import keyfile

path, cut, keep = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "keep"
keys = keyfile.read_key_file(path)
fresh = keyfile.add_slot(keys, "Bo", "quite another long sentence", bytes(range(32)), keyfile.KdfCosts(19456, 2, 1))
if not keep:
    fresh = keyfile.remove_slot(fresh, "Ann")
steps = 0

def watch(event, arguments):
    global steps
    if event in ("open", "os.rename", "os.remove") and str(path.parent) in str(arguments[0]):
        steps += 1
        if steps > cut:
            os._exit(7)

sys.addaudithook(watch)
keyfile.write_key_file(path, fresh, keep_previous=keep)
"""


@pytest.mark.parametrize("way", ["keep", "drop"])
def test_that_a_program_killed_at_any_step_leaves_the_old_or_the_new_key_file(path: Path, way: str) -> None:
    """Each run ends just before the next file is opened, renamed or taken away."""
    before, seen = path.read_bytes(), set[tuple[str, ...]]()
    for cut in range(20):
        for left in path.parent.iterdir():
            left.unlink()
        path.write_bytes(before)
        path.with_name("clinic.keys.previous").write_bytes(before)
        ended = subprocess.run([sys.executable, "-c", _CUT, str(path), str(cut), way], check=False).returncode
        seen.add(keyfile.read_key_file(path).users())
        if ended == 0:
            break
        assert ended == 7
    new = ("Ann", "Bo") if way == "keep" else ("Bo",)
    assert ended == 0
    assert cut > 2
    assert seen == {("Ann",), new}


def test_that_a_folder_that_cannot_be_written_leaves_the_file_and_says_so(path: Path, keys: keyfile.KeyFile) -> None:
    before = path.read_bytes()
    path.with_name("clinic.keys.new").mkdir()  # stands where the new file would be written
    with pytest.raises(StorageError, match="could not be written"):
        keyfile.write_key_file(path, keyfile.remove_slot(keys, "Ann"), keep_previous=False)
    assert path.read_bytes() == before


def test_that_the_key_and_the_password_do_not_stand_in_the_file(path: Path) -> None:
    raw = path.read_bytes()
    assert SECRET not in raw
    assert SECRET.hex().encode() not in raw
    assert b"long sentence" not in raw


def test_that_the_costs_used_for_real_are_those_of_the_security_design() -> None:
    assert KdfCosts() == KdfCosts(memory_kib=64 * 1024, rounds=3, lanes=4)
    assert KdfCosts().sane
