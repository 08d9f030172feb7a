"""What a packet says, ready to be painted: plain values, nothing counted and nothing looked up any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from tracker.domain.anatomy import Target
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.clinical_record import Document
from tracker.domain.procedure import TargetKind

if TYPE_CHECKING:
    from tracker.services.answers.charts import Chart


class ItemState(StrEnum):
    """How a line of the payer's checklist stands; NOT_NEEDED: wanted in some cases only, or welcome."""

    PRESENT = "present"
    MISSING = "missing"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One thing that the payer wants to see; `detail` is the value on file ("NRS 7 on 10/02/2026")."""

    id: str
    label: str
    state: ItemState
    detail: str = ""


class Checklist(Protocol):
    """Whoever knows what the payer wants for a procedure, and whether it is on file."""

    def __call__(
        self, record: AuthorizationRecord, chart: Chart, documents: Sequence[Document]
    ) -> Sequence[ChecklistLine]: ...


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One code of the request with our own words for it."""

    code: str
    label: str
    units: int
    where: str
    add_on: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One injection of the patient; `number` is its number in the drawing and in the counts."""

    number: int
    day: str
    what: str
    where: str
    place: str
    relief: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One limit: how much of it is used, by which numbers, and which others do not count, with the reason."""

    label: str
    used: str
    window: str
    counted: tuple[int, ...]
    not_counted: tuple[tuple[int, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet. `id` is by chance and says nothing of anybody; `papers` are in the order of the packet.

    `sent` are the packets of the request that went out before, as they went.
    """

    id: str
    record: AuthorizationRecord
    made_on: date
    clinic: str
    title: str
    payer: str
    sent_by: str
    identity: str
    facts: Mapping[str, str]
    asked: tuple[AskedRow, ...]
    targets: tuple[Target, ...]
    kind: TargetKind
    checklist: tuple[ChecklistLine, ...]
    checklist_known: bool
    history: tuple[HistoryRow, ...]
    counts: tuple[CountRow, ...]
    counts_problem: str
    papers: tuple[Document, ...]
    others: tuple[Document, ...]
    missing: tuple[str, ...] = field(default=())
    letterhead: tuple[str, ...] = ()
    sent: tuple[Document, ...] = field(default=())
