"""Rows of scores, conservative care, denied claims and ticked items to dataclasses and back."""

from __future__ import annotations

from typing import Any

from tracker.domain.clinical_record import ChecklistMark, ClaimDenial, ConservativeCare, Response
from tracker.domain.procedure import Family
from tracker.storage.ledger import Values


def response_of(row: Any) -> Response:
    return Response(
        event_id=row.event_id,
        scale=row.scale,
        before=row.before,
        after=row.after,
        scale_after=row.scale_after,
        function=row.function,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        id=row.id,
        version=row.version,
    )


def response_values(response: Response) -> Values:
    return {
        "event_id": response.event_id,
        "scale": response.scale,
        "before": response.before,
        "after": response.after,
        "scale_after": response.scale_after,
        "function": response.function,
        "recorded_by": response.recorded_by,
        "recorded_at": response.recorded_at,
    }


def care_of(row: Any) -> ConservativeCare:
    return ConservativeCare(row.patient_id, row.what, row.starts_on, row.ends_on, row.result, row.id, row.version)


def care_values(care: ConservativeCare) -> Values:
    return {
        "patient_id": care.patient_id,
        "what": care.what,
        "starts_on": care.start,
        "ends_on": care.end,
        "result": care.result,
    }


def denial_of(row: Any) -> ClaimDenial:
    return ClaimDenial(
        event_id=row.event_id,
        denied_on=row.denied_on,
        reason_code=row.reason_code,
        remark_code=row.remark_code,
        group_code=row.group_code,
        cents=row.cents,
        note=row.note,
        id=row.id,
        version=row.version,
    )


def denial_values(denial: ClaimDenial) -> Values:
    return {
        "event_id": denial.event_id,
        "denied_on": denial.denied_on,
        "reason_code": denial.reason_code,
        "remark_code": denial.remark_code,
        "group_code": denial.group_code,
        "cents": denial.cents,
        "note": denial.note,
    }


def mark_of(row: Any) -> ChecklistMark:
    return ChecklistMark(
        patient_id=row.patient_id,
        family=Family(row.family),
        item=row.item,
        dated=row.dated,
        note=row.note,
        authorization_id=row.authorization_id or "",
        marked_by=row.marked_by,
        marked_at=row.marked_at,
        id=row.id,
        version=row.version,
    )


def mark_values(mark: ChecklistMark) -> Values:
    return {
        "patient_id": mark.patient_id,
        "family": mark.family.value,
        "item": mark.item,
        "dated": mark.dated,
        "note": mark.note,
        "authorization_id": mark.authorization_id or None,
        "marked_by": mark.marked_by,
        "marked_at": mark.marked_at,
    }
