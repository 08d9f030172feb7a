"""Where an arrow leads on the grid of times."""

from __future__ import annotations

from datetime import datetime

from tracker.ui.schedule.time_grid import Block, TimeGrid


def next_in_lane(grid: TimeGrid, block: Block, step: int) -> Block | None:
    """Return the next visit or free stretch below or above."""
    lane = grid.blocks[block.lane]
    place = lane.index(block) + step
    while 0 <= place < len(lane):
        if lane[place].reachable:
            return lane[place]
        place += step
    return None


def beside(grid: TimeGrid, block: Block, step: int) -> Block | None:
    """Return what stands at the same time in the next lane that has something."""
    lane = block.lane + step
    while 0 <= lane < len(grid.lanes):
        reachable = [each for each in grid.blocks[lane] if each.reachable]
        here = [each for each in reachable if each.top <= block.top < each.top + each.rows]
        if here or reachable:
            return here[0] if here else min(reachable, key=lambda each: abs(each.top - block.top))
        lane += step
    return None


def home(grid: TimeGrid, now: datetime | None) -> Block | None:
    """Return where the hands begin: today at the next open visit or free time from now on, else at the first visit."""
    today = now.date() if now else None
    minute = now.hour * 60 + now.minute if now else 0
    reachable = [each for each in grid.each() if each.reachable and not each.band]
    ahead = [each for each in reachable if grid.lanes[each.lane].day == today and each.end > minute]
    visits = [each for each in (ahead or reachable) if each.row is not None and not each.row.past]
    first = visits or ahead or reachable or [each for each in grid.each() if each.reachable]
    return min(first, key=lambda each: (each.lane if today is None else 0, each.start, each.lane), default=None)
