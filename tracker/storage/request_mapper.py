"""Rows of requests and their log to dataclasses and back."""

from __future__ import annotations

from typing import Any

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRequest,
    Channel,
    LogEntry,
    LogKind,
    Outside,
    PeerToPeer,
    RequestType,
)
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.ledger import Values
from tracker.storage.places import body_regions_of, body_regions_text, targets_of, targets_text


def request_of(row: Any, asked: tuple[AskedLine, ...]) -> AuthorizationRequest:
    return AuthorizationRequest(
        type=RequestType(row.type),
        expedited=row.expedited,
        coverage_id=row.coverage_id or "",
        site_id=row.site_id or "",
        ordering_provider_id=row.ordering_provider_id or "",
        rendering_provider_id=row.rendering_provider_id or "",
        family=Family(row.family) if row.family else None,
        intent=Intent(row.intent) if row.intent else None,
        approach=Approach(row.approach) if row.approach else None,
        targets=targets_of(row.targets),
        diagnoses=tuple(row.diagnoses.split()),
        asked=asked,
        wanted_from=row.wanted_from,
        wanted_to=row.wanted_to,
        planned_for=row.planned_for,
        channel=Channel(row.channel) if row.channel else None,
        reference=row.reference,
        submitted_at=row.submitted_at,
        complete_at=row.complete_at,
        decide_by=row.decide_by,
        owner=row.owner,
        next_action=row.next_action,
        next_step=row.next_step,
        denial_code=row.denial_code,
        denial_text=row.denial_text,
        peer_to_peer=PeerToPeer(row.peer_to_peer),
        peer_to_peer_by=row.peer_to_peer_by,
        appeal_level=row.appeal_level,
        appeal_by=row.appeal_by,
        replaces=row.replaces,
        note=row.note,
        ordering_outside=Outside(row.ordering_name, row.ordering_npi),
        rendering_outside=Outside(row.rendering_name, row.rendering_npi),
        facility_outside=Outside(row.facility_name, row.facility_npi),
        facility_place=row.facility_place,
        body_regions=body_regions_of(row.body_regions),
    )


def request_values(request: AuthorizationRequest) -> Values:
    return {
        "type": request.type.value,
        "expedited": request.expedited,
        "coverage_id": request.coverage_id or None,
        "site_id": request.site_id or None,
        "ordering_provider_id": request.ordering_provider_id or None,
        "rendering_provider_id": request.rendering_provider_id or None,
        "family": request.family.value if request.family else None,
        "intent": request.intent.value if request.intent else None,
        "approach": request.approach.value if request.approach else None,
        "targets": targets_text(request.targets),
        "diagnoses": " ".join(request.diagnoses),
        "wanted_from": request.wanted_from,
        "wanted_to": request.wanted_to,
        "planned_for": request.planned_for,
        "channel": request.channel.value if request.channel else None,
        "reference": request.reference,
        "submitted_at": request.submitted_at,
        "complete_at": request.complete_at,
        "decide_by": request.decide_by,
        "owner": request.owner,
        "next_action": request.next_action,
        "next_step": request.next_step,
        "denial_code": request.denial_code,
        "denial_text": request.denial_text,
        "peer_to_peer": request.peer_to_peer.value,
        "peer_to_peer_by": request.peer_to_peer_by,
        "appeal_level": request.appeal_level,
        "appeal_by": request.appeal_by,
        "replaces": request.replaces,
        "note": request.note,
        "body_regions": body_regions_text(request.body_regions),
        **_outside_values(request),
    }


def _outside_values(request: AuthorizationRequest) -> Values:
    """Return who and what is named from outside the clinic."""
    return {
        "ordering_name": request.ordering_outside.name,
        "ordering_npi": request.ordering_outside.npi,
        "rendering_name": request.rendering_outside.name,
        "rendering_npi": request.rendering_outside.npi,
        "facility_name": request.facility_outside.name,
        "facility_npi": request.facility_outside.npi,
        "facility_place": request.facility_place,
    }


def asked_of(row: Any) -> AskedLine:
    return AskedLine(row.code, row.units, targets_of(row.targets), row.add_on)


def asked_values(authorization_id: str, position: int, line: AskedLine) -> Values:
    return {
        "authorization_id": authorization_id,
        "position": position,
        "code": line.code,
        "units": line.units,
        "targets": targets_text(line.targets),
        "add_on": line.add_on,
    }


def log_entry_of(row: Any) -> LogEntry:
    return LogEntry(
        LogKind(row.kind),
        row.at,
        row.by,
        row.content,
        Channel(row.channel) if row.channel else None,
        row.spoke_with,
        row.reference,
        AuthorizationStatus(row.before) if row.before else None,
        AuthorizationStatus(row.after) if row.after else None,
        row.id,
    )


def log_values(authorization_id: str, entry: LogEntry) -> Values:
    return {
        "authorization_id": authorization_id,
        "kind": entry.kind.value,
        "at": entry.at,
        "by": entry.by,
        "content": entry.text,
        "channel": entry.channel.value if entry.channel else None,
        "spoke_with": entry.spoke_with,
        "reference": entry.reference,
        "before": entry.before.value if entry.before else None,
        "after": entry.after.value if entry.after else None,
    }
