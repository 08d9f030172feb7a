"""How backups lie in their folder: each is a folder of its own, with the database, the key file and what it holds.

    backup-1f3a9c02-20261127T073005Z/clinic.db, clinic.keys, backup.json

The eight letters are the clinic's, so that several clinics may share a folder. What is being made or thrown away ends
in `.part`, and is none of them.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.domain.errors import BackupError
from tracker.domain.language import tr
from tracker.storage.copies import Census
from tracker.storage.whole_file import sync_file, sync_folder, write_whole

DATABASE, KEYS, MANIFEST = "clinic.db", "clinic.keys", "backup.json"
_FORMAT = "injection-tracker backup"
_NAME = re.compile(r"backup-([0-9a-f]{8})-(\d{8}T\d{6}Z)")
_STAMP = "%Y%m%dT%H%M%SZ"
_PART = ".part"
_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """One backup: where it lies, when it was made, and what was counted in it then (None: it does not say)."""

    path: Path
    made_at: datetime
    census: Census | None = None

    @property
    def database(self) -> Path:
        return self.path / DATABASE

    @property
    def keys(self) -> Path:
        return self.path / KEYS


def backups_in(folder: Path, clinic: str = "") -> tuple[StoredBackup, ...]:
    """Return the backups in a folder, the newest first: of one clinic (the id of its key file), or of every one.

    A folder that is itself a backup holds that one. Raises BackupError when the folder cannot be read.
    """
    if not folder.is_dir():
        raise BackupError(
            tr("The backup folder is not there."), f"{folder}.", tr("Connect its drive or share, or choose another.")
        )
    with telling(folder):
        found = [_stored(path) for path in (folder, *folder.iterdir())]
    mine = [each for each in found if each and (not clinic or f"-{clinic[:8]}-" in each.path.name)]
    return tuple(sorted(mine, key=lambda each: each.made_at, reverse=True))


def begin(folder: Path, clinic: str, made_at: datetime) -> Path:
    """Make the folder in which a backup is put together; what an earlier one left unfinished goes."""
    prefix = f"backup-{clinic[:8]}-"
    with telling(folder):
        for left in folder.glob(f"{prefix}*{_PART}"):
            shutil.rmtree(left, ignore_errors=True)
        moment = made_at.astimezone(UTC)
        while (folder / f"{prefix}{moment.strftime(_STAMP)}").exists():  # two within a second
            moment += timedelta(seconds=1)
        part = folder / f"{prefix}{moment.strftime(_STAMP)}{_PART}"
        part.mkdir(mode=0o700)
    return part


def finish(part: Path, keys: Path, census: Census) -> StoredBackup:
    """Put key file and manifest beside the copy, flush all to the disk, and give it its name: from now on it counts."""
    done = part.with_name(part.name.removesuffix(_PART))
    made_at = datetime.strptime(done.name.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)
    manifest = {"format": _FORMAT, "version": 1, "made_at": made_at.isoformat(), "holds": asdict(census)}
    with telling(part.parent):
        write_whole(part / KEYS, keys.read_bytes())
        write_whole(part / MANIFEST, json.dumps(manifest, indent=1).encode())
        sync_file(part / DATABASE)
        sync_folder(part)
        part.rename(done)
        sync_folder(done.parent)
    return StoredBackup(done, made_at, census)


def give_up(part: Path) -> None:
    """Take away what was begun, as far as that can be done."""
    shutil.rmtree(part, ignore_errors=True)


def throw_away(backup: StoredBackup) -> None:
    """Take one backup away; half gone it has no name any more. What cannot be taken away stays."""
    leaving = backup.path.with_name(backup.path.name + _PART)
    with suppress(OSError):
        backup.path.rename(leaving)
        shutil.rmtree(leaving, ignore_errors=True)


def room_for(folder: Path, size: int) -> None:
    """Raise BackupError when the disk has no room for so many bytes, and a tenth more."""
    with telling(folder):
        free = shutil.disk_usage(folder).free
    needed = size + size // 10
    if free < needed:
        raise no_room(
            folder, tr("{needed} MB are needed, {free} MB are free.", needed=_megabytes(needed), free=_megabytes(free))
        )


def no_room(folder: Path, detail: str = "") -> BackupError:
    where = " ".join(part for part in (f"{folder}:", detail) if part)
    return BackupError(tr("There is no room for the backup."), where, tr("Free some space, or choose another folder."))


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Say what a file system refuses in a sentence. Raises BackupError."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise no_room(folder) from None
        where = f"{folder}: {error.strerror}."
        remedy = tr("Check its drive or share, and its rights.")
        raise BackupError(tr("The backup folder cannot be used."), where, remedy) from None


def _stored(path: Path) -> StoredBackup | None:
    named = _NAME.fullmatch(path.name)
    if not named or not (path / DATABASE).is_file() or not (path / KEYS).is_file():
        return None
    try:
        made_at = datetime.strptime(named[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return StoredBackup(path, made_at, _census(path / MANIFEST))


def _census(path: Path) -> Census | None:
    """Return what a manifest says, None when it cannot be read; the database itself is asked before it is relied on."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_MOST_BYTES))
        return Census(**data["holds"]) if data["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _megabytes(size: int) -> str:
    return f"{-(-size // 1_000_000):,}"
