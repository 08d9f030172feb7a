"""Lays visits out on a grid of times: a lane for each provider or day, a block for each visit and free stretch."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

OPENS, CLOSES = 7 * 60, 18 * 60
SLOT = 30
UNTIMED, CALLED_OFF = "untimed", tr("called off")
_OFF = (BookingStatus.CANCELLED, BookingStatus.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: whose visits of which day. `closed` says why the clinic does not work that day.

    `extra`: visits that overlap with those of the lane before it; its empty stretches are no free time.
    """

    head: str
    day: date
    provider_id: str
    spoken: str
    closed: str = ""
    extra: bool = False
    bookable: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A visit, or without a `row` a free stretch; minutes of the day, or a `band` of visits without a time.

    `top` and `rows` are its place in the grid.
    """

    lane: int
    start: int
    end: int
    row: DayRow | None
    top: int
    rows: int
    band: str = ""
    free: bool = False

    @property
    def starts(self) -> time | None:
        return None if self.band else time(self.start // 60, self.start % 60)

    @property
    def reachable(self) -> bool:
        """Tell whether the hands may go there."""
        return self.row is not None or self.free


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the grid: minutes of the day, or the place in a band."""

    start: int
    end: int
    band: str = ""


@dataclass(frozen=True)
class TimeGrid:
    """Everything that the table shows; `blocks` by lane, from top to bottom, without a gap."""

    lanes: tuple[Lane, ...] = ()
    rows: tuple[GridRow, ...] = ()
    blocks: tuple[tuple[Block, ...], ...] = ()
    _at: dict[tuple[int, int], Block] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for block in self.each():
            self._at.update({(row, block.lane): block for row in range(block.top, block.top + block.rows)})

    def each(self) -> Iterator[Block]:
        return (block for lane in self.blocks for block in lane)

    def at(self, row: int, lane: int) -> Block | None:
        return self._at.get((row, lane))

    def of_visit(self, booking_id: str) -> Block | None:
        return next((each for each in self.each() if each.row is not None and each.row.booking.id == booking_id), None)


def lay_out(columns: Iterable[tuple[Lane, Sequence[DayRow]]]) -> TimeGrid:
    """Return the grid of these columns; one with visits at the same time gets further lanes beside it."""
    lanes: list[Lane] = []
    timed: list[list[DayRow]] = []
    loose: list[dict[str, list[DayRow]]] = []
    for lane, visits in columns:
        parted = _parted([row for row in visits if not _band_of(row)])
        for number, members in enumerate(parted):
            lanes.append(_further(lane, number) if number else lane)
            timed.append(members)
            loose.append({})
        first = len(lanes) - len(parted)
        for band in (UNTIMED, CALLED_OFF):
            loose[first][band] = [row for row in visits if _band_of(row) == band]
    times = _times([row for members in timed for row in members])
    rows = _rows(times, loose)
    blocks = tuple(
        tuple(_blocks(number, lane, timed[number], loose[number], rows)) for number, lane in enumerate(lanes)
    )
    return TimeGrid(tuple(lanes), rows, blocks)


def _band_of(row: DayRow) -> str:
    if row.booking.status in _OFF:
        return CALLED_OFF
    return "" if row.booking.starts else UNTIMED


def _further(lane: Lane, number: int) -> Lane:
    return Lane(f"{lane.head} ({number + 1})", lane.day, lane.provider_id, lane.spoken, lane.closed, True, False)


def _start(row: DayRow) -> int:
    starts = row.booking.starts or time()
    return starts.hour * 60 + starts.minute


def _end(row: DayRow) -> int:
    return min(_start(row) + row.booking.minutes, 24 * 60)


def _parted(visits: Sequence[DayRow]) -> list[list[DayRow]]:
    """Part visits so that none of a lane overlap; there is always one lane."""
    lanes: list[list[DayRow]] = [[]]
    for row in sorted(visits, key=lambda each: (_start(each), each.booking.id)):
        lane = next((each for each in lanes if not each or _end(each[-1]) <= _start(row)), None)
        if lane is None:
            lanes.append([row])
        else:
            lane.append(row)
    return lanes


def _times(visits: Sequence[DayRow]) -> list[int]:
    """Return where rows begin and end: each half hour of the day's hours, and each begin and end of a visit."""
    first = min([OPENS, *(_start(row) // 60 * 60 for row in visits)])
    last = max([CLOSES, *(-(-_end(row) // 60) * 60 for row in visits)])
    ends = {minute for row in visits for minute in (_start(row), _end(row))}
    return sorted({*range(first, last + 1, SLOT), *ends})


def _rows(times: Sequence[int], loose: Sequence[dict[str, list[DayRow]]]) -> tuple[GridRow, ...]:
    def band(name: str) -> list[GridRow]:
        return [GridRow(0, 0, name)] * max((len(each.get(name, ())) for each in loose), default=0)

    timed = [GridRow(start, end) for start, end in itertools.pairwise(times)]
    return (*band(UNTIMED), *timed, *band(CALLED_OFF))


def _blocks(
    number: int, lane: Lane, visits: Sequence[DayRow], loose: dict[str, list[DayRow]], rows: Sequence[GridRow]
) -> Iterator[Block]:
    """Walk down a lane: bands are filled from above, each free stretch ends at a half hour or at a visit."""
    by_start = {_start(row): row for row in visits}
    waiting = {band: list(members) for band, members in loose.items()}
    place = 0
    while place < len(rows):
        here = rows[place]
        if here.band:
            members = waiting.get(here.band, [])
            yield Block(number, 0, 0, members.pop(0) if members else None, place, 1, here.band)
            place += 1
            continue
        visit = by_start.get(here.start)
        end = _end(visit) if visit else _free_until(here.start, by_start)
        height = sum(1 for row in rows if not row.band and here.start <= row.start < end)
        free = visit is None and lane.bookable
        yield Block(number, here.start, end, visit, place, max(height, 1), free=free)
        place += max(height, 1)


def _free_until(start: int, by_start: dict[int, DayRow]) -> int:
    half_hour = (start // SLOT + 1) * SLOT
    return min([half_hour, *(begin for begin in by_start if begin > start)])
