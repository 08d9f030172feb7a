"""The one thing worth knowing about a patient before anybody asks: what has to wait longest, or that nothing has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.answers.eligibility import EligibleRow
from tracker.services.words import wording


@dataclass(frozen=True, slots=True)
class Glance:
    """An outcome for glyph and colour, and a few words."""

    outcome: Outcome
    text: str


NO_COVERAGE = Glance(Outcome.UNKNOWN, tr("No coverage today"))


def glance_of(rows: Iterable[EligibleRow]) -> Glance:
    """Return what waits for a date that is known, the latest one; else what is the last in its window."""
    rows = tuple(rows)
    waiting = [(row.answer.earliest, row) for row in rows if row.answer.earliest and _waits(row)]
    if waiting:
        day, row = max(waiting, key=lambda pair: pair[0])
        return Glance(Outcome.NOT_ALLOWED, tr("{what} not before {day}", what=_name(row), day=us_date(day)))
    last = next((row for row in rows if wording.last_in_window(row.answer) and row.outcome is Outcome.CAUTION), None)
    if last is not None:
        return Glance(Outcome.CAUTION, tr("{what}: one left", what=_name(last)))
    return Glance(Outcome.ALLOWED, tr("No limits near"))


def _waits(row: EligibleRow) -> bool:
    earliest = row.answer.earliest
    return row.outcome is Outcome.NOT_ALLOWED and earliest is not None and earliest > row.answer.asked


def _name(row: EligibleRow) -> str:
    request = row.request
    return wording.procedure_word(request.family, request.intent, request.approach)
