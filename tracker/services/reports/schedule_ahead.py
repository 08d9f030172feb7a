"""Schedule ahead: every open visit of the next days with the answer of today."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from tracker.domain.language import tr, tr_n
from tracker.domain.verdict import Outcome
from tracker.services.pace import Pace
from tracker.services.reports.shape import (
    Answered,
    Ask,
    Asked,
    Bar,
    Cell,
    Chart,
    Found,
    Nothing,
    Parameter,
    ReportColumn,
    Row,
)
from tracker.services.reports.sources import Sources
from tracker.services.visits.schedule import DayRow

DAYS = "days"
FIRST = "first"


class ScheduleAhead:
    """A day at a time, judged anew."""

    id = "schedule-ahead"
    people = True

    def __init__(self) -> None:
        self.title = tr("Schedule ahead")
        self.about = tr("Every open visit of the next days with today's answer: for the morning, and for an outage.")
        self.parameters = (
            Parameter(FIRST, tr("From"), Ask.DAY, lambda _today: "t"),
            Parameter(DAYS, tr("Days"), Ask.COUNT, lambda _today: "14"),
        )
        self._words = {
            Outcome.ALLOWED: tr("Allowed"),
            Outcome.CAUTION: tr("Allowed, see note"),
            Outcome.NEEDS_AUTHORIZATION: tr("Needs authorization"),
            Outcome.UNKNOWN: tr("Cannot tell"),
            Outcome.NOT_ALLOWED: tr("Not allowed"),
        }

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        days = [asked.days[FIRST] + timedelta(days=ahead) for ahead in range(asked.counts[DAYS])]
        found = [
            row
            for part in pace.chunks(days, 1)
            for row in sources.schedule.day(part[0]).rows
            if row.booking.status.open
        ]
        counts = Counter(row.outcome for row in found)
        flagged = sum(row.flagged for row in found)
        words = tr_n(
            "{flagged:,} of {n:,} visit flagged", "{flagged:,} of {n:,} visits flagged", len(found), flagged=flagged
        )
        total: Row = (tr("Total"), "", "", "", "", "", "", words, "")
        bars = tuple(Bar(self._words[each], (counts[each],), f"{counts[each]:,}") for each in Outcome)
        return Found(_columns(), tuple(map(_row, found)), _nothing(), total if found else None,
                     Chart(tr("Visits by answer"), (tr("visits"),), bars))  # fmt: skip


def _row(row: DayRow) -> Row:
    visit, who = row.booking, row.patient
    answer = Answered(row.flag, row.outcome, tinted=row.flagged and not row.overridden)
    because = row.reason or (row.headline if row.flagged else "")
    return (visit.day, visit.starts, who.name, who.born, row.procedure, row.provider, row.coverage, answer, because)


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Day"), Cell.DAY, 1.1),
        ReportColumn(tr("Time"), Cell.TIME, 0.9, drops=4),
        ReportColumn(tr("Patient"), width=1.6, strong=True, whole=True),
        ReportColumn(tr("Born"), Cell.DAY, 1.1, below=True),
        ReportColumn(tr("Procedure"), width=1.8, whole=True),
        ReportColumn(tr("Provider"), width=0.8, drops=1),
        ReportColumn(tr("Coverage"), width=1.4, drops=2),
        ReportColumn(tr("Answer"), Cell.ANSWER, 1.3, whole=True),
        ReportColumn(tr("Because"), width=2.4, drops=3),
    )


def _nothing() -> Nothing:
    return Nothing(tr("No visit is booked in these days."), tr("Choose more days, or another first day."))
