"""Approvals that end: what is left of them, which visit they no longer reach, and the request that extends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.authorization import Authorization, AuthorizationLine
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.language import tr
from tracker.domain.reminders import Thresholds
from tracker.domain.us_dates import us_date
from tracker.rules.allocation import Visits
from tracker.services.answers.charts import Chart
from tracker.services.authorizations.authorization_drafts import extension_of
from tracker.services.authorizations.request_facts import coverage_of
from tracker.services.authorizations.work_rows import WorkRow, work_row
from tracker.services.desk.clinic_settings import reminders_of
from tracker.services.desk.plan_terms import farthest_threshold, terms_of
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.unit_of_work import UnitOfWork


class Bucket(StrEnum):
    """How soon an approval ends."""

    ENDED = "ended"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    LATER = "later"


_SOON = (Bucket.WEEK, Bucket.FORTNIGHT, Bucket.MONTH)


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """One approval that ends. `lines` carry the units that visits on file use; `visit` is the next one to come.

    `at_risk`: the visits to come that lie after its end and that no other approval on file reaches.
    `renewal` is the request that asks to extend it, where one is under way.
    """

    work: WorkRow
    bucket: Bucket
    lines: tuple[AuthorizationLine, ...]
    visit: Booking | None
    at_risk: tuple[Booking, ...]
    renewal: AuthorizationRecord | None
    reason: str

    @property
    def id(self) -> str:
        return self.work.id

    @property
    def ends(self) -> date:
        return self.work.record.authorization.end or date.max

    @property
    def left(self) -> int | None:
        """Return the units that may still be used, all codes together; None for no limit."""
        open_ones = [line.left for line in self.lines if not line.denied]
        return None if None in open_ones else sum(each or 0 for each in open_ones)


class ExpirationService:
    """Reads only; what comes of a row is written by the service of authorizations."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._payers = payers
        self._clock = clock

    def list(self) -> tuple[ExpiryRow, ...]:
        """Return the approvals that end soon, or have ended before a visit to come, the soonest first.

        How soon is soon the clinic says, and may say otherwise for a plan.
        """
        today = self._clock.today()
        with self._transactions.reading() as uow:
            settings = uow.clinic.settings()
            ahead = farthest_threshold(settings, reminders_of(settings).thresholds)
            rows = tuple(self._rows(uow, uow.worklist.expiring(today, today + timedelta(days=ahead))))
        return tuple(row for row in rows if row.bucket in _SOON or row.at_risk)

    def thresholds(self) -> Thresholds:
        """Return how many days ahead the clinic wants to see what ends."""
        with self._transactions.reading() as uow:
            return reminders_of(uow.clinic.settings()).thresholds

    def of(self, ids: Sequence[str]) -> tuple[ExpiryRow, ...]:
        """Return these approvals, in this order, whenever they end."""
        with self._transactions.reading() as uow:
            return tuple(self._rows(uow, ids))

    def count(self) -> int:
        """Return how many approvals `list` names."""
        return len(self.list())

    def plan_extension(self, record_id: str, planned_for: date | None = None) -> AuthorizationRecord:
        """Return the draft that extends an approval; nothing is written."""
        with self._transactions.reading() as uow:
            return extension_of(uow.requests.get(record_id), planned_for, self._clock.today())

    def _rows(self, uow: UnitOfWork, ids: Sequence[str]) -> Iterator[ExpiryRow]:
        records = uow.requests.get_many(ids)
        charts = Chart.load_many(uow, [record.patient_id for record in records.values()])
        return (self._row(records[each], charts[records[each].patient_id], uow) for each in ids)

    def _row(self, record: AuthorizationRecord, chart: Chart, uow: UnitOfWork) -> ExpiryRow:
        today, now = self._clock.today(), self._clock.now()
        visits = tuple(
            sorted(_coming(uow.bookings.list_for(record.patient_id), record, today), key=lambda each: each.day)
        )
        at_risk = tuple(_out_of_reach(visits, record, chart))
        renewal = _renewal(record, uow) if record.authorization.number else None
        return ExpiryRow(
            work=work_row(record, chart.patient, chart.coverages, self._payers, today, now),
            bucket=_bucket(record, today, _thresholds(record, chart, today)),
            lines=self._lines(record, chart),
            visit=visits[0] if visits else None,
            at_risk=at_risk,
            renewal=renewal,
            reason=_reason(record, visits, at_risk),
        )

    def _lines(self, record: AuthorizationRecord, chart: Chart) -> tuple[AuthorizationLine, ...]:
        history = tuple(entry.event for entry in chart.entries)
        site = chart.clinic.site(record.request.site_id)
        visits = Visits(history, chart.held, chart.coverages, site, chart.facilities)
        counted = self._rules.units_in_use(chart.authorizations, visits)
        return next((each.lines for each in counted if each.id == record.id), record.authorization.lines)


def _thresholds(record: AuthorizationRecord, chart: Chart, today: date) -> Thresholds:
    """Return those of the plan, else the clinic's."""
    coverage, settings = coverage_of(record, chart, today), chart.clinic.settings
    own = terms_of(settings, record.authorization.payer, coverage.plan if coverage else "").thresholds
    return own or reminders_of(settings).thresholds


def _bucket(record: AuthorizationRecord, today: date, days: Thresholds) -> Bucket:
    """Return how soon it ends; LATER: beyond what the clinic wants to see."""
    left = ((record.authorization.end or date.max) - today).days
    if left < 0:
        return Bucket.ENDED
    until = ((Bucket.WEEK, days.first), (Bucket.FORTNIGHT, days.second), (Bucket.MONTH, days.third))
    return next((bucket for bucket, most in until if left <= most), Bucket.LATER)


def _coming(bookings: tuple[Booking, ...], record: AuthorizationRecord, today: date) -> Iterator[Booking]:
    """Yield the visits to come of the procedure that the approval is for."""
    for booking in bookings:
        if booking.status.open and booking.day >= today and booking.event.family is record.request.family:
            yield booking


def _out_of_reach(visits: tuple[Booking, ...], record: AuthorizationRecord, chart: Chart) -> Iterator[Booking]:
    """Yield the visits after the end; a visit that another approval of the same codes reaches needs no hand."""
    answer = record.authorization
    others = [each for each in chart.authorizations if each.id != answer.id and _same_codes(each, answer)]
    for visit in visits:
        behind = answer.end is not None and visit.day > answer.end
        if behind and not any(_runs_on(other, visit.day) for other in others):
            yield visit


def _same_codes(one: Authorization, other: Authorization) -> bool:
    codes = {line.code for line in other.lines if not line.denied}
    return one.payer == other.payer and one.status.grants and any(line.code in codes for line in one.lines)


def _runs_on(answer: Authorization, day: date) -> bool:
    begins = answer.start or answer.decided
    return (begins is None or begins <= day) and (answer.end is None or day <= answer.end)


def _renewal(record: AuthorizationRecord, uow: UnitOfWork) -> AuthorizationRecord | None:
    number = record.authorization.number
    others = uow.requests.list_for(record.patient_id)
    return next((each for each in others if each.request.replaces == number and each.status.waits), None)


def _reason(record: AuthorizationRecord, visits: tuple[Booking, ...], at_risk: tuple[Booking, ...]) -> str:
    end = record.authorization.end
    if at_risk and end:
        return tr("appointment {day} is after the end {end}", day=us_date(at_risk[0].day), end=us_date(end))
    if not visits:
        return tr("nothing booked")
    return tr("another approval reaches it") if end and visits[0].day > end else ""
