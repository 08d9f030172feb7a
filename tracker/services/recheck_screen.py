"""How coming visits stand, told from their records as they were read where the screen of the rules can tell.

Of everything else, such as several coverages, approvals on file or an entry that cannot be, it says nothing, so that
the case is made and judged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from tracker.domain.booking import Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.errors import TrackerError
from tracker.domain.event import Event
from tracker.policies.catalog import PolicyCatalog
from tracker.rules.screen import Dated, EventKind, Screen, screen_for
from tracker.services.charts import CaseFacts, ClinicFacts, request_of
from tracker.services.judging import NOT_ASKED
from tracker.services.standing_words import Kept, kept_of
from tracker.storage.coming_records import ComingRecords, EventText, visit_of
from tracker.storage.mappers import event_days, event_shape

_NEVER_ASKED, _HAD_SOME = Elsewhere.NOT_ASKED.value, Elsewhere.YES.value


class RecheckScreen:
    """Of one book, one clinic and one day on which one asks."""

    def __init__(self, book: PolicyCatalog, clinic: ClinicFacts, today: date) -> None:
        self.book = book
        self._clinic = clinic
        self._today = today
        self._changes = book.changes
        self._screens: dict[tuple[Any, ...], Screen | None] = {}

    def kept(self, records: ComingRecords) -> Sequence[Kept | None]:
        """Return of each visit what would be kept of its answer, None where it must be judged."""
        if len(records.coverages) != 1 or records.approvals:
            return [None] * len(records.visits)
        rows = records.rows
        history = [_dated(*row) for row in rows]
        return [self._kept(records, visit, rows, history) for visit in records.visits]

    def _kept(
        self, records: ComingRecords, visit: tuple[Any, ...], rows: list[EventText], history: list[Dated]
    ) -> Kept | None:
        _, _, event_id, _, _, site, _, elsewhere, changed = visit
        payer, plan, start, end, _, required, _ = records.coverages[0]
        place = next((place for place, row in enumerate(rows) if row[0] == event_id), None)
        if place is None or elsewhere == _HAD_SOME:
            return None
        _, day, last, _ = history[place]
        if day != last or day < records.born or (start and day < start) or (end and day > end):
            return None
        key = (rows[place][3], site, changed, payer, plan, required, bisect_right(self._changes, day))
        if key not in self._screens:
            coverage = Coverage(payer, plan, authorization_required=required)
            self._screens[key] = self._screen(records, visit, rows[place], coverage)
        screen = self._screens[key]
        findings = screen.findings(day, (*history[:place], *history[place + 1 :])) if screen is not None else None
        if findings is None:
            return None
        return kept_of((*findings, NOT_ASKED) if elsewhere == _NEVER_ASKED else findings)

    def _screen(
        self, records: ComingRecords, visit: tuple[Any, ...], row: EventText, coverage: Coverage
    ) -> Screen | None:
        """Return the screen for a visit and all that are like it; None where its case cannot be made."""
        event_id, first, last, columns = row
        planned = Event(event_id, event_days(first, last), *event_shape(columns))
        facts = CaseFacts(records.born, (coverage,), (), (), self._clinic)
        try:
            case = facts.case(request_of(visit_of(planned, *visit), facts), self._today)
        except TrackerError:
            return None
        return screen_for(case, self.book)


def _dated(row_id: str, first: str, last: str, columns: str) -> Dated:
    day = _day(first)
    return row_id, day, _day(last) if last else day, _kind(columns)


@lru_cache(maxsize=16384)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=16384)
def _kind(columns: str) -> EventKind:
    """Read the joined columns of an event as rules see it."""
    return EventKind.of(Event("", event_days("2000-01-01", ""), *event_shape(columns)))
