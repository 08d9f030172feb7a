"""What a checklist is filled from: the procedure asked about, and everything on file that may meet an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tracker.domain.anatomy import Target
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.checklist_state import ProcedureAsk
from tracker.domain.clinical_record import ChecklistMark, ConservativeCare, Document, Response
from tracker.domain.event import Event, EventStatus
from tracker.domain.procedure import Family, Intent
from tracker.services.answers.charts import Chart

BLOCK_OF = {
    Family.FACET_ABLATION: Family.FACET_INJECTION,
    Family.SI_ABLATION: Family.SI_INJECTION,
    Family.GENICULAR_ABLATION: Family.GENICULAR_BLOCK,
}
"""The family whose diagnostic blocks come before an ablation."""


class Papers(Protocol):
    """Whoever keeps a patient's papers."""

    def list_for(self, patient_id: str) -> tuple[Document, ...]: ...


class NoPapers:
    """Stands in where no papers are kept."""

    def list_for(self, patient_id: str) -> tuple[Document, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class ChecklistFacts:
    """Everything on file; `record` is None while no request is there. Marks by item, the newest of each."""

    ask: ProcedureAsk
    chart: Chart
    responses: Mapping[str, Response] = field(default_factory=dict)
    care: tuple[ConservativeCare, ...] = ()
    marks: Mapping[str, ChecklistMark] = field(default_factory=dict)
    papers: tuple[Document, ...] = ()
    record: AuthorizationRecord | None = None

    def done(self, family: Family, intent: Intent | None) -> tuple[Event, ...]:
        """Return what was done of this kind before the day, oldest first."""
        events = (entry.event for entry in self.chart.entries)
        return tuple(
            event
            for event in events
            if event.status is EventStatus.PERFORMED
            and event.family is family
            and event.intent is intent
            and event.when.last < self.ask.day
        )

    def earlier(self) -> tuple[Event, ...]:
        """Return the earlier ones of the same kind at a common site: with any, this one is a repeat."""
        return tuple(event for event in self.done(self.ask.family, self.ask.intent) if touches(event, self.ask.targets))

    def unplaced(self) -> Event | None:
        """Return an earlier one in the region whose level is not on file, None without any."""
        regions = {target.level.region for target in self.ask.targets}
        found = [
            event
            for event in self.done(self.ask.family, self.ask.intent)
            if regions and not event.targets and (not event.regions or event.regions & regions)
        ]
        return found[-1] if found else None


def touches(event: Event, targets: tuple[Target, ...]) -> bool:
    """Tell whether it was done at one of these sites; a procedure without sites has only one."""
    return not targets or any(one.overlaps(other) for one in event.targets for other in targets)
