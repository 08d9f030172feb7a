"""Runs the parts of the `policies` command; every refusal is one sentence, and the exit code says how it went.

0: done, and what was to hold holds. 1: it does not hold: a case came out otherwise, or a signature is not trusted.
2: what was given cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tracker import paths
from tracker.domain.clock import SystemClock
from tracker.domain.errors import PackError, PolicyFileError
from tracker.policies.books import Book, BookShelf
from tracker.policies.difference import differences
from tracker.policies.pack import open_pack, pack_files, read_pack, sign_pack
from tracker.policies.pack_keys import PackKey, fingerprint, load_keys, new_key, private_key, public_key
from tracker.policies_command import report
from tracker.services.rule_library.proving import prove

DONE, DOES_NOT_HOLD = 0, 1
SHIPPED = "shipped"


def run_policies(arguments: argparse.Namespace) -> int:
    """Do what the arguments ask for and return the exit code. Raises TrackerError when it cannot be done."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # whatever the locale says
    if arguments.part in _PARTS:
        return _PARTS[arguments.part](arguments)
    from tracker.policies_command.at_clinic import AT_CLINIC  # brings the database library

    return AT_CLINIC[arguments.part](arguments)


def _shelf() -> BookShelf:
    return BookShelf(paths.resource_root(), paths.case_root())


def _book(path: Path | None) -> Book:
    return _shelf().shipped() if path is None else _shelf().get(path)


def _named(name: str) -> Book:
    return _book(None if name == SHIPPED else Path(name))


def _list(arguments: argparse.Namespace) -> int:
    book = _book(arguments.book)
    if arguments.json:
        _print_json(report.list_json(book))
    else:
        _print(report.list_lines(book))
    return DONE


def _validate(arguments: argparse.Namespace) -> int:
    book = _book(arguments.book)
    book.catalog.check_authorization_files()
    counted = f"{len(book.catalog.payers)} payers and {len(book.catalog.policies)} policies"
    _print([report.book_line(book), f"No mistake found in {counted}."])
    return DONE


def _prove(arguments: argparse.Namespace) -> int:
    book, day = _book(arguments.book), SystemClock().today()
    cases = _cases_of(arguments.cases) if arguments.cases else book.cases
    proof = prove(cases, book.catalog)
    if arguments.json:
        _print_json(report.proof_json(book, proof, day))
    else:
        _print(report.proof_lines(book, proof, day))
    return DONE if proof.holds else DOES_NOT_HOLD


def _cases_of(folder: Path) -> dict[str, str]:
    found = {path.name: path.read_bytes().decode("utf-8-sig", "replace") for path in sorted(folder.glob("*.json"))}
    if not found:
        raise PolicyFileError(f"{folder} holds no cases.", "", "Name a folder with .json files of cases.")
    return found


def _diff(arguments: argparse.Namespace) -> int:
    old, new = _named(arguments.old), _named(arguments.new)
    changes = differences(old.catalog, new.catalog)
    if arguments.json:
        _print_json(report.changes_json(changes))
    else:
        head = [f"From {report.book_line(old)}", f"to {report.book_line(new)}", ""]
        _print([*head, *(report.change_lines(changes) if changes else ["They say the same."])])
    return DONE


def _sign(arguments: argparse.Namespace) -> int:
    if not arguments.folder.is_dir():
        raise PolicyFileError(f"{arguments.folder} is no folder.", "", "Name the folder with pack.toml in it.")
    if not (arguments.folder / "pack.toml").is_file():
        raise PolicyFileError(
            f"{arguments.folder} is no whole rule book.",
            "A pack holds all rules, and pack.toml says which edition it is.",
            "Copy the program's rules, put yours among them, and sign that folder.",
        )
    key = private_key(_bytes_of(arguments.key))
    data = sign_pack(pack_files(arguments.folder, arguments.cases), key)
    _write(arguments.out, data)
    pack = open_pack(data)
    cases = sum(name.startswith("cases/") for name in pack.files)
    _print(
        [
            f"{arguments.out.name}: {report.edition_line(pack.edition())};"
            f" {len(pack.files)} files, {cases} of them cases.",
            f"Signed by the key {fingerprint(pack.key)}.",
        ]
    )
    return DONE


def _verify(arguments: argparse.Namespace) -> int:
    pack = open_pack(read_pack(arguments.pack))
    trusted = [*load_keys(paths.resource_root())]
    if arguments.key:
        trusted.append(PackKey(arguments.key.name, public_key(_bytes_of(arguments.key))))
    book = pack.catalog()
    _print(
        [
            f"{arguments.pack.name} is whole, and as it was signed: {report.edition_line(book.edition)},"
            f" {len(book.policies)} policies.",
            f"Signed by the key {fingerprint(pack.key)}.",
        ]
    )
    try:
        signer = pack.signer(trusted)
    except PackError as error:
        print(error.sentence(), file=sys.stderr)
        return DOES_NOT_HOLD
    _print([f"This key is trusted: {signer.name}."])
    return DONE


def _new_key(arguments: argparse.Namespace) -> int:
    secret, public = new_key()
    shown = arguments.out.with_name(arguments.out.name + ".pub")
    _write(arguments.out, secret, private=True)
    _write(shown, public)
    _print(
        [
            f"{arguments.out.name} signs; keep it where nobody else can read it, and never beside the rules.",
            f"{shown.name} is for everybody. Its fingerprint: {fingerprint(public_key(public))}",
        ]
    )
    return DONE


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackError(f"{path} cannot be read: {error.strerror}.", "", "Name a PEM file.") from None


def _write(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a new file; one that is there is left alone."""
    try:
        with open(path, "xb", opener=_unseen if private else None) as file:
            file.write(data)
    except FileExistsError:
        raise PackError(f"{path} is there already.", "It was left as it is.", "Choose another name.") from None
    except OSError as error:
        raise PackError(f"{path} cannot be written: {error.strerror}.", "", "Choose another place.") from None


def _unseen(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def _print(lines: Iterable[str]) -> None:
    print("\n".join(lines))


def _print_json(what: Any) -> None:
    json.dump(what, sys.stdout, ensure_ascii=False, indent=1)
    print()


_PARTS = {
    "list": _list,
    "validate": _validate,
    "prove": _prove,
    "diff": _diff,
    "sign": _sign,
    "verify": _verify,
    "new-key": _new_key,
}
