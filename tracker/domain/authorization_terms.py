"""What a payer's authorizations run by: clocks, validity, scope, changes, calls and appeals, each with its document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from tracker.domain.authorization_request import PeerToPeer
from tracker.domain.language import tr_n
from tracker.domain.verdict import Source


class TimeUnit(StrEnum):
    """In what a payer counts a term."""

    HOURS = "hours"
    BUSINESS_DAYS = "business days"
    CALENDAR_DAYS = "calendar days"
    WEEKS = "weeks"
    MONTHS = "months"


_SPAN = re.compile(r"^(?P<value>[1-9]\d{0,3}) (?P<unit>hours?|business days?|calendar days?|weeks?|months?)$")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a payer writes it: "7 calendar days", "72 hours"."""

    value: int
    unit: TimeUnit

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read the written form; raises ValueError with the right form."""
        match = _SPAN.match(text)
        if match is None:
            raise ValueError(
                f"must be a length such as “7 calendar days”, “2 business days” or “72 hours”, not “{text}”."
            )
        return cls(int(match["value"]), TimeUnit(match["unit"].removesuffix("s") + "s"))

    @property
    def text(self) -> str:
        return f"{self.value} {self.unit.removesuffix('s') if self.value == 1 else self.unit.value}"

    @property
    def words(self) -> str:
        """Return the same in the language in use."""
        match self.unit:
            case TimeUnit.HOURS:
                return tr_n("{n} hour", "{n} hours", self.value)
            case TimeUnit.BUSINESS_DAYS:
                return tr_n("{n} business day", "{n} business days", self.value)
            case TimeUnit.CALENDAR_DAYS:
                return tr_n("{n} calendar day", "{n} calendar days", self.value)
            case TimeUnit.WEEKS:
                return tr_n("{n} week", "{n} weeks", self.value)
            case TimeUnit.MONTHS:
                return tr_n("{n} month", "{n} months", self.value)


class ClockStart(StrEnum):
    """What a decision's clock counts from."""

    RECEIPT = "receipt"
    COMPLETE_INFORMATION = "complete-information"


@dataclass(frozen=True, slots=True)
class DecisionTime:
    """How soon the payer decides; `at_most`: the longest time from receipt, whatever is missing.

    `until_informed`: how soon after the decision the provider is told.
    """

    within: Span
    counts_from: ClockStart = ClockStart.RECEIPT
    at_most: Span | None = None
    until_informed: Span | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much the payer may put a decision off, and whether an expedited one too."""

    by: Span
    expedited: bool = False


@dataclass(frozen=True, slots=True)
class MissingInformation:
    """How soon the payer asks for what is missing, and how soon it wants the answer."""

    asked_within: Span | None = None
    answered_within: Span | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """Who sends the request, and how long before the service at the least."""

    by: str = ""
    before_service: Span | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """How long an approval holds where it gives no dates itself; `typical` where plans differ around it."""

    lasts: Span
    counts_from: Literal["decision", "start"] = "decision"
    first_day_counts: bool = True
    typical: bool = False
    shortest: Span | None = None
    longest: Span | None = None


@dataclass(frozen=True, slots=True)
class ApprovalScope:
    """What one approval covers; a flag is None where nothing is published. `unit`: what one approved unit is."""

    days_of_service: Literal["one", "range", ""] = ""
    one_claim: bool | None = None
    by_code: bool | None = None
    by_site: bool | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Whether an approval may be changed, and how long after the service."""

    allowed: bool
    after_service: Span | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Retroactive:
    """Whether a request is taken after the service, and how long after."""

    allowed: bool
    within: Span | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Whether an approval that goes on may be asked for, and how long before the old one ends at the earliest."""

    allowed: bool
    earliest: Span | None = None


@dataclass(frozen=True, slots=True)
class PeerCall:
    """A call between physicians: until when after the notice (the first of several counts), and what it can do.

    `typical` where plans differ around the window.
    """

    offered: bool
    windows: tuple[Span, ...] = ()
    effect: PeerToPeer = PeerToPeer.UNKNOWN
    before_denial: bool = False
    typical: bool = False


@dataclass(frozen=True, slots=True)
class AppealLevel:
    """One level of appeal: filed within so long of the notice, decided within so long of its filing."""

    level: int
    name: str
    file_within: Span
    decided_within: Span | None = None
    expedited_within: Span | None = None
    against: Literal["denied-request", "denied-claim"] = "denied-request"


Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Cited(Generic[Fact]):
    """A fact and the document behind it."""

    fact: Fact
    source: Source


@dataclass(frozen=True, slots=True)
class Terms:
    """All that is on file for one payer, place, programme and day; None where nothing is. Appeals by level."""

    standard: Cited[DecisionTime] | None = None
    expedited: Cited[DecisionTime] | None = None
    extension: Cited[Extension] | None = None
    missing_information: Cited[MissingInformation] | None = None
    submission: Cited[Submission] | None = None
    validity: Cited[Validity] | None = None
    scope: Cited[ApprovalScope] | None = None
    changes: Cited[Changes] | None = None
    retroactive: Cited[Retroactive] | None = None
    renewal: Cited[Renewal] | None = None
    peer_to_peer: Cited[PeerCall] | None = None
    appealable: Cited[bool] | None = None
    claim_within: Cited[Span] | None = None
    appeals: tuple[Cited[AppealLevel], ...] = ()
    notes: tuple[Cited[str], ...] = ()
