"""Rows of authorizations, tasks and acts to dataclasses and back."""

from __future__ import annotations

from typing import Any

from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.storage.ledger import Values
from tracker.storage.places import targets_of, targets_text
from tracker.storage.records import PastAct, Task, TaskKind


def authorization_of(row: Any, lines: tuple[AuthorizationLine, ...]) -> Authorization:
    return Authorization(
        row.number,
        row.payer,
        AuthorizationStatus(row.status),
        AuthorizationKind(row.kind),
        row.submitted,
        row.decided,
        row.starts_on,
        row.ends_on,
        row.facility,
        row.place_of_service,
        row.provider,
        lines,
        row.id,
    )


def authorization_values(patient_id: str, authorization: Authorization) -> Values:
    return {
        "patient_id": patient_id,
        "number": authorization.number,
        "payer": authorization.payer,
        "status": authorization.status.value,
        "kind": authorization.kind.value,
        "submitted": authorization.submitted,
        "decided": authorization.decided,
        "starts_on": authorization.start,
        "ends_on": authorization.end,
        "facility": authorization.facility,
        "place_of_service": authorization.place_of_service,
        "provider": authorization.provider,
    }


def line_of(row: Any) -> AuthorizationLine:
    return AuthorizationLine(row.code, row.units, row.used, targets_of(row.targets), row.denied)


def line_values(authorization_id: str, position: int, line: AuthorizationLine) -> Values:
    return {
        "authorization_id": authorization_id,
        "position": position,
        "code": line.code,
        "units": line.units,
        "used": line.used,
        "targets": targets_text(line.targets),
        "denied": line.denied,
    }


def task_of(row: Any) -> Task:
    return Task(
        TaskKind(row.kind),
        row.patient_id,
        row.content,
        row.due,
        row.made_by,
        row.made_at,
        row.booking_id or "",
        row.closed_at,
        row.closed_because,
        row.id,
        row.version,
        row.event_id or "",
    )


def task_values(task: Task) -> Values:
    return {
        "kind": task.kind.value,
        "patient_id": task.patient_id,
        "booking_id": task.booking_id or None,
        "event_id": task.event_id or None,
        "content": task.text,
        "due": task.due,
        "made_by": task.made_by,
        "made_at": task.made_at,
        "closed_at": task.closed_at,
        "closed_because": task.closed_because,
    }


def past_act_of(row: Any) -> PastAct:
    return PastAct(row.id, row.at, row.by, row.kind, row.entity, row.entity_id, row.undoes)
