"""One long job under way: how far it has come, and whether it was called off. Shared by two threads."""

from __future__ import annotations

import threading

from tracker.services.pace import Pace


class ImportJob:
    """The worker tells, the screen looks; nothing here is a widget."""

    def __init__(self) -> None:
        self._called_off = threading.Event()
        self._told = (0, 0)

    def tell(self, done: int, total: int) -> None:
        """Take how much is done, and how much there is."""
        self._told = (done, total)

    def pace(self) -> Pace:
        """Return what the worker goes by: it tells this job, and stops when the job is called off."""
        return Pace(self.tell, self.is_called_off)

    @property
    def told(self) -> tuple[int, int]:
        return self._told

    def call_off(self) -> None:
        self._called_off.set()

    def is_called_off(self) -> bool:
        return self._called_off.is_set()
