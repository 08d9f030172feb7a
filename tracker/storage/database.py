"""The encrypted database file: keyed connections, their pragmas, and the transactions on them.

Beside `copies` the only module that knows that the engine behind is SQLCipher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from tracker.domain.errors import ConflictError, StorageError, TrackerError, VaultError
from tracker.domain.language import tr
from tracker.storage.act_chain import chain_key
from tracker.storage.identity import rise_above

OLDEST_SAFE_SQLITE = (3, 51, 3)
"""Before it SQLite has the WAL-reset bug, which corrupts files (security.md 1.5)."""

PLAIN_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 10
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-32768",  # KiB at most: long lists are read whole, and a page out of the cache is decrypted anew
)
BeforeUpgrade = Callable[[], object]
_FILE_FAULTS = ("file is not a database", "hmac check failed", "file is encrypted")


class Database:
    """One clinic's file, open. Connections are pooled; every transaction takes one and gives it back."""

    def __init__(self, engine: Engine, path: Path, secret: bytearray) -> None:
        self._engine = engine
        self._secret = secret
        self._watch: Any = None
        self._watches = 0
        self._watching = Lock()
        self.path = path

    def revision(self) -> tuple[int, int]:
        """Return what is another than before as soon as anybody wrote into the file, here or at another desk.

        SQLite tells a connection only of what others wrote, so one is kept that never writes.
        """
        with self._watching:
            try:
                if self._watch is None:
                    self._watch = connect(self.path, self._secret)
                    self._watches += 1
                return self._watches, self._watch.execute("PRAGMA data_version").fetchone()[0]
            except sqlcipher.Error as error:
                raise _by_message(str(error)) from None

    def chain_key(self) -> bytes:
        """Return the key of the chain of acts, which comes from the data key."""
        return chain_key(self._secret)

    @classmethod
    def open(
        cls, path: Path, secret: bytearray, *, create: bool = False, before_upgrade: BeforeUpgrade = lambda: None
    ) -> Database:
        """Open and migrate the file. `secret` is kept by reference: wiping it closes the door to new connections.

        `before_upgrade` is called while nobody else can write, and the file is still as it was.
        Raises VaultError when the file is missing, no database of ours, locked with another key, or of a newer program.
        """
        from tracker.storage.migrations import migrate

        if sqlcipher.sqlite_version_info < OLDEST_SAFE_SQLITE:
            found = tr("Its SQLite is {version}, too old.", version=sqlcipher.sqlite_version)
            raise VaultError(tr("This copy of the program is built wrongly."), found, tr("Install the program anew."))
        if not create:
            _check_header(path)
        database = cls(_engine(path, secret), path, secret)
        try:
            with database.rebuilding() as connection:
                migrate(connection, before_upgrade)
                rise_above(connection.exec_driver_sql("SELECT max(id) FROM act").scalar_one() or "")
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Writers lock at the start (BEGIN IMMEDIATE), so that what they check still holds when they save.
        Errors of the database come out as TrackerError children that hold no data.
        """
        try:
            with self._engine.connect() as connection:
                if not write:
                    connection = connection.execution_options(sqlite_begin="DEFERRED")
                with connection.begin():
                    yield connection
        except DBAPIError as error:
            raise _without_data(error, self.path) from None

    @contextmanager
    def part(self, connection: Connection) -> Iterator[None]:
        """A part of a transaction, taken back alone when it raises; its errors come out as those of the whole."""
        try:
            with connection.begin_nested():
                yield
        except DBAPIError as error:
            raise _without_data(error, self.path) from None

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """A writing transaction in which tables may be made anew: foreign keys are looked at when it ends."""
        try:
            with self._engine.connect() as connection:
                plain: Any = connection.connection.dbapi_connection
                plain.execute("PRAGMA foreign_keys=OFF")  # has no effect within a transaction
                try:
                    with connection.begin():
                        yield connection
                        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                            raise StorageError(
                                tr("The clinic's file could not be brought up to date; it stays as it was.")
                            )
                finally:
                    plain.execute("PRAGMA foreign_keys=ON")
        except DBAPIError as error:
            raise _without_data(error, self.path) from None

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        with self._watching:
            watch, self._watch = self._watch, None
            if watch is not None:
                watch.close()
        self._engine.dispose()


def _engine(path: Path, secret: bytearray) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, secret),
        poolclass=QueuePool,
        pool_size=4,
        pool_use_lifo=True,  # the connection that was used last knows most of the file by heart
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "IMMEDIATE"))

    return engine


def connect(path: Path, secret: bytearray, *, alone: bool = False) -> Any:
    """Return a keyed connection of its own, which nobody pools.

    With `alone` nobody else may open the file meanwhile: then it needs no memory shared with others, which a network
    share cannot give.
    """
    address = "file:" + str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23") + "?mode=rwc"
    connection = sqlcipher.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # SQLCipher writes to stderr otherwise
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise VaultError(tr("This copy of the program cannot encrypt."), "", tr("Install the program anew."))
        connection.execute("PRAGMA key=\"x'" + secret.hex() + "'\"")
        if alone:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key shows here, never later
        for pragma in PRAGMAS:
            connection.execute("PRAGMA " + pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        raise VaultError(
            tr("The clinic's database is missing."),
            tr("There is no {name}.", name=path.name),
            tr("Put it back from a backup."),
        ) from None
    except OSError as error:
        raise VaultError(
            tr("The clinic's database cannot be read."), f"{path.name}: {error.strerror}.", tr("Check the folder.")
        ) from None
    if header == PLAIN_HEADER:
        raise VaultError(
            tr("This database is not encrypted, so it is none of ours."),
            path.name,
            tr("Choose the clinic's own folder."),
        )
    if len(header) < len(PLAIN_HEADER):
        raise VaultError(
            tr("This file is no database."),
            tr("{name} is empty or cut off.", name=path.name),
            tr("Put it back from a backup."),
        )


def _without_data(error: DBAPIError, path: Path) -> TrackerError:
    """Say what went wrong in SQLite's own words, which hold names of columns but never values."""
    message = str(error.orig)
    if isinstance(error, IntegrityError):
        return ConflictError(
            tr("This does not fit what is on file, so nothing was saved."), message, tr("Look at it again.")
        )
    if any(fault in message for fault in _FILE_FAULTS):
        detail = tr("{name} is damaged or belongs to another key file.", name=path.name)
        remedy = tr("Put both files back from the same backup.")
        return VaultError(tr("The clinic's database does not open with this key."), detail, remedy)
    return _by_message(message)


def _by_message(message: str) -> TrackerError:
    if "locked" in message or "busy" in message:
        return StorageError(
            tr("Another desk is saving just now, so nothing was saved."), "", tr("Try again in a moment.")
        )
    if "full" in message:
        return StorageError(tr("The disk is full, so nothing was saved."), "", tr("Free some space and try again."))
    if "readonly" in message or "read-only" in message or "unable to open" in message:
        return StorageError(tr("The clinic's file cannot be written."), "", tr("Check the folder and its rights."))
    if "malformed" in message:
        return StorageError(tr("The clinic's file is damaged, so nothing was saved."), "", tr("Restore a backup."))
    return StorageError(
        tr("The clinic's file could not be used, so nothing was saved."),
        message,
        tr("Try again; if it stays, restore a backup."),
    )
