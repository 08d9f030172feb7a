"""The six things a fact can mean for the desk, each with glyph, word and colours."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QColor

from tracker.domain.verdict import Outcome
from tracker.ui import theme
from tracker.ui.theme.glyphs import Glyph


class Status(Enum):
    """Told three times over: by silhouette, by word, by colour."""

    OK = ("ok", "Allowed", Glyph.TICK_DISC)
    AUTH = ("auth", "Needs auth", Glyph.FLAG)
    CAUTION = ("caut", "Caution", Glyph.TRIANGLE)
    NO = ("no", "Not allowed", Glyph.OCTAGON)
    UNKNOWN = ("unk", "Cannot tell", Glyph.DIAMOND)
    NEUTRAL = ("neu", "Neutral", Glyph.DASH)

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


_OF_OUTCOME = {
    Outcome.ALLOWED: Status.OK,
    Outcome.CAUTION: Status.CAUTION,
    Outcome.NEEDS_AUTHORIZATION: Status.AUTH,
    Outcome.UNKNOWN: Status.UNKNOWN,
    Outcome.NOT_ALLOWED: Status.NO,
}


def status_of(outcome: Outcome) -> Status:
    """Return the status that shows this outcome."""
    return _OF_OUTCOME[outcome]
