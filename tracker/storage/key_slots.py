"""The slots of a key file: the clinic's data key, sealed once for every user's password, and for the recovery code.

One slot per user: argon2id makes a key from the password, which opens an AES-256-GCM seal around the data key.
Opening the seal is the password check. Everything that steers it is associated data, so no part can be swapped.
The recovery code is as strong as the data key, so its slot needs no argon2id: HKDF makes the key from it.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.errors import VaultError, WrongPasswordError
from tracker.domain.language import tr

if TYPE_CHECKING:
    from tracker.domain.recovery_code import RecoveryCode

FORMAT = "injection-tracker keys"
VERSION = 1
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
class RecoverySlot:
    """The data key sealed for the recovery code; `made` is the day on which the code was made (ISO)."""

    made: str
    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All slots of one clinic; `file_id` ties them to this file."""

    file_id: str
    slots: tuple[Slot, ...] = ()
    recovery: RecoverySlot | None = None

    def users(self) -> tuple[str, ...]:
        """Return everybody with a slot, in the order in which they got it."""
        return tuple(slot.user for slot in self.slots)


def new_key_file() -> KeyFile:
    return KeyFile(os.urandom(16).hex())


def add_slot(keys: KeyFile, user: str, password: str, data_key: bytes | bytearray, costs: KdfCosts) -> KeyFile:
    """Return the key file with one more slot, for `user`."""
    return replace(keys, slots=(*keys.slots, _sealed(keys, user, password, data_key, costs)))


def replace_slot(keys: KeyFile, user: str, password: str, data_key: bytes | bytearray, costs: KdfCosts) -> KeyFile:
    """Return the key file with another password for `user`; the one before opens it no more."""
    fresh = _sealed(keys, user, password, data_key, costs)
    return replace(keys, slots=tuple(fresh if slot.user == user else slot for slot in keys.slots))


def remove_slot(keys: KeyFile, user: str) -> KeyFile:
    """Return the key file without the slot of `user`."""
    return replace(keys, slots=tuple(slot for slot in keys.slots if slot.user != user))


def open_slot(keys: KeyFile, password: str, user: str = "") -> tuple[str, bytearray]:
    """Return the user whose slot opens with `password`, and the data key; only the slot of `user` if one is named.

    Raises WrongPasswordError.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for slot in (slot for slot in keys.slots if user in ("", slot.user)):
        try:
            opened = AESGCM(_password_key(password, slot)).decrypt(slot.nonce, slot.sealed, _bound(keys, slot))
        except InvalidTag:
            continue
        return slot.user, bytearray(opened)
    if user and user not in keys.users():
        told = tr("This person has no password here any more.")
        raise WrongPasswordError(told, "", tr("Ask a manager of the clinic."))
    theirs = bool(user) and len(keys.slots) > 1
    told = tr("That is not the password of this person.") if theirs else tr("That is not the password of this clinic.")
    raise WrongPasswordError(told, "", tr("Check Caps Lock and try again."))


def set_recovery(keys: KeyFile, code: RecoveryCode, data_key: bytes | bytearray, made: str) -> KeyFile:
    """Return the key file with a slot for this code; the code before opens it no more."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bare = RecoverySlot(made, os.urandom(16), os.urandom(12), b"")
    sealed = AESGCM(_code_key(code, keys, bare)).encrypt(bare.nonce, bytes(data_key), _bound_recovery(keys, bare))
    return replace(keys, recovery=replace(bare, sealed=sealed))


def open_recovery(keys: KeyFile, code: RecoveryCode) -> bytearray:
    """Return the data key. Raises VaultError when the clinic has another code, or none."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot = keys.recovery
    if slot is None:
        raise VaultError(tr("No recovery code was made for this clinic."), "", tr("Only a password opens it."))
    try:
        bound = _bound_recovery(keys, slot)
        return bytearray(AESGCM(_code_key(code, keys, slot)).decrypt(slot.nonce, slot.sealed, bound))
    except InvalidTag:
        raise WrongPasswordError(
            tr("This is not the recovery code of this clinic."),
            tr("The one that opens it was made on {day}; the codes before it open nothing any more.", day=slot.made),
            tr("Look for the newest envelope."),
        ) from None


def _sealed(keys: KeyFile, user: str, password: str, data_key: bytes | bytearray, costs: KdfCosts) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bare = Slot(os.urandom(8).hex(), user, costs, os.urandom(16), os.urandom(12), b"")
    sealed = AESGCM(_password_key(password, bare)).encrypt(bare.nonce, bytes(data_key), _bound(keys, bare))
    return replace(bare, sealed=sealed)


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


def _code_key(code: RecoveryCode, keys: KeyFile, slot: RecoverySlot) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    purpose = f"{FORMAT}, recovery, {keys.file_id}".encode()
    return HKDF(SHA256(), KEY_BYTES, slot.salt, purpose).derive(code.secret)


def _bound_recovery(keys: KeyFile, slot: RecoverySlot) -> bytes:
    facts = [FORMAT, VERSION, keys.file_id, "recovery", slot.made, slot.salt.hex()]
    return json.dumps(facts, separators=(",", ":")).encode()
