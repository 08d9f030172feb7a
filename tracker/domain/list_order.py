"""By what the file sorts long lists that are shown a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AuditOrder(StrEnum):
    """Acts on record; acts that are alike in it stand as they were put on record."""

    WHEN = "when"
    WHO = "who"
    WHAT = "what"
    RECORDS = "records"
    DESK = "desk"


class FoundOrder(StrEnum):
    """Patients that were found."""

    NAME = "name"
    BORN = "born"
    NUMBER = "number"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class FoundSort:
    """How patients that were found are sorted."""

    order: FoundOrder
    descending: bool = False
