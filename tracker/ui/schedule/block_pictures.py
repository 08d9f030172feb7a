"""Pictures of the blocks painted just now: scrolling and walking a full day only puts them in their places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

from tracker.ui import theme
from tracker.ui.schedule.time_grid import Block

MOST = 240
"""Two screens of a full day; the oldest go first."""
Key = tuple[object, ...]


class BlockPictures:
    """A picture is of one block at one size, in the colours, the type and with the names of when it was painted."""

    def __init__(self) -> None:
        self._known: dict[Key, tuple[Block, QPixmap]] = {}

    def paint(
        self, painter: QPainter, rect: QRect, block: Block, how: Key, draw: Callable[[QPainter, QRect], None]
    ) -> None:
        """Put the picture there, drawn by `draw` where it is not known yet; `how` is what else its look depends on."""
        ratio = painter.device().devicePixelRatioF()
        if ratio != int(ratio):  # a picture between two pixels would be blurred
            draw(painter, rect)
            return
        look = (theme.color("ctl").rgb(), theme.color("ink").rgb(), theme.font("body").pointSizeF())
        key = (id(block), rect.width(), rect.height(), ratio, look, how)
        known = self._known.get(key)
        if known is None or known[0] is not block:  # another block may have the number of one that is gone
            known = self._known[key] = (block, _drawn(rect.size(), ratio, draw))
            if len(self._known) > MOST:
                self._known.pop(next(iter(self._known)))
        painter.drawPixmap(rect.topLeft(), known[1])


def _drawn(size: QSize, ratio: float, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    draw(painter, QRect(0, 0, size.width(), size.height()))
    painter.end()
    return picture
