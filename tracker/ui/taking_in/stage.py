"""Where taking a rule pack in stands."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """No pack, looking at one, a key to be trusted first, showing what it changes, writing."""

    EMPTY = "empty"
    LOOKING = "looking"
    KEY = "key"
    READY = "ready"
    TAKING = "taking"

    @property
    def busy(self) -> bool:
        return self in (Stage.LOOKING, Stage.TAKING)
