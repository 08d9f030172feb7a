"""Rows of people, events and the clinic to the domain's dataclasses and back, two plain functions per noun."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from tracker.domain.anatomy import Region, Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.coverage import Biller, Coverage, Site
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.folding import fold_name, fold_number, phone_tail
from tracker.storage.ledger import Values
from tracker.storage.places import body_regions_of, body_regions_text, targets_of, targets_text
from tracker.storage.records import HistoryEntry, Origin, Provenance


def patient_of(row: Any) -> Patient:
    return Patient(
        row.last, row.first, row.born, row.mrn, row.middle, row.sex, row.phone, id=row.id, version=row.version
    )


def patient_values(patient: Patient) -> Values:
    return {
        "last": patient.last,
        "first": patient.first,
        "middle": patient.middle,
        "born": patient.born,
        "mrn": patient.mrn,
        "sex": patient.sex,
        "phone": patient.phone,
        "last_key": fold_name(patient.last),
        "first_key": fold_name(f"{patient.first} {patient.middle}"),
        "mrn_key": fold_number(patient.mrn),
        "phone_seven": phone_tail(patient.phone, 7),
        "phone_four": phone_tail(patient.phone, 4),
    }


def coverage_of(row: Any) -> Coverage:
    return Coverage(
        row.payer,
        row.plan,
        row.starts_on,
        row.ends_on,
        row.rank,
        row.authorization_required,
        row.member_id,
        row.id,
        row.version,
    )


def coverage_values(patient_id: str, coverage: Coverage) -> Values:
    return {
        "patient_id": patient_id,
        "payer": coverage.payer,
        "plan": coverage.plan,
        "starts_on": coverage.start,
        "ends_on": coverage.end,
        "rank": coverage.order,
        "authorization_required": coverage.authorization_required,
        "member_id": coverage.member_id,
        "member_key": fold_number(coverage.member_id),
    }


def event_of(row: Any) -> Event:
    return Event(
        row.id,
        PartialDate(row.first_day, row.last_day),
        _FAMILIES[row.family],
        _STATUSES[row.status],
        _INTENTS[row.intent],
        _APPROACHES[row.approach],
        targets_of(row.targets),
        tuple(row.nerves.split()) if row.nerves else (),
        _REGIONS[row.region],
        row.payer,
        _PLACES[row.place],
        _EVIDENCES[row.evidence],
        row.relief_percent,
        row.relief_months,
        row.note,
        row.place_of_service,
        body_regions_of(row.body_regions),
        row.kx_claimed,
    )


SEPARATOR = "|"
"""Between the columns of an event's text; no column that it joins may hold it."""


class EventShape(NamedTuple):
    """What follows id and days in an event. Thousands of rows share few days and shapes, so both are read once."""

    family: Family
    status: EventStatus
    intent: Intent | None
    approach: Approach | None
    targets: tuple[Target, ...]
    nerves: tuple[str, ...]
    region: Region | None
    payer: str | None
    place: Place
    evidence: EventEvidence
    relief_percent: float | None
    relief_months: float | None
    note: str
    place_of_service: str | None
    body_regions: tuple[BodyRegion, ...]
    kx_claimed: bool | None


@lru_cache(maxsize=16384)
def event_days(first: str, last: str) -> PartialDate:
    """Read days that are written as text, `last` only where it is another."""
    return PartialDate(date.fromisoformat(first), date.fromisoformat(last or first))


@lru_cache(maxsize=16384)
def event_shape(text: str) -> EventShape:
    """Read the joined columns; the note stays behind."""
    (
        family, status, intent, approach, targets, nerves, region, payer, where, evidence, percent, months, place,
        body_regions, kx,
    ) = text.split(SEPARATOR)  # fmt: skip
    return EventShape(
        _FAMILIES[family],
        _STATUSES[status],
        _INTENTS[intent or None],
        _APPROACHES[approach or None],
        targets_of(targets),
        tuple(nerves.split()),
        _REGIONS[region or None],
        payer or None,
        _PLACES[where],
        _EVIDENCES[evidence],
        float(percent) if percent else None,
        float(months) if months else None,
        "",
        place or None,
        body_regions_of(body_regions),
        kx == "1" if kx else None,
    )


def entry_of(row: Any) -> HistoryEntry:
    provenance = Provenance(
        _ORIGINS[row.origin], row.recorded_by, row.recorded_at, row.source_file, row.source_line, row.source_key
    )
    return HistoryEntry(
        row.patient_id,
        event_of(row),
        provenance,
        row.provider_id or "",
        row.provider_name,
        row.struck,
        row.struck_reason,
        row.version,
    )


def event_values(event: Event) -> Values:
    return {
        "first_day": event.when.first,
        "last_day": event.when.last,
        "family": event.family.value,
        "status": event.status.value,
        "intent": event.intent.value if event.intent else None,
        "approach": event.approach.value if event.approach else None,
        "targets": targets_text(event.targets),
        "nerves": " ".join(event.nerves),
        "region": event.region.value if event.region else None,
        "payer": event.payer,
        "place": event.place.value,
        "evidence": event.evidence.value,
        "relief_percent": event.relief_percent,
        "relief_months": event.relief_months,
        "note": event.note,
        "place_of_service": event.place_of_service,
        "body_regions": body_regions_text(event.body_regions),
        "kx_claimed": event.kx_claimed,
    }


def entry_values(entry: HistoryEntry) -> Values:
    provenance = entry.provenance
    return event_values(entry.event) | {
        "patient_id": entry.patient_id,
        "provider_id": entry.provider_id or None,
        "provider_name": entry.provider_name,
        "struck": entry.struck,
        "struck_reason": entry.struck_reason,
        "origin": provenance.origin.value,
        "source_file": provenance.file,
        "source_line": provenance.line,
        "source_key": provenance.key,
        "recorded_by": provenance.recorded_by,
        "recorded_at": provenance.recorded_at,
    }


def provider_of(row: Any) -> Provider:
    return Provider(row.name, row.short, row.npi, row.id, row.active, row.version)


def provider_values(provider: Provider) -> Values:
    return {"name": provider.name, "short": provider.short, "npi": provider.npi, "active": provider.active}


def site_of(row: Any) -> Site:
    return Site(
        row.state,
        row.place_of_service,
        row.facility,
        row.hospital_exempt,
        Biller(row.biller),
        row.name,
        row.id,
        row.npi,
        row.active,
        row.version,
    )


def site_values(site: Site) -> Values:
    return {
        "name": site.name,
        "state": site.state,
        "place_of_service": site.place_of_service,
        "facility": site.facility,
        "hospital_exempt": site.hospital_exempt,
        "biller": site.biller.value,
        "npi": site.npi,
        "active": site.active,
    }


_FAMILIES = {member.value: member for member in Family}
_STATUSES = {member.value: member for member in EventStatus}
_INTENTS: dict[str | None, Intent | None] = {None: None} | {member.value: member for member in Intent}
_APPROACHES: dict[str | None, Approach | None] = {None: None} | {member.value: member for member in Approach}
_REGIONS: dict[str | None, Region | None] = {None: None} | {member.value: member for member in Region}
_PLACES = {member.value: member for member in Place}
_ORIGINS = {member.value: member for member in Origin}
_EVIDENCES = {member.value: member for member in EventEvidence}
