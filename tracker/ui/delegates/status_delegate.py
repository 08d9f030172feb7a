"""Paints a cell's status: glyph and word, tinted where somebody has to act."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate, cell_of, tone_in
from tracker.ui.theme.status import Status
from tracker.ui.widgets import status_paint

PADDING_RIGHT = 6


class StatusDelegate(RowDelegate):
    """Cells of columns with a `status`; a record without one is painted as text."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        found = cell_of(index)
        status = found[0].status(found[1]) if found is not None and found[0].status else None
        if found is None or not isinstance(status, Status):
            super().paint_content(painter, room, index, selected)
            return
        column, record, past = found
        wanted = column.tinted(record) if column.tinted else None
        tinted = not past and (not status.calm if wanted is None else bool(wanted))
        # Words stand under each other whether tinted or not: the tint begins left of the cell's text.
        status_paint.paint(
            painter,
            QRectF(room.adjusted(-5 if tinted else 0, 0, PADDING_RIGHT, 0)),
            column.text(record),
            status,
            tinted=tinted,
            glyph=column.glyph(record) if column.glyph else None,
            ink=theme.color(tone_in(column, record, past, selected)) if past else None,
        )
