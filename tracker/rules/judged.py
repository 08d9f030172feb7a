"""What readings give when they are judged, each by itself or all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tracker.domain.verdict import Finding, Met, Outcome, Tally
from tracker.rules.reading import Reading


@dataclass(frozen=True, slots=True)
class Judged:
    """What one reading gives. `read`: makes it, which is seldom wanted."""

    read: Callable[[], Reading]
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...] = ()
    met: tuple[Met, ...] = ()

    @property
    def reading(self) -> Reading:
        return self.read()

    @property
    def outcome(self) -> Outcome:
        return max((finding.outcome for finding in self.findings), default=Outcome.ALLOWED)

    @property
    def blocked(self) -> bool:
        return self.outcome is Outcome.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Findings(Sequence[Judged]):
    """The findings of each reading without words; those that were judged once are one and the same."""

    readings: Sequence[Reading]
    each: Sequence[tuple[Finding, ...]]

    def __len__(self) -> int:
        return len(self.each)

    def __getitem__(self, place: Any) -> Any:
        return Judged(partial(self.readings.__getitem__, place), self.each[place])


def different(judged: Sequence[Judged]) -> list[Judged]:
    """Return the first of those that share their findings: what looked alike was judged once."""
    if isinstance(judged, Findings):
        first = {id(findings): place for place, findings in reversed(list(enumerate(judged.each)))}
        return [judged[place] for place in sorted(first.values())]
    return list({id(each.findings): each for each in reversed(judged)}.values())[::-1]
