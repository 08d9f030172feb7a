"""What a search for days judged already: its trials with something left aside ask mostly the same again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.rules.active import Active
from tracker.rules.judging import Judged, different, judge_readings
from tracker.rules.readings import Readings

Setting = tuple[frozenset[int], int, tuple[date, ...]]
"""Where a step stands: the visits that are left aside, its place, and the days of the steps before it."""

A_QUESTION = 5
"""As much work as a question makes beside its readings."""

Question = tuple[frozenset[str], Setting, date]
"""The rules that are left aside, the setting, and the day asked about."""


@dataclass
class JudgedBefore:
    """Shared by a search and its trials. `work` counts questions, and the readings that a history has for them.

    It tells how long a search may take better than a clock, and is the same on every computer.
    """

    verdicts: dict[Question, Verdict] = field(default_factory=dict)
    cases: dict[Setting, Case] = field(default_factory=dict)
    turning: dict[Setting, tuple[date, ...]] = field(default_factory=dict)
    work: int = 0
    _judged: dict[tuple[Setting, date, str, tuple[int, ...]], tuple[Readings, list[Judged]]] = field(
        default_factory=dict
    )

    def judge(
        self, setting: Setting, case: Case, active: Active, payer: str, dropped: Collection[str]
    ) -> tuple[Readings, list[Judged]]:
        """Return what all rules of `active` say under every reading, but for those that are dropped."""
        key = (setting, case.proposal.day, payer, active.known_by)
        if key not in self._judged:
            self._judged[key] = judge_readings(case, active, payer)
            self.work += self._judged[key][0].picks.count
        readings, judged = self._judged[key]
        return readings, _without(judged, dropped) if dropped else judged


def _without(judged: list[Judged], dropped: Collection[str]) -> list[Judged]:
    """Leave out what the dropped rules say; readings that share their findings share what is left."""
    left = {
        id(each.findings): tuple(finding for finding in each.findings if finding.rule not in dropped)
        for each in different(judged)
    }
    return [Judged(each.reading, left[id(each.findings)], each.tallies, each.met) for each in judged]
