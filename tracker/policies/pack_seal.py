"""The seal of a pack: a list of all its files with their SHA-256, and an Ed25519 signature of that list."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.domain.errors import PackError
from tracker.domain.language import tr
from tracker.policies.pack_keys import key_of_text, text_of_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MANIFEST, SIGNATURE = "manifest", "signature"
_FIRST_LINE = "# injection-tracker rule pack 1\n"
"""Signed with the rest: no signature of anything else can be taken for one of a pack."""
_ALGORITHM = "ed25519"


def sealed(files: Mapping[str, bytes], key: Ed25519PrivateKey) -> dict[str, bytes]:
    """Return the files with their list and its signature."""
    listed = manifest(files)
    public = key.public_key().public_bytes_raw()
    signature = f"{_ALGORITHM} {text_of_key(public)}\n{b64encode(key.sign(listed)).decode('ascii')}\n"
    return {**files, MANIFEST: listed, SIGNATURE: signature.encode("ascii")}


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the list that is signed, in the form that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return (_FIRST_LINE + "".join(lines)).encode("ascii")


def opened(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], bytes]:
    """Return what was sealed, and the public key that sealed it. Raises PackError when the seal does not hold."""
    if SIGNATURE not in files or MANIFEST not in files:
        raise _unsigned()
    inside = {name: content for name, content in files.items() if name not in (MANIFEST, SIGNATURE)}
    key = _signer(files[SIGNATURE], files[MANIFEST])
    if manifest(inside) != files[MANIFEST]:
        raise _changed(_what_differs(inside, files[MANIFEST]))
    return inside, key


def _signer(text: bytes, listed: bytes) -> bytes:
    """Return the key whose signature this is."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key, signature = _parts(text)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, listed)
    except (InvalidSignature, ValueError):
        raise _changed(tr("The signature does not fit the list of its files.")) from None
    return key


def _parts(text: bytes) -> tuple[bytes, bytes]:
    """Return key and signature; only the one way of writing them that `sealed` has."""
    try:
        first, second = text.decode("ascii").splitlines()
        algorithm, written = first.split(" ")
        signature = b64decode(second, validate=True)
    except ValueError:
        raise _unsigned() from None
    key = key_of_text(written)
    again = f"{_ALGORITHM} {written}\n{b64encode(signature).decode('ascii')}\n".encode("ascii")
    if key is None or algorithm != _ALGORITHM or again != text:
        raise _unsigned()
    return key, signature


def _what_differs(inside: Mapping[str, bytes], listed: bytes) -> str:
    """Say which file is not as it was signed."""
    lines = (line.split("  ", 1) for line in listed.decode("utf-8", "replace").splitlines()[1:])
    signed = {name: digest for digest, name in (line for line in lines if len(line) == 2)}
    for name in sorted({*signed, *inside}):
        if name not in inside:
            return tr("{name} is missing.", name=name)
        if name not in signed:
            return tr("{name} was added.", name=name)
        if hashlib.sha256(inside[name]).hexdigest() != signed[name]:
            return tr("{name} is not as it was.", name=name)
    return tr("The list of its files is not as it was.")


def _unsigned() -> PackError:
    return PackError(
        tr("The rule pack is not signed."),
        tr("Nobody stands for what is in it."),
        tr("Ask for a signed pack, or try loose files by injection-tracker check --rules."),
    )


def _changed(what: str) -> PackError:
    return PackError(
        tr("The rule pack was changed after it was signed."),
        what,
        tr("Do not use it. Ask for the pack again from the one who publishes it."),
    )
