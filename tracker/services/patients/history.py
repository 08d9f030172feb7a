"""Add and correct what was done: here or elsewhere, on a known day or some time in a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import msg, tr
from tracker.domain.relief_entry import check_months, check_percent
from tracker.services.answers.charts import Chart
from tracker.services.answers.entries import EventRow, event_row
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.services.words.wording import event_text, us_partial
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance
from tracker.storage.unit_of_work import UnitOfWork


class HistoryService:
    """Corrections keep the image before; removed entries stay on file, struck out with their reason."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock

    def add(self, patient_id: str, event: Event, provider: str = "") -> Done[EventRow]:
        """Add an entry; `provider` is one of the clinic's by id, or a name from elsewhere."""
        event = self._checked(event)
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, patient_id)
            provenance = Provenance(Origin.ENTRY, self._transactions.user.name, self._clock.now())
            entry = _with_provider(HistoryEntry(patient_id, event, provenance), provider, chart)
            stored = uow.events.add(entry)
            act_id = uow.commit(Act("add event", "event", stored.event.id))
        return self._done(stored, chart, {}, msg("Added {what}, {day}, {patient}"), act_id)

    def correct(self, patient_id: str, event: Event, version: int, provider: str | None = None) -> Done[EventRow]:
        """Write the corrected event over the one on file. Raises ConflictError when it was changed since `version`."""
        event = self._checked(event)

        def corrected(entry: HistoryEntry, chart: Chart) -> HistoryEntry:
            written = replace(entry, event=event)
            return written if provider is None else _with_provider(written, provider, chart)

        return self._change(patient_id, event.id, version, corrected, msg("Corrected {what}, {day}, {patient}"))

    def remove(self, patient_id: str, event_id: str, version: int, reason: str) -> Done[None]:
        """Strike an entry out; it counts no more. `reason` stays on file with it."""
        if not reason.strip():
            raise InvalidEntryError(tr("Say why it is taken out."), "", tr("A few words are enough."))
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, patient_id)
            entry = own_entry(uow, patient_id, event_id, version)
            _refuse_if_booked(uow, entry)
            uow.events.change(replace(entry, struck=True, struck_reason=reason.strip()))
            act_id = uow.commit(Act("remove event", "event", event_id))
        sentence = _sentence(msg("Removed {what}, {day}, {patient}"), entry, chart)
        return Done(None, Changes.of(patient_id, Kind.EVENTS), sentence, UndoToken(act_id, sentence))

    def _change(
        self,
        patient_id: str,
        event_id: str,
        version: int,
        changed: Callable[[HistoryEntry, Chart], HistoryEntry],
        told: str,
    ) -> Done[EventRow]:
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, patient_id)
            before = own_entry(uow, patient_id, event_id, version)
            after = changed(before, chart)
            if after.event.status is not before.event.status or after.event.when != before.event.when:
                _refuse_if_booked(uow, before)
            stored = uow.events.change(after)
            booking_ids = uow.bookings.ids_by_event(patient_id)
            if after.event.when != before.event.when and event_id in booking_ids:
                uow.bookings.change(uow.bookings.get(booking_ids[event_id]))  # its day follows its event's
            act_id = uow.commit(Act("correct event", "event", event_id))
        return self._done(stored, chart, booking_ids, told, act_id)

    def _done(
        self, entry: HistoryEntry, chart: Chart, booking_ids: dict[str, str], told: str, act_id: str
    ) -> Done[EventRow]:
        row = event_row(entry, chart, self._payers, booking_ids)
        sentence = _sentence(told, entry, chart)
        return Done(row, Changes.of(entry.patient_id, Kind.EVENTS), sentence, UndoToken(act_id, sentence))

    def _checked(self, event: Event) -> Event:
        if event.status is EventStatus.BOOKED:
            raise InvalidEntryError(
                tr("A visit to come is booked, not added to the history."), "", tr("Use Check and book.")
            )
        if event.when.first > self._clock.today():
            raise InvalidEntryError(tr("This day has not come yet."), "", tr("Correct the date, or book the visit."))
        check_percent(event.relief_percent)
        check_months(event.relief_months)
        return event


def own_entry(uow: UnitOfWork, patient_id: str, event_id: str, version: int) -> HistoryEntry:
    """Return the entry as it was seen. Raises ConflictError when it is another by now."""
    entry = uow.events.get(event_id)
    if entry.patient_id != patient_id or entry.version != version or entry.struck:
        raise ConflictError(
            tr("Somebody changed this entry meanwhile."), "", tr("Look at it as it is now, then change it again.")
        )
    return entry


def _refuse_if_booked(uow: UnitOfWork, entry: HistoryEntry) -> None:
    if entry.event.status is EventStatus.BOOKED:
        raise InvalidEntryError(tr("This is a visit still to come."), "", tr("Move or cancel the visit instead."))


def _with_provider(entry: HistoryEntry, provider: str, chart: Chart) -> HistoryEntry:
    if provider in chart.clinic.providers:
        return replace(entry, provider_id=provider, provider_name="")
    return replace(entry, provider_id="", provider_name=provider.strip())


def _sentence(told: str, entry: HistoryEntry, chart: Chart) -> str:
    event = entry.event
    return tr(told, what=event_text(event), day=us_partial(event.when), patient=chart.patient.name)
