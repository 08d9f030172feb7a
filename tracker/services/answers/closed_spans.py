"""Which days before the one asked are not allowed either, as spans: for the hatching of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.verdict import Outcome, Verdict
from tracker.domain.windows import ONE_DAY, Window
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge, judge_request

MOST_DAYS = 120
"""So many days before the one asked are looked at."""


def closed_spans(
    judge: Judge, chart: Chart, request: BookingRequest, today: date, leave_out: str = ""
) -> tuple[Window, ...]:
    """Return the spans from today to the day before the one asked that are not allowed; neighbours are one."""
    spans: list[Window] = []
    for first, last in _closed(judge, chart, request, today, leave_out):
        if spans and spans[-1].end + ONE_DAY == first:
            spans[-1] = Window(spans[-1].start, last)
        else:
            spans.append(Window(first, last))
    return tuple(spans)


def closed_before(judge: Judge, chart: Chart, request: BookingRequest, today: date, leave_out: str = "") -> date | None:
    """Return the last day before the one asked, and not before today, that is not allowed; None for none."""
    day = request.day
    while day > today:
        day -= ONE_DAY
        if judge_request(judge, chart, replace(request, day=day), today, leave_out).outcome is Outcome.NOT_ALLOWED:
            return day
    return None


def _closed(
    judge: Judge, chart: Chart, request: BookingRequest, today: date, leave_out: str
) -> Iterator[tuple[date, date]]:
    day, asked = max(today, request.day - timedelta(days=MOST_DAYS)), request.day
    while day < asked:
        verdict = _judged(judge, chart, replace(request, day=day), today, leave_out)
        following = day + ONE_DAY
        if verdict is not None and verdict.outcome is Outcome.NOT_ALLOWED:
            # Nothing between a day and its first allowed one is: those need no answer of their own.
            following = min(asked, max(following, verdict.earliest or asked))
            yield day, following - ONE_DAY
        day = following


def _judged(judge: Judge, chart: Chart, request: BookingRequest, today: date, leave_out: str) -> Verdict | None:
    try:
        return judge_request(judge, chart, request, today, leave_out)
    except InvalidEntryError:
        return None  # no coverage that day: it is neither allowed nor closed
