"""Where an import stands."""

from __future__ import annotations

from enum import Enum


class Step(Enum):
    """No file, reading one, showing what it would do, writing, showing what it did."""

    EMPTY = "empty"
    CHECKING = "checking"
    READY = "ready"
    IMPORTING = "importing"
    DONE = "done"

    @property
    def busy(self) -> bool:
        return self in (Step.CHECKING, Step.IMPORTING)
