"""The events that somebody might expect a limit to count and that it does not, each with what tells it apart."""

from __future__ import annotations

from tracker.domain.event import EventStatus
from tracker.domain.language import tr
from tracker.domain.procedure import Family
from tracker.domain.verdict import NotCounted, Tally
from tracker.domain.windows import rolling_months
from tracker.services.answers.answers import Answer
from tracker.services.answers.entries import EventRow
from tracker.services.words import wording

_AKIN = (
    frozenset({Family.FACET_INJECTION, Family.FACET_ABLATION}),
    frozenset({Family.SI_INJECTION, Family.SI_ABLATION}),
    frozenset({Family.GENICULAR_BLOCK, Family.GENICULAR_ABLATION}),
)
"""An injection and its ablation: whoever asks for the one has the other in mind."""
_SHOWN_MONTHS = 12


def left_out(answer: Answer, tally: Tally | None) -> tuple[NotCounted, ...]:
    """Return what the deciding limit leaves out of the months that its timeline shows, the oldest first."""
    if tally is None:
        return ()
    told = {mark.event_id for mark in tally.counted} | {mark.event_id for mark in tally.not_counted}
    if (worst := answer.verdict.worst) is not None:
        told.update(worst.counted)
    rows = (row for row in answer.case_events.values() if row.event.id not in told and _expected(row, answer, tally))
    ordered = sorted(rows, key=lambda row: row.event.when)
    return tuple(NotCounted(row.event.id, ", ".join(_reasons(row, answer))) for row in ordered)


def _expected(row: EventRow, answer: Answer, tally: Tally) -> bool:
    """Tell whether it lies in the window and is of the kind asked for, or its other half in the same region."""
    event, family = row.event, answer.request.family
    shown = rolling_months(answer.verdict.asked, _SHOWN_MONTHS)
    if event.status is EventStatus.BOOKED or event.when.first not in tally.window or event.when.first not in shown:
        return False
    akin = any({event.family, family} <= pair for pair in _AKIN)
    return event.family is family or (akin and bool(_regions(answer) & event.regions))


def _regions(answer: Answer) -> frozenset[object]:
    return frozenset(target.level.region for target in answer.request.targets)


def _reasons(row: EventRow, answer: Answer) -> tuple[str, ...]:
    """Return everything that tells it apart from what was asked for."""
    event, asked, coverage = row.event, answer.request, answer.coverage
    if event.status is not EventStatus.PERFORMED:
        return (tr(wording.STATUS_WORDS[event.status]),)
    found: list[str] = []
    if event.family is not asked.family or event.intent is not asked.intent:
        found.append(tr("another kind of procedure"))
    if event.regions and not _regions(answer) & event.regions:
        found.append(tr("another region"))
    if event.payer and coverage and event.payer != coverage.payer:
        found.append(tr("billed to {payer}", payer=row.payer_label))
    return tuple(found) or (tr("not where this limit counts"),)
