"""Opens units of work for the services, stamped with who acts, where and when."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.domain.clock import Clock
from tracker.domain.patient import User
from tracker.storage.acts import Stamp
from tracker.storage.database import Database
from tracker.storage.unit_of_work import UnitOfWork


class Transactions:
    """`reading()` blocks nobody; `writing()` holds the file until it ends, so nothing checked in it goes stale.

    `at_start` sees each writing unit of work before anything is checked in it.
    """

    def __init__(self, database: Database, clock: Clock, user: User) -> None:
        self._database = database
        self._clock = clock
        self.user = user
        self.at_start: Callable[[UnitOfWork], object] | None = None
        self._guarded = False
        self._inside = threading.local()

    def reading(self) -> UnitOfWork:
        return UnitOfWork(self._database)

    def writing(self) -> UnitOfWork:
        if self._guarded and not getattr(self._inside, "calls", 0):
            raise RuntimeError("a call writes that services/rights.py does not name")
        return UnitOfWork(self._database, self._stamp, self.at_start)

    def guarded(self) -> Transactions:
        """Return transactions on the same file in which only calls that were let in can write.

        A call about which nobody decided who may make it fails for everybody.
        """
        behind = Transactions(self._database, self._clock, self.user)
        behind._guarded = True
        return behind

    @contextmanager
    def let_in(self) -> Iterator[None]:
        """Let what is called in this block, on this thread, write."""
        self._inside.calls = getattr(self._inside, "calls", 0) + 1
        try:
            yield
        finally:
            self._inside.calls -= 1

    @property
    def database(self) -> Database:
        """The file itself, for what works on it as a whole."""
        return self._database

    @property
    def folder(self) -> Path:
        """The clinic's own folder."""
        return self._database.path.parent

    def close(self) -> None:
        self._database.close()

    def _stamp(self) -> Stamp:
        return Stamp(self.user.name, platform.node(), self._clock.now())
