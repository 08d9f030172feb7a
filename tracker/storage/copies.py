"""Copies of a clinic's whole database: made while people work, and looked through before anybody relies on them.

Beside `database` the only module that knows that the engine behind is SQLCipher.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from tracker.domain.errors import BackupError, BackupStoppedError
from tracker.domain.language import tr
from tracker.storage.database import connect

Tell = Callable[[int, int], object]
CalledOff = Callable[[], bool]

STEPS, COPIED = 100, 60
"""Of a hundred steps that are told copying takes sixty, the checks the others."""
_PAGES_A_STEP = 256
_INSTRUCTIONS_A_LOOK = 200_000
_CHECK_CACHE = "cache_size=-131072"
"""128 MB: the checks are two to three times faster than with the usual two."""
_COUNTED = {"patients": "SELECT count(*) FROM patient", "visits": "SELECT count(*) FROM booking"}
_COUNTED |= {"injections": "SELECT count(*) FROM event", "acts": "SELECT count(*) FROM act"}


@dataclass(frozen=True, slots=True)
class Census:
    """What a database holds: so many of each, the last act on record, the schema, and that act's mark in the chain."""

    patients: int
    visits: int
    injections: int
    acts: int
    head: str
    schema: str
    mark: str = ""


def copy_database(source: Path, secret: bytearray, target: Path, tell: Tell, called_off: CalledOff) -> Census:
    """Copy the database as it is at one moment, also while somebody writes; return what it held then.

    Raises BackupError, or BackupStoppedError; what was written of the target is the caller's to take away.
    """

    def progress(_status: int, remaining: int, total: int) -> None:
        if called_off():
            raise _stopped()
        tell((total - remaining) * COPIED // max(total, 1), STEPS)

    with _opened(source, secret) as reader, _opened(target, secret, alone=True) as writer:
        reader.execute("BEGIN")  # a reader's moment stands still until it ends
        census = _census(reader)
        reader.backup(writer, pages=_PAGES_A_STEP, progress=progress)
        reader.execute("ROLLBACK")
        return census


def look_through(path: Path, secret: bytearray, tell: Tell, called_off: CalledOff) -> Census:
    """Run every check on a database and return what it holds. Raises BackupError when anything is wrong with it."""
    with _opened(path, secret, alone=True) as connection:
        connection.set_progress_handler(lambda: int(called_off()), _INSTRUCTIONS_A_LOOK)
        connection.execute("PRAGMA " + _CHECK_CACHE)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for place, check in enumerate(("cipher_integrity_check", "integrity_check", "foreign_key_check")):
            tell(COPIED + place * 13, STEPS)
            found = connection.execute("PRAGMA " + check).fetchmany(2)
            if found and tuple(found[0]) != ("ok",):
                raise damaged(path)
            if called_off():
                raise _stopped()
        return _census(connection)


def find_setting(path: Path, secret: bytearray, name: str) -> Any:
    """Return one setting of the clinic, None when it has none; of a file of any schema that there ever was."""
    with _opened(path, secret) as connection:
        row = connection.execute("SELECT content FROM setting WHERE id = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None


def damaged(path: Path) -> BackupError:
    told = tr("The copy {name} is damaged or not of this clinic.", name=path.parent.name)
    return BackupError(told, "", tr("Use another one; make a new backup now."))


def _stopped() -> BackupStoppedError:
    return BackupStoppedError(tr("The backup was called off; those made before are all there."))


@contextmanager
def _opened(path: Path, secret: bytearray, *, alone: bool = False) -> Iterator[Any]:
    try:
        connection = connect(path, secret, alone=alone)
        try:
            yield connection
        finally:
            connection.close()
    except sqlcipher.Error as error:
        raise _without_data(error, path) from None


def _census(connection: Any) -> Census:
    counts = {name: connection.execute(query).fetchone()[0] for name, query in _COUNTED.items()}
    head = connection.execute("SELECT max(id) FROM act").fetchone()[0] or ""
    schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    chained = "mac" in {row[1] for row in connection.execute("PRAGMA table_info(act)")}
    mark = connection.execute("SELECT mac FROM act WHERE id = ?", (head,)).fetchone() if chained else None
    return Census(**counts, head=head, schema=schema, mark=(mark and mark[0]) or "")


def _without_data(error: sqlcipher.Error, path: Path) -> Exception:
    message = str(error)
    if "interrupted" in message:
        return _stopped()
    if "full" in message:
        told = tr("There is no room for the backup.")
        return BackupError(told, "", tr("Free some space, or choose another folder."))
    if "readonly" in message or "unable to open" in message or "disk I/O" in message:
        where = f"{path.parent}: {message}."
        return BackupError(
            tr("The backup folder cannot be written."), where, tr("Check its drive or share, and its rights.")
        )
    return damaged(path)
