"""How high the rows of the schedule are: by their minutes, and higher where a visit has more to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.ui.schedule.time_grid import Block, TimeGrid

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

PER_MINUTE, THIN, TARGET = 0.87, 7, 24


def row_heights(grid: TimeGrid, wanted: Callable[[DayRow], int]) -> list[int]:
    """Return the height of each row; `wanted` says how high a visit is with all its lines."""
    heights = [max(THIN, round((row.end - row.start) * PER_MINUTE)) for row in grid.rows]
    for block in grid.each():
        if block.row is not None:
            _stretch(heights, block, wanted(block.row))
        elif block.free:
            _stretch(heights, block, TARGET)
    return heights


def _stretch(heights: list[int], block: Block, wanted: int) -> None:
    rows = range(block.top, block.top + block.rows)
    lacking = wanted - sum(heights[row] for row in rows)
    for number, row in enumerate(rows):
        if lacking > 0:
            heights[row] += lacking * (number + 1) // len(rows) - lacking * number // len(rows)
