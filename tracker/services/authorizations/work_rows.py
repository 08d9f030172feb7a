"""A request as a line of a list: whose, what, by which payer, and what its clocks say today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.services.authorizations.request_facts import asked_text
from tracker.services.words.payers import PayerNames


@dataclass(frozen=True, slots=True)
class DecisionClock:
    """The payer's time to decide, in days: from the day it had the request to the day of the decision."""

    begins: date
    due: date
    today: date

    @property
    def days(self) -> int:
        """Return how many days the payer has, one at least."""
        return max((self.due - self.begins).days, 1)

    @property
    def passed(self) -> int:
        return max((self.today - self.begins).days, 0)

    @property
    def late(self) -> int:
        """Return how many days the decision is late, 0 while it is not."""
        return max((self.today - self.due).days, 0)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One request. `late`: the follow-up day is past; `overdue`: the payer should have decided.

    `payer` names payer and plan, `payer_name` the payer alone, or the plan where the payer is only a kind.
    """

    record: AuthorizationRecord
    patient: Patient
    procedure: str
    payer: str
    age: int | None
    late: bool
    overdue: bool
    expired: bool
    clock: DecisionClock | None = None
    payer_name: str = ""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def due(self) -> date | None:
        """Return the day on which it wants a hand: the next look, else what ends: an approval, the time to appeal."""
        answer, request = self.record.authorization, self.record.request
        if request.next_action is not None:
            return request.next_action
        if answer.status.grants:
            return None if self.expired else answer.end
        return request.appeal_by if answer.status is AuthorizationStatus.DENIED else None


def work_row(
    record: AuthorizationRecord,
    patient: Patient,
    coverages: Iterable[Coverage],
    payers: PayerNames,
    today: date,
    now: datetime,
) -> WorkRow:
    request, sent = record.request, record.authorization.submitted
    at_payer = record.status.at_payer
    return WorkRow(
        record=record,
        patient=patient,
        procedure=what_for(record),
        payer=payer_of(record, coverages, payers),
        age=(today - sent).days if sent and at_payer else None,
        late=request.next_action is not None and request.next_action < today,
        overdue=request.decide_by is not None and at_payer and request.decide_by < now,
        expired=record.expired(today),
        clock=_clock(record, today),
        payer_name=payers.short(record.authorization.payer, _coverage_of(record, coverages)),
    )


def what_for(record: AuthorizationRecord) -> str:
    """Return the procedure with its levels, or the codes where no procedure is known."""
    if asked := asked_text(record.request):
        return asked
    lines = record.authorization.lines or record.request.asked
    return ", ".join(dict.fromkeys(line.code for line in lines))


def payer_of(record: AuthorizationRecord, coverages: Iterable[Coverage], payers: PayerNames) -> str:
    """Return the coverage as the desk calls it, or the payer alone."""
    named = _coverage_of(record, coverages)
    return payers.coverage(named) if named else payers.name(record.authorization.payer)


def _coverage_of(record: AuthorizationRecord, coverages: Iterable[Coverage]) -> Coverage | None:
    return next((each for each in coverages if each.id == record.request.coverage_id), None)


def _clock(record: AuthorizationRecord, today: date) -> DecisionClock | None:
    request = record.request
    begun = request.complete_at or request.submitted_at
    begins = begun.astimezone().date() if begun else record.authorization.submitted
    if request.decide_by is None or begins is None or not record.status.at_payer:
        return None
    return DecisionClock(begins, request.decide_by.astimezone().date(), today)
