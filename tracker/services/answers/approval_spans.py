"""How long the payer's approvals of a visit's codes hold, and what other visits leave of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.authorization import Authorization
from tracker.domain.booking import BookingRequest
from tracker.domain.verdict import Verdict
from tracker.rules.allocation import Visits
from tracker.services.answers.charts import Chart

UnitsInUse = Callable[[tuple[Authorization, ...], Visits], tuple[Authorization, ...]]
"""Returns approvals with the units that visits on file use of them (RulesInForce.units_in_use)."""


@dataclass(frozen=True, slots=True)
class ApprovalSpan:
    """One code of one approval; `left` None: no limit."""

    number: str
    code: str
    start: date
    end: date | None
    left: int | None


def approval_spans(
    chart: Chart, request: BookingRequest, verdict: Verdict, in_use: UnitsInUse, leave_out: str = ""
) -> Iterator[ApprovalSpan]:
    """Yield those that have not ended before the day asked; the event `leave_out` uses nothing."""
    codes, payer = {line.code for line in verdict.codes}, chart.coverage(request).payer
    mine = tuple(each for each in chart.authorizations if _may_tell(each, payer, verdict.asked))
    if not mine:
        return
    history = tuple(entry.event for entry in chart.entries if entry.event.id != leave_out)
    visits = Visits(history, chart.held, chart.coverages, chart.clinic.site(request.site_id), chart.facilities)
    for approval in in_use(mine, visits):
        start = approval.start or approval.decided
        for line in approval.lines if start is not None else ():
            if line.code in codes and not line.denied:
                yield ApprovalSpan(approval.number or "", line.code, start or date.min, approval.end, line.left)


def _may_tell(approval: Authorization, payer: str, day: date) -> bool:
    runs = approval.end is None or approval.end >= day
    return approval.payer == payer and approval.status.grants and bool(approval.number) and runs


def spent(chart: Chart, in_use: UnitsInUse) -> frozenset[str]:
    """Return the approvals of which visits that were done have used units."""
    if not chart.authorizations:
        return frozenset()
    history = tuple(entry.event for entry in chart.entries)
    visits = Visits(history, chart.held, chart.coverages, chart.clinic.site(""), chart.facilities)
    counted = in_use(chart.authorizations, visits)
    return frozenset(each.id for each in counted if any(line.used for line in each.lines))
