"""Paints a cell's status: glyph and word, tinted where somebody has to act."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate, told, tone_of
from tracker.ui.models.record_table_model import GLYPH_ROLE, PAST_ROLE, STATUS_ROLE, TINTED_ROLE
from tracker.ui.theme.status import Status
from tracker.ui.widgets import status_paint

PADDING_RIGHT = 6


class StatusDelegate(RowDelegate):
    """Cells of columns with a `status`; a record without one is painted as text."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        status = told(index, STATUS_ROLE)
        if not isinstance(status, Status):
            super().paint_content(painter, room, index, selected)
            return
        past = bool(told(index, PAST_ROLE))
        wanted = told(index, TINTED_ROLE)
        tinted = not past and (not status.calm if wanted is None else bool(wanted))
        ink = theme.color(tone_of(index, selected)) if past else None
        # Words stand under each other whether tinted or not: the tint begins left of the cell's text.
        status_paint.paint(
            painter,
            QRectF(room.adjusted(-5 if tinted else 0, 0, PADDING_RIGHT, 0)),
            told(index, int(Qt.ItemDataRole.DisplayRole)) or "",
            status,
            tinted=tinted,
            glyph=told(index, GLYPH_ROLE),
            ink=ink,
        )
