"""The day that is offered for a visit: the first one that is allowed and on which the clinic works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.verdict import Verdict
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.clinic_days import clinic_days

_MOST_TRIES = 12


def first_open(
    judge: Judge, chart: Chart, request: BookingRequest, verdict: Verdict, today: date, leave_out: str = ""
) -> date | None:
    """Return the first day from the earliest of the verdict on, None when none is near.

    An open day behind a closed one is judged for itself: an approval may end, a visit may stand too near.
    """
    day, open_days = verdict.earliest, clinic_days(chart.clinic.settings, today)
    for _ in range(_MOST_TRIES):
        found = open_days.first_open(day) if day else None
        if found is None or found == day:
            return found
        try:
            day = judge_request(judge, chart, replace(request, day=found), today, leave_out).earliest
        except InvalidEntryError:
            return None  # nobody can say: the coverage has ended by then
    return None
