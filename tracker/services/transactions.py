"""Opens units of work for the services, stamped with who acts, where and when."""

from __future__ import annotations

import platform
from collections.abc import Callable
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

    def reading(self) -> UnitOfWork:
        return UnitOfWork(self._database)

    def writing(self) -> UnitOfWork:
        return UnitOfWork(self._database, self._stamp, self.at_start)

    @property
    def folder(self) -> Path:
        """The clinic's own folder."""
        return self._database.path.parent

    def close(self) -> None:
        self._database.close()

    def _stamp(self) -> Stamp:
        return Stamp(self.user.name, platform.node(), self._clock.now())
