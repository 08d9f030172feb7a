"""Audit extract: what everybody did in these days, with what it changed."""

from __future__ import annotations

from collections import Counter

from tracker.domain.language import tr, tr_n
from tracker.services.audit.audit import AuditFilter, AuditLine
from tracker.services.days import local_day
from tracker.services.pace import Pace
from tracker.services.reports.shape import Asked, Bar, Cell, Chart, Found, Nothing, ReportColumn, Row, back, span
from tracker.services.reports.sources import Sources

AT_ONCE = 500


class AuditExtract:
    """Newest first, as on the page Audit."""

    id = "audit-extract"
    people = True

    def __init__(self) -> None:
        self.title = tr("Audit extract")
        self.about = tr("Who did what, when and why, with the fields that changed.")
        self.parameters = span(back(30))

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        wanted = AuditFilter(first=asked.first, last=asked.last)
        count = sources.audit.count(wanted)
        lines = [
            line
            for part in pace.chunks(range(count), AT_ONCE)
            for line in sources.audit.lines(wanted, offset=part[0], limit=len(part))
        ]
        counts = Counter(line.row.by for line in lines)
        names = sorted(counts, key=lambda each: (-counts[each], each))
        bars = tuple(Bar(name, (counts[name],), f"{counts[name]:,}") for name in names)
        total: Row = (tr("Total"), "", "", "", tr_n("{n} act", "{n} acts", len(lines)), "", "", "", "")
        return Found(_columns(), tuple(map(_row, lines)), _nothing(), total if lines else None,
                     Chart(tr("Acts by person"), (tr("acts"),), bars))  # fmt: skip


def _row(line: AuditLine) -> Row:
    row, at = line.row, line.row.at.astimezone()
    born = row.patient.born if row.patient else ""
    minute = at.time().replace(second=0, microsecond=0)
    return (local_day(row.at), minute, row.by, row.station, row.what, row.whom, born, line.changed, row.why)


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Day"), Cell.DAY, 1.1),
        ReportColumn(tr("Time"), Cell.TIME, 0.9),
        ReportColumn(tr("Who"), width=1.1, strong=True),
        ReportColumn(tr("Desk"), width=0.9, drops=1),
        ReportColumn(tr("What"), width=1.5),
        ReportColumn(tr("Patient"), width=1.4, whole=True),
        ReportColumn(tr("Born"), Cell.DAY, 1.1),
        ReportColumn(tr("Changed"), width=3.4),
        ReportColumn(tr("Why"), width=1.4, drops=2),
    )


def _nothing() -> Nothing:
    why = tr("Nobody did anything in these days that is on record.")
    return Nothing(why, tr("Choose an earlier first day."), of_visits=False)
