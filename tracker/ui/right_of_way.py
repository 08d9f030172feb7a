"""Who goes first where two workers share one interpreter: somebody who waits for an answer, or a long job behind."""

from __future__ import annotations

from threading import Condition

AT_MOST_SECONDS = 0.25


class RightOfWay:
    """A long job stands aside between two pieces of its work while quick calls are under way.

    Both at once, each takes many times as long: they would hand the interpreter over at every row of the database.
    """

    def __init__(self) -> None:
        self._quick = 0
        self._changed = Condition()

    def begin(self) -> None:
        """A quick call is asked for."""
        with self._changed:
            self._quick += 1

    def end(self) -> None:
        """It is done, or will not be."""
        with self._changed:
            self._quick -= 1
            self._changed.notify_all()

    def end_all(self) -> None:
        """No quick call counts any more."""
        with self._changed:
            self._quick = 0
            self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until none is under way, but not for long: one that lasts must not keep everything else."""
        if self._quick > 0:
            with self._changed:
                self._changed.wait_for(lambda: self._quick <= 0, AT_MOST_SECONDS)
