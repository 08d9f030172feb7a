"""Puts a restored clinic in the place of the present one, which is set aside and never overwritten.

What is to come in lies ready, looked through, in `restore-ready-<stamp>` inside the clinic's folder. That folder's name
is the decision: from its last renaming on every step can be done again, so that a program that dies on the way finishes
at its next start. Before it, nothing of the present clinic was touched.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from tracker.storage.backup_folder import DATABASE, KEYS
from tracker.storage.whole_file import sync_file, sync_folder

_READY, _MAKING, _ASIDE = "restore-ready-", "restore-making-", "set-aside-"
_BESIDE = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}.new", f"{KEYS}.previous", f"{KEYS}.new")
"""Files that belong to the present database and keys; a log that outlived its database would spoil the next."""


def begin_restore(clinic: Path, at: datetime) -> Path:
    """Make the folder in which what comes in is put together; what an earlier try left goes."""
    clinic.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in clinic.glob(f"{_MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    making = clinic / f"{_MAKING}{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    making.mkdir(mode=0o700)
    return making


def decide_restore(making: Path) -> None:
    """Let what lies there be the clinic from now on; `finish_restore` moves it."""
    for name in (DATABASE, KEYS):
        sync_file(making / name)
    sync_folder(making)
    making.rename(making.with_name(making.name.replace(_MAKING, _READY)))
    sync_folder(making.parent)


def finish_restore(clinic: Path) -> Path | None:
    """Do what is left of a restore that was decided; return where the clinic before lies, None when none is under way.

    Raises OSError; then the next start goes on here.
    """
    ready = next(iter(sorted(clinic.glob(f"{_READY}*"))), None)
    if ready is None:
        return None
    aside = clinic / ready.name.replace(_READY, _ASIDE)
    aside.mkdir(exist_ok=True, mode=0o700)
    if (ready / DATABASE).exists():
        for name in _BESIDE:
            _move(clinic / name, aside / name)
    for name in (DATABASE, KEYS):
        if (ready / name).exists():
            _move(clinic / name, aside / name)
            sync_folder(aside)
            _move(ready / name, clinic / name)
    sync_folder(clinic)
    shutil.rmtree(ready, ignore_errors=True)
    return aside


def _move(source: Path, target: Path) -> None:
    if source.exists():
        os.replace(source, target)
