"""How far a report has come, and whether it was called off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr

Item = TypeVar("Item")


class ReportCancelledError(TrackerError):
    """The person at the desk called it off; reports write nothing, so nothing is left behind."""

    def __init__(self) -> None:
        super().__init__(tr("The report was called off."), "", tr("Press Ctrl+Enter to begin it again."))


def unheard(_done: int, _total: int) -> None:
    """Nobody listens."""


def never() -> bool:
    return False


class Pace:
    """Tells how far it is, and stops when called off: once a chunk."""

    def __init__(self, progress: Callable[[int, int], None] = unheard, cancelled: Callable[[], bool] = never) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def chunks(self, items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
        """Yield the items, so many at a time. Raises ReportCancelledError."""
        for start in range(0, len(items), size):
            self.tell(start, len(items))
            yield items[start : start + size]
        self.tell(len(items), len(items))

    def tell(self, done: int, total: int) -> None:
        """Say how far it is. Raises ReportCancelledError."""
        if self._cancelled():
            raise ReportCancelledError
        self._progress(done, total)
