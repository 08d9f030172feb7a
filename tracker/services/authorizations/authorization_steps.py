"""What each step makes of a request: pure functions from the record before to the record after (ux.md 5.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.domain.authorization import AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import OVERTURNS_NOTHING, AuthorizationRecord, Channel, PeerToPeer
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr


@dataclass(frozen=True, slots=True)
class Submission:
    """The request went to the payer; `complete` false where papers are still to follow."""

    at: datetime
    channel: Channel
    reference: str = ""
    complete: bool = True
    decide_by: datetime | None = None
    next_action: date | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """The payer has it; `wants` says what it wants beyond what was sent, "" for nothing.

    `stands`: its clock does not run until it has everything.
    """

    reference: str = ""
    wants: str = ""
    complete_at: datetime | None = None
    decide_by: datetime | None = None
    next_action: date | None = None
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """The payer's yes, line by line. Empty `lines`: as asked. A line that is refused makes it a partial one."""

    number: str
    decided: date
    start: date | None = None
    end: date | None = None
    lines: tuple[AuthorizationLine, ...] = ()
    facility: str | None = None
    place_of_service: str | None = None
    provider: str | None = None


@dataclass(frozen=True, slots=True)
class Denial:
    """The payer's no, with the ways that are left."""

    decided: date
    code: str = ""
    text: str = ""
    peer_to_peer: PeerToPeer = PeerToPeer.UNKNOWN
    peer_to_peer_by: date | None = None
    appeal_by: date | None = None
    next_action: date | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """The denial is fought; `decide_by` is when the payer must have answered."""

    at: datetime
    channel: Channel
    reference: str = ""
    decide_by: datetime | None = None
    next_action: date | None = None


@dataclass(frozen=True, slots=True)
class NotRequired:
    """The payer says that none is needed: who said so, when, under which reference.

    `unreferenced`: it gave none, as many a portal does; that is written down, for an empty field may be forgotten.
    """

    on: date
    spoke_with: str
    reference: str
    unreferenced: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """The clinic takes it back (`withdrawn`), or it is void (`cancelled`)."""

    why: str
    withdrawn: bool = False


DECIDE = msg("Decide: call the payer's clinician, appeal, or let it be.")
DECIDE_WITHOUT_CALL = msg("Decide: appeal, or let it be; a call overturns nothing.")

Step = Submission | Pending | Approval | Denial | Appeal | NotRequired | Closing


def status_after(step: Step, record: AuthorizationRecord) -> AuthorizationStatus:
    """Return where the step leads."""
    match step:
        case Submission():
            return AuthorizationStatus.SUBMITTED
        case Pending(wants=wants):
            return AuthorizationStatus.MORE_WANTED if wants.strip() else AuthorizationStatus.PENDED
        case Approval():
            return _granted(granted_lines(step, record), record)
        case Denial():
            return AuthorizationStatus.DENIED
        case Appeal():
            return AuthorizationStatus.APPEALED
        case NotRequired():
            return AuthorizationStatus.NOT_REQUIRED
        case Closing(withdrawn=withdrawn):
            return AuthorizationStatus.WITHDRAWN if withdrawn else AuthorizationStatus.CANCELLED


def taken(step: Step, record: AuthorizationRecord) -> AuthorizationRecord:
    """Return the record after the step. Raises InvalidEntryError when the step lacks what it needs."""
    answer: dict[str, Any]
    changes: dict[str, Any]
    match step:
        case Submission():
            answer, changes = {"submitted": step.at.date()}, _submission(step)
        case Pending():
            answer, changes = {}, _pending(step, record)
        case Approval():
            answer, changes = _approval(step, record), _nothing_more_to_do()
        case Denial():
            _need(
                step.text.strip() or step.code.strip(),
                tr("The reason of the denial is missing."),
                tr("Type the payer's reason."),
            )
            answer, changes = {"decided": step.decided}, _denial(step)
        case Appeal():
            answer, changes = {}, _appeal(step, record)
        case NotRequired():
            _need(step.spoke_with.strip(), tr("Who said so is missing."), tr("Type the name, or the portal's name."))
            _need_reference(step)
            answer = {"decided": step.on, "lines": _asked_about(record)}
            changes = _nothing_more_to_do() | {"reference": step.reference.strip() or record.request.reference}
        case Closing():
            _need(step.why.strip(), tr("Say why it is closed."), tr("A few words are enough."))
            answer, changes = {}, _nothing_more_to_do()
    status = status_after(step, record)
    authorization = replace(record.authorization, status=status, **answer)
    return replace(record, authorization=authorization, request=replace(record.request, **changes))


def _need_reference(step: NotRequired) -> None:
    if not step.unreferenced and not step.reference.strip():
        remedy = tr("Type it, or the word none if the payer gave none.")
        raise InvalidEntryError(tr("The reference is missing."), "", remedy, about="reference")


def granted_lines(step: Approval, record: AuthorizationRecord) -> tuple[AuthorizationLine, ...]:
    """Return the lines of an approval: those given, else what was asked."""
    if step.lines:
        return step.lines
    return tuple(AuthorizationLine(line.code, line.units, 0, line.targets) for line in record.request.asked)


def _asked_about(record: AuthorizationRecord) -> tuple[AuthorizationLine, ...]:
    """Return the codes of which the payer says that they need no approval, for any number of units at any level."""
    return tuple(AuthorizationLine(code, None) for code in dict.fromkeys(line.code for line in record.request.asked))


def _granted(lines: tuple[AuthorizationLine, ...], record: AuthorizationRecord) -> AuthorizationStatus:
    if all(line.denied for line in lines):
        raise InvalidEntryError(tr("No line is approved."), "", tr("Record a denial instead, or approve a line."))
    if any(line.denied for line in lines):
        return AuthorizationStatus.PARTIALLY_APPROVED
    asked = {(line.code, line.units, line.targets) for line in record.request.asked}
    answered = {(line.code, line.units, line.targets) for line in lines}
    return AuthorizationStatus.APPROVED if not asked or answered == asked else AuthorizationStatus.MODIFIED


def _submission(step: Submission) -> dict[str, Any]:
    return {
        "submitted_at": step.at,
        "complete_at": step.at if step.complete else None,
        "channel": step.channel,
        "reference": step.reference.strip(),
        "decide_by": step.decide_by,
        "next_action": step.next_action,
        "next_step": tr("Ask for the decision.") if step.complete else tr("Send what is missing."),
    }


def _pending(step: Pending, record: AuthorizationRecord) -> dict[str, Any]:
    request = record.request
    return {
        "reference": step.reference.strip() or request.reference,
        "complete_at": None if step.wants.strip() else step.complete_at or request.complete_at,
        "decide_by": None if step.stands else step.decide_by or request.decide_by,
        "next_action": step.next_action or request.next_action,
        "next_step": tr("Send: {wanted}", wanted=step.wants.strip())
        if step.wants.strip()
        else tr("Ask for the decision."),
    }


def _approval(step: Approval, record: AuthorizationRecord) -> dict[str, Any]:
    """Return what the yes binds; where the request names somebody outside the clinic, it is bound to them."""
    _need(step.number.strip(), tr("The authorization's number is missing."), tr("Type it as the payer gave it."))
    outside = record.request
    return {
        "number": step.number.strip(),
        "decided": step.decided,
        "start": step.start,
        "end": step.end,
        "lines": granted_lines(step, record),
        "facility": step.facility or outside.facility_outside.name or None,
        "place_of_service": step.place_of_service or outside.facility_place or None,
        "provider": step.provider or outside.rendering_outside.name or None,
    }


def _denial(step: Denial) -> dict[str, Any]:
    return {
        "denial_code": step.code.strip(),
        "denial_text": step.text.strip(),
        "peer_to_peer": step.peer_to_peer,
        "peer_to_peer_by": step.peer_to_peer_by,
        "appeal_by": step.appeal_by,
        "next_action": step.next_action,
        "next_step": tr(DECIDE_WITHOUT_CALL if step.peer_to_peer in OVERTURNS_NOTHING else DECIDE),
    }


def _appeal(step: Appeal, record: AuthorizationRecord) -> dict[str, Any]:
    return {
        "appeal_level": record.request.appeal_level + 1,
        "channel": step.channel,
        "reference": step.reference.strip() or record.request.reference,
        "decide_by": step.decide_by,
        "next_action": step.next_action,
        "next_step": tr("Ask for the decision on the appeal."),
    }


def _nothing_more_to_do() -> dict[str, Any]:
    return {"next_action": None, "next_step": "", "decide_by": None}


def _need(given: str, title: str, remedy: str) -> None:
    if not given:
        raise InvalidEntryError(title, "", remedy)
