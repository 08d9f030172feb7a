"""Plans which procedures of a file are new or changed; a line is known again by its id, or else by what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.patient import Patient, Provider
from tracker.exchange.formats import ProcedureRow, folded
from tracker.services.imports.import_plan import Batch, KindPlan
from tracker.storage.folding import fold_number
from tracker.storage.identity import new_id
from tracker.storage.records import HistoryEntry, Origin, Provenance
from tracker.storage.unit_of_work import UnitOfWork

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _OnFile:
    """What the file is compared with: patients by number, entries by key, and what was not imported."""

    patients: Mapping[str, Patient]
    by_key: Mapping[str, HistoryEntry]
    kept: Mapping[str, str]
    entered: frozenset[tuple[object, ...]]
    providers: Mapping[str, str]


def plan_procedures(batch: Batch, rows: Sequence[ProcedureRow]) -> KindPlan[HistoryEntry]:
    """Compare the rows with the histories of their patients."""
    plan = KindPlan[HistoryEntry]("procedures")
    keys = [source_key(row) for row in rows]
    on_file = _load(batch, rows, keys)
    first_lines: dict[str, ProcedureRow] = {}
    for row, key in zip(rows, keys, strict=True):
        batch.step()
        earlier = first_lines.setdefault(key, row)
        if earlier is row:
            _compare(plan, batch, row, key, on_file)
        elif row.key and not _says_same(row, earlier):
            plan.reject(
                row.line,
                "id",
                tr("this id stands on line {line} already, with other data", line=earlier.line),
                tr("keep one"),
            )
        elif row.event.body_regions != earlier.event.body_regions:
            what = tr("this visit stands on line {line} already, with other regions of the body", line=earlier.line)
            plan.reject(row.line, "body_regions", what, tr("write all regions of a visit into one cell"))
        else:
            plan.keep(row.line, tr("says the same as line {line}", line=earlier.line))
    return plan


def source_key(row: ProcedureRow) -> str:
    """Return what makes the line recognisable: its own id, or patient, day, procedure and place."""
    if row.key:
        return f"id:{row.key}"
    event = row.event
    places = " ".join(map(str, event.targets)) or str(event.region or "")
    said = (fold_number(row.mrn) or "", str(event.when), event.family.value, places, " ".join(event.nerves))
    return "row:" + hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:40]


def _load(batch: Batch, rows: Sequence[ProcedureRow], keys: Sequence[str]) -> _OnFile:
    uow = batch.uow
    patients = uow.patients.find_by_mrns(row.mrn for row in rows)
    by_key: dict[str, HistoryEntry] = {}
    for some in _chunks(dict.fromkeys(keys)):
        by_key |= uow.events.find_by_source(some)
    kept = batch.changed_by_people("event", [entry.event.id for entry in by_key.values()])
    entered = frozenset(_entered(uow, [patient.id for patient in patients.values()]))
    return _OnFile(patients, by_key, kept, entered, _provider_names(uow.clinic.list_providers()))


def _entered(uow: UnitOfWork, patient_ids: Iterable[str]) -> Iterable[tuple[object, ...]]:
    """Yield the marks of entries that people made, so that the log does not add them a second time."""
    for some in _chunks(patient_ids):
        for entries in uow.events.list_for_many(some).values():
            yield from (_mark(e.patient_id, e.event) for e in entries if e.provenance.origin is not Origin.IMPORT)


def _mark(patient_id: str, event: Event) -> tuple[object, ...]:
    return patient_id, event.when, event.family, event.status, frozenset(event.targets)


def _provider_names(providers: Iterable[Provider]) -> dict[str, str]:
    return {folded(name): provider.id for provider in providers for name in (provider.name, provider.short) if name}


def _compare(plan: KindPlan[HistoryEntry], batch: Batch, row: ProcedureRow, key: str, on_file: _OnFile) -> None:
    patient = on_file.patients.get(fold_number(row.mrn) or "")
    present = on_file.by_key.get(key)
    if patient is None:
        plan.reject(row.line, "mrn", tr("no patient has this record number"), tr("import the patients first"))
    elif row.event.when.last < patient.born:
        plan.reject(
            row.line, "date", tr("this day lies before the patient's birth"), tr("correct the date or the number")
        )
    elif present is not None and present.patient_id != patient.id:
        plan.reject(row.line, "id", tr("this id belongs to another patient's procedure on file"), tr("correct the id"))
    elif present is not None:
        _update(plan, batch, row, present, on_file)
    elif _mark(patient.id, row.event) in on_file.entered:
        plan.keep(row.line)
    else:
        entry = HistoryEntry(patient.id, replace(row.event, id=new_id()), _provenance(batch, row, key))
        plan.new.append(_with_provider(entry, row.provider, on_file.providers))


def _update(
    plan: KindPlan[HistoryEntry], batch: Batch, row: ProcedureRow, present: HistoryEntry, on_file: _OnFile
) -> None:
    event = _merged(present.event, row.event)
    told = replace(present, event=event)
    if row.provider:
        told = _with_provider(told, row.provider, on_file.providers)
    if told == present and event.note == present.event.note:
        plan.keep(row.line)
    elif present.struck:
        plan.keep(row.line, tr("was taken out of the history here, and stays out"))
    elif why := on_file.kept.get(present.event.id):
        plan.keep(row.line, why)
    else:
        plan.changed.append(replace(told, provenance=_provenance(batch, row, present.provenance.key or "")))


def _merged(present: Event, told: Event) -> Event:
    """Return the event with what the file tells; an empty cell takes nothing away."""
    targets = told.targets or present.targets
    return replace(
        told,
        id=present.id,
        intent=told.intent or present.intent,
        approach=told.approach or present.approach,
        targets=targets,
        nerves=told.nerves or (() if told.targets else present.nerves),
        region=None if targets else told.region or present.region,
        payer=told.payer or present.payer,
        relief_percent=present.relief_percent if told.relief_percent is None else told.relief_percent,
        relief_months=present.relief_months if told.relief_months is None else told.relief_months,
        note=told.note or present.note,
        body_regions=told.body_regions or present.body_regions,
        kx_claimed=present.kx_claimed if told.kx_claimed is None else told.kx_claimed,
    )


def _provenance(batch: Batch, row: ProcedureRow, key: str) -> Provenance:
    return Provenance(Origin.IMPORT, batch.by, batch.at, batch.file, row.line, key)


def _with_provider(entry: HistoryEntry, text: str, providers: Mapping[str, str]) -> HistoryEntry:
    known = providers.get(folded(text), "")
    return replace(entry, provider_id=known, provider_name="" if known else text)


def _says_same(one: ProcedureRow, other: ProcedureRow) -> bool:
    same_event = one.event == other.event and one.event.note == other.event.note
    return same_event and (one.mrn, one.provider) == (other.mrn, other.provider)


def _chunks(values: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
