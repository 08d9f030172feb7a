"""Turnaround: how many days each payer took to decide, calendar and business days."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from tracker.domain.language import tr, tr_n
from tracker.domain.windows import ONE_DAY
from tracker.rules.due_dates import is_business_day
from tracker.services.pace import Pace
from tracker.services.reports.shape import Asked, Bar, Cell, Chart, Found, Nothing, ReportColumn, Value, back, span
from tracker.services.reports.sources import Sources
from tracker.storage.figures.decisions import Turnaround

Days = list[tuple[int, int]]
"""Calendar and business days of each decision."""


class AuthorizationTurnaround:
    """By the day of the decision. The day of sending is not counted."""

    id = "turnaround"
    people = False

    def __init__(self) -> None:
        self.title = tr("Authorization turnaround")
        self.about = tr("How long payers take from the request to the decision.")
        self.parameters = span(back(180))

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        pace.tell(0, 1)
        with sources.transactions.reading() as uow:
            found = uow.figures.decisions.turnaround(asked.first, asked.last)
            appealed, unsent = uow.figures.decisions.left_out(asked.first, asked.last)
        by_payer: dict[str, Days] = {}
        for each in found:
            by_payer.setdefault(sources.payers.name(each.payer), []).extend(_days(each))
        rows = [(payer, *_figures(by_payer[payer])) for payer in sorted(by_payer, key=str.casefold)]
        every = [day for days in by_payer.values() for day in days]
        return Found(
            _columns(), tuple(rows), _nothing(), (tr("All payers"), *_figures(every)) if every else None,
            chart_of(by_payer), tuple(_notes(appealed, unsent)),
        )  # fmt: skip


def percentile(values: Sequence[int], part: float) -> int:
    """Return the smallest value that at least that part of the values does not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


@functools.lru_cache(maxsize=4096)
def business_days(after: date, until: date) -> int:
    """Return how many business days lie after the first day, up to and with the second."""
    count = 0
    while after < until:
        after += ONE_DAY
        count += is_business_day(after)
    return count


def _days(each: Turnaround) -> Days:
    return [((each.decided - each.sent).days, business_days(each.sent, each.decided))] * each.count


def _figures(days: Days) -> tuple[Value, ...]:
    calendar, business = [each[0] for each in days], [each[1] for each in days]
    return (len(days), float(median(calendar)), percentile(calendar, 0.9), float(median(business)),
            percentile(business, 0.9), max(calendar))  # fmt: skip


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Payer"), width=3.0, strong=True),
        ReportColumn(tr("Decisions"), Cell.COUNT, 1.0),
        ReportColumn(tr("Median days"), Cell.DAYS, 1.1),
        ReportColumn(tr("90th percentile"), Cell.DAYS, 1.2),
        ReportColumn(tr("Median, business"), Cell.DAYS, 1.4, drops=2),
        ReportColumn(tr("90th, business"), Cell.DAYS, 1.2, drops=3),
        ReportColumn(tr("Longest"), Cell.DAYS, 1.0, drops=1),
    )


def chart_of(by_payer: dict[str, Days]) -> Chart:
    """Return a bar for each payer, the one with the most decisions first."""
    bars = []
    for payer in sorted(by_payer, key=lambda each: (-len(by_payer[each]), each.casefold())):
        calendar = [each[0] for each in by_payer[payer]]
        middle, most = float(median(calendar)), percentile(calendar, 0.9)
        bars.append(Bar(payer, (middle, max(0.0, most - middle)), _words(len(calendar), middle, most)))
    return Chart(tr("Calendar days"), (tr("median"), tr("up to the 90th percentile")), tuple(bars))


def _words(decisions: int, middle: float, most: int) -> str:
    """Return the words of a bar; where both figures are the same it is said once."""
    if middle < most:
        days = tr("{middle:g} to {most} days", middle=middle, most=most)
    else:
        days = tr_n("{n} day", "{n} days", most)
    return tr("{days}, {decisions}", days=days, decisions=tr_n("{n} decision", "{n} decisions", decisions))


def _notes(appealed: int, unsent: int) -> Iterable[str]:
    yield tr("The day of sending is not counted. Business days leave out weekends and federal holidays. The 90th "
             "percentile is the smallest number of days that nine of ten decisions did not exceed.")  # fmt: skip
    if appealed:
        yield tr_n("{n} decision after an appeal is left out.", "{n} decisions after appeals are left out.", appealed)
    if unsent:
        yield tr_n("{n} decision without a day of sending before it is left out.",
                   "{n} decisions without a day of sending before them are left out.", unsent)  # fmt: skip


def _nothing() -> Nothing:
    return Nothing(tr("No payer decided a request in these days."), tr("Choose an earlier first day."))
