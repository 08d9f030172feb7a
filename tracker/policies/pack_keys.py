"""Ed25519 keys: whose signature on a rule pack is trusted, and how people compare a key: by its fingerprint."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tracker.domain.errors import PackError
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Problems, Strict, read

if TYPE_CHECKING:  # the start of the program needs no cryptography; a pack does
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEYS = "pack-keys.toml"
KEY_BYTES = 32
_GROUPS, _GROUP = 8, 4


@dataclass(frozen=True, slots=True)
class PackKey:
    """A public key and whose it is; packs published before `since` or after `until` are not trusted by it."""

    name: str
    key: bytes
    since: date = date.min
    until: date = date.max

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)


class KeyIn(Strict):
    name: Annotated[str, Field(min_length=1)]
    key: str
    since: date = date.min
    until: date = date.max


class KeysFile(Strict):
    key: Annotated[tuple[KeyIn, ...], Field(strict=False)] = ()


def load_keys(folder: RulePath) -> tuple[PackKey, ...]:
    """Return the keys that the program itself trusts; there may be none. Raises PolicyFileError."""
    problems = Problems()
    file = read(folder / KEYS, KeysFile, problems)
    found = []
    for each in file.key if file else ():
        raw = key_of_text(each.key)
        if raw is None:
            problems.add(KEYS, f"key {each.name}, key", "must be 32 bytes in base64.")
        else:
            found.append(PackKey(each.name, raw, each.since, each.until))
    problems.refuse()
    return tuple(found)


def fingerprint(key: bytes) -> str:
    """Return what people read to each other: 8 groups of 4, of the key's SHA-256."""
    digest = hashlib.sha256(key).hexdigest().upper()
    return " ".join(digest[at : at + _GROUP] for at in range(0, _GROUPS * _GROUP, _GROUP))


def same_fingerprint(typed: str, key: bytes) -> bool:
    """Tell whether somebody typed this key's fingerprint, however they parted it."""
    return "".join(each for each in typed if each.isalnum()).upper() == fingerprint(key).replace(" ", "")


def text_of_key(key: bytes) -> str:
    return b64encode(key).decode("ascii")


def key_of_text(text: str) -> bytes | None:
    """Return the key that `text_of_key` wrote so, None for any other text."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if len(raw) == KEY_BYTES and text_of_key(raw) == text else None


def find_key(trusted: Iterable[PackKey], key: bytes, published: date) -> PackKey | None:
    """Return the trusted key that may speak for a pack of that day."""
    return next((each for each in trusted if each.key == key and each.since <= published <= each.until), None)


def new_key() -> tuple[bytes, bytes]:
    """Return a new private key and its public one, as PEM."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    secret = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = private.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    return secret, public


def private_key(pem: bytes) -> Ed25519PrivateKey:
    """Return the key of a PEM file. Raises PackError when it is none, or of another kind."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _no_key("private", "A key with a passphrase must be written without one first.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key("private", "It is a key of another kind.")
    return key


def public_key(pem: bytes) -> bytes:
    """Return the 32 bytes of a PEM file with a public key. Raises PackError when it is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise _no_key("public", "") from None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key("public", "It is a key of another kind.")
    return key.public_bytes_raw()


def _no_key(which: str, why: str) -> PackError:
    return PackError(f"This file holds no {which} Ed25519 key.", why, "Name a PEM file with such a key.")
