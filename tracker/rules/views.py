"""What the rules tell apart in a reading: readings that look the same to a rule are judged by it once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from tracker.domain.anatomy import Region, Target
from tracker.domain.policy import PolicyVersion
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule import Rule
from tracker.rules.facts import Fact, Look, region_of_nerve
from tracker.rules.grounds import Ground, Place, View
from tracker.rules.narrowing import narrowed
from tracker.rules.reading import Reading
from tracker.rules.readings import Readings
from tracker.rules.seeing import Span, Standing, seen_by

Judging = tuple[PolicyVersion, Rule, object]
_ALONE = frozenset[str]()
"""The session has no levels but those of the proposal."""


class Views:
    """What each of some rules sees of a reading on the case's day, as numbers: equal ones are judged alike."""

    def __init__(self, case: Case, judging: Sequence[Judging], region: Region | None, ground: Ground) -> None:
        """`region`: where the proposal goes when it has no level."""
        self._case, self._judging, self._region, self._ground = case, judging, region, ground
        self._versions = list({id(version): version for version, _, _ in judging}.values())
        named = {target.level.name for target in case.proposal.targets}
        self._joining = [
            frozenset(pair.levels)
            for version in self._versions
            for pair in version.together
            if pair.counted and not named.isdisjoint(pair.levels)
        ]
        self._beside = (_ALONE, *self._joining)
        self._distinct = len({event.id for event in case.history}) == len(case.history)
        self._known_spans: list[Span] | None = None
        self._marks: dict[Standing, dict[int, int]] = {}
        self._here: dict[tuple[int, int, int], tuple[Place, Standing]] = {}

    def of(self, reading: Reading) -> View:
        """Return what all of the rules together see of the reading."""
        beside = self._session_of(reading) if self._joining else _ALONE
        standing = self._standing(reading.targets, reading.body, beside)
        if not self._distinct:  # without an id of its own an event cannot be told by it
            return standing, -next(self._ground.apart)
        marks = self._marks.get(standing, {})
        try:
            return standing, sum([marks[id(fact)] for fact in reading.facts])
        except KeyError:
            return standing, sum([self.mark(standing, fact) for fact in reading.facts])

    def each(self, readings: Readings) -> Iterator[View]:
        """Yield what all of the rules together see of each reading, in order."""
        every, picks = readings.every, readings.picks
        if every is None or not every.apart or not picks.last or self._joining or not self._distinct:
            yield from map(self.of, readings.readings)
            return
        standings, sums = list[Standing](), list[list[int]]()
        for number, picked in enumerate(picks.last):
            targets, _, body = every.place(picked)
            standing = self._standing(targets, body, _ALONE)
            standings.append(standing)
            sums.append(every.settling.sums(picks, number, partial(self.mark, standing)))
        for same in zip(*sums, strict=True):
            yield from zip(standings, same, strict=True)

    def mark(self, standing: Standing, fact: Fact) -> int:
        """Return what the rules see of the fact on the day; the standing keeps it, so that its identity is its own."""
        marks = self._marks.setdefault(standing, {})
        if id(fact) not in marks:
            marks[id(fact)] = self._marked(fact.day, standing.bits(fact))
        return marks[id(fact)]

    def _marked(self, day: date, bits: tuple[tuple[int, int], ...]) -> int:
        mark, spans = 0, self._spans() if bits else []
        for place, bit in bits:
            first, last = spans[place]
            if first <= day <= last:
                mark |= bit
        return mark

    def _spans(self) -> list[Span]:
        if self._known_spans is None:
            standing = next(iter(self._ground.standings.values()))  # they look at the same days at every place
            self._known_spans = standing.spans(self._case.proposal.day)
        return self._known_spans

    def tell(self, fact: Fact, targets: tuple[Target, ...], body: frozenset[str]) -> Hashable:
        """Return what all of the rules see of a fact, in whatever region the proposal counts; None for nothing."""
        if self._joining and self._same_session(fact):
            return fact  # it may move the proposal to another region
        marks = tuple([self.mark(self._standing(targets, body, beside), fact) for beside in self._beside])
        return marks if any(marks) else None

    def tell_on_any_day(self, fact: Fact, targets: tuple[Target, ...], body: frozenset[str]) -> Hashable:
        """Return what all of the rules may see of a fact on some day, None for nothing."""
        if self._joining and fact.family is self._case.proposal.family:
            return fact
        bits = tuple([self._standing(targets, body, beside).bits(fact) for beside in self._beside])
        return (fact.day, bits) if any(bits) else None

    def reach(self, days: list[date]) -> Hashable:
        """Return which of some days of facts, in order, each of the rules looks at."""
        return tuple([(bisect_left(days, first), bisect_right(days, last)) for first, last in self._spans()])

    def _same_session(self, fact: Fact) -> bool:
        return fact.day == self._case.proposal.day and fact.family is self._case.proposal.family

    def _session_of(self, reading: Reading) -> frozenset[str]:
        """Return the names of the levels that the session has besides those of the proposal."""
        same = [fact.levels for fact in reading.facts if self._same_session(fact)]
        return frozenset(level.name for levels in same for level in levels)

    def _standing(self, targets: tuple[Target, ...], body: frozenset[str], beside: frozenset[str]) -> Standing:
        key = id(targets), id(body), id(beside)
        known = self._here.get(key)
        if known is None:  # looked up by identity first: to hash the sites takes long
            place, standings = (targets, body, beside), self._ground.standings
            if place not in standings:
                standings[place] = self._new_standing(*place)
            known = self._here[key] = place, standings[place]
        return known[1]

    def _new_standing(self, targets: tuple[Target, ...], body: frozenset[str], beside: frozenset[str]) -> Standing:
        proposal = proposed(self._case, targets)
        looks = {
            id(version): Look(
                *(proposal.day, self._case.as_of, proposal, (), version, self._case.choices),
                *(self._region, False, body),
                beside=beside,
            )
            for version in self._versions
        }
        given = [(rule, looks[id(version)]) for version, rule, _ in self._judging]
        return Standing([seen_by(*each) for each in given], [narrowed(*each) for each in given])


def proposed(case: Case, targets: tuple[Target, ...]) -> Proposal:
    """Return the proposal with the sites that it has in a reading."""
    proposal = case.proposal
    return proposal if targets == proposal.targets else replace(proposal, targets=targets)


def lone_region(case: Case) -> Region | None:
    """Return the region of a proposal of which nerves alone are known."""
    nerves = case.proposal.lone_nerves
    return region_of_nerve(nerves[0]) if nerves else None
