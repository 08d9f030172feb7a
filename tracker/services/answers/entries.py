"""History entries as the screens show them: the event with the names behind its ids and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.coverage import coverage_on
from tracker.domain.event import Event, EventEvidence, Place
from tracker.domain.language import msg, tr
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.words.payers import PayerNames
from tracker.storage.records import HistoryEntry, Origin


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row of an injections grid. `version` goes back with a correction; `provider_id` "": not the clinic's own."""

    entry: HistoryEntry
    provider: str
    payer_label: str
    source_label: str
    booking_id: str | None
    version: int
    provider_id: str = ""

    @property
    def event(self) -> Event:
        return self.entry.event

    @property
    def provenance(self) -> str:
        """How it came on file, in one line; worked out when it is read, for one row of many is."""
        return provenance_text(self.entry)


def event_row(entry: HistoryEntry, chart: Chart, payers: PayerNames, booking_ids: Mapping[str, str]) -> EventRow:
    event = entry.event
    return EventRow(
        entry=entry,
        provider=chart.clinic.provider_short(entry.provider_id, entry.provider_name),
        payer_label=payer_label(event, chart, payers),
        source_label=_source(entry),
        booking_id=booking_ids.get(event.id),
        version=entry.version,
        provider_id=entry.provider_id,
    )


def payer_label(event: Event, chart: Chart, payers: PayerNames) -> str:
    """Return who paid: the coverage of that day, or the payer that was recorded with the event."""
    coverage = coverage_on(chart.coverages, event.when.first)
    if event.payer is None or (coverage is not None and coverage.payer == event.payer):
        return payers.coverage(coverage)
    return payers.name(event.payer)


def _source(entry: HistoryEntry) -> str:
    if entry.event.place is Place.ELSEWHERE:
        return tr("elsewhere")
    return tr("import") if entry.provenance.origin is Origin.IMPORT else tr("ours")


_HOW = {
    Origin.ENTRY: msg("Entered by {by} on {day}"),
    Origin.BOOKING: msg("Booked by {by} on {day}"),
    Origin.IMPORT: msg("Imported by {by} on {day}"),
}


def provenance_text(entry: HistoryEntry) -> str:
    """Return one line that says how the entry came on file: by whom, when, from which line of which file."""
    provenance = entry.provenance
    how = tr(_HOW[provenance.origin], by=provenance.recorded_by, day=us_date(provenance.recorded_at.date()))
    told = {EventEvidence.CLAIM: tr(", from a claim"), EventEvidence.PATIENT_REPORTED: tr(", as the patient told it")}
    file = tr(" from {file}", file=provenance.file) if provenance.file else ""
    line = tr(", line {line}", line=provenance.line) if provenance.line is not None else ""
    return f"{how}{file}{line}{told.get(entry.event.evidence, '')}"
