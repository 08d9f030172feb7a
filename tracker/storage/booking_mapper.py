"""Booking rows to `Booking` and back: the visit, the answer it was booked under, and why if against it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override, OverrideReason, VerdictRecord
from tracker.domain.event import Event
from tracker.domain.verdict import Outcome, PolicyRef
from tracker.storage.ledger import Values
from tracker.storage.records import OverriddenAnswer


def booking_of(row: Any, event: Event) -> Booking:
    return Booking(
        row.id,
        row.patient_id,
        event,
        BookingStatus(row.status),
        row.starts,
        row.minutes,
        row.provider_id or "",
        row.site_id or "",
        row.coverage_id or "",
        _verdict_of(row),
        _override_of(row),
        Elsewhere(row.elsewhere),
        row.technique_changed,
        row.note,
        row.version,
    )


def overridden_of(row: Any) -> OverriddenAnswer | None:
    override, record = _override_of(row), _verdict_of(row)
    return OverriddenAnswer(override.reason, record, row.id) if override and record else None


def booking_values(booking: Booking, lone_nerves: tuple[str, ...]) -> Values:
    return {
        "patient_id": booking.patient_id,
        "event_id": booking.event.id,
        "status": booking.status.value,
        "day": booking.day,
        "starts": booking.starts,
        "minutes": booking.minutes,
        "provider_id": booking.provider_id or None,
        "site_id": booking.site_id or None,
        "coverage_id": booking.coverage_id or None,
        "lone_nerves": " ".join(lone_nerves),
        "technique_changed": booking.technique_changed,
        "elsewhere": booking.elsewhere.value,
        "note": booking.note,
        **_verdict_values(booking.verdict),
        **_override_values(booking.override),
    }


def _verdict_of(row: Any) -> VerdictRecord | None:
    if row.verdict_outcome is None:
        return None
    refs = tuple(PolicyRef(ref[0], date.fromisoformat(ref[1]), ref[2]) for ref in json.loads(row.verdict_policies))
    return VerdictRecord(Outcome(row.verdict_outcome), row.verdict_headline, refs, row.verdict_at, row.verdict_snapshot)


def _verdict_values(record: VerdictRecord | None) -> Values:
    refs = [[ref.id, ref.version.isoformat(), ref.title] for ref in record.policies] if record else []
    return {
        "verdict_outcome": record.outcome.value if record else None,
        "verdict_headline": record.headline if record else "",
        "verdict_policies": json.dumps(refs),
        "verdict_at": record.at if record else None,
        "verdict_snapshot": record.snapshot if record else "",
    }


def _override_of(row: Any) -> Override | None:
    if row.override_reason is None:
        return None
    reason = OverrideReason(row.override_reason)
    return Override(reason, row.override_text, row.override_reference, row.override_by, row.override_at)


def _override_values(override: Override | None) -> Values:
    return {
        "override_reason": override.reason.value if override else None,
        "override_text": override.text if override else "",
        "override_reference": override.reference if override else "",
        "override_by": override.by if override else "",
        "override_at": override.at if override else None,
    }
