"""Plans which coverages of a file are new or changed: the same payer from the same day is the same coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.coverage import Coverage
from tracker.domain.language import tr
from tracker.exchange.formats import CoverageRow, RowProblem, folded
from tracker.services.imports.import_plan import Batch, KindPlan
from tracker.storage.folding import fold_number
from tracker.storage.identity import new_id

PatientCoverage = tuple[str, Coverage]


def plan_coverages(batch: Batch, rows: Sequence[CoverageRow]) -> KindPlan[PatientCoverage]:
    """Compare the rows with the coverages of their patients."""
    plan = KindPlan[PatientCoverage]("coverage")
    patients = batch.uow.patients.find_by_mrns(row.mrn for row in rows)
    present = batch.uow.patients.list_coverages_of(patient.id for patient in patients.values())
    kept = batch.changed_by_people("coverage", [c.id for coverages in present.values() for c in coverages])
    touched: dict[str, int] = {}
    for row in rows:
        batch.step()
        patient = patients.get(fold_number(row.mrn) or "")
        if patient is None:
            plan.reject(row.line, "mrn", tr("no patient has this record number"), tr("import the patients first"))
        else:
            _compare(plan, row, patient.id, present.setdefault(patient.id, []), kept, touched)
    return plan


def _compare(
    plan: KindPlan[PatientCoverage], row: CoverageRow, patient_id: str, present: list[Coverage],
    kept: dict[str, str], touched: dict[str, int],
) -> None:  # fmt: skip
    same = next((coverage for coverage in present if _is_same(coverage, row.coverage)), None)
    if same is None:
        added = replace(row.coverage, id=new_id())
        _remark_overlap(plan, row, present)
        present.append(added)
        touched[added.id] = row.line
        plan.new.append((patient_id, added))
        return
    merged = _merged(same, row.coverage)
    if same.id in touched:
        why = tr("says the same as line {line}", line=touched[same.id])
        if merged == same:
            plan.keep(row.line, why)
        else:
            plan.reject(
                row.line,
                "",
                tr("differs from line {line} for the same payer and start", line=touched[same.id]),
                tr("keep one"),
            )
    elif merged == same or same.id in kept:
        plan.keep(row.line, kept[same.id] if merged != same else "")
    elif merged.start and merged.end and merged.end < merged.start:
        plan.reject(row.line, "to", tr("this end lies before the start on file"), tr("correct it"))
    else:
        present[present.index(same)] = merged
        touched[same.id] = row.line
        plan.changed.append((patient_id, merged))


def _is_same(present: Coverage, told: Coverage) -> bool:
    if present.payer != told.payer:
        return False
    if told.start is None:
        return folded(present.plan) == folded(told.plan)
    return present.start == told.start


def _merged(present: Coverage, told: Coverage) -> Coverage:
    """Return the coverage with what the file tells; an empty cell takes nothing away."""
    return replace(
        present,
        plan=told.plan or present.plan,
        end=told.end or present.end,
        order=told.order if told.order > 1 else present.order,
        member_id=told.member_id or present.member_id,
        authorization_required=(
            present.authorization_required if told.authorization_required is None else told.authorization_required
        ),
    )


def _remark_overlap(plan: KindPlan[PatientCoverage], row: CoverageRow, present: Sequence[Coverage]) -> None:
    told = row.coverage
    for other in present:
        if other.order == told.order and other.payer != told.payer and _overlap(other, told):
            plan.problems.append(
                RowProblem(row.line, "from", tr("another coverage of the same order is in force then too"),
                           tr("give the older one its last day"), rejected=False))  # fmt: skip
            return


def _overlap(one: Coverage, other: Coverage) -> bool:
    latest_start = max(one.start or date.min, other.start or date.min)
    return latest_start <= min(one.end or date.max, other.end or date.max)
