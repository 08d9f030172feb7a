"""Counts, by rule, the claims that were denied after the rule had answered: said allowed, was denied."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.booking import VerdictRecord
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.denial_codes import CodeLists, DenialTopic
from tracker.domain.language import tr_n
from tracker.domain.rule import Rule
from tracker.domain.verdict import FindingCode, Outcome
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.storage.unit_of_work import UnitOfWork

Key = tuple[str, str]
"""A policy and a rule of it; no rule ("") where none of the policy's speaks of what the denial is about."""

_COUNTED = frozenset(
    {FindingCode.OVER_LIMIT, FindingCode.TOO_SOON, FindingCode.BOUNDARY_DAY, FindingCode.FORWARD_IMPACT}
)
_FINDINGS = {
    DenialTopic.FREQUENCY: _COUNTED,
    DenialTopic.DUPLICATE: _COUNTED | {FindingCode.SAME_DAY},
    DenialTopic.AUTHORIZATION: frozenset({FindingCode.AUTHORIZATION}),
    DenialTopic.NECESSITY: frozenset({FindingCode.PREREQUISITE, FindingCode.TOO_MANY_LEVELS, FindingCode.ADVICE}),
    DenialTopic.CODING: frozenset({FindingCode.CODING, FindingCode.SAME_DAY}),
    DenialTopic.COVERAGE: frozenset({FindingCode.NOT_COVERED, FindingCode.NO_POLICY}),
    DenialTopic.INFORMATION: frozenset({FindingCode.HISTORY}),
}
"""Which findings speak of what a denial is about."""

_BY_COUNT = (DenialTopic.FREQUENCY, DenialTopic.DUPLICATE)
_BY_NEED = (DenialTopic.NECESSITY, DenialTopic.AUTHORIZATION)


@dataclass(frozen=True, slots=True)
class DeniedByRule:
    """Denied claims by what we had said and by reason code; `last` is the newest day of one, `claims` their ids."""

    said_allowed: int = 0
    warned: int = 0
    codes: Mapping[str, int] = field(default_factory=dict)
    cents: int = 0
    last: date | None = None
    claims: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        return self.said_allowed + self.warned

    @property
    def sentence(self) -> str:
        """Return "2 of 3 denied claims had been allowed (151, 119)", "" for none."""
        if not self.count:
            return ""
        return tr_n(
            "{allowed} of {n} denied claim had been allowed ({codes})",
            "{allowed} of {n} denied claims had been allowed ({codes})",
            self.count,
            allowed=self.said_allowed,
            codes=", ".join(self.codes),
        )


def denied_on_file(
    uow: UnitOfWork, book: PolicyCatalog, first: date = date.min, last: date = date.max
) -> dict[Key, DeniedByRule]:
    """Return by policy and rule how many claims were denied on these days after the rule had answered."""
    denials = uow.denials.list_between(first, last)
    visits = uow.bookings.of_events({denial.event_id for denial in denials})
    records = {event_id: visit.verdict for event_id, visit in visits.items() if visit.verdict}
    topics = {denial.id: _topic(denial, book.code_lists) for denial in denials}
    return denied_rules(denials, records, topics, rules_by_key(book.policies))


def _topic(denial: ClaimDenial, codes: CodeLists) -> DenialTopic | None:
    """Return what it is about: the remark says it more closely than the reason where it is on our list."""
    remark = codes.find_remark(denial.remark_code) if denial.remark_code else None
    code = codes.find_denial(denial.reason_code)
    return remark.topic if remark else code.topic if code else None


def denied_rules(
    denials: Iterable[ClaimDenial],
    records: Mapping[str, VerdictRecord],
    topics: Mapping[str, DenialTopic | None],
    rules: Mapping[Key, Rule],
) -> dict[Key, DeniedByRule]:
    """Count the denials of visits that were booked here; `records` by event, `topics` by denial."""
    found: dict[Key, DeniedByRule] = {}
    for denial in denials:
        record = records.get(denial.event_id)
        if record is None:
            continue
        for key in _keys(record, topics.get(denial.id), rules):
            found[key] = _with(found.get(key, DeniedByRule()), denial, record.outcome <= Outcome.CAUTION)
    return found


def rules_by_key(policies: Iterable[Policy]) -> dict[Key, Rule]:
    """Return every rule of every version by policy and id, the newest of each id."""
    return {
        (policy.id, rule.id): rule
        for policy in policies
        for versions in policy.versions.values()
        for version in versions
        for rule in version.rules
    }


def _with(counted: DeniedByRule, denial: ClaimDenial, allowed: bool) -> DeniedByRule:
    codes = Counter(counted.codes)
    codes[denial.reason_code] += 1
    return replace(
        counted,
        said_allowed=counted.said_allowed + allowed,
        warned=counted.warned + (not allowed),
        codes=dict(codes),
        cents=counted.cents + (denial.cents or 0),
        last=max(filter(None, (counted.last, denial.denied_on))),
        claims=counted.claims | {denial.id},
    )


def _keys(record: VerdictRecord, topic: DenialTopic | None, rules: Mapping[Key, Rule]) -> list[Key]:
    """Return the rules that had spoken of the topic; the policies alone where none had."""
    said = {(ref.id, rule) for ref in record.policies for rule in _rules(record, topic)}
    known = sorted(key for key in said if key in rules and _speaks(rules[key], topic))
    return known or [(ref.id, "") for ref in record.policies]


def _speaks(rule: Rule, topic: DenialTopic | None) -> bool:
    """Tell requirements that were met apart: approvals from earlier results."""
    return isinstance(rule, NeedsAuthorization) == (topic is DenialTopic.AUTHORIZATION)


def _rules(record: VerdictRecord, topic: DenialTopic | None) -> set[str]:
    """Return the rules that the record names for the topic; a record that cannot be read names none."""
    try:
        facts: dict[str, Any] = json.loads(record.snapshot)
        wanted = _FINDINGS.get(topic, frozenset()) if topic else frozenset()
        looked_at = facts.get("rules", {})  # visits booked before these were kept have none
        return (
            {each["rule"] for each in facts["findings"] if each["code"] in wanted}
            | set(looked_at.get("counted", ()) if topic in _BY_COUNT else ())
            | set(looked_at.get("met", ()) if topic in _BY_NEED else ())
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()
