"""The visits of a day and of the days ahead, each judged anew, and the tasks that are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.answers.charts import Chart, ClinicFacts
from tracker.services.answers.judging import Judge
from tracker.services.answers.patient_file import PatientFile
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.clinic_days import clinic_days, closed_because
from tracker.services.pace import Pace
from tracker.services.transactions import Transactions
from tracker.services.visits.visit_rows import DayRow, authorization_text, judged_row, row_as_booked, waiting_row
from tracker.services.words.payers import PayerNames
from tracker.services.words.retelling import told_again
from tracker.storage.records import Act, Standing, Task, TaskKind
from tracker.storage.unit_of_work import UnitOfWork

__all__ = ["DayList", "DayRow", "ScheduleService", "TaskRow", "authorization_text"]

LOOK_AHEAD_DAYS = 14
MOST_LATER = 200
JUDGED_AT_ONCE = 20
"""More visits of later days than this are not listed at once; the next ones follow when these are seen."""


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

    def day(self, day: date, provider_id: str = "", site_id: str = "", most: int | None = None) -> DayList:
        """Return the day's visits as `span` does, with the tasks that are open now."""
        with self._transactions.reading() as uow:
            rows = self._span(uow, day, day, provider_id, site_id, most)
            tasks = uow.tasks.list_open()
            people = {row.patient.id: row.patient for row in rows}
            missing = {task.patient_id for task in tasks} - set(people)
            people |= uow.patients.get_many(missing) if missing else {}
            return DayList(rows, tuple(self._task_row(t, people) for t in tasks))

    def span(
        self, first: date, last: date, provider_id: str = "", site_id: str = "", most: int | None = None
    ) -> tuple[DayRow, ...]:
        """Return the visits from `first` to `last` by day and time.

        More than `most` of them wait for their answer, so that a full clinic sees its list at once: see `judged`.
        """
        with self._transactions.reading() as uow:
            return self._span(uow, first, last, provider_id, site_id, most)

    def judged(self, booking_ids: Iterable[str]) -> tuple[DayRow, ...]:
        """Return these visits with their answers of today; one that is gone meanwhile is left out."""
        ids = list(booking_ids)
        with self._transactions.reading() as uow:
            return self._answered(uow, uow.bookings.list_of(ids, len(ids)))

    def closed_days(self, first: date, last: date) -> dict[date, str]:
        """Return why the clinic does not work, for each day on which it does not."""
        with self._transactions.reading() as uow:
            open_days = clinic_days(uow.clinic.settings(), self._clock.today())
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return {day: why for day in days if (why := closed_because(open_days, day))}

    def next_days(self, start: date, days: int = LOOK_AHEAD_DAYS, pace: Pace | None = None) -> tuple[DayRow, ...]:
        """Return the open visits of `days` days from `start` on, and later ones whose answer changed unseen.

        Raises CalledOffError when the pace was called off.
        """
        with self._transactions.reading() as uow:
            last = start + timedelta(days=days - 1)
            bookings = uow.bookings.list_between(start, last, open_only=True)
            news = self._news(uow)
            later = set(news) - {booking.id for booking in bookings}
            bookings += uow.bookings.list_of(later, MOST_LATER) if later else ()
            rows: list[DayRow] = []
            for part in (pace or Pace()).chunks(bookings, JUDGED_AT_ONCE):
                rows += self._rows(part, Chart.load_many(uow, [b.patient_id for b in part]))
            return _with_news(rows, news)

    def coming(self, patient_id: str) -> tuple[DayRow, ...]:
        """Return one patient's open visits by day."""
        with self._transactions.reading() as uow:
            bookings = [booking for booking in uow.bookings.list_for(patient_id) if booking.status.open]
            return tuple(self._rows(bookings, Chart.load_many(uow, [patient_id])))

    def coming_in(self, file: PatientFile) -> tuple[DayRow, ...]:
        """Return the open visits that this file has, by day."""
        bookings = [booking for booking in file.bookings if booking.status.open]
        return tuple(self._rows(bookings, {file.chart.patient.id: file.chart}))

    def close_task(self, task_id: str, because: str) -> Done[None]:
        """Close a task with a written reason. Raises ConflictError when it is closed already."""
        if not because.strip():
            raise InvalidEntryError(tr("Say what was done about it."), "", tr("A few words are enough."))
        with self._transactions.writing() as uow:
            task = uow.tasks.get(task_id)
            if task.closed_at is not None:
                raise ConflictError(tr("Somebody has closed this task already, so nothing was changed."))
            uow.tasks.close(task, self._clock.now(), because.strip())
            act_id = uow.commit(Act("close task", "task", task_id))
        sentence = tr("Closed: {task}", task=told_again(task.text))
        return Done(None, Changes.of(task.patient_id, Kind.BOOKINGS), sentence, UndoToken(act_id, sentence))

    def _news(self, uow: UnitOfWork) -> dict[str, Standing]:
        return {each.booking_id: each for each in uow.standings.list_news(self._clock.today())}

    def _span(
        self, uow: UnitOfWork, first: date, last: date, provider_id: str, site_id: str, most: int | None
    ) -> tuple[DayRow, ...]:
        bookings = uow.bookings.list_between(first, last, provider_id=provider_id, site_id=site_id)
        if most is None or len(bookings) <= most:
            return self._answered(uow, bookings)
        ids = list(dict.fromkeys(booking.patient_id for booking in bookings))
        people, coverages = uow.patients.get_many(ids), uow.patients.list_coverages_of(ids)
        clinic, known = ClinicFacts.load(uow), coverages.get
        rows = (row_as_booked(b, people[b.patient_id], known(b.patient_id, ()), clinic, self._payers) for b in bookings)
        return tuple(map(waiting_row, rows))

    def _answered(self, uow: UnitOfWork, bookings: Sequence[Booking]) -> tuple[DayRow, ...]:
        charts = Chart.load_many(uow, [booking.patient_id for booking in bookings])
        return _with_news(self._rows(bookings, charts), self._news(uow))

    def _rows(self, bookings: Iterable[Booking], charts: dict[str, Chart]) -> Iterable[DayRow]:
        today = self._clock.today()
        for booking in bookings:
            chart = charts[booking.patient_id]
            row = row_as_booked(booking, chart.patient, chart.coverages, chart.clinic, self._payers)
            yield row if row.past else judged_row(row, chart, self._judge, self._payers, today)

    def _task_row(self, task: Task, people: dict[str, Patient]) -> TaskRow:
        late = task.due < self._clock.today()
        return TaskRow(
            task.id, task.kind, people[task.patient_id], told_again(task.text), task.due, late, task.booking_id
        )


def _with_news(rows: Iterable[DayRow], news: Mapping[str, Standing]) -> tuple[DayRow, ...]:
    return tuple(replace(row, news=news[row.booking.id]) if row.booking.id in news else row for row in rows)
