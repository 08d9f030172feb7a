"""Expiring unused units: approvals that end soon with units that nobody has used or booked."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.authorization import AuthorizationLine
from tracker.domain.language import tr, tr_for, tr_n
from tracker.services.authorizations.expirations import ExpiryRow
from tracker.services.pace import Pace
from tracker.services.reports.shape import Asked, Bar, Cell, Chart, Found, Nothing, ReportColumn, Row, span
from tracker.services.reports.sources import Sources

AT_ONCE = 100


class UnusedUnits:
    """By the last day of the approval; units are counted anew from the visits on file."""

    id = "unused-units"
    people = True

    def __init__(self) -> None:
        self.title = tr("Expiring unused units")
        self.about = tr("Approvals that end in these days with units left: book them, or let them go knowingly.")
        self.parameters = span(lambda _today: "t", lambda _today: "+60")

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        with sources.transactions.reading() as uow:
            ids = uow.figures.decisions.ending(asked.first, asked.last)
        found = [row for part in pace.chunks(ids, AT_ONCE) for row in sources.expirations.of(part) if row.left]
        rows = [row for each in found for row in _rows(each)]
        lines = [line for each in found for line in _open(each)]
        total: Row = (tr("Total"), "", "", "", "", "", *_figures(lines), "")
        return Found(_columns(), tuple(rows), _nothing(), total if rows else None, _chart(found), _notes())


def _open(row: ExpiryRow) -> Iterator[AuthorizationLine]:
    """Yield the lines that have units left; one without a limit never runs out."""
    return (line for line in row.lines if not line.denied and line.left)


def _rows(row: ExpiryRow) -> Iterator[Row]:
    who, answer = row.work.patient, row.work.record.authorization
    visit = row.visit.day if row.visit else None
    for line in _open(row):
        yield (row.ends, answer.number or "", who.name, who.born, row.work.payer, line.code, *_figures([line]), visit)


def _figures(lines: list[AuthorizationLine]) -> tuple[int, int, int, int]:
    granted, used = sum(line.units or 0 for line in lines), sum(line.used for line in lines)
    return granted, used, sum(line.booked for line in lines), sum(line.left or 0 for line in lines)


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Ends"), Cell.DAY, 1.1),
        ReportColumn(tr("Number"), width=1.1, whole=True),
        ReportColumn(tr("Patient"), width=1.7, strong=True, whole=True),
        ReportColumn(tr("Born"), Cell.DAY, 1.1, below=True),
        ReportColumn(tr("Payer"), width=1.9, drops=2),
        ReportColumn(tr("Code"), width=0.7),
        ReportColumn(tr("Granted"), Cell.COUNT, 0.8, drops=4),
        ReportColumn(tr("Used"), Cell.COUNT, 0.7, drops=1),
        ReportColumn(tr("Booked"), Cell.COUNT, 0.8, drops=3),
        ReportColumn(tr_for("units", "Left"), Cell.COUNT, 0.6),
        ReportColumn(tr("Next visit"), Cell.DAY, 1.1),
    )


def _chart(found: list[ExpiryRow]) -> Chart:
    by_payer: dict[str, int] = {}
    for row in found:
        by_payer[row.work.payer_name] = by_payer.get(row.work.payer_name, 0) + sum(x.left or 0 for x in _open(row))
    names = sorted(by_payer, key=lambda each: (-by_payer[each], each.casefold()))
    bars = tuple(
        Bar(name, (by_payer[name],), tr_n("{n} unit left", "{n} units left", by_payer[name])) for name in names
    )
    return Chart(tr("Units left by payer"), (tr("units"),), bars)


def _notes() -> tuple[str, ...]:
    return (
        tr("Used: by visits done, here or reported. Booked: by visits to come. Lines without a limit are left out."),
    )


def _nothing() -> Nothing:
    return Nothing(tr("No approval with units left ends in these days."), tr("Choose a later last day."))
