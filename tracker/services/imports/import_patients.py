"""Plans which patients of a file are new, changed, or not to be touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.exchange.formats import PatientRow
from tracker.services.imports.import_plan import Batch, KindPlan
from tracker.storage.folding import fold_number
from tracker.storage.identity import new_id

_FIELDS = ("last", "first", "middle", "sex", "phone")


def plan_patients(batch: Batch, rows: Sequence[PatientRow]) -> KindPlan[Patient]:
    """Compare the rows with the patients of the same record numbers."""
    plan = KindPlan[Patient]("patients")
    known = batch.uow.patients.find_by_mrns(row.patient.mrn for row in rows)
    kept = batch.changed_by_people("patient", [patient.id for patient in known.values()])
    first_lines: dict[str, PatientRow] = {}
    for row in rows:
        batch.step()
        key = fold_number(row.patient.mrn) or ""
        earlier = first_lines.setdefault(key, row)
        if earlier is not row:
            _repeated(plan, row, earlier)
        elif key not in known:
            plan.new.append(replace(row.patient, id=new_id()))
        else:
            _compare(plan, row, known[key], kept.get(known[key].id, ""))
    return plan


def _compare(plan: KindPlan[Patient], row: PatientRow, present: Patient, kept: str) -> None:
    if present.born != row.patient.born:
        plan.reject(row.line, "birth_date", tr("another birth date is on file for this record number"),
                    tr("find out whether the number or the date is wrong"))  # fmt: skip
        return
    merged = _merged(present, row.patient)
    if merged == present or kept:
        plan.keep(row.line, kept if merged != present else "")
    else:
        plan.changed.append(merged)


def _merged(present: Patient, told: Patient) -> Patient:
    """Return the patient with what the file tells; an empty cell takes nothing away."""
    values = {name: getattr(told, name) or getattr(present, name) for name in _FIELDS}
    return replace(present, **values)


def _repeated(plan: KindPlan[Patient], row: PatientRow, earlier: PatientRow) -> None:
    if row.patient == earlier.patient:
        plan.keep(row.line, tr("says the same as line {line}", line=earlier.line))
    else:
        what = tr("this record number stands on line {line} already, with other data", line=earlier.line)
        plan.reject(row.line, "mrn", what, tr("keep the right one"))
