"""What storage hands out beyond the domain's own words: entries with their origin, tasks, acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.event import Event


class Origin(StrEnum):
    """How an event came into the file."""

    ENTRY = "entry"
    BOOKING = "booking"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an event came from; `key` makes a second import of the same line recognisable."""

    origin: Origin
    recorded_by: str
    recorded_at: datetime
    file: str = ""
    line: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An event as it lies in the file. `struck` entries were taken out of the history with a reason."""

    patient_id: str
    event: Event
    provenance: Provenance
    provider_id: str = ""
    provider_name: str = ""
    struck: bool = False
    struck_reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A patient's folded names, for the search of similar ones."""

    patient_id: str
    last: str
    full: str


class TaskKind(StrEnum):
    """What a task asks for."""

    ATTACH_EXCEPTION = "attach-exception"
    CORRECT_SITE = "correct-site"
    CORRECT_NOT_PERFORMED = "correct-not-performed"
    CORRECT_COVERAGE = "correct-coverage"
    FILE_WAIVER = "file-waiver"
    APPEAL = "appeal"
    REVIEW_URGENT = "review-urgent"
    REVIEW_OVERRIDE = "review-override"
    REQUEST_AUTHORIZATION = "request-authorization"
    RECORD_RESPONSE = "record-response"
    GET_DOCUMENT = "get-document"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do for one patient; `event_id` where it is about an injection that was done."""

    kind: TaskKind
    patient_id: str
    text: str
    due: date
    made_by: str
    made_at: datetime
    booking_id: str = ""
    closed_at: datetime | None = None
    closed_because: str = ""
    id: str = ""
    version: int = 1
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is about to have done, for the record."""

    kind: str
    entity: str
    entity_id: str = ""
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act on record."""

    id: str
    at: datetime
    by: str
    kind: str
    entity: str
    entity_id: str
    undoes: str | None = None
