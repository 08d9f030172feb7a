"""What a patient's page tells beside the answers: approvals by code, open work, heat, what a coverage would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.anatomy import Target
from tracker.domain.authorization import AuthorizationLine
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.coverage import Coverage
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import tr
from tracker.domain.verdict import Outcome
from tracker.rules.allocation import Visits
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.judging import judge_request
from tracker.services.answers.patient_file import PatientFile
from tracker.services.answers.site_marks import Heat, heat_of
from tracker.services.authorizations.work_rows import WorkRow, work_row
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.visits.schedule import TaskRow
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames
from tracker.services.words.retelling import told_again
from tracker.storage.records import PastAct, Task

MOST_ACTS = 500


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One code of one approval, with what visits on file use of it; `visits` are their days, the oldest first."""

    work: WorkRow
    line: AuthorizationLine
    visits: tuple[date, ...]

    @property
    def record(self) -> AuthorizationRecord:
        return self.work.record

    @property
    def where(self) -> str:
        return wording.targets_text(self.line.targets) or tr("any level")


@dataclass(frozen=True, slots=True)
class VisitEffect:
    """What becomes of a coming visit when a coverage is saved: both answers in two or three words."""

    booking: Booking
    was: str
    now: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ActRow:
    """Who did what to one of the patient's records, and when; `took_back`: it undid an earlier act."""

    id: str
    at: datetime
    by: str
    what: str
    record: str
    took_back: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """`codes` are those of each injection, by its id; `requests` and `tasks` are what is open."""

    approvals: tuple[ApprovalRow, ...]
    requests: tuple[WorkRow, ...]
    tasks: tuple[TaskRow, ...]
    codes: Mapping[str, str]
    heat: Mapping[Target, Heat]


class OverviewService:
    """Reads only."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._payers = payers
        self._clock = clock

    def read(self, patient_id: str) -> Overview:
        """Return it for one patient as it is today. Raises NotFoundError."""
        with self._transactions.reading() as uow:
            file = PatientFile.load(uow, patient_id)
        return self.read_in(file)

    def read_in(self, file: PatientFile) -> Overview:
        """Return it as this file has it."""
        chart = file.chart
        rows = tuple(self._work(record, chart) for record in file.requests)
        events = [entry.event for entry in chart.entries]
        done = [event for event in events if event.status is EventStatus.PERFORMED]
        return Overview(
            approvals=tuple(self._approvals(rows, chart)),
            requests=tuple(row for row in rows if row.record.status.waits),
            tasks=tuple(self._task(task, chart) for task in file.tasks),
            codes=self._codes(chart, events),
            heat=heat_of(done, self._clock.today()),
        )

    def acts(self, patient_id: str) -> tuple[ActRow, ...]:
        """Return who did what to this patient's records, the newest first."""
        with self._transactions.reading() as uow:
            return tuple(_act(act) for act in uow.acts.list_about(patient_id, MOST_ACTS))

    def effects(self, patient_id: str, saved: Coverage) -> tuple[VisitEffect, ...]:
        """Return the coming visits whose answer would change if this coverage were saved; nothing is written."""
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, patient_id)
            bookings = [booking for booking in uow.bookings.list_for(patient_id) if booking.status.open]
        others = tuple(each for each in chart.coverages if each.id != saved.id or not saved.id)
        after = replace(chart, coverages=(*others, saved))
        found = (self._effect(booking, chart, after) for booking in bookings)
        return tuple(effect for effect in found if effect is not None)

    def _effect(self, booking: Booking, before: Chart, after: Chart) -> VisitEffect | None:
        was, _outcome = self._answer(booking, before)
        now, outcome = self._answer(booking, after)
        return VisitEffect(booking, was, now, outcome) if was != now else None

    def _answer(self, booking: Booking, chart: Chart) -> tuple[str, Outcome]:
        """Return payer and answer of a visit by this chart: a change of either is told."""
        request = request_of(booking, chart)
        try:
            payer = self._payers.coverage(chart.coverage(request))
            today = self._clock.today()
            verdict = judge_request(self._rules.judge, chart, request, today, leave_out=booking.event.id)
        except InvalidEntryError as error:
            return error.title.rstrip("."), Outcome.UNKNOWN
        return f"{payer}: {wording.short_flag(verdict)}", verdict.outcome

    def _task(self, task: Task, chart: Chart) -> TaskRow:
        late = task.due < self._clock.today()
        return TaskRow(task.id, task.kind, chart.patient, told_again(task.text), task.due, late, task.booking_id)

    def _work(self, record: AuthorizationRecord, chart: Chart) -> WorkRow:
        today, now = self._clock.today(), self._clock.now()
        return work_row(record, chart.patient, chart.coverages, self._payers, today, now)

    def _approvals(self, rows: Iterable[WorkRow], chart: Chart) -> Iterator[ApprovalRow]:
        """Yield the lines of what was decided, those that may still be used first, then the newest."""
        visits = _visits(chart)
        if visits is None:
            return
        counted = {each.id: each for each in self._rules.units_in_use(chart.authorizations, visits)}
        days = {entry.event.id: entry.event.when.first for entry in chart.entries}
        used: dict[tuple[str, str], list[date]] = {}
        for draw in self._rules.draws(chart.authorizations, visits):
            used.setdefault((draw.authorization_id, draw.code), []).append(days[draw.event_id])
        decided = [row for row in rows if row.record.status.grants]
        for row in sorted(decided, key=lambda row: (row.expired, -_last_day(row).toordinal())):
            answer = counted.get(row.id, row.record.authorization)
            for line in answer.lines:
                yield ApprovalRow(row, line, tuple(sorted(used.get((row.id, line.code), ()))))

    def _codes(self, chart: Chart, events: Iterable[Event]) -> dict[str, str]:
        visits = _visits(chart)
        if visits is None:
            return {}
        found = ((event.id, self._rules.codes_of(event, visits.site)) for event in events)
        return {event_id: " ".join(dict.fromkeys(line.code for line in lines)) for event_id, lines in found}


def _act(act: PastAct) -> ActRow:
    record = act.entity.replace("_", " ")
    return ActRow(act.id, act.at, act.by, act.kind, record, act.undoes is not None)


def _last_day(row: WorkRow) -> date:
    return row.record.authorization.end or date.max


def _visits(chart: Chart) -> Visits | None:
    """Return what draws on approvals; None where the clinic has no site yet."""
    try:
        site = chart.clinic.site("")
    except InvalidEntryError:
        return None
    history = tuple(entry.event for entry in chart.entries)
    return Visits(history, chart.held, chart.coverages, site, chart.facilities)
