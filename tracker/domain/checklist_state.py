"""How a checklist stands for one request: each line present, missing, too weak, or for somebody to tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.anatomy import Target
from tracker.domain.checklist import ChecklistItem
from tracker.domain.language import msg, tr
from tracker.domain.procedure import Approach, Family, Intent


class ItemState(StrEnum):
    """What is known of a line. `TICK`: only a person can tell."""

    PRESENT = "present"
    MISSING = "missing"
    SHORT = "too weak"
    TICK = "not known, tick it"

    @property
    def label(self) -> str:
        return tr(_LABELS[self])

    @property
    def met(self) -> bool:
        return self is ItemState.PRESENT


_LABELS = {
    ItemState.PRESENT: msg("present"),
    ItemState.MISSING: msg("missing"),
    ItemState.SHORT: msg("too weak"),
    ItemState.TICK: msg("not known, check it off"),
}


class Origin(StrEnum):
    """Where what is present was found."""

    HISTORY = "history"
    RESPONSE = "response"
    DOCUMENT = "document"
    CARE = "care log"
    REQUEST = "request"
    PERSON = "confirmed"
    NOWHERE = ""

    @property
    def label(self) -> str:
        return tr(_ORIGINS[self])


_ORIGINS = {
    Origin.HISTORY: msg("history"),
    Origin.RESPONSE: msg("response"),
    Origin.DOCUMENT: msg("document"),
    Origin.CARE: msg("care log"),
    Origin.REQUEST: msg("request"),
    Origin.PERSON: msg("confirmed"),
    Origin.NOWHERE: "",
}


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One line; an item may have several. `detail` is what is on file, `wanted` what it lacks.

    `event_id`: the visit to which what is missing belongs. `tickable`: somebody's word would do.
    """

    item: ChecklistItem
    text: str
    state: ItemState
    detail: str = ""
    origin: Origin = Origin.NOWHERE
    dated: date | None = None
    event_id: str = ""
    mark_id: str = ""
    tickable: bool = False
    wanted: str = ""

    @property
    def told(self) -> str:
        """Return what is on file and what it lacks: "07/20/2026, 40 %, 80 % is asked"."""
        return ", ".join(part for part in (self.detail, self.wanted) if part)

    @property
    def asked(self) -> bool:
        """Tell whether the request is incomplete without it: not what is only recommended or only applies if."""
        return self.item.needed and not self.item.only_if

    @property
    def sentence(self) -> str:
        """Return "Pain score after the block on 09/29/2026 at L4-5 is missing.", "" where it is present."""
        if self.state.met:
            return ""
        if self.state is ItemState.MISSING:
            return tr("{item} is missing.", item=self.text.rstrip("."))
        return f"{self.text.rstrip('.')}: {self.told or self.state.label}."


@dataclass(frozen=True, slots=True)
class ProcedureAsk:
    """The procedure that the checklist is about, on its planned day."""

    family: Family
    intent: Intent | None
    approach: Approach | None
    targets: tuple[Target, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Checklist:
    """All lines of one request (`record_id`) or of a procedure to come.

    `why` says how it was decided whether it is a first one or a repeat, `doubt` what might turn that.
    """

    patient_id: str
    ask: ProcedureAsk
    procedure: str
    payer: str
    repeat: bool
    why: str
    rows: tuple[ChecklistRow, ...]
    doubt: str = ""
    record_id: str = ""

    @property
    def missing(self) -> tuple[ChecklistRow, ...]:
        """Return what is missing or too weak, and needed."""
        wanting = (ItemState.MISSING, ItemState.SHORT)
        return tuple(row for row in self.rows if row.asked and row.state in wanting)

    @property
    def to_tick(self) -> tuple[ChecklistRow, ...]:
        """Return what somebody has to look at, and needed."""
        return tuple(row for row in self.rows if row.asked and row.state is ItemState.TICK)

    @property
    def optional(self) -> int:
        """Count what is not there and may be missing: what is only recommended, or asked only if it applies."""
        return sum(not row.asked and not row.state.met for row in self.rows)

    @property
    def present(self) -> int:
        return sum(row.state.met for row in self.rows)

    @property
    def complete(self) -> bool:
        return not self.missing and not self.to_tick
