"""The request behind each answer of a payer in the demo clinic: what was asked, when it moved, who follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    LogEntry,
    LogKind,
    PeerToPeer,
    RequestType,
)
from tracker.services.demo_clinic.house import LEE, OFFICE, SITES, House, weekday_near
from tracker.services.demo_clinic.kinds import Kind

OWNERS = ("Demo Desk", "Kim Reyes")
FOLLOW_UP_DAYS = WEEK = 7
TWO_WEEKS = 14
APPEAL_DAYS = 65
_SITES = {site.place_of_service: site for site in SITES}
DENIED = "Six weeks of physical therapy are not shown."


@dataclass(frozen=True, slots=True)
class Asked:
    """Where it goes, and what the payer's answer does not tell: the log, the reason of a denial, what is wanted."""

    targets: tuple[Target, ...] = ()
    type: RequestType = RequestType.INITIAL
    replaces: str = ""
    wants: str = ""
    level: int = 0
    look_in: int | None = None
    calls: tuple[tuple[int, str], ...] = ()


def request_behind(
    answer: Authorization, kind: Kind, patient_id: str, coverage_id: str, house: House, asked_for: Asked
) -> AuthorizationRecord:
    """Return the record that leads to this answer."""
    number = int(answer.id[-5:])
    asked = tuple(
        AskedLine(line.code, line.units or 1, line.targets, add_on=place > 0) for place, line in enumerate(answer.lines)
    )
    request = AuthorizationRequest(
        coverage_id=coverage_id,
        site_id=_SITES.get(answer.place_of_service or "", OFFICE).id,
        rendering_provider_id=LEE.id,
        ordering_provider_id=LEE.id,
        family=kind.family,
        intent=kind.intent,
        approach=kind.approach,
        targets=asked_for.targets or tuple(dict.fromkeys(t for line in answer.lines for t in line.targets)),
        type=asked_for.type,
        replaces=asked_for.replaces,
        wanted_from=answer.start or house.ahead(1),
        wanted_to=answer.end or house.ahead(90),
        diagnoses=("M47.816",),
        asked=asked,
        channel=Channel.PORTAL if number % 3 else Channel.FAX,
        reference=f"R{88000 + number * 7}" if answer.submitted else "",
        submitted_at=house.moment(answer.submitted) if answer.submitted else None,
        complete_at=house.moment(answer.submitted) if answer.submitted else None,
        decide_by=_decide_by(answer, house),
        owner=OWNERS[number % len(OWNERS)],
        next_action=_next_action(answer, asked_for, house),
        next_step=_next_step(answer.status, asked_for),
    )
    if answer.status in (AuthorizationStatus.DENIED, AuthorizationStatus.APPEALED):
        request = _denied(answer, request, asked_for, house)
    return AuthorizationRecord(patient_id, answer, request, tuple(_log(answer, request, house, asked_for)))


def _denied(
    answer: Authorization, request: AuthorizationRequest, asked_for: Asked, house: House
) -> AuthorizationRequest:
    decided = answer.decided or house.ago(FOLLOW_UP_DAYS)
    return replace(
        request,
        denial_text=DENIED,
        peer_to_peer=PeerToPeer.CAN_OVERTURN,
        peer_to_peer_by=decided + timedelta(days=14),
        appeal_by=decided + timedelta(days=APPEAL_DAYS),
        appeal_level=asked_for.level,
    )


def _decide_by(answer: Authorization, house: House) -> datetime | None:
    """Return the end of the payer's time: a week for Medicare's plans, two weeks for the others."""
    if answer.submitted is None or not answer.status.at_payer:
        return None
    medicare = answer.payer.startswith(("medicare", "humana"))
    due = answer.submitted + timedelta(days=WEEK if medicare else TWO_WEEKS)
    return datetime.combine(due, time(21), UTC)


def _next_step(status: AuthorizationStatus, asked_for: Asked) -> str:
    if asked_for.wants:
        return f"Send: {asked_for.wants}"
    if status is AuthorizationStatus.DRAFT:
        return "Complete the papers and send it."
    if status is AuthorizationStatus.DENIED:
        return "Decide: call the payer's clinician, appeal, or let it be."
    return "Ask for the decision." if status.waits else ""


def _next_action(answer: Authorization, asked_for: Asked, house: House) -> date | None:
    if not answer.status.waits and answer.status is not AuthorizationStatus.DENIED:
        return None
    if asked_for.look_in is not None:
        return weekday_near(house.ahead(asked_for.look_in))
    begun = answer.submitted or answer.decided or answer.start
    return weekday_near(begun + timedelta(days=FOLLOW_UP_DAYS)) if begun else house.today


def _log(answer: Authorization, request: AuthorizationRequest, house: House, asked_for: Asked) -> Iterator[LogEntry]:
    yield from _moves(answer, request, house)
    for ago, text in asked_for.calls:
        at = house.moment(house.ago(ago))
        yield LogEntry(LogKind.CONTACT, at, request.owner, text, Channel.PHONE, "Provider line", f"{8800 + ago}-22A")


def _moves(answer: Authorization, request: AuthorizationRequest, house: House) -> Iterator[LogEntry]:
    steps = ((answer.submitted, AuthorizationStatus.SUBMITTED), (answer.decided, answer.status))
    before = AuthorizationStatus.DRAFT
    for day, after in steps:
        if day is not None and after is not before:
            yield LogEntry(LogKind.MOVE, house.moment(day), request.owner, before=before, after=after)
            before = after
