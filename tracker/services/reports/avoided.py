"""Denials avoided: flags that were raised on coming visits, and what was done about each before the visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr, tr_n
from tracker.domain.verdict import Outcome
from tracker.services.days import local_day, moments
from tracker.services.pace import Pace
from tracker.services.reports.shape import (
    Answered,
    Asked,
    Bar,
    Cell,
    Chart,
    Found,
    Nothing,
    ReportColumn,
    Row,
    back,
    span,
)
from tracker.services.reports.sources import Sources
from tracker.services.words.retelling import told_again
from tracker.services.words.wording import event_text
from tracker.storage.figures.flags import RaisedFlag
from tracker.storage.unit_of_work import UnitOfWork

AT_ONCE = 2000


class Became(StrEnum):
    """What became of a flag."""

    MOVED = "moved"
    CHANGED = "changed"
    CALLED_OFF = "called-off"
    OPEN = "open"
    AHEAD = "ahead"


AVOIDED = (Became.MOVED, Became.CHANGED)


def became(flag: RaisedFlag) -> Became:
    """Return what became of a flag: what is done about it counts only while the visit is still to come."""
    good = flag.now <= Outcome.CAUTION
    moved = any(at >= flag.raised_at and local_day(at) <= day for at, day in flag.moves)
    if flag.status in (BookingStatus.CANCELLED, BookingStatus.NO_SHOW):
        return Became.CALLED_OFF
    if good and moved:
        return Became.MOVED
    if good and local_day(flag.now_at) <= flag.day:
        return Became.CHANGED
    return Became.OPEN if flag.status.open else Became.AHEAD


class DenialsAvoided:
    """One row a visit: the first flag within the days asked about."""

    id = "denials-avoided"
    people = True

    def __init__(self) -> None:
        self.title = tr("Denials avoided")
        self.about = tr("Flags that were raised on coming visits, and whether the visit was moved or changed in time.")
        self.parameters = span(back(90))
        self._words = {
            Became.MOVED: tr("Moved to a day that fits"),
            Became.CHANGED: tr("Cleared before the visit"),
            Became.CALLED_OFF: tr("Called off or missed"),
            Became.OPEN: tr("Still flagged, to come"),
            Became.AHEAD: tr("Went ahead as flagged"),
        }

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        with sources.transactions.reading() as uow:
            flags = uow.figures.flags.raised(*moments(asked.first, asked.last))
            rows = [row for part in pace.chunks(flags, AT_ONCE) for row in self._rows(uow, part)]
        counts = Counter(became(flag) for flag in flags)
        return Found(
            self._columns(), tuple(rows), self._nothing(), self._totals(counts), self._chart(counts), self._notes()
        )

    def _rows(self, uow: UnitOfWork, flags: Sequence[RaisedFlag]) -> Iterator[Row]:
        people = uow.patients.get_many({flag.patient_id for flag in flags})
        events = uow.events.get_many({flag.event_id for flag in flags})
        for flag in flags:
            who, event = people[flag.patient_id], events[flag.event_id].event
            flagged = Answered(told_again(flag.headline), flag.outcome)
            yield (local_day(flag.raised_at), who.name, who.born, event_text(event), flagged,
                   self._words[became(flag)], flag.day)  # fmt: skip

    def _columns(self) -> tuple[ReportColumn, ...]:
        return (
            ReportColumn(tr("Raised"), Cell.DAY, 1.0),
            ReportColumn(tr("Patient"), width=1.6, strong=True, whole=True),
            ReportColumn(tr("Born"), Cell.DAY, 1.0, below=True),
            ReportColumn(tr("Procedure"), width=2.0, whole=True, drops=1),
            ReportColumn(tr("Flag"), Cell.ANSWER, 2.2, drops=2),
            ReportColumn(tr("What became of it"), width=1.7, whole=True),
            ReportColumn(tr("Visit"), Cell.DAY, 1.0),
        )

    def _totals(self, counts: Counter[Became]) -> Row:
        avoided, n = sum(counts[each] for each in AVOIDED), sum(counts.values())
        words = tr_n("{avoided} of {n} flag avoided a denial", "{avoided} of {n} flags avoided a denial", n,
                     avoided=avoided)  # fmt: skip
        return tr("Total"), "", "", "", "", words, ""

    def _chart(self, counts: Counter[Became]) -> Chart:
        bars = tuple(Bar(self._words[each], (counts[each],), f"{counts[each]:,}") for each in Became)
        return Chart(tr("What became of the flags"), (tr("visits"),), bars)

    def _notes(self) -> tuple[str, ...]:
        return (tr("A flag is an answer worse than “allowed, see note”. It is known from the day on which the program "
                   "began to keep how answers turned; what was flagged and mended while a visit was being typed is not "
                   "on record."),)  # fmt: skip

    def _nothing(self) -> Nothing:
        return Nothing(tr("No flag was raised on a visit in these days."), tr("Choose an earlier first day."))
