"""How coming visits stand, told from their records as they were read where the screen of the rules can tell.

Of everything else, such as several coverages, approvals on file or an entry that cannot be, it says nothing, so that
the case is made and judged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.domain.booking import Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.errors import TrackerError
from tracker.domain.event import Event, PartialDate
from tracker.policies.catalog import PolicyCatalog
from tracker.rules.screen import Dated, EventKind, Screen, screen_for
from tracker.services.charts import CaseFacts, ClinicFacts, request_of
from tracker.services.judging import NOT_ASKED
from tracker.services.standing_words import Kept, kept_of
from tracker.storage.coming_records import ComingRecords, visit_of
from tracker.storage.mappers import event_shape

_ANY_DAY = PartialDate.on(date.min)
_NEVER_ASKED, _HAD_SOME = Elsewhere.NOT_ASKED.value, Elsewhere.YES.value


class RecheckScreen:
    """Of one book, one clinic and one day on which one asks."""

    def __init__(self, book: PolicyCatalog, clinic: ClinicFacts, today: date) -> None:
        self.book = book
        self._clinic = clinic
        self._today = today
        self._changes = book.changes
        self._days, self._kinds = _Days(), _Kinds()
        self._screens: dict[tuple[Any, ...], Screen | None] = {}

    def kept(self, records: ComingRecords) -> Sequence[Kept | None]:
        """Return of each visit what would be kept of its answer, None where it must be judged, as the first time."""
        if len(records.coverages) != 1 or records.approvals or not any(records.stood):
            return [None] * len(records.visits)
        days, kinds = self._days, self._kinds
        history = {
            row_id: (row_id, days[first], days[last or first], kinds[columns])
            for row_id, first, last, columns in records.rows()
        }
        return [self._kept(records, visit, history) for visit in records.visits]

    def _kept(self, records: ComingRecords, visit: tuple[Any, ...], history: dict[str, Dated]) -> Kept | None:
        _, _, event_id, _, _, site, _, elsewhere, changed = visit
        payer, plan, start, end, _, required, _ = records.coverages[0]
        if event_id not in history or elsewhere == _HAD_SOME:
            return None
        _, day, last, kind = planned = history[event_id]
        written = day.isoformat()
        if day != last or written < records.born or (start and written < start) or (end and written > end):
            return None
        key = (kind, site, changed, payer, plan, required, bisect_right(self._changes, day))
        if key not in self._screens:
            coverage = Coverage(payer, plan, authorization_required=required)
            self._screens[key] = self._screen(records, visit, coverage)
        screen = self._screens[key]
        others = (each for each in history.values() if each is not planned)
        findings = screen.findings(day, others) if screen is not None else None
        if findings is None:
            return None
        return kept_of((*findings, NOT_ASKED) if elsewhere == _NEVER_ASKED else findings)

    def _screen(self, records: ComingRecords, visit: tuple[Any, ...], coverage: Coverage) -> Screen | None:
        """Return the screen for a visit and all that are like it; None where its case cannot be made."""
        planned = next(event for event in records.events_on_file() if event.id == visit[2])
        facts = CaseFacts(date.fromisoformat(records.born), (coverage,), (), (), self._clinic)
        try:
            case = facts.case(request_of(visit_of(planned, *visit), facts), self._today)
        except TrackerError:
            return None
        return screen_for(case, self.book)


class _Days(dict[str, date]):
    """Days by how they are written."""

    def __missing__(self, text: str) -> date:
        found = self[text] = date.fromisoformat(text)
        return found


class _Kinds(dict[str, EventKind]):
    """Kinds of events by their joined columns, one for each, so that like ones are the same."""

    def __missing__(self, columns: str) -> EventKind:
        found = self[columns] = EventKind.of(Event("", _ANY_DAY, *event_shape(columns)))
        return found
