"""Counts what a rule book holds: policies with their versions and rules, and how sure the rules are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tracker.domain.verdict import Grade
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy


@dataclass(frozen=True, slots=True)
class PolicyCount:
    """One policy: how many versions and rules it has, its first and last day of change, its rules by grade."""

    id: str
    title: str
    payers: tuple[str, ...]
    versions: int
    first: date
    last: date
    grades: Counter[Grade]

    @property
    def rules(self) -> int:
        return sum(self.grades.values())


def census(book: PolicyCatalog) -> tuple[PolicyCount, ...]:
    """Return the book's policies, by payer and title."""
    counts = [_count(policy, book) for policy in book.policies]
    return tuple(sorted(counts, key=lambda each: (each.payers[:1], each.title)))


def grades_of(counts: tuple[PolicyCount, ...]) -> Counter[Grade]:
    """Return how many rules of each grade there are, surest first."""
    total: Counter[Grade] = Counter()
    for each in counts:
        total += each.grades
    return Counter({grade: total[grade] for grade in Grade if total[grade]})


def _count(policy: Policy, book: PolicyCatalog) -> PolicyCount:
    """A rule that goes on through several versions, or holds at several contractors, is one rule."""
    versions = [version for each in policy.versions.values() for version in each]
    days = {version.effective_from for version in versions}
    latest = {rule.id: rule.evidence for version in versions for rule in version.rules}
    own = [payer for payer in book.payers if payer.rules == policy.rules]
    own.sort(key=lambda payer: payer.id != policy.rules)
    names = tuple(payer.name for payer in own)
    return PolicyCount(policy.id, policy.title, names, len(days), min(days), max(days), Counter(latest.values()))
