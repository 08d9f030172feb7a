"""One day, judged under every reading, and folded into one answer (DESIGN 2; CHOICES 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.anatomy import Region
from tracker.domain.language import tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.proposal import Case, Proposal
from tracker.domain.verdict import Finding, FindingCode, Met, NotCounted, Outcome, Tally
from tracker.rules.active import Active
from tracker.rules.doubts import Doubt
from tracker.rules.facts import Item, Look, region_of_nerve
from tracker.rules.readings import Reading, Readings, read

HISTORY = "history"
"""The finding that names the open facts on which the answer hangs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one reading gives."""

    reading: Reading
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    met: tuple[Met, ...]

    @property
    def outcome(self) -> Outcome:
        return max((finding.outcome for finding in self.findings), default=Outcome.ALLOWED)

    @property
    def blocked(self) -> bool:
        return self.outcome is Outcome.NOT_ALLOWED


Judge = Callable[[Case, Active, str], tuple[Readings, list[Judged]]]
"""Judges a proposal under every reading of its history: by what rules, for which payer."""


def judge_readings(case: Case, active: Active, payer: str, *, telling: bool = False) -> tuple[Readings, list[Judged]]:
    """Judge the proposal on its day under every reading of the history.

    `telling`: with tallies and what is met, where there is one reading only; of several `fold` tells one.
    """
    readings = read(case, active.sight, payer)
    told = telling and not readings.doubts
    return readings, [judge_one(case, active, reading, told) for reading in readings.readings]


def judge_one(case: Case, active: Active, reading: Reading, telling: bool) -> Judged:
    findings: list[Finding] = []
    tallies: list[Tally] = []
    met: list[Met] = []
    proposal = case.proposal
    if reading.targets != proposal.targets:
        proposal = replace(proposal, targets=reading.targets)
    looks: dict[int, Look] = {}
    for version, rule, kind in active.judging:
        look = looks.get(id(version))
        if look is None:
            look = looks[id(version)] = look_at(case, proposal, reading, version, telling=telling)
        for item in kind(rule, look):
            _sort_in(item, version.relies_on(rule), findings, tallies, met)
    return Judged(reading, worst_first(findings), tuple(tallies), tuple(met))


def look_at(case: Case, proposal: Proposal, reading: Reading, version: PolicyVersion, *, telling: bool = False) -> Look:
    """Return how the rules of the version look at the proposal of the case under a reading."""
    facts, choices, alone = reading.facts, case.choices, _lone_region(case)
    return Look(proposal.day, case.as_of, proposal, facts, version, choices, alone, telling, reading.body)


def _lone_region(case: Case) -> Region | None:
    nerves = case.proposal.lone_nerves
    return region_of_nerve(nerves[0]) if nerves else None


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
"""Returns what a reading gives with its tallies and what is met."""


def fold(readings: Readings, judged: list[Judged], tell: Tell) -> Folded:
    """Return one answer: what every reading says, or that it cannot be told and which fact decides."""
    if not readings.doubts:
        (only,) = judged
        return Folded(only.findings, only.tallies, only.met)
    blocked = [each for each in judged if each.blocked]
    free = [each for each in judged if not each.blocked]
    if blocked and free:
        return _undecided(readings, judged, blocked, free, tell)
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


def _undecided(
    readings: Readings, judged: list[Judged], blocked: list[Judged], free: list[Judged], tell: Tell
) -> Folded:
    worst = tell(max(blocked, key=_latest_clear))
    deciding = _deciding(readings.doubts, judged) or readings.doubts
    what = "; ".join(dict.fromkeys(doubt.what for doubt in deciding))
    message = tr("It hangs on {what}: read one way it is allowed, read the other way not.", what=what)
    ask = " ".join(dict.fromkeys(doubt.ask for doubt in deciding))
    events = tuple(dict.fromkeys(doubt.event_id for doubt in deciding if doubt.event_id))
    history = Finding(FindingCode.HISTORY, Outcome.UNKNOWN, HISTORY, message, events, ask=ask)
    open_now = [
        replace(finding, outcome=Outcome.UNKNOWN)
        for finding in worst.findings
        if finding.outcome is Outcome.NOT_ALLOWED
    ]
    certain = [finding for finding in max(free, key=lambda each: each.outcome).findings if finding not in open_now]
    findings = (history, *open_now, *worst_first(certain))
    return Folded(findings, _with_open(worst.tallies, readings), worst.met)


def _deciding(doubts: tuple[Doubt, ...], judged: list[Judged]) -> tuple[Doubt, ...]:
    """Return the doubts that alone turn some reading from blocked to free."""
    by_choice = {each.reading.choices: each.blocked for each in judged}
    found = []
    for place, doubt in enumerate(doubts):
        groups: dict[tuple[int, ...], set[bool]] = {}
        for choices, is_blocked in by_choice.items():
            groups.setdefault((*choices[:place], *choices[place + 1 :]), set()).add(is_blocked)
        if any(len(group) > 1 for group in groups.values()):
            found.append(doubt)
    return tuple(found)


def _with_open(tallies: tuple[Tally, ...], readings: Readings) -> tuple[Tally, ...]:
    """Name beside each count the events of which something is open and that it leaves out in the reading shown."""
    if not readings.doubts:
        return tallies
    reasons = {doubt.event_id: doubt.what for doubt in readings.doubts if doubt.event_id}
    return tuple(replace(tally, not_counted=tuple(_left_out(tally, reasons))) for tally in tallies)


def _left_out(tally: Tally, reasons: dict[str, str]) -> Iterator[NotCounted]:
    counted = {mark.event_id for mark in tally.counted}
    for event_id, what in reasons.items():
        if event_id not in counted:
            yield NotCounted(event_id, tr("open: {what}", what=what))
