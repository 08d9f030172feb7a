"""The parts of the `policies` command that change a clinic: taking a pack in, going back, trusting a key."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tracker.command_clinic import open_clinic
from tracker.domain.errors import TrackerError
from tracker.policies.pack import open_pack, read_pack
from tracker.policies.pack_keys import fingerprint, public_key
from tracker.policies_command import report
from tracker.services import Services

DONE, LEFT = 0, 1
_PEM = b"-----BEGIN"


def _take_in(arguments: argparse.Namespace) -> int:
    services = open_clinic(arguments)
    try:
        seen = services.packs.look_at(arguments.pack)
        print("\n".join(report.preview_lines(seen)))
        if not (arguments.yes or _agreed("Take these rules in? (yes/no) ")):
            print("The rules in use stay as they are.")
            return LEFT
        print(services.packs.take_in(seen).sentence)
    finally:
        services.close()
    return DONE


def _go_back(arguments: argparse.Namespace) -> int:
    services = open_clinic(arguments)
    try:
        print(services.packs.go_back().sentence)
    finally:
        services.close()
    return DONE


def _trust(arguments: argparse.Namespace) -> int:
    key = _key_in(arguments.key)
    services = open_clinic(arguments)
    try:
        return _trust_in(services, key, arguments)
    finally:
        services.close()


def _trust_in(services: Services, key: bytes, arguments: argparse.Namespace) -> int:
    print(f"The fingerprint of this key is {fingerprint(key)}.")
    given = arguments.fingerprint
    if not given:
        if not _agreed("Did the publisher read this very fingerprint to you? (yes/no) "):
            print("The key is not trusted.")
            return LEFT
        given = fingerprint(key)
    print(services.pack_trust.trust(key, arguments.name or arguments.key.stem, given).sentence)
    return DONE


def _key_in(path: Path) -> bytes:
    """Return the key of a PEM file, or the one that sealed a pack."""
    data = read_pack(path)
    return public_key(data) if data.lstrip().startswith(_PEM) else open_pack(data).key


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise TrackerError("Nobody can be asked here.", "", "Add --yes, or --fingerprint for a key.")
    try:
        return input(question).strip().casefold() in ("y", "yes")
    except EOFError:
        return False


AT_CLINIC = {"take-in": _take_in, "go-back": _go_back, "trust": _trust}
