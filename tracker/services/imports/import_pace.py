"""How far an import has come, and whether it was called off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr

Progress = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""

Item = TypeVar("Item")
STEPS_A_CALL = 500
PASSES = 3
"""A line is read, compared and written."""

_CHUNK = 1 << 20


class ImportCancelledError(TrackerError):
    """The person at the desk called it off; nothing was written."""

    def __init__(self) -> None:
        super().__init__(tr("The import was called off."), tr("Nothing was written."))


class Pace:
    """Tells how far it is, and stops when called off; asks once in a while, not at every line."""

    def __init__(self, path: Path, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._path = path
        self._done = 0
        self._total = 0

    def step(self) -> None:
        if self._done % STEPS_A_CALL == 0:
            self._tell()
        self._done += 1

    def through(self, records: Iterable[Item]) -> Iterator[Item]:
        for record in records:
            self.step()
            yield record

    def _tell(self) -> None:
        if self._cancelled and self._cancelled():
            raise ImportCancelledError
        if self._progress:
            self._total = max(self._total or _lines(self._path) * PASSES, self._done)
            self._progress(self._done, self._total)


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))
    except OSError:
        return 0
