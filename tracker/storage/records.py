"""What storage hands out beyond the domain's own words: entries with their origin, tasks, acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from tracker.domain.booking import BookingRequest, OverrideReason, VerdictRecord
from tracker.domain.clinic_rule import ClinicRule
from tracker.domain.event import Event
from tracker.domain.verdict import Outcome


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


@dataclass(frozen=True, slots=True)
class StoredPack:
    """A rule pack that was taken in: its bytes as they came, and `mark`, their SHA-256."""

    name: str
    number: int
    published: date
    signer: str
    mark: str
    data: bytes = field(repr=False)
    taken_in_by: str
    taken_in_at: datetime
    id: str = ""


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
class ClinicRuleEntry:
    """A change of the clinic to a payer's rules as it lies in the file: `content` is the rule as text, "" for none."""

    change: ClinicRule
    content: str


@dataclass(frozen=True, slots=True)
class OverriddenAnswer:
    """The answer against which one visit was booked, and the reason why."""

    reason: OverrideReason
    record: VerdictRecord
    booking_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a coming visit stood when its answer last came out another: for comparison, never a source (DESIGN 5).

    `marks` holds the findings that decide, to tell a change by. `was_…` is what somebody last saw there;
    `because` what came or went since, and whose act it was.
    """

    booking_id: str
    outcome: Outcome
    headline: str
    reason: str
    marks: str
    judged_at: datetime
    was_outcome: Outcome | None = None
    was_headline: str = ""
    because: str = ""
    changed_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def news(self) -> bool:
        """Tell whether it changed since somebody last looked."""
        return self.changed_at is not None and (self.seen_at is None or self.seen_at < self.changed_at)


class Upon(NamedTuple):
    """What the answer about a visit rests on (rows/rules.py, StandingRow); days as text, None where no day matters."""

    chart: int
    basis: str
    grounds: str
    since: str | None
    until: str | None
    booking_id: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Up to which act, and for which day, every coming visit was judged."""

    last_act: str
    day: date


@dataclass(frozen=True, slots=True)
class Pin:
    """A request parked until there is a day for it; the day in it is only the one last asked about."""

    request: BookingRequest
    note: str
    made_by: str
    made_at: datetime
    id: str = ""
    version: int = 1


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
