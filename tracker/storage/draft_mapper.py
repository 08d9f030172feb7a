"""Drafts to JSON and back; their requests are written as those of the pinboard are."""

from __future__ import annotations

import json

from tracker.domain.draft import Draft
from tracker.storage.pin_mapper import asked_of, asked_values


def draft_of(content: str) -> Draft | None:
    """Return a draft; None when a later or earlier version wrote it in a way that says nothing here."""
    try:
        values = json.loads(content)
        patient_id, asked = str(values["patient"]), values["request"]
        typed = {str(name): str(text) for name, text in values["typed"].items()}
        return Draft(patient_id, typed, asked_of(patient_id, asked) if asked else None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def draft_text(draft: Draft) -> str:
    values = {
        "patient": draft.patient_id,
        "typed": dict(draft.typed or {}),
        "request": asked_values(draft.request) if draft.request else None,
    }
    return json.dumps(values, separators=(",", ":"))
