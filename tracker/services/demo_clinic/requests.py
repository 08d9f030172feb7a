"""The request behind each answer of a payer in the demo clinic: what was asked, when it moved, who follows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    LogEntry,
    LogKind,
)
from tracker.services.demo_clinic.house import LEE, House
from tracker.services.demo_clinic.kinds import Kind

OWNERS = ("Jo Diaz", "Kim Reyes")
FOLLOW_UP_DAYS = 7
DENIED = "Six weeks of physical therapy are not shown."


def request_behind(
    answer: Authorization, kind: Kind, patient_id: str, coverage_id: str, house: House
) -> AuthorizationRecord:
    """Return the record that leads to this answer."""
    number = int(answer.id[-5:])
    asked = tuple(
        AskedLine(line.code, line.units or 1, line.targets, add_on=place > 0) for place, line in enumerate(answer.lines)
    )
    request = AuthorizationRequest(
        coverage_id=coverage_id,
        rendering_provider_id=LEE.id,
        ordering_provider_id=LEE.id,
        family=kind.family,
        intent=kind.intent,
        approach=kind.approach,
        targets=tuple(dict.fromkeys(target for line in answer.lines for target in line.targets)),
        diagnoses=("M47.816",),
        asked=asked,
        channel=Channel.PORTAL if number % 3 else Channel.FAX,
        reference=f"R{88000 + number * 7}" if answer.submitted else "",
        submitted_at=house.moment(answer.submitted) if answer.submitted else None,
        complete_at=house.moment(answer.submitted) if answer.submitted else None,
        owner=OWNERS[number % len(OWNERS)],
        next_action=_next_action(answer),
        next_step="Ask for the decision." if answer.status.waits else "",
        denial_text=DENIED if answer.status is AuthorizationStatus.DENIED else "",
    )
    return AuthorizationRecord(patient_id, answer, request, tuple(_log(answer, request, house)))


def _next_action(answer: Authorization) -> date | None:
    if not answer.status.waits and answer.status is not AuthorizationStatus.DENIED:
        return None
    begun = answer.submitted or answer.decided or answer.start
    return begun + timedelta(days=FOLLOW_UP_DAYS) if begun else None


def _log(answer: Authorization, request: AuthorizationRequest, house: House) -> Iterator[LogEntry]:
    steps = ((answer.submitted, AuthorizationStatus.SUBMITTED), (answer.decided, answer.status))
    before = AuthorizationStatus.DRAFT
    for day, after in steps:
        if day is not None and after is not before:
            yield LogEntry(LogKind.MOVE, house.moment(day), request.owner, before=before, after=after)
            before = after
