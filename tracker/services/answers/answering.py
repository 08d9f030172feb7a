"""Answers a request on the records of one transaction: with the approvals it rests on, and what it may be held for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.booking import BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.verdict import Outcome
from tracker.services.answers.answers import Answer, answer_for
from tracker.services.answers.approval_spans import UnitsInUse, approval_spans
from tracker.services.answers.charts import Chart
from tracker.services.answers.hold_offers import Lead, hold_offer
from tracker.services.answers.judging import Judge
from tracker.services.words.payers import PayerNames
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Answering:
    """What every check and every writing of a visit asks; `leave_out` is the event of a visit that is changed."""

    judge: Judge
    payers: PayerNames
    clock: Clock
    lead: Lead
    in_use: UnitsInUse

    def answer(self, uow: UnitOfWork, chart: Chart, request: BookingRequest, leave_out: str = "") -> Answer:
        booking_ids = uow.bookings.ids_by_event(request.patient_id)
        answer = answer_for(self.judge, chart, request, self.clock.today(), self.payers, booking_ids, leave_out)
        spans = approval_spans(chart, answer.request, answer.verdict, self.in_use, leave_out)
        return replace(answer, approvals=tuple(spans))

    def with_hold(self, uow: UnitOfWork, chart: Chart, request: BookingRequest, leave_out: str = "") -> Answer:
        """Return the answer with what the visit may be held for."""
        answer = self.answer(uow, chart, request, leave_out)
        if answer.tone is not Outcome.NEEDS_AUTHORIZATION:
            return answer
        records, today = uow.requests.list_for(request.patient_id), self.clock.today()
        chart = replace(chart, entries=tuple(each for each in chart.entries if each.event.id != leave_out))
        offer = hold_offer(self.judge, chart, answer.request, answer.verdict, records, self.lead, today)
        return replace(answer, hold=offer)
