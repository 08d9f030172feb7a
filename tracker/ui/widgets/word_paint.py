"""Paints one line of text as tables and marks show it: words that come again and again keep their glyphs."""

from __future__ import annotations

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QStaticText, QTransform

from tracker.ui import theme

_FIRST_TO_THE_LEFT = "\u0590"
_GO_ALONG = str.maketrans("", "", "…–—’‘“”•→×")
"""Marks that run as the letters beside them do; every text that is cut ends in the first."""
_ROOMY = QRectF(0, 0, 1 << 15, 1 << 10)
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def paint_words(painter: QPainter, room: QRectF, text: str, role: theme.Role) -> None:
    """Draw the text at the left of `room`, in the middle of its height, as `drawText` does; it must fit.

    To find the glyphs is half of what it takes to draw a text, and a page has a few hundred.
    """
    painter.setFont(theme.font(role))
    if not _goes_plainly(text):
        painter.drawText(room, _AT_LEFT, text)
        return
    words, height = _kept(text, role, theme.current().percent)
    painter.drawStaticText(QPointF(room.left(), room.top() + (room.height() - height) / 2), words)


def _goes_plainly(text: str) -> bool:
    """Tell whether a text is one line that runs from left to right."""
    return text.isprintable() and (text.isascii() or max(text.translate(_GO_ALONG), default="") < _FIRST_TO_THE_LEFT)


@functools.lru_cache(maxsize=4096)
def _kept(text: str, role: theme.Role, _percent: int) -> tuple[QStaticText, float]:
    """Return the glyphs, and the height by which `drawText` sets the line in the middle: `size` rounds it up."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(QTransform(), theme.font(role))
    return made, QFontMetricsF(theme.font(role)).boundingRect(_ROOMY, _AT_LEFT, text).height()
