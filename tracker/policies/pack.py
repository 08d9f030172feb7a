"""Rule packs: a whole rule book in one signed file. Nothing in it is read before all of it is verified."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tracker.domain.errors import PackError, UnknownKeyError
from tracker.domain.language import tr
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.edition import EDITION, Edition, read_edition
from tracker.policies.pack_archive import LARGEST_PACK, packed, refuse_name, too_large, unpacked
from tracker.policies.pack_keys import PackKey, find_key, fingerprint
from tracker.policies.pack_seal import opened, sealed
from tracker.policies.reading import load_catalog
from tracker.policies.rule_path import PackPath
from tracker.policies.toml_file import Problems

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SUFFIX = ".rulepack"
SINGLE = (EDITION, "payers.toml", "contractors.toml", "denial-codes.toml")
FOLDERS = {
    "policies": ".toml",
    "policies-offered": ".toml",
    "procedures": ".toml",
    "authorization": ".toml",
    "checklists": ".toml",
    "cases": ".json",
}
"""What a pack holds: these files, and the files of these folders that end so."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose seal holds: its files, and the public key that sealed it. Whether that is trusted is asked apart."""

    files: Mapping[str, bytes] = field(repr=False)
    key: bytes
    mark: str
    """The SHA-256 of the whole file: a pack that was looked at is known again by it."""

    def edition(self) -> Edition:
        """Return what its pack.toml says. Raises PolicyFileError."""
        problems = Problems()
        edition = read_edition(PackPath(self.files), problems)
        problems.refuse()
        return edition

    def catalog(self) -> PolicyCatalog:
        """Return its rule book. Raises PolicyFileError with every mistake, or PackError when it is too new."""
        self.edition().refuse_newer_program()
        _refuse_unknown_files(self.files)
        return load_catalog(PackPath(self.files))

    def signer(self, trusted: Iterable[PackKey]) -> PackKey:
        """Return whose signature it is. Raises UnknownKeyError when nobody here trusts the key at all."""
        known = list(trusted)
        found = find_key(known, self.key, self.edition().published)
        if found is None:
            raise _not_trusted(self, any(each.key == self.key for each in known))
        return found


def read_pack(path: Path) -> bytes:
    """Return the file's bytes. Raises PackError when it cannot be read, or is too large."""
    if path.exists() and not path.is_file():  # one would wait for the end of a pipe
        raise PackError(
            tr("The rule pack cannot be read."), tr("{name} is no file.", name=path), tr("Choose it again.")
        )
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_PACK + 1)
    except OSError as error:
        what = f"{path.name}: {error.strerror}."
        raise PackError(tr("The rule pack cannot be read."), what, tr("Choose it again.")) from None
    if len(data) > LARGEST_PACK:
        raise too_large()
    return data


def open_pack(data: bytes) -> Pack:
    """Return the pack when it is whole and its signature fits. Raises PackError with the reason."""
    files, key = opened(unpacked(data))
    return Pack(files, key, hashlib.sha256(data).hexdigest())


def load_pack(data: bytes, trusted: Iterable[PackKey]) -> tuple[Pack, PolicyCatalog]:
    """Return a pack that somebody trusted signed, and its rules. Raises PackError or PolicyFileError."""
    pack = open_pack(data)
    pack.signer(trusted)
    return pack, pack.catalog()


def pack_files(folder: Path, cases: Path | None = None) -> dict[str, bytes]:
    """Return what of a folder goes into a pack, by name; `cases` is another folder for its cases."""
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    for name, path in sorted([*_found(folder), *(_cases_in(cases) if cases else ())]):
        refuse_name(name, seen)
        files[name] = path.read_bytes().replace(b"\r\n", b"\n")
    return files


def sign_pack(files: Mapping[str, bytes], key: Ed25519PrivateKey) -> bytes:
    """Return the pack of these files. Raises PolicyFileError when they are not a whole rule book without mistakes."""
    load_catalog(PackPath(files)).check_authorization_files()
    return packed(sealed(files, key))


def _found(folder: Path) -> Iterator[tuple[str, Path]]:
    yield from ((name, folder / name) for name in SINGLE if (folder / name).is_file())
    for inside, suffix in FOLDERS.items():
        for path in (folder / inside).rglob(f"*{suffix}"):
            yield path.relative_to(folder).as_posix(), path


def _cases_in(folder: Path) -> Iterator[tuple[str, Path]]:
    return ((f"cases/{path.name}", path) for path in folder.glob("*.json"))


def _refuse_unknown_files(files: Mapping[str, bytes]) -> None:
    """A file that this program does not know may hold rules that it would then not apply."""
    for name in sorted(files):
        path = PurePosixPath(name)
        if name not in SINGLE and FOLDERS.get(path.parts[0]) != path.suffix:
            raise PackError(
                tr("The rule pack holds a file that this program does not know."),
                f"{name}.",
                tr("Update the program first."),
            )


def _not_trusted(pack: Pack, known: bool) -> PackError:
    mark = fingerprint(pack.key)
    if known:
        title = tr("The key of this rule pack is not trusted for its date.")
        return PackError(title, tr("Fingerprint {mark}.", mark=mark), tr("Ask the publisher for a pack signed anew."))
    return UnknownKeyError(
        tr("The rule pack is signed by a key that is not trusted here."),
        tr("Its fingerprint is {mark}.", mark=mark),
        tr("Ask the publisher by phone for the fingerprint of their key; when it is the same, trust the key first."),
        mark,
    )
