"""The key file: what opens it, what is refused, and that it is written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures import CHEAP
from tracker.domain.errors import VaultError, WrongPasswordError
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


def test_that_the_key_and_the_password_do_not_stand_in_the_file(path: Path) -> None:
    raw = path.read_bytes()
    assert SECRET not in raw
    assert SECRET.hex().encode() not in raw
    assert b"long sentence" not in raw


def test_that_the_costs_used_for_real_are_those_of_the_security_design() -> None:
    assert KdfCosts() == KdfCosts(memory_kib=64 * 1024, rounds=3, lanes=4)
    assert KdfCosts().sane
