"""What a search for days judged already: its trials with something left aside ask mostly the same again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.event import Event
from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.rules.active import Active
from tracker.rules.dropping import WithoutRules
from tracker.rules.grounds import Ground
from tracker.rules.judged import Findings, Judged, different
from tracker.rules.judging import judge_readings
from tracker.rules.readings import Readings

Setting = tuple[frozenset[int], int, tuple[date, ...]]
"""Where a step stands: the visits that are left aside, its place, and the days of the steps before it."""

A_QUESTION = 5
"""As much work as a question makes beside its readings."""

Question = tuple[frozenset[str], Setting, date]
"""The rules that are left aside, the setting, and the day asked about."""


@dataclass
class JudgedBefore:
    """Shared by a search and its trials. `events`: what steps add to the history, the same each time (`Ground`).

    `work` counts questions, and the readings that a history has for them: it tells how long a search may take better
    than a clock, and is the same on every computer.
    """

    verdicts: dict[Question, Verdict] = field(default_factory=dict)
    events: dict[tuple[int, date] | str, Event] = field(default_factory=dict)
    cases: dict[Setting, Case] = field(default_factory=dict)
    turning: dict[Setting, tuple[date, ...]] = field(default_factory=dict)
    work: int = 0
    _judged: dict[tuple[object, ...], tuple[Readings, Sequence[Judged]]] = field(default_factory=dict)
    _grounds: dict[tuple[object, ...], Ground] = field(default_factory=dict)

    def judge(
        self, setting: Setting, case: Case, active: Active, payer: str, dropped: Collection[str], procedure: int
    ) -> tuple[Readings, Sequence[Judged]]:
        """Return what all rules of `active` say under every reading, but for those that are dropped.

        `procedure`: tells those of the steps apart.
        """
        asked = (procedure, case.proposal.intent, payer, active.known_by)
        key = (setting, case.proposal.day, case.coverage, *asked)
        if key not in self._judged:
            chosen = len(case.coverages_on_file) < len(case.coverages)
            ground = None if chosen else self.ground(*asked)
            self._judged[key] = judge_readings(case, active, payer, ground=ground)
            self.work += self._judged[key][0].picks.count
        readings, judged = self._judged[key]
        return readings, _without(judged, dropped) if dropped else judged

    def ground(self, *asked: object) -> Ground:
        """Return what is known about a procedure, a payer and rules, whatever the day and the steps before."""
        return self._grounds.setdefault(asked, Ground(lasting=True))


@dataclass(frozen=True)
class Remembering:
    """Judges a step where it stands, and the visits booked behind it, with what was judged before.

    `procedure`: the first of the steps with the same procedure, for what is known of it holds for all of them.
    `loose`: the rule book in which the rules named in `left_aside` do not bind.
    """

    known: JudgedBefore
    setting: Setting
    procedure: int
    loose: WithoutRules | None = None
    left_aside: frozenset[str] = frozenset()

    def __call__(self, case: Case, active: Active, payer: str) -> tuple[Readings, Sequence[Judged]]:
        given = self.loose.given(active) if self.loose else active
        return self.known.judge(self.setting, case, given, payer, self.left_aside, self.procedure)

    def ground(self, event: Event, payer: str, active: Active) -> Ground:
        """Return what is known about a visit that is booked for later."""
        return self.known.ground(event.id, payer, active.known_by)


def _without(judged: Sequence[Judged], dropped: Collection[str]) -> Sequence[Judged]:
    """Leave out what the dropped rules say; readings that share their findings share what is left."""
    left = {
        id(each.findings): tuple(finding for finding in each.findings if finding.rule not in dropped)
        for each in different(judged)
    }
    if isinstance(judged, Findings):
        return Findings(judged.readings, [left[id(findings)] for findings in judged.each])
    return [Judged(each.read, left[id(each.findings)], each.tallies, each.met) for each in judged]
