"""What stands on a day's paper: its visits with the answer of today, and what to collect at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.clock import Clock
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.clinic_days import clinic_days
from tracker.services.desk.desk import DeskService
from tracker.services.transactions import Transactions
from tracker.services.visits.schedule import DayList, DayRow, ScheduleService, TaskRow
from tracker.services.visits.visit_status import status_word
from tracker.services.words.wording import us_time

OUTAGE_DAYS = 3
_LONGEST_SEARCH = 21


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One line. `answer` says today's verdict in short, `collect` what to ask the patient for."""

    starts: str
    name: str
    identity: str
    procedure: str
    provider: str
    coverage: str
    answer: str
    flagged: bool
    authorization: str
    collect: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day's visits by time."""

    day: date
    visits: tuple[SheetVisit, ...]


class DaySheetService:
    """Judges anew what it prints: paper never says an older answer than the screen."""

    def __init__(self, transactions: Transactions, schedule: ScheduleService, desk: DeskService, clock: Clock) -> None:
        self._transactions = transactions
        self._schedule = schedule
        self._desk = desk
        self._clock = clock

    def sheet(self, day: date, provider_id: str = "", site_id: str = "") -> DaySheet:
        return _sheet(day, self._schedule.day(day, provider_id, site_id))

    def ahead(self, first: date, days: int = OUTAGE_DAYS) -> tuple[DaySheet, ...]:
        """Return the next days from `first` on which the clinic is open or has visits: paper for an outage."""
        with self._transactions.reading() as uow:
            opening = clinic_days(uow.clinic.settings(), self._clock.today())
        found: list[DaySheet] = []
        day = first
        while len(found) < days and day < first + timedelta(days=_LONGEST_SEARCH):
            sheet = self.sheet(day)
            if sheet.visits or opening.is_open(day):
                found.append(sheet)
            day += timedelta(days=1)
        return tuple(found)


def _sheet(day: date, listed: DayList) -> DaySheet:
    tasks = _by_patient(listed.tasks)
    return DaySheet(day, tuple(_visit(row, tasks.get(row.patient.id, ())) for row in listed.rows))


def _by_patient(tasks: Iterable[TaskRow]) -> Mapping[str, tuple[TaskRow, ...]]:
    found: dict[str, tuple[TaskRow, ...]] = {}
    for task in tasks:
        found[task.patient.id] = (*found.get(task.patient.id, ()), task)
    return found


def _visit(row: DayRow, tasks: tuple[TaskRow, ...]) -> SheetVisit:
    patient = row.patient
    return SheetVisit(
        starts=us_time(row.booking.starts) if row.booking.starts else "",
        name=patient.name,
        identity=f"{us_date(patient.born)}  {patient.mrn}".strip(),
        procedure=row.procedure,
        provider=row.provider,
        coverage=row.coverage,
        answer=_answer(row),
        flagged=row.flagged,
        authorization=row.authorization,
        collect=_collect(row, tasks),
        status=status_word(row.booking.status),
    )


def _answer(row: DayRow) -> str:
    """Return the headline where it gives a day or a limit, else the flag, which says what to ask for."""
    spoken = row.outcome in (Outcome.CAUTION, Outcome.NOT_ALLOWED) and not row.overridden and not row.past
    return row.headline if spoken and row.headline else row.flag


def _collect(row: DayRow, tasks: tuple[TaskRow, ...]) -> tuple[str, ...]:
    """Return what the desk asks this patient for: open tasks of this visit or of none, what is not known, a number."""
    if row.past:
        return ()
    asked = [task.text for task in tasks if task.booking_id in ("", row.booking.id)]
    if row.lacks_authorization:
        asked.append(tr("Authorization number"))
    if row.outcome is Outcome.UNKNOWN and row.reason:
        asked.append(row.reason)
    return tuple(dict.fromkeys(asked))
