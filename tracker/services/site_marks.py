"""What each joint, foramen or interspace would answer by itself: for the picture of the spine beside the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.anatomy import LEVELS, Level, Side, Target
from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import EventStatus
from tracker.domain.procedure import TargetKind
from tracker.domain.verdict import Finding, Outcome, Verdict
from tracker.domain.windows import rolling_months
from tracker.services.charts import Chart
from tracker.services.judging import Judge
from tracker.services.wording import event_text, us_partial
from tracker.storage.records import HistoryEntry

HISTORY_MONTHS = 12
LINES = 3


@dataclass(frozen=True, slots=True)
class SiteMark:
    """One place on the day asked. `used` counts sessions of the same kind there in 12 months.

    `closed`: something of this place itself stands against it; `last`: one more uses a limit of this place up;
    `earliest` is when it opens; `lines` tell its last events, the newest first.
    """

    target: Target
    used: int
    closed: bool
    last: bool
    earliest: date | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpineMarks:
    """All places of one procedure. `full` says a limit of the whole region or patient that is used up, "" for none."""

    marks: tuple[SiteMark, ...] = ()
    full: str = ""

    def mark(self, target: Target) -> SiteMark | None:
        return next((mark for mark in self.marks if mark.target == target), None)


def targets_of(kind: TargetKind) -> tuple[Target, ...]:
    """Return every place that a procedure of this kind can go to, one side each."""
    sides = (Side.LEFT, Side.RIGHT) if kind.sided else (Side.MIDLINE,)
    return tuple(Target(level, side) for level in _levels(kind) for side in sides)


def _levels(kind: TargetKind) -> Iterable[Level]:
    segments = [level for level in LEVELS.values() if LEVELS["C2-C3"] <= level <= LEVELS["L5-S1"]]
    match kind:
        case TargetKind.FACET | TargetKind.INTERSPACE:
            return segments
        case TargetKind.FORAMEN:
            return [*segments, LEVELS["S1"]]
        case TargetKind.SI:
            return [LEVELS["SI"]]
        case _:
            return []


def spine_marks(
    judge: Judge, chart: Chart, request: BookingRequest, targets: Iterable[Target], today: date
) -> SpineMarks:
    """Judge each of the places for itself; those that cannot be judged have no answer."""
    full = ""
    marks = []
    for target in targets:
        alone = replace(request, targets=(target,), nerves=(), lone_nerves=())
        verdict = _judged(judge, chart, alone, today)
        full = full or _full(verdict)
        marks.append(_mark(chart, alone, target, verdict))
    return SpineMarks(tuple(marks), full)


def _judged(judge: Judge, chart: Chart, request: BookingRequest, today: date) -> Verdict | None:
    try:
        return judge(chart.case(request, today))
    except InvalidEntryError:
        return None


def _mark(chart: Chart, request: BookingRequest, target: Target, verdict: Verdict | None) -> SiteMark:
    here = [entry for entry in chart.entries if any(target.overlaps(other) for other in entry.event.targets)]
    window = rolling_months(request.day, HISTORY_MONTHS)
    same = [entry for entry in here if _same_kind(entry, request) and entry.event.when.last in window]
    own = [finding for finding in verdict.findings if not _of_region(finding, verdict)] if verdict else []
    return SiteMark(
        target=target,
        used=len({entry.event.when for entry in same}),
        closed=any(finding.outcome is Outcome.NOT_ALLOWED for finding in own),
        last=any(finding.limit is not None and finding.outcome is Outcome.CAUTION for finding in own),
        earliest=verdict.earliest if verdict else None,
        lines=tuple(_line(entry) for entry in reversed(here))[:LINES],
    )


def _same_kind(entry: HistoryEntry, request: BookingRequest) -> bool:
    event = entry.event
    done = event.status in (EventStatus.PERFORMED, EventStatus.BOOKED)
    return done and event.family is request.family and event.intent is request.intent


def _of_region(finding: Finding, verdict: Verdict) -> bool:
    """Tell whether the finding is about a count of more than this place."""
    scopes = {tally.rule: tally.scope for tally in verdict.tallies}
    return finding.rule in scopes and " / " in (scopes[finding.rule] or " / ")


def _full(verdict: Verdict | None) -> str:
    for finding in verdict.findings if verdict else ():
        if finding.outcome is Outcome.NOT_ALLOWED and verdict is not None and _of_region(finding, verdict):
            tally = next(tally for tally in verdict.tallies if tally.rule == finding.rule)
            return f"{tally.used} of {tally.limit} {tally.unit}"
    return ""


def _line(entry: HistoryEntry) -> str:
    event = entry.event
    relief = "" if event.relief_percent is None else f", {event.relief_percent:g} %"
    status = "" if event.status is EventStatus.PERFORMED else f" ({event.status.value})"
    return f"{us_partial(event.when)} {event_text(replace(event, targets=()))}{status}{relief}"
