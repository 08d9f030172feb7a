"""The key file `clinic.keys` on the disk: read with suspicion, written whole or not at all."""

from __future__ import annotations

import base64
import binascii
import json
from pathlib import Path
from typing import Any

from tracker.domain.errors import StorageError, VaultError
from tracker.domain.language import tr
from tracker.storage.key_slots import (
    FORMAT,
    KEY_BYTES,
    MAX_SLOTS,
    VERSION,
    KdfCosts,
    KeyFile,
    RecoverySlot,
    Slot,
    add_slot,
    new_key_file,
    open_recovery,
    open_slot,
    remove_slot,
    replace_slot,
    set_recovery,
)
from tracker.storage.whole_file import write_whole

__all__ = [
    "KEY_BYTES",
    "MAX_SLOTS",
    "KdfCosts",
    "KeyFile",
    "add_slot",
    "new_key_file",
    "open_recovery",
    "open_slot",
    "read_key_file",
    "remove_slot",
    "replace_slot",
    "set_recovery",
    "write_key_file",
]

MAX_BYTES = 256 * 1024


def read_key_file(path: Path) -> KeyFile:
    """Read and check a key file. Raises VaultError when it is missing, damaged or of a newer program."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise VaultError(
            tr("The key file is missing."),
            tr("There is no {name} beside the clinic's database.", name=path.name),
            tr("Put it back from a backup."),
        ) from None
    except OSError as error:
        raise VaultError(
            tr("The key file cannot be read."), f"{path.name}: {error.strerror}.", tr("Check the folder.")
        ) from None
    return _parsed(raw, path.name)


def write_key_file(path: Path, keys: KeyFile, *, keep_previous: bool = True) -> None:
    """Write it whole or not at all. Raises StorageError.

    The one before is kept as `clinic.keys.previous`; or taken away, where somebody's old password stands in it.
    """
    previous = path.with_name(path.name + ".previous")
    try:
        if not keep_previous:
            previous.unlink(missing_ok=True)
        elif path.exists():
            write_whole(previous, path.read_bytes())
        write_whole(path, json.dumps(_as_json(keys), indent=1).encode("utf-8"))
    except OSError as error:
        told = tr("The key file could not be written, so nothing was changed.")
        raise StorageError(told, f"{path.name}: {error.strerror}.", tr("Check the disk and the folder.")) from None


def _as_json(keys: KeyFile) -> dict[str, Any]:
    recovery = {"recovery": _recovery_json(keys.recovery)} if keys.recovery is not None else {}
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
        **recovery,
    }


def _recovery_json(slot: RecoverySlot) -> dict[str, str]:
    texts = {"salt": _text(slot.salt), "nonce": _text(slot.nonce), "sealed": _text(slot.sealed)}
    return {"kdf": "hkdf-sha256", "made": slot.made, **texts}


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
            tr("The key file is damaged."),
            tr("{name} cannot be read as keys.", name=name),
            tr("Put {name} back from a backup, or use {name}.previous.", name=name),
        ) from None
    raise VaultError(
        tr("This clinic was opened by a newer version of the program."),
        tr("{name} is newer.", name=name),
        tr("Install the newest version here."),
    )


def _key_file(data: dict[str, Any]) -> KeyFile:
    slots = tuple(_slot(entry) for entry in data["slots"])
    if not 1 <= len(slots) <= MAX_SLOTS or type(data["file_id"]) is not str:
        raise ValueError
    return KeyFile(data["file_id"], slots, _recovery(data["recovery"]) if "recovery" in data else None)


def _recovery(entry: dict[str, Any]) -> RecoverySlot:
    slot = RecoverySlot(entry["made"], _bytes(entry["salt"]), _bytes(entry["nonce"]), _bytes(entry["sealed"]))
    lengths_right = (len(slot.salt), len(slot.nonce), len(slot.sealed)) == (16, 12, KEY_BYTES + 16)
    if not lengths_right or entry["kdf"] != "hkdf-sha256" or type(slot.made) is not str or len(slot.made) > 10:
        raise ValueError
    return slot


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
