"""Approvals: what each payer approved, approved in part and denied, by procedure."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.services.pace import Pace
from tracker.services.reports.shape import (
    Asked,
    Bar,
    Cell,
    Chart,
    Found,
    Nothing,
    ReportColumn,
    Row,
    back,
    share,
    span,
)
from tracker.services.reports.sources import Sources
from tracker.services.words.wording import procedure_word
from tracker.storage.figures.decisions import DecidedGroup

Counts = tuple[int, int, int]
"""Approved, in part, denied."""


class Approvals:
    """By the day of the decision; an appeal under way counts as denied until it is decided."""

    id = "approvals"
    people = False

    def __init__(self) -> None:
        self.title = tr("Approvals by payer")
        self.about = tr("What each payer approved, approved in part and denied, by procedure.")
        self.parameters = span(back(180))

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        pace.tell(0, 1)
        with sources.transactions.reading() as uow:
            groups = uow.figures.decisions.by_payer_and_procedure(asked.first, asked.last)
        found: dict[tuple[str, str], Counts] = {}
        for group in groups:
            key = sources.payers.name(group.payer), _procedure(group)
            found[key] = _plus(found.get(key, (0, 0, 0)), (group.approved, group.partly, group.denied))
        rows = [(*key, *_figures(found[key])) for key in sorted(found, key=lambda each: (each[0].casefold(), each[1]))]
        every: Counts = (0, 0, 0)
        for counts in found.values():
            every = _plus(every, counts)
        totals: Row | None = (tr("Total"), "", *_figures(every)) if found else None
        return Found(_columns(), tuple(rows), _nothing(), totals, _chart(found), _notes())


def _procedure(group: DecidedGroup) -> str:
    if group.family is None:
        return tr("not said")
    return procedure_word(group.family, group.intent, group.approach)


def _plus(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _figures(counts: Counts) -> tuple[int, int, int, int, float | None]:
    return sum(counts), *counts, share(counts[0], sum(counts))


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Payer"), width=2.4, strong=True),
        ReportColumn(tr("Procedure"), width=2.2),
        ReportColumn(tr("Decided"), Cell.COUNT, 0.9),
        ReportColumn(tr("Approved"), Cell.COUNT, 0.9),
        ReportColumn(tr("In part"), Cell.COUNT, 0.9),
        ReportColumn(tr("Denied"), Cell.COUNT, 0.9),
        ReportColumn(tr("Approved whole"), Cell.SHARE, 1.2),
    )


def _chart(found: dict[tuple[str, str], Counts]) -> Chart:
    by_payer: dict[str, Counts] = {}
    for (payer, _procedure_of), counts in found.items():
        by_payer[payer] = _plus(by_payer.get(payer, (0, 0, 0)), counts)
    names = sorted(by_payer, key=lambda each: (-sum(by_payer[each]), each.casefold()))
    bars = tuple(
        Bar(name, tuple(map(float, by_payer[name])), tr("{part} of {whole} approved", part=by_payer[name][0],
                                                        whole=sum(by_payer[name])))
        for name in names
    )  # fmt: skip
    return Chart(tr("Decisions by payer"), (tr("approved"), tr("in part"), tr("denied")), bars)


def _notes() -> tuple[str, ...]:
    return (tr("“In part” holds requests of which lines, units or days were cut. What is waiting, withdrawn or not "
               "required is not counted."),)  # fmt: skip


def _nothing() -> Nothing:
    return Nothing(tr("No payer decided a request in these days."), tr("Choose an earlier first day."))
