"""The visits of a day and of the days ahead, each judged anew, and the tasks that are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.authorization import Authorization
from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError, TrackerError
from tracker.domain.patient import Patient
from tracker.domain.verdict import FindingCode, Outcome, Source, Verdict
from tracker.services import wording
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.charts import Chart, request_of
from tracker.services.judging import Judge, judge_request
from tracker.services.payers import PayerNames
from tracker.services.transactions import Transactions
from tracker.storage.records import Act, Standing, Task, TaskKind
from tracker.storage.unit_of_work import UnitOfWork

LOOK_AHEAD_DAYS = 14
MOST_LATER = 200
"""More visits of later days than this are not listed at once; the next ones follow when these are seen."""
OVERRIDDEN = "Overridden"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One visit with its answer of today. `verdict` is None for closed visits and for those that cannot be judged.

    `news`: how the answer changed since somebody looked, None where it did not.
    """

    booking: Booking
    patient: Patient
    procedure: str
    provider: str
    coverage: str
    outcome: Outcome
    flag: str
    headline: str
    count: str
    reason: str
    source: Source | None
    authorization: str
    past: bool
    verdict: Verdict | None = None
    news: Standing | None = None

    @property
    def flagged(self) -> bool:
        """Tell whether somebody should look at it."""
        return not self.past and self.outcome is not Outcome.ALLOWED

    @property
    def overridden(self) -> bool:
        """Tell whether it was booked against the answer, and the answer still stands."""
        return self.flag == OVERRIDDEN

    @property
    def lacks_authorization(self) -> bool:
        """Tell whether an open visit waits for an authorization, whatever else is against it."""
        findings = self.verdict.findings if self.verdict else ()
        return any(f.code is FindingCode.AUTHORIZATION and f.outcome > Outcome.CAUTION for f in findings)

    @property
    def day_that_fits(self) -> date | None:
        """Return the first day on which it could be instead, None when it may stay or no day is known."""
        earliest = self.verdict.earliest if self.verdict else None
        return earliest if earliest and earliest > self.booking.day and self.flagged else None

    @property
    def booked_as(self) -> str:
        """Return the answer that it was booked under when today's is another, else ""."""
        record = self.booking.verdict
        changed = record is not None and not self.past and record.outcome is not self.outcome
        return record.headline if record is not None and changed else ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One thing to do, with the patient it is about."""

    id: str
    kind: TaskKind
    patient: Patient
    text: str
    due: date
    late: bool
    booking_id: str


@dataclass(frozen=True, slots=True)
class DayList:
    """A day's visits by time, and the tasks that are open now."""

    rows: tuple[DayRow, ...]
    tasks: tuple[TaskRow, ...]


class ScheduleService:
    """Open visits are judged when they are listed, never shown with the answer of the day of booking."""

    def __init__(self, transactions: Transactions, judge: Judge, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._judge = judge
        self._payers = payers
        self._clock = clock

    def day(self, day: date, provider_id: str = "", site_id: str = "") -> DayList:
        with self._transactions.reading() as uow:
            bookings = uow.bookings.list_between(day, day, provider_id=provider_id, site_id=site_id)
            tasks = uow.tasks.list_open()
            charts = Chart.load_many(uow, [b.patient_id for b in bookings])
            people = {patient_id: chart.patient for patient_id, chart in charts.items()}
            missing = {task.patient_id for task in tasks} - set(people)
            people |= uow.patients.get_many(missing) if missing else {}
            rows = _with_news(self._rows(uow, bookings, charts), self._news(uow))
            return DayList(rows, tuple(self._task_row(t, people) for t in tasks))

    def next_days(self, start: date, days: int = LOOK_AHEAD_DAYS) -> tuple[DayRow, ...]:
        """Return the open visits of `days` days from `start` on, and later ones whose answer changed unseen."""
        with self._transactions.reading() as uow:
            last = start + timedelta(days=days - 1)
            bookings = uow.bookings.list_between(start, last, open_only=True)
            news = self._news(uow)
            later = set(news) - {booking.id for booking in bookings}
            bookings += uow.bookings.list_of(later, MOST_LATER) if later else ()
            charts = Chart.load_many(uow, [b.patient_id for b in bookings])
            return _with_news(self._rows(uow, bookings, charts), news)

    def coming(self, patient_id: str) -> tuple[DayRow, ...]:
        """Return one patient's open visits by day."""
        with self._transactions.reading() as uow:
            bookings = [booking for booking in uow.bookings.list_for(patient_id) if booking.status.open]
            return tuple(self._rows(uow, bookings, Chart.load_many(uow, [patient_id])))

    def close_task(self, task_id: str, because: str) -> Done[None]:
        """Close a task with a written reason. Raises ConflictError when it is closed already."""
        if not because.strip():
            raise InvalidEntryError("Say what was done about it.", "", "A few words are enough.")
        with self._transactions.writing() as uow:
            task = uow.tasks.get(task_id)
            if task.closed_at is not None:
                raise ConflictError("Somebody has closed this task already, so nothing was changed.")
            uow.tasks.close(task, self._clock.now(), because.strip())
            act_id = uow.commit(Act("close task", "task", task_id))
        sentence = f"Closed: {task.text}"
        return Done(None, Changes.of(task.patient_id, Kind.BOOKINGS), sentence, UndoToken(act_id, sentence))

    def _news(self, uow: UnitOfWork) -> dict[str, Standing]:
        return {each.booking_id: each for each in uow.standings.list_news(self._clock.today())}

    def _rows(self, uow: UnitOfWork, bookings: Iterable[Booking], charts: dict[str, Chart]) -> Iterable[DayRow]:
        for booking in bookings:
            row = self._row(booking, charts[booking.patient_id])
            yield row if row.past else self._judged(row, charts[booking.patient_id])

    def _row(self, booking: Booking, chart: Chart) -> DayRow:
        """Return the row as booked: all that a closed visit shows."""
        event, record = booking.event, booking.verdict
        coverage = next((c for c in chart.coverages if c.id == booking.coverage_id), None)
        return DayRow(
            booking=booking,
            patient=chart.patient,
            procedure=wording.event_text(event),
            provider=chart.clinic.provider_short(booking.provider_id),
            coverage=self._payers.coverage(coverage),
            outcome=record.outcome if record else Outcome.UNKNOWN,
            flag=OVERRIDDEN if booking.override else _record_flag(booking),
            headline=record.headline if record else "",
            count="",
            reason="",
            source=None,
            authorization="–",
            past=not booking.status.open,
        )

    def _judged(self, row: DayRow, chart: Chart) -> DayRow:
        booking = row.booking
        request = request_of(booking, chart)
        try:
            coverage = chart.coverage(request)
            verdict = judge_request(self._judge, chart, request, self._clock.today(), leave_out=booking.event.id)
        except TrackerError as error:
            reason = " ".join(part for part in (error.detail, error.remedy) if part)
            return replace(row, outcome=Outcome.UNKNOWN, flag="Cannot check", headline=error.title, reason=reason)
        overridden = booking.override is not None and verdict.outcome > Outcome.CAUTION
        return replace(
            row,
            coverage=self._payers.coverage(coverage),
            outcome=verdict.outcome,
            flag=OVERRIDDEN if overridden else wording.short_flag(verdict),
            headline=wording.headline(verdict),
            count=wording.count_text(verdict),
            reason=wording.reason_text(verdict),
            source=verdict.worst.source if verdict.worst else None,
            authorization=authorization_text(chart.authorizations, verdict, coverage.payer, booking.day),
            verdict=verdict,
        )

    def _task_row(self, task: Task, people: dict[str, Patient]) -> TaskRow:
        late = task.due < self._clock.today()
        return TaskRow(task.id, task.kind, people[task.patient_id], task.text, task.due, late, task.booking_id)


def _with_news(rows: Iterable[DayRow], news: Mapping[str, Standing]) -> tuple[DayRow, ...]:
    return tuple(replace(row, news=news[row.booking.id]) if row.booking.id in news else row for row in rows)


def authorization_text(authorizations: Iterable[Authorization], verdict: Verdict, payer: str, day: date) -> str:
    """Return "A118871, 1 left", "A118871, ended 11/20", or "–" when none is about these codes."""
    if verdict.approvals:
        left = min((each.left for each in verdict.approvals if each.left is not None), default=None)
        number = verdict.approvals[0].number
        return f"{number}, {left} left" if left is not None else number
    codes = {line.code for line in verdict.codes}
    about = [a for a in authorizations if a.payer == payer and a.number and any(x.code in codes for x in a.lines)]
    granted = [a for a in about if a.status.grants]
    if not granted:
        return f"{about[-1].number}, {about[-1].status.value}" if about else "–"
    fitting = [a for a in granted if (a.start is None or a.start <= day) and (a.end is None or day <= a.end)]
    if not fitting:
        last = max(granted, key=lambda a: a.end or date.max)
        ended = last.end is not None and last.end < day
        return f"{last.number}, {'ended' if ended else 'not yet'} {(last.end if ended else last.start or day):%m/%d}"
    wanted = any(f.code is FindingCode.AUTHORIZATION and f.outcome > Outcome.CAUTION for f in verdict.findings)
    return f"{fitting[0].number}, does not fit" if wanted else f"{fitting[0].number}"


def _record_flag(booking: Booking) -> str:
    words = {
        Outcome.ALLOWED: "Allowed",
        Outcome.CAUTION: "Allowed, see note",
        Outcome.NEEDS_AUTHORIZATION: "Needs auth",
        Outcome.UNKNOWN: "Cannot tell",
        Outcome.NOT_ALLOWED: "Not allowed",
    }
    return words[booking.verdict.outcome] if booking.verdict else "–"
