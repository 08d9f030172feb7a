"""Parked requests to JSON and back: every field by name, so that a file tells what was asked for."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.ledger import Values
from tracker.storage.places import body_regions_of, body_regions_text, targets_of, targets_text
from tracker.storage.records import Pin


def pin_of(row: Any) -> Pin:
    return Pin(asked_of(row.patient_id, json.loads(row.request)), row.note, row.made_by, row.made_at, row.id,
               row.version)  # fmt: skip


def pin_values(pin: Pin) -> Values:
    return {
        "patient_id": pin.request.patient_id,
        "request": json.dumps(asked_values(pin.request), separators=(",", ":")),
        "note": pin.note,
        "made_by": pin.made_by,
        "made_at": pin.made_at,
    }


def asked_values(request: BookingRequest) -> Values:
    return {
        "family": request.family.value,
        "day": request.day.isoformat(),
        "intent": request.intent.value if request.intent else None,
        "approach": request.approach.value if request.approach else None,
        "targets": targets_text(request.targets),
        "nerves": " ".join(request.nerves),
        "lone_nerves": " ".join(request.lone_nerves),
        "starts": request.starts.isoformat() if request.starts else None,
        "minutes": request.minutes,
        "provider_id": request.provider_id,
        "site_id": request.site_id,
        "coverage_id": request.coverage_id,
        "technique_changed": request.technique_changed,
        "elsewhere": request.elsewhere.value,
        "note": request.note,
        "body_regions": body_regions_text(request.body_regions),
    }


def asked_of(patient_id: str, values: Values) -> BookingRequest:
    return BookingRequest(
        patient_id=patient_id,
        family=Family(values["family"]),
        day=date.fromisoformat(values["day"]),
        intent=Intent(values["intent"]) if values["intent"] else None,
        approach=Approach(values["approach"]) if values["approach"] else None,
        targets=targets_of(values["targets"]),
        nerves=tuple(values["nerves"].split()),
        lone_nerves=tuple(values["lone_nerves"].split()),
        starts=time.fromisoformat(values["starts"]) if values["starts"] else None,
        minutes=values["minutes"],
        provider_id=values["provider_id"],
        site_id=values["site_id"],
        coverage_id=values["coverage_id"],
        technique_changed=values["technique_changed"],
        elsewhere=Elsewhere(values["elsewhere"]),
        note=values["note"],
        body_regions=body_regions_of(values.get("body_regions", "")),  # pins of before have none
    )
