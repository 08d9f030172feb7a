"""The key file `clinic.keys`: the clinic's data key, sealed once for every user's password.

One slot per user: argon2id makes a key from the password, which opens an AES-256-GCM seal around the data key.
Opening the seal is the password check. Everything that steers it is associated data, so no part can be swapped.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tracker.domain.errors import VaultError, WrongPasswordError

FORMAT = "injection-tracker keys"
VERSION = 1
MAX_BYTES = 256 * 1024
MAX_SLOTS = 64
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KdfCosts:
    """What one guess of a password costs; bounded on reading, so that a forged file can neither weaken nor stall us."""

    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 4

    @property
    def sane(self) -> bool:
        return 19 * 1024 <= self.memory_kib <= 1024 * 1024 and 2 <= self.rounds <= 12 and 1 <= self.lanes <= 16


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key sealed for one user."""

    id: str
    user: str
    costs: KdfCosts
    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All slots of one clinic; `file_id` ties them to this file."""

    file_id: str
    slots: tuple[Slot, ...] = ()


def new_key_file() -> KeyFile:
    return KeyFile(os.urandom(16).hex())


def add_slot(keys: KeyFile, user: str, password: str, data_key: bytes | bytearray, costs: KdfCosts) -> KeyFile:
    """Return the key file with one more slot, for `user`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bare = Slot(os.urandom(8).hex(), user, costs, os.urandom(16), os.urandom(12), b"")
    sealed = AESGCM(_password_key(password, bare)).encrypt(bare.nonce, bytes(data_key), _bound(keys, bare))
    return replace(keys, slots=(*keys.slots, replace(bare, sealed=sealed)))


def open_slot(keys: KeyFile, password: str) -> tuple[str, bytearray]:
    """Return the user whose slot opens with `password`, and the data key. Raises WrongPasswordError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for slot in keys.slots:
        try:
            opened = AESGCM(_password_key(password, slot)).decrypt(slot.nonce, slot.sealed, _bound(keys, slot))
        except InvalidTag:
            continue
        return slot.user, bytearray(opened)
    raise WrongPasswordError("That is not the password of this clinic.", "", "Check Caps Lock and try again.")


def read_key_file(path: Path) -> KeyFile:
    """Read and check a key file. Raises VaultError when it is missing, damaged or of a newer program."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise VaultError(
            "The key file is missing.",
            f"There is no {path.name} beside the clinic's database.",
            "Put it back from a backup.",
        ) from None
    except OSError as error:
        raise VaultError(
            "The key file cannot be read.", f"{path.name}: {error.strerror}.", "Check the folder."
        ) from None
    return _parsed(raw, path.name)


def write_key_file(path: Path, keys: KeyFile) -> None:
    """Write it whole or not at all; the one before is kept as `clinic.keys.previous`."""
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(_as_json(keys), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        os.replace(path, path.with_name(path.name + ".previous"))
    os.replace(fresh, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no folder handles to sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _password_key(password: str, slot: Slot) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    text = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    costs = slot.costs
    return hash_secret_raw(text, slot.salt, costs.rounds, costs.memory_kib, costs.lanes, KEY_BYTES, Type.ID)


def _bound(keys: KeyFile, slot: Slot) -> bytes:
    costs = slot.costs
    facts = [
        FORMAT,
        VERSION,
        keys.file_id,
        slot.id,
        slot.user,
        costs.memory_kib,
        costs.rounds,
        costs.lanes,
        slot.salt.hex(),
    ]
    return json.dumps(facts, separators=(",", ":")).encode()


def _as_json(keys: KeyFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "file_id": keys.file_id,
        "slots": [
            {
                "id": slot.id,
                "user": slot.user,
                "kdf": {
                    "name": "argon2id",
                    "memory_kib": slot.costs.memory_kib,
                    "rounds": slot.costs.rounds,
                    "lanes": slot.costs.lanes,
                    "salt": _text(slot.salt),
                },
                "nonce": _text(slot.nonce),
                "sealed": _text(slot.sealed),
            }
            for slot in keys.slots
        ],
    }


def _parsed(raw: bytes, name: str) -> KeyFile:
    try:
        if len(raw) > MAX_BYTES:
            raise ValueError
        data = json.loads(raw.decode("utf-8"))
        if data["format"] != FORMAT or type(data["version"]) is not int:
            raise ValueError
        if data["version"] <= VERSION:
            return _key_file(data)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        raise VaultError(
            "The key file is damaged.",
            f"{name} cannot be read as keys.",
            f"Put {name} back from a backup, or use {name}.previous.",
        ) from None
    raise VaultError(
        "This clinic was opened by a newer version of the program.",
        f"{name} is newer.",
        "Install the newest version here.",
    )


def _key_file(data: dict[str, Any]) -> KeyFile:
    slots = tuple(_slot(entry) for entry in data["slots"])
    if not 1 <= len(slots) <= MAX_SLOTS or type(data["file_id"]) is not str:
        raise ValueError
    return KeyFile(data["file_id"], slots)


def _slot(entry: dict[str, Any]) -> Slot:
    kdf = entry["kdf"]
    figures = (kdf["memory_kib"], kdf["rounds"], kdf["lanes"])
    if kdf["name"] != "argon2id" or any(type(figure) is not int for figure in figures):
        raise ValueError
    slot = Slot(
        entry["id"],
        entry["user"],
        KdfCosts(*figures),
        _bytes(kdf["salt"]),
        _bytes(entry["nonce"]),
        _bytes(entry["sealed"]),
    )
    lengths_right = (len(slot.salt), len(slot.nonce), len(slot.sealed)) == (16, 12, KEY_BYTES + 16)
    if not (slot.costs.sane and lengths_right and type(slot.id) is str and type(slot.user) is str):
        raise ValueError
    return slot


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
