"""The six things a fact can mean for the desk, each with glyph, word and colours."""

from __future__ import annotations

import functools
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.theme.glyphs import Glyph

if TYPE_CHECKING:
    from tracker.domain.verdict import Outcome


class Status(Enum):
    """Told three times over: by silhouette, by word, by colour."""

    OK = ("ok", tr("Allowed"), Glyph.TICK_DISC)
    AUTH = ("auth", tr("Needs auth"), Glyph.FLAG)
    CAUTION = ("caut", tr("Caution"), Glyph.TRIANGLE)
    NO = ("no", tr("Not allowed"), Glyph.OCTAGON)
    UNKNOWN = ("unk", tr("Cannot tell"), Glyph.DIAMOND)
    NEUTRAL = ("neu", tr("Neutral"), Glyph.DASH)

    def __init__(self, token: str, word: str, glyph: Glyph) -> None:
        self.token = token
        self.word = word
        self.glyph = glyph

    @property
    def calm(self) -> bool:
        """Nobody has to act: shown without a tint."""
        return self is Status.OK

    def ink(self) -> QColor:
        """Return the colour of glyph and word in the scheme in force."""
        return theme.color(self.token)

    def tint(self) -> QColor:
        """Return the ground behind a flagged word in the scheme in force."""
        return theme.color(f"{self.token}_tint")


def status_of(outcome: Outcome) -> Status:
    """Return the status that shows this outcome."""
    return _of_outcome()[outcome]


@functools.cache
def _of_outcome() -> dict[Outcome, Status]:
    from tracker.domain.verdict import Outcome  # not before the first window

    return {
        Outcome.ALLOWED: Status.OK,
        Outcome.CAUTION: Status.CAUTION,
        Outcome.NEEDS_AUTHORIZATION: Status.AUTH,
        Outcome.UNKNOWN: Status.UNKNOWN,
        Outcome.NOT_ALLOWED: Status.NO,
    }
