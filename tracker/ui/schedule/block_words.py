"""What a block of the schedule says: in its lines, and read out."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.words.wording import us_time
from tracker.ui.schedule.time_grid import CALLED_OFF, Block, GridRow, Lane
from tracker.ui.today.visit_columns import STATUS_WORDS, flag_words, time_text

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.identifiers import Identifiers


def row_head(row: GridRow) -> str:
    """Return what stands left of a row: the half hours, and the name of a band."""
    if row.band:
        return tr("called off") if row.band == CALLED_OFF else tr("no time")
    if row.start % 30:
        return ""
    return us_time(time(row.start // 60, row.start % 60)) if row.start % 60 == 0 else f"{row.start // 60 % 12 or 12}:30"


def free_words(block: Block) -> str:
    """Return "9:30 AM free, 20 minutes"."""
    starts = block.starts
    return tr("{time} free, {minutes} min", time=us_time(starts) if starts else "", minutes=block.end - block.start)


def free_hint(block: Block) -> str:
    """Return what stands in a free stretch where the hands are."""
    return tr("{time} free, {minutes} min: Enter books", time=us_time(block.starts) if block.starts else "",
              minutes=block.end - block.start)  # fmt: skip


def who_words(row: DayRow, names: Identifiers) -> str:
    return f"{time_text(row)}  {names.name(row.patient)}" if row.booking.starts else names.name(row.patient)


def spoken(block: Block, lane: Lane, names: Identifiers) -> str:
    """Return the whole block as a screen reader says it; "" for an empty one that leads nowhere."""
    where = f"{us_date(lane.day, weekday=True)}, {lane.spoken}"
    if lane.closed:
        where = tr("{where}, clinic {closed}", where=where, closed=lane.closed)
    if block.row is None:
        return f"{free_words(block)}, {where}" if block.free else ""
    row = block.row
    status = STATUS_WORDS[row.booking.status][0]
    verdict = tr("Verdict: {flag}", flag=tr("being checked") if row.pending else flag_words(row))
    return ", ".join((time_text(row), names.both(row.patient), row.procedure, verdict, status, where))
