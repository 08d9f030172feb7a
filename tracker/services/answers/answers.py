"""The answer to a booking request as the screens show it, with the fingerprint that proves what was seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.booking import BookingRequest, VerdictRecord
from tracker.domain.coverage import Coverage
from tracker.domain.errors import StaleAnswerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.verdict import Outcome, Verdict
from tracker.services.answers.approval_spans import ApprovalSpan
from tracker.services.answers.charts import Chart
from tracker.services.answers.complete_requests import completed
from tracker.services.answers.entries import EventRow, event_row
from tracker.services.answers.first_open import first_open
from tracker.services.answers.hold_offers import HoldOffer
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.clinic_days import clinic_days, closed_because
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the verdict panel; `case_events` holds the history by event id, for the counted rows.

    `open_day` is the first day from the earliest of the verdict on that is allowed and on which the clinic works;
    `closed` says why that is not the earliest itself, `asked_closed` why the clinic does not work on the day asked.
    `hold` is what a new visit may be held for when it lacks nothing but an approval.
    `approvals`: the payer's approvals of these codes, where they were asked for.
    `payer_off` says that the payer is switched off at this clinic, and what next.
    `stands`: of a visit that is changed; what was decided about it (on hold, or a reason) holds for it so too.
    """

    request: BookingRequest
    verdict: Verdict
    headline: str
    count: str
    tone: Outcome
    case_events: Mapping[str, EventRow]
    coverage: Coverage | None
    payer_label: str
    patient: Patient
    codes_text: str
    fingerprint: str
    open_day: date | None = None
    closed: str = ""
    asked_closed: str = ""
    hold: HoldOffer | None = None
    approvals: tuple[ApprovalSpan, ...] = ()
    stands: bool = False
    payer_off: str = ""

    def is_blocked(self) -> bool:
        """Tell whether the day asked has to wait for a later one."""
        return self.verdict.earliest is not None and self.verdict.earliest > self.verdict.asked


class AnswerChangedError(StaleAnswerError):
    """Nothing was booked: the answer that the scheduler saw is not the answer any more. `answer` is the new one."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(
            tr("The answer changed while you were looking, so nothing was booked."),
            "",
            tr("Read the new answer, then book again."),
        )
        self.answer = answer


def answer_for(
    judge: Judge,
    chart: Chart,
    request: BookingRequest,
    today: date,
    payers: PayerNames,
    booking_ids: Mapping[str, str],
    leave_out: str = "",
) -> Answer:
    """Judge the request. Raises InvalidEntryError when it is incomplete."""
    request = completed(request)
    verdict = judge_request(judge, chart, request, today, leave_out)
    coverage, earliest = chart.coverage(request), verdict.earliest
    open_days = clinic_days(chart.clinic.settings, today)
    return Answer(
        request=request,
        verdict=verdict,
        headline=wording.headline(verdict),
        count=wording.count_text(verdict),
        tone=verdict.outcome,
        case_events={e.event.id: event_row(e, chart, payers, booking_ids) for e in chart.entries},
        coverage=coverage,
        payer_label=payers.coverage(coverage),
        payer_off=payers.off_words(coverage.payer),
        patient=chart.patient,
        codes_text=wording.codes_text(verdict.codes),
        fingerprint=fingerprint(request, coverage, verdict),
        open_day=first_open(judge, chart, request, verdict, today, leave_out),
        closed=closed_because(open_days, earliest) if earliest else "",
        asked_closed=closed_because(open_days, request.day),
    )


def fingerprint(request: BookingRequest, coverage: Coverage, verdict: Verdict) -> str:
    """Return a mark of everything that an answer says and what it was asked: time and note of the visit aside."""
    asked = (
        request.patient_id,
        request.day,
        request.family,
        request.intent,
        request.approach,
        request.targets,
        request.nerves,
        request.lone_nerves,
        request.body_regions,
        request.site_id,
        request.technique_changed,
        request.elsewhere,
        coverage.id,
    )
    said = (verdict.outcome, verdict.earliest, verdict.findings, verdict.codes, verdict.policies)
    return hashlib.sha256(repr((asked, said)).encode()).hexdigest()[:32]


def record_of(answer: Answer, at: datetime) -> VerdictRecord:
    """Return the answer as it is kept with the booking: a record, never a source."""
    verdict = answer.verdict
    facts = {
        "asked": verdict.asked.isoformat(),
        "earliest": verdict.earliest.isoformat() if verdict.earliest else None,
        "payer": answer.payer_label,
        "count": answer.count,
        "codes": answer.codes_text,
        "rules": {
            "counted": sorted({tally.rule for tally in verdict.tallies}),
            "met": sorted({each.rule for each in verdict.met}),
        },
        "findings": [
            {"code": f.code, "outcome": f.outcome, "rule": f.rule, "message": f.message, "counted": f.counted}
            for f in verdict.findings
        ],
    }
    snapshot = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return VerdictRecord(verdict.outcome, answer.headline, verdict.policies, at, snapshot)
