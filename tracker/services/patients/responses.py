"""How patients did after injections: recorded once, for the rules, the requests and the tasks that ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.clinical_record import Response
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Intent
from tracker.domain.relief_entry import check_months, check_percent, figure_text
from tracker.domain.response_due import answered, checks_of
from tracker.domain.response_entry import check_score, percent_of, scale_note, told_apart
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.answers.entries import EventRow, event_row
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.patients.history import own_entry
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.services.words.wording import event_text, us_partial
from tracker.storage.records import Act, HistoryEntry, TaskKind
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ResponseSheet:
    """What the form of one injection begins with: what is on file, and the earlier one at its site to compare with."""

    row: EventRow
    response: Response | None = None
    earlier: Response | None = None
    earlier_name: str = ""

    def blank(self) -> Response:
        """Return what is on file, or an empty response of this injection."""
        return self.response or Response(self.row.event.id, self.earlier.scale if self.earlier else "")

    def notes(self, wanted: Response, percent: float | None) -> tuple[str, ...]:
        """Return what does not fit together, each in a sentence; none of it keeps it from being saved."""
        said = (told_apart(wanted, percent), scale_note(wanted, self.earlier, self.earlier_name))
        return tuple(sentence for sentence in said if sentence)


class ResponseService:
    """Per cent and months stay with the injection, where the rules read them; the scores lie beside it."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock

    def of_patient(self, patient_id: str) -> dict[str, Response]:
        """Return a patient's responses by event id."""
        with self._transactions.reading() as uow:
            return uow.responses.of_patient(patient_id)

    def sheet(self, event_id: str) -> ResponseSheet:
        """Return what the form begins with. Raises NotFoundError."""
        with self._transactions.reading() as uow:
            entry = uow.events.get(event_id)
            return self._sheet(uow, entry, Chart.load(uow, entry.patient_id))

    def record(
        self, patient_id: str, wanted: Response, percent: float | None, months: float | None, version: int
    ) -> Done[EventRow]:
        """Write the scores, and per cent and months to the injection at `version`; empty everywhere takes it away.

        Without a typed per cent the scores make it. Closes the tasks that this answers. Raises InvalidEntryError,
        ConflictError.
        """
        wanted, percent = _checked(wanted, percent, months)
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, patient_id)
            before = own_entry(uow, patient_id, wanted.event_id, version)
            if before.event.status is EventStatus.BOOKED:
                raise InvalidEntryError(tr("A visit to come has no result yet."), "", tr("Mark it as done first."))
            event = replace(before.event, relief_percent=percent, relief_months=months)
            stored = uow.events.change(replace(before, event=event))
            self._write(uow, wanted, event)
            notes = self._sheet(uow, stored, chart).notes(wanted, percent)
            self._close_tasks(uow, event)
            row = event_row(stored, chart, self._payers, uow.bookings.ids_by_event(patient_id))
            act_id = uow.commit(Act("record response", "event", event.id))
        what = tr(
            "Relief recorded for {what}, {day}, {patient}",
            what=event_text(event),
            day=us_partial(event.when),
            patient=chart.patient.name,
        )
        sentence = ". ".join((what, *(note.rstrip(".") for note in notes)))
        changes = Changes.of(patient_id, Kind.EVENTS, Kind.BOOKINGS)
        return Done(row, changes, sentence, UndoToken(act_id, what))

    def _write(self, uow: UnitOfWork, wanted: Response, event: Event) -> None:
        present = uow.responses.find(event.id)
        if _is_empty(wanted) and event.relief_percent is None and event.relief_months is None:
            if present is not None:
                uow.responses.remove(present)
            return
        by, at = self._transactions.user.name, self._clock.now()
        uow.responses.put(replace(wanted, recorded_by=by, recorded_at=at))

    def _close_tasks(self, uow: UnitOfWork, event: Event) -> None:
        today, due = self._clock.today(), {check.due: check for check in checks_of(event)}
        for task in uow.tasks.list_for_events(TaskKind.RECORD_RESPONSE, [event.id]):
            check = due.get(task.due)
            if task.closed_at is None and (check is None or answered(check, event, today)):
                uow.tasks.close(task, self._clock.now(), recorded_because(event, today))

    def _sheet(self, uow: UnitOfWork, entry: HistoryEntry, chart: Chart) -> ResponseSheet:
        responses = uow.responses.of_patient(entry.patient_id)
        row = event_row(entry, chart, self._payers, uow.bookings.ids_by_event(entry.patient_id))
        earlier = earlier_block(entry.event, chart.entries, responses)
        if earlier is None:
            return ResponseSheet(row, responses.get(entry.event.id))
        name = tr("The block of {day}", day=us_partial(earlier.when))
        return ResponseSheet(row, responses.get(entry.event.id), responses[earlier.id], name)


def recorded_because(event: Event, day: date) -> str:
    """Return why a task is closed: "Recorded on 09/30/2026: 80 % for 3 months."."""
    months, on = event.relief_months, us_date(day)
    relief = f"{figure_text(event.relief_percent)} %" if event.relief_percent is not None else tr("no percent")
    if months is None:
        return tr("Recorded on {day}: {relief}.", day=on, relief=relief)
    return tr_n(
        "Recorded on {day}: {relief} for {months} month.",
        "Recorded on {day}: {relief} for {months} months.",
        1 if months == 1 else 2,
        day=on,
        relief=relief,
        months=figure_text(months),
    )


def earlier_block(event: Event, entries: tuple[HistoryEntry, ...], responses: Mapping[str, Response]) -> Event | None:
    """Return the last diagnostic block before this one at a common site that was scored, None when there is none."""
    if event.intent is not Intent.DIAGNOSTIC:
        return None
    akin = [
        entry.event
        for entry in entries
        if entry.event.family is event.family
        and entry.event.intent is Intent.DIAGNOSTIC
        and entry.event.when.last < event.when.first
        and entry.event.id in responses
        and any(one.overlaps(other) for one in entry.event.targets for other in event.targets)
    ]
    return akin[-1] if akin else None


def _is_empty(response: Response) -> bool:
    return response.before is None and response.after is None and not response.function.strip()


def _checked(wanted: Response, percent: float | None, months: float | None) -> tuple[Response, float | None]:
    check_percent(percent)
    check_months(months)
    wanted = replace(
        wanted,
        scale=wanted.scale.strip(),
        scale_after=wanted.scale_after.strip(),
        function=wanted.function.strip(),
    )
    check_score(wanted.before, wanted.scale)
    check_score(wanted.after, wanted.scale_after or wanted.scale)
    if (wanted.before is not None or wanted.after is not None) and not wanted.scale:
        raise InvalidEntryError(
            tr("Say on which scale the pain was scored."),
            "",
            tr("Name it, such as NRS 0-10; a score alone proves nothing."),
            about="scale",
        )
    one_scale = not wanted.scale_after or wanted.scale_after == wanted.scale
    if percent is None and one_scale:
        percent = percent_of(wanted.before, wanted.after)
    return wanted, percent
