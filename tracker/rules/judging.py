"""One day, judged under every reading, and folded into one answer (DESIGN 2; CHOICES 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.language import tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.proposal import Case, Proposal
from tracker.domain.verdict import Finding, FindingCode, Met, NotCounted, Outcome, Tally
from tracker.rules.active import Active
from tracker.rules.doubts import Doubt
from tracker.rules.facts import Item, Look
from tracker.rules.grounds import Ground, View
from tracker.rules.judged import Findings, Judged, different
from tracker.rules.reading import Reading
from tracker.rules.readings import Readings, read
from tracker.rules.settling import FEW
from tracker.rules.views import Views, lone_region, proposed

HISTORY = "history"
"""The finding that names the open facts on which the answer hangs."""


Judge = Callable[[Case, Active, str], tuple[Readings, Sequence[Judged]]]
"""Judges a proposal under every reading of its history: by what rules, for which payer."""


def judge_readings(
    case: Case,
    active: Active,
    payer: str,
    *,
    telling: bool = False,
    counting: bool = False,
    ground: Ground | None = None,
) -> tuple[Readings, Sequence[Judged]]:
    """Judge the proposal on its day under every reading of the history.

    `telling`: with words, tallies and what is met, where there is one reading only; of several `fold` tells one.
    `counting`: with tallies, whether in words or not.
    """
    ground = ground or Ground()
    views = Views(case, active.judging, lone_region(case), ground)
    readings = read(case, active.sight, payer, views, ground)
    if len(readings.readings) > FEW:
        return readings, _judge_all(case, active, readings, views, ground)
    if readings.doubts:
        telling = counting = False
    return readings, [judge_one(case, active, each, telling, counting) for each in readings.readings]


def judge_one(case: Case, active: Active, reading: Reading, telling: bool, counting: bool = False) -> Judged:
    findings: list[Finding] = []
    tallies: list[Tally] = []
    met: list[Met] = []
    looks = _Looks(case, reading, telling, counting)
    for version, rule, kind in active.judging:
        for item in kind(rule, looks.of(version)):
            _sort_in(item, version.relies_on(rule), findings, tallies, met)
    return Judged(lambda: reading, worst_first(findings), tuple(tallies), tuple(met))


def look_at(
    case: Case,
    proposal: Proposal,
    reading: Reading,
    version: PolicyVersion,
    *,
    telling: bool = False,
    counting: bool = False,
) -> Look:
    """Return how the rules of the version look at the proposal of the case under a reading."""
    given = proposal.day, case.as_of, proposal, reading.facts, version, case.choices, lone_region(case)
    return Look(*given, telling, reading.body, counting)


def _judge_all(case: Case, active: Active, readings: Readings, views: Views, ground: Ground) -> Findings:
    """Judge without words, by each rule only what decides."""
    known, found = dict[View, tuple[Finding, ...]](), list[tuple[Finding, ...]]()
    for number, view in enumerate(views.each(readings)):
        findings = known.get(view)
        if findings is None:
            findings = known[view] = _found(case, active, readings.readings, number, view, ground)
        found.append(findings)
    return Findings(readings.readings, found)


def _found(
    case: Case, active: Active, readings: Sequence[Reading], number: int, view: View, ground: Ground
) -> tuple[Finding, ...]:
    """Return the findings of a reading."""
    standing, whole = view
    deciding = standing.deciding(whole, case.proposal.day)
    known = ground.found.get((standing, deciding))
    if known is not None:
        return known
    looks, findings, said = _Looks(case, readings[number], telling=False, counting=False), list[Finding](), ground.said
    for place, (version, rule, kind) in enumerate(active.judging):
        seen = standing, place, deciding[place]
        if seen not in said:
            said[seen] = []
            for item in kind(rule, looks.of(version)):
                _sort_in(item, version.relies_on(rule), said[seen], [], [])
        findings += said[seen]
    ground.found[standing, deciding] = worst_first(findings)
    return ground.found[standing, deciding]


class _Looks:
    """A look at a reading for each version of the rules."""

    def __init__(self, case: Case, reading: Reading, telling: bool, counting: bool) -> None:
        self._case, self._reading, self._asked = case, reading, (telling, counting)
        self._proposal = proposed(case, reading.targets)
        self._known: dict[int, Look] = {}

    def of(self, version: PolicyVersion) -> Look:
        known = self._known.get(id(version))
        if known is None:
            telling, counting = self._asked
            known = look_at(self._case, self._proposal, self._reading, version, telling=telling, counting=counting)
            self._known[id(version)] = known
        return known


def _sort_in(item: Item, relied_on: bool, findings: list[Finding], tallies: list[Tally], met: list[Met]) -> None:
    if isinstance(item, Finding):
        findings.append(item if relied_on else capped(item))
    elif isinstance(item, Tally):
        tallies.append(item)
    elif isinstance(item, Met):
        met.append(item)


def capped(finding: Finding) -> Finding:
    """A rule that nobody has seen in writing never says more than caution (DESIGN 7)."""
    if finding.outcome <= Outcome.CAUTION:
        return replace(finding, clears_on=None)
    doubt = tr("This rule is recalled and not confirmed yet: look it up before relying on it.")
    message = f"{finding.message} {doubt}"
    return replace(finding, outcome=Outcome.CAUTION, message=message, clears_on=None)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by outcome, then by the day that clears it: what lasts longest decides."""
    found = tuple(findings)
    return found if len(found) < 2 else tuple(sorted(found, key=_rank, reverse=True))


def _rank(finding: Finding) -> tuple[int, date]:
    return finding.outcome.rank, finding.clears_on or (date.max if finding.outcome is Outcome.NOT_ALLOWED else date.min)


@dataclass(frozen=True, slots=True)
class Folded:
    """All readings as one."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    met: tuple[Met, ...]


Tell = Callable[[Judged], Judged]
"""Returns what a reading gives with its words, its tallies and what is met."""


def fold(readings: Readings, judged: Sequence[Judged], tell: Tell, *, naming: bool = True) -> Folded:
    """Return one answer: what every reading says, or that it cannot be told and which fact decides.

    Without `naming` the fact stays unnamed, and what is said of it empty.
    """
    if not readings.doubts:
        (only,) = judged
        return Folded(only.findings, only.tallies, only.met)
    told = different(judged)
    blocked = [each for each in told if each.blocked]
    free = [each for each in told if not each.blocked]
    if blocked and free:
        history = _history(readings, judged, blocked) if naming else _UNNAMED
        return _undecided(readings, history, blocked, free, tell)
    if blocked:
        shown = min(blocked, key=lambda each: (_latest_clear(each), sum(len(f.counted) for f in each.findings)))
    else:
        shown = max(free, key=lambda each: each.outcome)
    shown = tell(shown)
    return Folded(shown.findings, _with_open(shown.tallies, readings), shown.met)


def _latest_clear(judged: Judged) -> date:
    """Return how long a reading blocks, so that the mildest can be shown."""
    blocking = [finding for finding in judged.findings if finding.outcome is Outcome.NOT_ALLOWED]
    return max(finding.clears_on or date.max for finding in blocking)


_UNNAMED = Finding(FindingCode.HISTORY, Outcome.UNKNOWN, HISTORY, "")


def _history(readings: Readings, judged: Sequence[Judged], blocked: list[Judged]) -> Finding:
    """Return that the history leaves it open, and by which facts."""
    deciding = _deciding(readings, judged, {id(each.findings) for each in blocked}) or readings.doubts
    what = "; ".join(dict.fromkeys(doubt.what for doubt in deciding))
    message = tr("It hangs on {what}: read one way it is allowed, read the other way not.", what=what)
    ask = " ".join(dict.fromkeys(doubt.ask for doubt in deciding))
    events = tuple(dict.fromkeys(doubt.event_id for doubt in deciding if doubt.event_id))
    return Finding(FindingCode.HISTORY, Outcome.UNKNOWN, HISTORY, message, events, ask=ask)


def _undecided(readings: Readings, history: Finding, blocked: list[Judged], free: list[Judged], tell: Tell) -> Folded:
    worst = tell(max(blocked, key=_latest_clear))
    open_now = [
        replace(finding, outcome=Outcome.UNKNOWN)
        for finding in worst.findings
        if finding.outcome is Outcome.NOT_ALLOWED
    ]
    other = tell(max(free, key=lambda each: each.outcome))
    certain = [finding for finding in other.findings if finding not in open_now]
    findings = (history, *open_now, *worst_first(certain))
    return Folded(findings, _with_open(worst.tallies, readings), worst.met)


def _deciding(readings: Readings, judged: Sequence[Judged], blocking: set[int]) -> tuple[Doubt, ...]:
    """Return the doubts that alone turn some reading from blocked to free; `blocking` are the findings that do."""
    stops = [id(each.findings) in blocking for each in judged]
    blocked = [picked for picked, stop in zip(readings.picks.tried, stops, strict=True) if stop]
    free = [picked for picked, stop in zip(readings.picks.tried, stops, strict=True) if not stop]
    but_for, found = readings.picks.but_for, []
    for place, doubt in enumerate(readings.doubts):
        others = {each for choices in blocked for each in but_for(place, choices)}
        if any(each in others for choices in free for each in but_for(place, choices)):
            found.append(doubt)
    return tuple(found)


def _with_open(tallies: tuple[Tally, ...], readings: Readings) -> tuple[Tally, ...]:
    """Name beside each count the events of which something is open and that it leaves out in the reading shown."""
    if not readings.doubts or not tallies:
        return tallies
    reasons = {doubt.event_id: doubt.what for doubt in readings.doubts if doubt.event_id}
    return tuple(replace(tally, not_counted=tuple(_left_out(tally, reasons))) for tally in tallies)


def _left_out(tally: Tally, reasons: dict[str, str]) -> Iterator[NotCounted]:
    counted = {mark.event_id for mark in tally.counted}
    for event_id, what in reasons.items():
        if event_id not in counted:
            yield NotCounted(event_id, tr("open: {what}", what=what))
