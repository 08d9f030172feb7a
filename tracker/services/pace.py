"""How far something long has come, and whether it was called off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import TypeVar

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr

Item = TypeVar("Item")


class CalledOffError(TrackerError):
    """The person at the desk called it off; nothing was written."""

    def __init__(self) -> None:
        super().__init__(tr("Called off; nothing was changed."))


def unheard(_done: int, _total: int) -> None:
    """Nobody listens."""


def never() -> bool:
    return False


class Pace:
    """Tells how far it is, and stops when called off: once a chunk. `error` is what it stops with."""

    def __init__(
        self,
        progress: Callable[[int, int], None] = unheard,
        cancelled: Callable[[], bool] = never,
        error: Callable[[], TrackerError] = CalledOffError,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._error = error

    def chunks(self, items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
        """Yield the items, so many at a time. Raises when called off."""
        for start in range(0, len(items), size):
            self.tell(start, len(items))
            yield items[start : start + size]
        self.tell(len(items), len(items))

    def each(self, items: Iterable[Item], every: int = 1) -> Iterator[Item]:
        """Yield the items one by one, and tell every so many. Raises when called off."""
        total = len(items) if isinstance(items, Sized) else 0
        for place, item in enumerate(items):
            if place % every == 0:
                self.tell(place, total)
            yield item

    def tell(self, done: int, total: int) -> None:
        """Say how far it is. Raises when called off."""
        if self._cancelled():
            raise self._error()
        self._progress(done, total)
