"""The lanes of the timeline: how far limits are used, intervals that have to pass, how long approvals hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import FindingCode, Tally, Verdict
from tracker.domain.windows import Window
from tracker.services.answers.approval_spans import ApprovalSpan


class LaneKind(Enum):
    """What a lane of the timeline is about: a count in a window, an interval to wait, how long an approval holds."""

    COUNT = "count"
    INTERVAL = "interval"
    APPROVAL = "approval"


_LANE_ORDER = {LaneKind.INTERVAL: 0, LaneKind.APPROVAL: 1, LaneKind.COUNT: 2}


@dataclass(frozen=True, slots=True)
class Lane:
    """One limit as the timeline draws it; `open` is false for an interval that is not over, an approval of no use."""

    label: str
    used: str
    window: Window
    days: tuple[date, ...] = ()
    kind: LaneKind = LaneKind.COUNT
    open: bool = True


@dataclass(frozen=True, slots=True)
class Lanes:
    """`main` is the limit that decides, None where nothing is counted; `thin` are the others, what blocks first."""

    main: Lane | None = None
    thin: tuple[Lane, ...] = ()


def lanes_of(verdict: Verdict, deciding: Tally | None, approvals: Iterable[ApprovalSpan] = ()) -> Lanes:
    """Return the lanes of an answer, with those of the approvals that it may draw on."""
    counts = [_lane(each) for each in verdict.tallies if each is not deciding]
    thin = (*_intervals(verdict), *_approvals(approvals, verdict.asked), *counts)
    ordered = sorted(thin, key=lambda lane: (_LANE_ORDER[lane.kind], lane.open))
    return Lanes(_lane(deciding) if deciding else None, tuple(ordered))


def _lane(tally: Tally) -> Lane:
    days = tuple(sorted(mark.day for mark in tally.counted))
    return Lane(
        tally.label[:1].upper() + tally.label[1:],
        tr("{used} of {limit} {unit}", used=tally.used, limit=tally.limit, unit=tally.unit),
        tally.window,
        days,
    )


_INTERVALS = (FindingCode.TOO_SOON, FindingCode.BOUNDARY_DAY)


def _intervals(verdict: Verdict) -> Iterator[Lane]:
    """Yield the intervals that are not over, from the event that they begin with."""
    for finding in verdict.findings:
        if finding.code in _INTERVALS and finding.clears_on and finding.window:
            words = tr("over on {day}", day=us_date(finding.clears_on))
            span = Window(finding.window.start, finding.clears_on)
            yield Lane(tr("Interval"), words, span, kind=LaneKind.INTERVAL, open=False)
    for met in verdict.met:
        if met.span is not None:
            words = tr("met since {day}", day=us_date(met.span.end))
            yield Lane(tr("{interval} apart", interval=met.interval), words, met.span, kind=LaneKind.INTERVAL)


def _approvals(approvals: Iterable[ApprovalSpan], asked: date) -> Iterator[Lane]:
    for span in approvals:
        window = Window(span.start, span.end or date.max)
        words = tr("{number}, {code}: {left}", number=span.number, code=span.code, left=_left(span, asked in window))
        yield Lane(tr("Authorization"), words, window, kind=LaneKind.APPROVAL,
                   open=asked in window and span.left != 0)  # fmt: skip


def _left(span: ApprovalSpan, in_time: bool) -> str:
    if not in_time:
        return tr("not on this day")
    return tr("no limit") if span.left is None else tr_n("{n} left", "{n} left", span.left)
