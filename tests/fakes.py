"""Named stand-ins: a clock that is set by hand, and a judge with one plain rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from tracker.domain.event import EventStatus
from tracker.domain.proposal import Case
from tracker.domain.verdict import CodeLine, Counted, Finding, FindingCode, Outcome, PolicyRef, Source, Tally, Verdict
from tracker.domain.windows import leaves_rolling_months, rolling_months

COUNTED = (EventStatus.PERFORMED, EventStatus.BOOKED)


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self, today: date) -> None:
        self.day = today
        self.at = time(12)

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime.combine(self.day, self.at, UTC)


class SessionLimitJudge:
    """At most `limit` sessions of the same family in 12 months, the anniversary included; nothing else."""

    def __init__(self, limit: int = 4) -> None:
        self.limit = limit
        self.cases: list[Case] = []

    def __call__(self, case: Case) -> Verdict:
        self.cases.append(case)
        day, family = case.proposal.day, case.proposal.family
        window = rolling_months(day, 12)
        counted = [e for e in case.history if e.family is family and e.status in COUNTED and e.when.first in window]
        source = Source("A rule made for tests")
        leaving = [leaves_rolling_months(event.when.first, 12) for event in counted]
        marks = tuple(Counted(event.id, event.when.first, day) for event, day in zip(counted, leaving, strict=True))
        tally = Tally("sessions", "sessions", len(counted), self.limit, "sessions", "", window, marks, source=source)
        full = len(counted) >= self.limit
        earliest = (sorted(leaving)[len(counted) - self.limit] if self.limit else None) if full else day
        ids = tuple(event.id for event in counted)
        message = f"The limit is {self.limit}."
        over = Finding(FindingCode.OVER_LIMIT, Outcome.NOT_ALLOWED, "sessions", message, ids, self.limit, source=source)
        last = Finding(FindingCode.ADVICE, Outcome.CAUTION, "sessions", "This is the last one.", ids, self.limit)
        findings = (over,) if full else (last,) if len(counted) == self.limit - 1 else ()
        outcome = findings[0].outcome if findings else Outcome.ALLOWED
        policies = (PolicyRef("tests", date(2020, 1, 1)),)
        return Verdict(outcome, day, earliest, findings, (CodeLine("00000"),), policies=policies, tallies=(tally,))
