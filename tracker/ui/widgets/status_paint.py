"""Paints a status: glyph and word, on a tint where somebody has to act."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from tracker.ui import theme
from tracker.ui.theme import glyphs
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.faces import paint_tint
from tracker.ui.widgets.word_paint import paint_words

GLYPH = 14
GAP = 6
_TINT_HEIGHT = 20


def width_of(text: str) -> int:
    """Return the room that glyph, word and the tint's padding need."""
    return 5 + GLYPH + GAP + theme.text_width(text, "strong") + 7


def paint(
    painter: QPainter,
    room: QRectF,
    text: str,
    status: Status,
    *,
    tinted: bool,
    glyph: Glyph | None = None,
    ink: QColor | None = None,
) -> None:
    """Draw at the left of `room`, centred in its height. The tint begins 5 px left of the glyph."""
    color = ink or status.ink()
    middle = room.center().y()
    left = room.left()
    if tinted:
        width = min(float(width_of(text)), room.width())
        height = theme.scaled(_TINT_HEIGHT)
        paint_tint(painter, QRectF(left, middle - height / 2, width, height), status.tint(), status.ink())
        left += 5
    glyphs.paint(painter, glyph or status.glyph, QRectF(left, middle - GLYPH / 2, GLYPH, GLYPH), color)
    left += GLYPH + GAP
    painter.setPen(color)
    space = max(0.0, room.right() - left)
    word = theme.elided(text, "strong", int(space) + 1)
    paint_words(painter, QRectF(left, room.top(), space + 2, room.height()), word, "strong")
