"""Tasks that come with the days: opened when somebody has to ask how an injection helped, closed when that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.clinical_record import Response
from tracker.domain.clock import Clock
from tracker.domain.event import Event
from tracker.domain.language import msg, tr
from tracker.domain.response_due import LOOK_BACK_DAYS, ResponseCheck, answered, checks_of
from tracker.services.changes import Changes, Done, Kind
from tracker.services.patients.responses import recorded_because
from tracker.services.transactions import Transactions
from tracker.services.words.wording import event_text, us_partial
from tracker.storage.records import Act, HistoryEntry, Origin, Task, TaskKind
from tracker.storage.unit_of_work import UnitOfWork

PROGRAM = "Injection Tracker"
"""Who opens these tasks."""

NOT_ASKED_ANY_MORE = msg("Nothing is to be asked about this injection any more: it was corrected or taken out.")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What has to be written: tasks to open, and open ones to close with their reason."""

    opening: tuple[Task, ...] = ()
    closing: tuple[tuple[Task, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.opening or self.closing)


class DueTasks:
    """`settle` is called at the opening, when the day changes and after acts; it writes only when it must."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def settle(self) -> Done[int]:
        """Open and close what is due today, in one transaction; the value is how many tasks it touched."""
        with self._transactions.reading() as uow:
            if not self._wanted(uow):
                return Done(0, Changes(), "")
        with self._transactions.writing() as uow:
            wanted = self._wanted(uow)
            for task in wanted.opening:
                uow.tasks.add(task)
            for task, because in wanted.closing:
                uow.tasks.close(task, self._clock.now(), because)
            uow.commit(Act("settle due tasks", "task"))
        patients = {task.patient_id for task in (*wanted.opening, *(task for task, _ in wanted.closing))}
        count = len(wanted.opening) + len(wanted.closing)
        return Done(count, Changes(frozenset(patients), frozenset({Kind.BOOKINGS})), "")

    def _wanted(self, uow: UnitOfWork) -> _Wanted:
        today = self._clock.today()
        entries = {each.event.id: each for each in uow.events.list_between(today - timedelta(LOOK_BACK_DAYS), today)}
        open_now = [task for task in uow.tasks.list_open() if task.kind is TaskKind.RECORD_RESPONSE and task.event_id]
        entries |= uow.events.get_many({task.event_id for task in open_now} - set(entries))
        responses = uow.responses.of_events(entries)
        known = {(task.event_id, task.due) for task in uow.tasks.list_for_events(TaskKind.RECORD_RESPONSE, entries)}
        opening = [task for entry in entries.values() for task in self._opening(entry, responses, known)]
        closing = [(task, why) for task in open_now if (why := self._why_close(task, entries, responses))]
        return _Wanted(tuple(opening), tuple(closing))

    def _opening(
        self, entry: HistoryEntry, responses: dict[str, Response], known: set[tuple[str, date]]
    ) -> Iterator[Task]:
        """Yield a task for each check that is due, not answered, and was never asked for by a task."""
        event, today = entry.event, self._clock.today()
        if entry.struck or event.when.first < today - timedelta(LOOK_BACK_DAYS):
            return
        due = [check for check in checks_of(event) if check.due <= today and not _came_late(check, entry)]
        for check in due:
            if (event.id, check.due) not in known and not answered(check, event, _recorded(event, responses)):
                text, at = _text(check, event), self._clock.now()
                kind, patient = TaskKind.RECORD_RESPONSE, entry.patient_id
                yield Task(kind, patient, text, check.due, PROGRAM, at, event_id=event.id)

    def _why_close(self, task: Task, entries: dict[str, HistoryEntry], responses: dict[str, Response]) -> str:
        entry = entries[task.event_id]
        check = next((each for each in checks_of(entry.event) if each.due == task.due), None)
        if entry.struck or check is None:
            return tr(NOT_ASKED_ANY_MORE)
        recorded = _recorded(entry.event, responses)
        if not answered(check, entry.event, recorded):
            return ""
        return recorded_because(entry.event, recorded or self._clock.today())


def _recorded(event: Event, responses: dict[str, Response]) -> date | None:
    response = responses.get(event.id)
    return response.recorded_at.astimezone().date() if response and response.recorded_at else None


def _came_late(check: ResponseCheck, entry: HistoryEntry) -> bool:
    """Tell whether the day of asking was past when the injection was imported: nobody asked then, nobody asks now."""
    provenance = entry.provenance
    return provenance.origin is Origin.IMPORT and provenance.recorded_at.astimezone().date() > check.due


def _text(check: ResponseCheck, event: Event) -> str:
    what = tr("{procedure} of {day}", procedure=event_text(event), day=us_partial(event.when))
    if check.lasting:
        return tr("Ask how long the {what} helped, and record it.", what=what)
    return tr("Ask how the {what} helped: score before and after on one scale, percent. Record it.", what=what)
