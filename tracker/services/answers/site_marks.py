"""What each joint, foramen or interspace would answer by itself: for the picture of the spine beside the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.anatomy import LEVELS, Level, Side, Target
from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import tr
from tracker.domain.procedure import TargetKind
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, Outcome, Tally, Verdict
from tracker.domain.windows import rolling_months
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge
from tracker.services.words.wording import STATUS_WORDS, event_text, targets_text, us_partial
from tracker.storage.records import HistoryEntry

HISTORY_MONTHS = 12
LINES = 3


@dataclass(frozen=True, slots=True)
class SiteMark:
    """One place on the day asked. `used` counts sessions of the same kind there in 12 months.

    `closed`: something of this place itself stands against it; `last`: one more uses a limit of this place up;
    `earliest` is when it opens; `lines` tell its last events, the newest first; `latest` is the day of the newest that
    was done. `limit` says how far the limit nearest to this place is used, `next` when it is free, `rule` why.
    """

    target: Target
    used: int
    closed: bool
    last: bool
    earliest: date | None
    lines: tuple[str, ...]
    latest: date | None = None
    limit: str = ""
    next: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """How often a place was treated: in the 12 months that end on the day asked, and ever on file."""

    recent: int
    ever: int


@dataclass(frozen=True, slots=True)
class SpineMarks:
    """The places of one procedure. `full` says a limit of the whole region or patient that is used up, "" for none;
    `nearly` one that the session asked for uses up.

    `heat` knows every place of the spine that was ever treated so, also those of parts that are not in view.
    """

    marks: tuple[SiteMark, ...] = ()
    full: str = ""
    heat: Mapping[Target, Heat] = field(default_factory=dict)
    asked: date | None = None
    nearly: str = ""

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
    full = nearly = ""
    marks = []
    for target in targets:
        alone = replace(request, targets=(target,), nerves=(), lone_nerves=())
        verdict = _judged(judge, chart, alone, today)
        full = full or _wide_count(verdict, Outcome.NOT_ALLOWED)
        nearly = nearly or _wide_count(verdict, Outcome.CAUTION)
        marks.append(_mark(chart, alone, target, verdict, today))
    alike = [entry.event for entry in chart.entries if _same_kind(entry, request)]
    return SpineMarks(tuple(marks), full, heat_of(alike, request.day), request.day, "" if full else nearly)


def heat_of(events: Iterable[Event], day: date) -> dict[Target, Heat]:
    """Return how often each side of each level was treated; the midline of an interspace stands for itself."""
    window = rolling_months(day, HISTORY_MONTHS)
    recent: dict[Target, set[object]] = {}
    ever: dict[Target, set[object]] = {}
    for event in events:
        for target in event.targets:
            for side in target.side.single_sides or {target.side}:
                place = Target(target.level, side)
                ever.setdefault(place, set()).add(event.when)
                if event.when.last in window:
                    recent.setdefault(place, set()).add(event.when)
    return {place: Heat(len(recent.get(place, ())), len(days)) for place, days in ever.items()}


def _judged(judge: Judge, chart: Chart, request: BookingRequest, today: date) -> Verdict | None:
    try:
        return judge(chart.case(request, today))
    except InvalidEntryError:
        return None


def _mark(chart: Chart, request: BookingRequest, target: Target, verdict: Verdict | None, today: date) -> SiteMark:
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
        lines=tuple(_line(entry, target) for entry in reversed(here))[:LINES],
        latest=max((entry.event.when.last for entry in here if _done(entry)), default=None),
        limit=_limit_text(verdict),
        next=_next_text(verdict, today) if verdict else "",
        rule=_rule_text(own, verdict),
    )


def _done(entry: HistoryEntry) -> bool:
    return entry.event.status is EventStatus.PERFORMED


def _limit_text(verdict: Verdict | None) -> str:
    """Return the limit nearest to the place: one of its own before one of the region, the fuller one first."""
    tallies = sorted(verdict.tallies, key=lambda tally: (_wide(tally), tally.limit - tally.used)) if verdict else []
    if not tallies:
        return ""
    first = tallies[0]
    words = tr("{used} of {limit} {unit} used", used=first.used, limit=first.limit, unit=first.unit)
    return f"{words}, {first.scope}" if first.scope else words


def _rule_text(own: list[Finding], verdict: Verdict | None) -> str:
    """Return the sentence of what stands against the place, else of what stands against the region or patient."""
    against = own or (list(verdict.findings) if verdict else [])
    return against[0].message if against else ""


def _wide(tally: Tally) -> bool:
    """Tell whether a limit is of the region or the patient: its scope names more than a place."""
    return " / " in (tally.scope or " / ")


def _same_kind(entry: HistoryEntry, request: BookingRequest) -> bool:
    event = entry.event
    done = event.status in (EventStatus.PERFORMED, EventStatus.BOOKED)
    return done and event.family is request.family and event.intent is request.intent


def _of_region(finding: Finding, verdict: Verdict) -> bool:
    """Tell whether the finding is about a count of more than this place."""
    scopes = {tally.rule: tally.scope for tally in verdict.tallies}
    return finding.rule in scopes and " / " in (scopes[finding.rule] or " / ")


def _wide_count(verdict: Verdict | None, outcome: Outcome) -> str:
    """Return how far a limit of more than this place is used that comes to this outcome."""
    for finding in verdict.findings if verdict else ():
        told = finding.outcome is outcome and finding.limit is not None
        if told and verdict is not None and _of_region(finding, verdict):
            tally = next(tally for tally in verdict.tallies if tally.rule == finding.rule)
            return tr("{used} of {limit} {unit}", used=tally.used, limit=tally.limit, unit=tally.unit)
    return ""


def _line(entry: HistoryEntry, place: Target) -> str:
    """Return "06/15/2026 MBB, right, 85%": the side is that of the event, which may be more than this place."""
    event = entry.event
    touched = [Target(place.level, each.side) for each in event.targets if place.overlaps(each)]
    side = targets_text(touched).removeprefix(place.level.label).strip()
    relief = "" if event.relief_percent is None else f"{event.relief_percent:g}%"
    status = tr(STATUS_WORDS.get(event.status, ""))
    parts = (event_text(replace(event, targets=())), side, status, relief)
    return f"{us_partial(event.when)} {', '.join(part for part in parts if part)}"


def _next_text(verdict: Verdict, today: date) -> str:
    """Return when the place can be treated next, as the desk says it; "" where nobody can tell."""
    if verdict.outcome is Outcome.UNKNOWN:
        return ""
    if verdict.earliest is None:
        return tr("no date helps here")
    return (
        tr("free today")
        if verdict.earliest <= today
        else tr("next free {day}", day=us_date(verdict.earliest, weekday=True))
    )
