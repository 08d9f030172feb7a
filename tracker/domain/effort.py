"""How much a search may take: it counts what was tried, ends when its time is over, and can be called off."""

from __future__ import annotations

import threading
import time


class EndedError(Exception):
    """The search was ended before it was through; `called_off` by a person, otherwise its time was over."""

    def __init__(self, *, called_off: bool) -> None:
        super().__init__("called off" if called_off else "out of time")
        self.called_off = called_off


class Effort:
    """One search under way, shared by two threads: the worker tries, the screen looks. `seconds` None: no end."""

    def __init__(self, seconds: float | None = None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds
        self._called_off = threading.Event()
        self._tried = 0

    def go_on(self) -> None:
        """Count one more try. Raises EndedError when no more is wanted."""
        if self._called_off.is_set():
            raise EndedError(called_off=True)
        if self._until is not None and time.monotonic() >= self._until:
            raise EndedError(called_off=False)
        self._tried += 1

    @property
    def told(self) -> tuple[int, int]:
        """How much was tried, and of how much: 0 where nobody knows."""
        return self._tried, 0

    def call_off(self) -> None:
        self._called_off.set()
