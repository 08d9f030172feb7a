"""What a rule looks at in one place before the asked day, and what it makes of each kind of event there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from tracker.domain.proposal import Case
from tracker.domain.rule import Scope, Which
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Finding
from tracker.domain.windows import FAR_PAST, months_before
from tracker.rules.active import Active
from tracker.rules.counting import units_used
from tracker.rules.event_kind import EventKind
from tracker.rules.facts import Key, Look
from tracker.rules.judging import judge_one
from tracker.rules.reading import Reading
from tracker.rules.repeating import good_enough

Past = list[int]
"""What a rule looks at in one place, before the asked day, oldest first: where it stands among the events."""
Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What a rule looks at in one place; `unmarked`: of that only what was claimed without KX."""

    look: Look
    which: Which
    scope: Scope
    key: Key
    unmarked: bool = False

    def like(self, other: Slot) -> bool:
        """Tell whether the other holds the same, whatever the rule and its version."""
        mine, theirs = (self.which, self.scope, self.key, self.unmarked), (other.which, other.scope, other.key)
        return mine == (*theirs, other.unmarked)

    def holds(self, kind: EventKind) -> bool:
        """Tell whether the rule, asked, would find such an event there (`Look.matching`)."""
        fact = kind.on(FAR_PAST)
        if self.unmarked and (fact.kx or fact.booked):
            return False
        return fact.fits(self.which) and self.look.inside(fact, self.scope, self.key)


class Results(dict[EventKind, bool | None]):
    """Of each kind whether its result reaches what a rule asks for."""

    def __init__(self, percent: float, months: float) -> None:
        super().__init__()
        self._asked = percent, months

    def __missing__(self, kind: EventKind) -> bool | None:
        found = self[kind] = good_enough(kind.on(FAR_PAST), *self._asked)
        return found


class Units(dict[EventKind, int]):
    """Of each kind how much of a limit it uses in a place."""

    def __init__(self, rule: MaxCount, look: Look, key: Key) -> None:
        super().__init__()
        self._of = rule, look, key

    def __missing__(self, kind: EventKind) -> int:
        found = self[kind] = units_used(*self._of, [kind.on(FAR_PAST)])
        return found


class LongAgo(dict[EventKind, Findings]):
    """Of each kind what a rule says of one such event long ago: what hangs on its result, and on no day."""

    def __init__(self, case: Case, active: Active) -> None:
        super().__init__()
        self._of = case, active

    def __missing__(self, kind: EventKind) -> Findings:
        reading = Reading((kind.on(FAR_PAST),), self._of[0].proposal.targets, ())
        found = self[kind] = judge_one(*self._of, reading, telling=False).findings
        return found


def days_twice(days: Sequence[int]) -> bool:
    return any(earlier == later for earlier, later in pairwise(days))


@lru_cache(maxsize=4096)
def ordinal_before(day: date, months: int) -> int:
    return months_before(day, months).toordinal()
