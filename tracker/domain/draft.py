"""What somebody typed and has not done anything with yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.booking import BookingRequest


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a form: each field by its name as it was typed, and the request where it is a whole one."""

    patient_id: str = ""
    typed: Mapping[str, str] | None = None
    request: BookingRequest | None = None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it lies on file."""

    draft: Draft
    saved_at: datetime
