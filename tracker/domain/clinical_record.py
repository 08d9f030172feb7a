"""What has to be on file for a request: scores before and after an injection, conservative care, papers, denials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.procedure import Family


@dataclass(frozen=True, slots=True)
class Response:
    """How a patient did after one injection. Per cent and months of relief are the event's own.

    Scores are of the named scale ("NRS 0-10"), which should be the same before and after.
    """

    event_id: str
    scale: str = ""
    before: float | None = None
    after: float | None = None
    scale_after: str = ""
    function: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ConservativeCare:
    """One treatment that was tried first, from a day to a day (None: it goes on), and what came of it."""

    patient_id: str
    what: str
    start: date
    end: date | None = None
    result: str = ""
    id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ChecklistMark:
    """Somebody's word that an item of a checklist is there, for one request or (no id) for the procedure to come.

    `dated` is the day of what was seen, `note` what it says ("NRS 7").
    """

    patient_id: str
    family: Family
    item: str
    dated: date | None = None
    note: str = ""
    authorization_id: str = ""
    marked_by: str = ""
    marked_at: datetime | None = None
    id: str = ""
    version: int = 1


SENT_PACKET = "sent-packet"
"""The `item` of a document that is a packet as it left the house; no packet holds one again."""


class DocumentKind(StrEnum):
    """What a paper is."""

    VISIT_NOTE = "visit-note"
    PROCEDURE_NOTE = "procedure-note"
    IMAGING = "imaging"
    THERAPY_NOTE = "therapy-note"
    SCORE_SHEET = "score-sheet"
    REQUEST = "request"
    DECISION = "decision"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of a patient; its content lies apart. `dated` is the paper's own day.

    `item` names the line of a checklist that it answers; a `struck` one stays on file with its reason.
    """

    patient_id: str
    kind: DocumentKind
    title: str
    media_type: str
    size: int
    sha256: str
    dated: date | None = None
    pages: int | None = None
    item: str = ""
    authorization_id: str = ""
    event_id: str = ""
    added_by: str = ""
    added_at: datetime | None = None
    struck: bool = False
    struck_reason: str = ""
    id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ClaimDenial:
    """A claim for an injection that the payer did not pay, by its adjustment reason (CARC) and remark (RARC) codes."""

    event_id: str
    denied_on: date
    reason_code: str
    remark_code: str = ""
    group_code: str = ""
    cents: int | None = None
    note: str = ""
    id: str = ""
    version: int = 1
