"""Lays day sheets: a day begins on a sheet of its own, its visits in the order of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.language import tr, tr_n
from tracker.domain.letterhead import PaperHead
from tracker.domain.us_dates import us_date
from tracker.services.visits.day_sheets import DaySheet, SheetVisit
from tracker.services.words.wording import us_time
from tracker.ui.paper.flow import Flow, TableColumn, lay_head
from tracker.ui.paper.paper import PageFoot, Paper


def day_paper(days: Sequence[DaySheet], head: PaperHead, made_at: datetime, made_by: str) -> Paper:
    """Return the sheets of these days. `made_at` stands at the foot: paper grows old, the screen does not."""
    flow = Flow()
    for place, day in enumerate(days):
        if place:
            flow.new_sheet()
        _lay_day(flow, day, head)
    sheets = flow.sheets()
    made = tr(
        "{clinic}. Printed {day} {time} by {name}",
        clinic=head.clinic, day=us_date(made_at.date()), time=us_time(made_at.time()), name=made_by,
    )  # fmt: skip
    return Paper(tr("Day sheet"), sheets, PageFoot(made, len(sheets)))


def _lay_day(flow: Flow, sheet: DaySheet, head: PaperHead) -> None:
    lay_head(flow, head, 9.5)
    flow.paragraph(us_date(sheet.day, weekday=True), 20, strong=True)
    count = len(sheet.visits)
    flagged = sum(visit.flagged for visit in sheet.visits)
    told = tr_n("{n} visit", "{n} visits", count)
    flow.paragraph(tr("{visits}, {n} to look at", visits=told, n=flagged) if flagged else told)
    flow.gap(8)
    if sheet.visits:
        again = tr("{day}, continued", day=us_date(sheet.day, weekday=True))  # a sheet may come loose
        flow.table(_columns(), [_cells(visit) for visit in sheet.visits], again=again)
    else:
        flow.paragraph(tr("No visits are booked for this day."))


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(tr("Time"), 0.105),
        TableColumn(tr("Patient"), 0.165),
        TableColumn(tr("Procedure"), 0.18),
        TableColumn(tr("Answer"), 0.17),
        TableColumn(tr("Authorization"), 0.18),
        TableColumn(tr("To collect"), 0.20),
    )


def _cells(visit: SheetVisit) -> tuple[str, ...]:
    mark = "! " if visit.flagged else ""
    return (
        "\n".join((visit.starts or "–", visit.status)),
        "\n".join((visit.name, visit.identity)),
        "\n".join(part for part in (visit.procedure, visit.provider, visit.coverage) if part),
        mark + visit.answer,
        visit.authorization,
        "\n".join(f"□ {text}" for text in visit.collect),
    )
