"""A visit that lacks nothing but an approval: whether one is under way, and from which day on it is safe to book."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import BookingRequest
from tracker.domain.course import DECISION_DAYS, MARGIN_DAYS
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome, Verdict
from tracker.domain.windows import ONE_DAY
from tracker.rules.due_dates import business_day_on_or_before
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.answers.openings import MOST_DAYS
from tracker.services.clinic_days import clinic_days

Lead = Callable[[Case], int]
"""How many days before a visit its approval is asked for: the payer's time to decide, and a margin."""
MOST_UNKNOWN = 6
"""Days that nobody can answer for are looked at: what is open then is seldom closed by a day."""


def usual_lead(_case: Case) -> int:
    """Return the lead where nothing is known of the payer's time."""
    return DECISION_DAYS + MARGIN_DAYS


@dataclass(frozen=True, slots=True)
class HoldOffer:
    """`reason` is why the visit would be on hold; `safe_from` the first open day that leaves the payer its time.

    `record_id` is the request that is under way, "" for none; `act_on` the day on which somebody has to act for it.
    """

    reason: str
    safe_from: date | None
    safe_text: str
    act_on: date
    record_id: str = ""


def hold_offer(
    judge: Judge,
    chart: Chart,
    request: BookingRequest,
    verdict: Verdict,
    records: Iterable[AuthorizationRecord],
    lead: Lead,
    today: date,
) -> HoldOffer | None:
    """Return what can be offered; None unless an approval is all that the visit lacks."""
    if verdict.outcome is not Outcome.NEEDS_AUTHORIZATION:
        return None
    pending = _under_way(records, chart, request, verdict)
    decided = _decided(pending, today)
    first = (
        decided + timedelta(days=MARGIN_DAYS) if decided else today + timedelta(days=lead(chart.case(request, today)))
    )
    safe = _first_free(judge, chart, request, max(first, request.day), today)
    act_on = decided if decided else max(today, business_day_on_or_before(request.day - (first - today)))
    return HoldOffer(
        _reason(pending, decided), safe, _safe_text(safe, first, request.day, pending, decided), act_on,
        pending.id if pending else "",
    )  # fmt: skip


def _under_way(
    records: Iterable[AuthorizationRecord], chart: Chart, request: BookingRequest, verdict: Verdict
) -> AuthorizationRecord | None:
    """Return the request that the payer has for one of the visit's codes; the one that is decided soonest."""
    payer, codes = chart.coverage(request).payer, {line.code for line in verdict.codes}
    found = [
        record
        for record in records
        if record.status.at_payer
        and record.authorization.payer == payer
        and codes & {line.code for line in record.request.asked}
    ]
    return min(found, key=lambda record: _due(record) or date.max, default=None)


def _due(record: AuthorizationRecord) -> date | None:
    decide_by = record.request.decide_by
    return decide_by.astimezone().date() if decide_by else None


def _decided(pending: AuthorizationRecord | None, today: date) -> date | None:
    """Return by when the payer has decided; a decision that is late may come any day."""
    due = _due(pending) if pending else None
    return max(due, today) if due else None


def _first_free(judge: Judge, chart: Chart, request: BookingRequest, first: date, today: date) -> date | None:
    """Return the first open day on which nothing but the approval is lacking, None when none is near.

    It is looked for as far as the days of a month view are (`tracker.services.answers.openings`).
    """
    open_days, last = clinic_days(chart.clinic.settings, today), first + timedelta(days=MOST_DAYS)
    found, unknown = open_days.first_open(first), 0
    while found is not None and found <= last and unknown < MOST_UNKNOWN:
        try:
            verdict = judge_request(judge, chart, replace(request, day=found), today)
        except InvalidEntryError:
            return None  # from here on nobody covers the patient
        if verdict.outcome <= Outcome.NEEDS_AUTHORIZATION:
            return found
        if verdict.earliest is None and verdict.outcome is not Outcome.UNKNOWN:
            return None
        unknown += verdict.outcome is Outcome.UNKNOWN
        found = open_days.first_open(max(verdict.earliest or date.min, found + ONE_DAY))
    return None


def _reason(pending: AuthorizationRecord | None, decided: date | None) -> str:
    if pending is None:
        return tr("It waits for an authorization, which is still to be asked for.")
    sent = pending.authorization.submitted
    asked = tr("asked for on {day}", day=us_date(sent)) if sent else tr("asked for")
    if decided is None:
        return tr("It waits for the authorization {asked}.", asked=asked)
    return tr("It waits for the authorization {asked}, decision due {day}.", asked=asked, day=us_date(decided))


def _safe_text(
    safe: date | None, first: date, asked: date, pending: AuthorizationRecord | None, decided: date | None
) -> str:
    """Say from when on the payer has had its time, and why."""
    if pending is not None and decided is not None:
        why = tr("the decision is due {day}, with {n} days to spare", day=us_date(decided), n=MARGIN_DAYS)
    elif pending is not None:
        why = tr("nobody knows when the payer decides")
    else:
        why = tr("asked for today, the payer may take until {day}", day=us_date(first - timedelta(days=MARGIN_DAYS)))
    if safe is None:
        return tr("No safe day is near: {why}.", why=why)
    if safe == asked:
        return tr("This day leaves the payer its time: {why}.", why=why)
    return tr("Safe from {day}: {why}.", day=us_date(safe, weekday=True), why=why)
