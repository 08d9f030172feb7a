"""The line of the present time across the lanes of today."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from tracker.ui import theme
from tracker.ui.schedule.time_grid import TimeGrid


def paint_now(painter: QPainter, table: QTableView, grid: TimeGrid, now: datetime) -> None:
    """Draw it at the present minute; nothing where today is not shown."""
    minute = now.hour * 60 + now.minute
    place = next((n for n, row in enumerate(grid.rows) if not row.band and row.start <= minute < row.end), None)
    lanes = [n for n, lane in enumerate(grid.lanes) if lane.day == now.date()]
    if place is None or not lanes:
        return
    row = grid.rows[place]
    part = (minute - row.start) / (row.end - row.start)
    top = table.rowViewportPosition(place) + round(table.rowHeight(place) * part)
    left = table.columnViewportPosition(lanes[0])
    right = table.columnViewportPosition(lanes[-1]) + table.columnWidth(lanes[-1])
    painter.fillRect(left, top, right - left, 2, theme.color("accent"))
