"""What the writings of visits share: days that are past, the tasks a visit leaves, the sentence of what was done."""

from __future__ import annotations

from datetime import date, datetime

from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.visits import overrides
from tracker.services.words.wording import event_text, us_time
from tracker.storage.records import Task
from tracker.storage.unit_of_work import UnitOfWork


def refuse_past(day: date, today: date) -> None:
    """Raise InvalidEntryError for a day on which nothing can be booked any more."""
    if day < today:
        raise InvalidEntryError(
            tr("{day} is past, so nothing was booked.", day=us_date(day, True)),
            "",
            tr("Add it to the history instead."),
        )


def follow_up(uow: UnitOfWork, booking: Booking, by: str, clock: Clock) -> None:
    """Add the task that the visit's reason for being booked against the answer asks for, where it has one."""
    if booking.override is not None:
        kind, text = overrides.next_step(booking.override).kind, overrides.task_text(booking.override)
        due = overrides.due_day(booking.override, booking, clock.today())
        uow.tasks.add(Task(kind, booking.patient_id, text, due, by, clock.now(), booking.id))


def close_tasks(uow: UnitOfWork, booking_id: str, at: datetime, because: str) -> None:
    """Close what is open about the visit."""
    for task in uow.tasks.list_open_for(booking_id):
        uow.tasks.close(task, at, because)


def visit_line(booking: Booking, chart: Chart) -> str:
    """Return "Smith, Jane  RFA L4-5 both, Thu 12/03/2026 9:30 AM"."""
    at = f" {us_time(booking.starts)}" if booking.starts else ""
    return f"{chart.patient.last}, {chart.patient.first}  {event_text(booking.event)}, {us_date(booking.day, True)}{at}"


def visit_done(booking: Booking, sentence: str, act_id: str, *more: Kind) -> Done[Booking]:
    """Return what was done with the visit, to be told and taken back."""
    changes = Changes.of(booking.patient_id, Kind.BOOKINGS, Kind.EVENTS, *more)
    return Done(booking, changes, sentence, UndoToken(act_id, sentence))
