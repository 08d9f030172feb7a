"""What a rule can tell apart in a fact: readings that look the same to a rule are judged by it once.

Of one event readings differ in day, places, intent, region of the body, KX, and in whether it counts; the rest is on
file, and its id stands for it. A kind of rule that is not named here sees everything up to the day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from tracker.domain.anatomy import Region, Target
from tracker.domain.policy import PolicyVersion
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule import Rule, Unit, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.windows import interval_months_met
from tracker.rules.counting import window_on
from tracker.rules.facts import Fact, Look, region_of_nerve
from tracker.rules.readings import Reading

Sees = Callable[[Fact], Hashable]
"""Returns what the rule tells a fact by, None for one that it does not look at; never asked for tallies or words."""

Judging = tuple[PolicyVersion, Rule, object]
_ALONE = frozenset[str]()
"""The session has no levels but those of the proposal."""


class Views:
    """What each of some rules sees of a reading, as numbers: equal ones are judged alike."""

    def __init__(self, case: Case, judging: Sequence[Judging], region: Region | None) -> None:
        """`region`: where the proposal goes when it has no level."""
        self._case, self._judging, self._region = case, judging, region
        self._standings: dict[tuple[tuple[Target, ...], frozenset[str], frozenset[str]], _Standing] = {}
        self._versions = list({id(version): version for version, _, _ in judging}.values())
        named = {target.level.name for target in case.proposal.targets}
        self._joining = [
            frozenset(pair.levels)
            for version in self._versions
            for pair in version.together
            if pair.counted and not named.isdisjoint(pair.levels)
        ]
        self._distinct = len({event.id for event in case.history}) == len(case.history)
        self._count = 0
        self._last: tuple[tuple[Target, ...], frozenset[str], frozenset[str], _Standing] | None = None

    def of(self, reading: Reading) -> View:
        """Return what all of the rules together see of the reading."""
        standing = self._standing(reading.targets, reading.body, self._beside(reading) if self._joining else _ALONE)
        if not self._distinct:  # without an id of its own an event cannot be told by it
            self._count += 1
            return standing, -self._count
        try:
            return standing, sum([standing.marks[id(fact)] for fact in reading.facts])
        except KeyError:
            return standing, sum([standing.mark(fact) for fact in reading.facts])

    def tell(self, fact: Fact, targets: tuple[Target, ...], body: frozenset[str]) -> Hashable:
        """Return what all of the rules see of a fact, in whatever region the proposal counts."""
        if self._joining and self._same_session(fact):
            return fact  # it may move the proposal to another region
        return tuple([self._standing(targets, body, beside).mark(fact) for beside in (_ALONE, *self._joining)])

    def _same_session(self, fact: Fact) -> bool:
        return fact.day == self._case.proposal.day and fact.family is self._case.proposal.family

    def _beside(self, reading: Reading) -> frozenset[str]:
        """Return the names of the levels that the session has besides those of the proposal."""
        same = [fact.levels for fact in reading.facts if self._same_session(fact)]
        return frozenset(level.name for levels in same for level in levels)

    def _standing(self, targets: tuple[Target, ...], body: frozenset[str], beside: frozenset[str]) -> _Standing:
        last = self._last
        if last is not None and last[0] is targets and last[1] is body and last[2] is beside:
            return last[3]
        key = targets, body, beside
        if key not in self._standings:
            proposal = proposed(self._case, targets)
            looks = {
                id(version): Look(
                    *(proposal.day, self._case.as_of, proposal, (), version, self._case.choices),
                    *(self._region, False, body),
                    beside=beside,
                )
                for version in self._versions
            }
            self._standings[key] = _Standing([sight_of(rule, looks[id(version)]) for version, rule, _ in self._judging])
        self._last = *key, self._standings[key]
        return self._last[3]


class _Standing:
    """The rules at one place of the proposal: each mark of a fact is a bit of its own, so that their sum tells all."""

    def __init__(self, sees: Sequence[Sees]) -> None:
        self.marks: dict[int, int] = {}
        self._kept: list[Fact] = []
        self._sees = sees
        self._bits: dict[tuple[int, str, Hashable], int] = {}
        self._masks = [0] * len(sees)

    def mark(self, fact: Fact) -> int:
        """Return what the rules see of the fact; it is kept, so that its identity stays its own."""
        if id(fact) in self.marks:
            return self.marks[id(fact)]
        mark = 0
        for place, sees in enumerate(self._sees):
            seen = sees(fact)
            if seen is not None:
                bit = self._bits.setdefault((place, fact.id, seen), 1 << len(self._bits))
                self._masks[place] |= bit
                mark |= bit
        self._kept.append(fact)
        self.marks[id(fact)] = mark
        return mark

    def part(self, view: int, place: int) -> int:
        """Return what one of the rules sees; a view below 0 is like no other."""
        return view & self._masks[place] if view >= 0 else view


View = tuple[_Standing, int]
"""Where the proposal stands, and what the rules see there."""


def proposed(case: Case, targets: tuple[Target, ...]) -> Proposal:
    """Return the proposal with the sites that it has in a reading."""
    proposal = case.proposal
    return proposal if targets == proposal.targets else replace(proposal, targets=targets)


def lone_region(case: Case) -> Region | None:
    """Return the region of a proposal of which nerves alone are known."""
    nerves = case.proposal.lone_nerves
    return region_of_nerve(nerves[0]) if nerves else None


# --- by kind ----------------------------------------------------------------------------------------------------------


def sight_of(rule: Rule, look: Look) -> Sees:
    """Return what the rule sees; `look` is at the proposal alone, without facts."""
    match rule:
        case MaxCount():
            return _counted(rule, look)
        case Repeat():
            return _last(rule, look)
        case Requires():
            return _results(rule, look)
        case Advice():
            return _course(rule, look)
        case MaxLevels() | OneRegion() | SameDay():
            return lambda fact: fact if fact.day == look.day else None
        case NotCovered():
            return lambda _fact: None
    return _everything(look)


def _everything(look: Look) -> Sees:
    return lambda fact: fact if fact.day <= look.day else None


def _touching(rule: MaxCount | Repeat | Requires | Advice, look: Look) -> Callable[[Fact], tuple[bool, ...]]:
    """Return in which places of the proposal a fact lies; empty for none."""
    keys = look.keys(rule.per)

    def touched(fact: Fact) -> tuple[bool, ...]:
        places = tuple(look.inside(fact, rule.per, key) for key in keys)
        return places if any(places) else ()

    return touched


def _counted(rule: MaxCount, look: Look) -> Sees:
    touched, unmarked = _touching(rule, look), rule.unmarked if rule.without_kx else None
    cut = not (unmarked or rule.window.endless or rule.window.type == "anchored-year")
    first = window_on(rule, look.day, ()).start if cut else None
    by_site = rule.unit is not Unit.SESSION or bool(rule.merge_sides_months)

    def sees(fact: Fact) -> Hashable:
        claimed = unmarked is not None and fact.fits(unmarked)
        if fact.day > look.day or (first and fact.day < first) or not (claimed or fact.fits(rule.counted)):
            return None
        if fact.foreign and not rule.counts_foreign(asked=fact.counts):
            return None
        if not (places := touched(fact)):
            return None
        by_claim = (fact.intent, fact.kx, fact.foreign) if unmarked else None
        return fact.day, places, by_claim, fact.sites if by_site else None

    return sees


def _last(rule: Repeat, look: Look) -> Sees:
    touched = _touching(rule, look)
    interval_alone = not (rule.percent or rule.relief_months or rule.early)

    def sees(fact: Fact) -> Hashable:
        if fact.day >= look.day or not fact.fits(rule.earlier):
            return None
        if interval_alone and _is_over(rule, fact, look):
            return None
        places = touched(fact)
        return (fact.day, places) if places else None

    return sees


def _is_over(rule: Repeat, fact: Fact, look: Look) -> bool:
    if rule.months:
        return interval_months_met(look.day, fact.day, rule.months)
    return (look.day - fact.day).days > rule.days


def _results(rule: Requires, look: Look) -> Sees:
    return _before((rule.of, rule.first or rule.about), _touching(rule, look), look)


def _course(rule: Advice, look: Look) -> Sees:
    if rule.after is None:
        return lambda _fact: None
    return _before((rule.after, rule.unless.of if rule.unless else rule.after), _touching(rule, look), look)


def _before(meant: tuple[Which, Which], touched: Callable[[Fact], tuple[bool, ...]], look: Look) -> Sees:
    """Return how facts before the day are told: by day and place, and by which of the two is meant."""

    def sees(fact: Fact) -> Hashable:
        fits = tuple(fact.fits(which) for which in meant)
        if fact.day >= look.day or not any(fits):
            return None
        places = touched(fact)
        return (fact.day, places, fits) if places else None

    return sees
