"""The answer to "may this be booked on that day?": outcome, findings with their proof, and the earliest day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.language import msg, tr
from tracker.domain.term import Term
from tracker.domain.windows import Window


class Outcome(Term):
    """What may be done, worst last. Nothing unknown is ever shown as allowed."""

    ALLOWED = "allowed"
    CAUTION = "caution"
    NEEDS_AUTHORIZATION = "needs_authorization"
    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"

    rank: int

    def __init__(self, value: str) -> None:
        self.rank = len(type(self).__members__)  # the members so far: their order is the one above

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Outcome) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Outcome) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Outcome) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Outcome) else NotImplemented


class FindingCode(Term):
    """What kind of thing stands in the way (cases/FORMAT.md)."""

    OVER_LIMIT = "over_limit"
    TOO_SOON = "too_soon"
    TOO_MANY_LEVELS = "too_many_levels"
    SAME_DAY = "same_day"
    PREREQUISITE = "prerequisite"
    NOT_COVERED = "not_covered"
    CODING = "coding"
    AUTHORIZATION = "authorization"
    HISTORY = "history"
    NO_POLICY = "no_policy"
    BOUNDARY_DAY = "boundary_day"
    FORWARD_IMPACT = "forward_impact"
    ADVICE = "advice"


class Grade(StrEnum):
    """How well a rule is documented, best first (DESIGN 7)."""

    PRIMARY = "primary"
    SUMMARY = "summary"
    REPORT = "report"
    RECALLED = "recalled"

    @property
    def label(self) -> str:
        return tr(_GRADES[self])


_GRADES = {
    Grade.PRIMARY: msg("Primary"),
    Grade.SUMMARY: msg("Summary"),
    Grade.REPORT: msg("Report"),
    Grade.RECALLED: msg("Recalled"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The document behind a rule.

    `clinic`: who of the clinic made the rule, and when; `confirmed`: who has seen a recalled rule, when and where.
    `read_on`: the day on which the document was read; that it was read again changes no answer.
    """

    title: str
    url: str = ""
    effective_from: date | None = None
    grade: Grade = Grade.SUMMARY
    section: str = ""
    clinic: str = ""
    confirmed: str = ""
    read_on: date | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """Return its title as it is shown: what the clinic's own rules are called is one of our texts."""
        return tr(self.title)


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line of a claim: code, modifiers in our order (KX, 50, RT, LT), units."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """An event that a limit counts: its day as read, and the first day on which it no longer counts."""

    event_id: str
    day: date
    leaves_on: date | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An event that somebody might expect to count, with the reason why it does not."""

    event_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How far one limit is used up on the day asked, whether it blocks or not (without the proposed session).

    `unit` is "sessions", "injections" ...; `scope` says where ("lumbar / sacral", "L4-5 left"), "" for the patient.
    """

    rule: str
    label: str
    used: int
    limit: int
    unit: str
    scope: str
    window: Window
    counted: tuple[Counted, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. `message` is one or two plain sentences with figures; `ask` names the fact and whom to ask."""

    code: FindingCode
    outcome: Outcome
    rule: str
    message: str
    counted: tuple[str, ...] = ()
    limit: int | None = None
    window: Window | None = None
    clears_on: date | None = None
    source: Source | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement that was looked at and is met, for the proof beside an answer.

    `span`: of an interval that is over, from the event that it begins with to the first clear day; `interval` names it.
    `levels`: how many levels the session has, on its fuller side where each counts for itself, of how many.
    """

    rule: str
    message: str
    source: Source | None = None
    span: Window | None = None
    interval: str = ""
    levels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """The approval that covers one code: the one that ends soonest of those that fit. `left` before this visit."""

    number: str
    code: str
    left: int | None
    end: date | None


@dataclass(frozen=True, slots=True)
class PolicyRef:
    """The policy and the version of it that answered."""

    id: str
    version: date
    title: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer for one proposal on one day; findings worst first.

    `earliest` is the first day on or after `asked` with nothing dated against it, None when there is none within
    36 months or when something stands in the way that no day cures.
    """

    outcome: Outcome
    asked: date
    earliest: date | None
    findings: tuple[Finding, ...] = ()
    codes: tuple[CodeLine, ...] = ()
    levels: int = 0
    policies: tuple[PolicyRef, ...] = ()
    tallies: tuple[Tally, ...] = ()
    met: tuple[Met, ...] = ()
    approvals: tuple[CoveredBy, ...] = ()

    @property
    def worst(self) -> Finding | None:
        return self.findings[0] if self.findings else None
