"""What payers' codes say, in our words: denials of claims, remarks beside them, and answers to requests (X12 278)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.verdict import Source


class DenialTopic(StrEnum):
    """What a denial is about, for reports and for whose desk it goes to."""

    AUTHORIZATION = "authorization"
    FREQUENCY = "frequency"
    NECESSITY = "necessity"
    CODING = "coding"
    COVERAGE = "coverage"
    INFORMATION = "information"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class DenialCode:
    """A claim adjustment reason (CARC): what it means, what it commonly comes from here, and what to do first."""

    code: str
    meaning: str
    topic: DenialTopic
    cause: str
    first_step: str
    source: Source


@dataclass(frozen=True, slots=True)
class GroupCode:
    """Who bears the amount."""

    code: str
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True)
class RemarkCode:
    """A remark beside a denial (RARC)."""

    code: str
    meaning: str
    topic: DenialTopic
    source: Source


@dataclass(frozen=True, slots=True)
class ActionCode:
    """The payer's answer to a request (HCR01): `leads_to` is the request's new state, None: somebody must look."""

    code: str
    meaning: str
    leads_to: AuthorizationStatus | None
    then: str
    source: Source


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """Why a request was decided so (HCR03, X12 list 886); `topic` is None where nothing was refused."""

    code: str
    meaning: str
    topic: DenialTopic | None
    source: Source


@dataclass(frozen=True, slots=True)
class CodeLists:
    """All lists by code, in the order of the file; what is looked for may be written as people do ("co-197", "197")."""

    denials: Mapping[str, DenialCode] = field(default_factory=dict)
    groups: Mapping[str, GroupCode] = field(default_factory=dict)
    remarks: Mapping[str, RemarkCode] = field(default_factory=dict)
    actions: Mapping[str, ActionCode] = field(default_factory=dict)
    reasons: Mapping[str, DecisionReason] = field(default_factory=dict)

    def find_denial(self, written: str) -> DenialCode | None:
        """Return the denial code, with or without its group before it; None for one that is not on file."""
        text = _plain(written)
        group, _, rest = text.partition("-")
        number = rest if group in self.groups else text
        return self.denials.get(number.lstrip("0") or number)

    def find_group(self, written: str) -> GroupCode | None:
        """Return the group code, also where a denial code follows it."""
        return self.groups.get(_plain(written).partition("-")[0])

    def find_remark(self, written: str) -> RemarkCode | None:
        return self.remarks.get(_plain(written))

    def find_action(self, written: str) -> ActionCode | None:
        return self.actions.get(_plain(written))

    def find_reason(self, written: str) -> DecisionReason | None:
        return self.reasons.get(_plain(written))


def _plain(written: str) -> str:
    """Return "CO-197" for " co 197 " and "CO197"."""
    text = "-".join(written.upper().replace("-", " ").split())
    return f"{text[:2]}-{text[2:]}" if text[:2].isalpha() and text[2:3].isdigit() else text
