"""Counts by what was claimed: a diagnostic injection whose claim had no KX counts with the therapeutic ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Intent
from tracker.domain.rule import Which
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Finding
from tracker.rules import words
from tracker.rules.facts import Fact, Key, Look
from tracker.rules.merging import Use


def without_kx(rule: MaxCount, look: Look, key: Key) -> list[Fact]:
    """Return the diagnostic ones in the place whose claim had no KX, this payer's claims only."""
    found = look.matching(diagnostic_ones(rule), rule.per, key)
    return [fact for fact in found if not (fact.kx or fact.foreign or fact.booked)]


def diagnostic_ones(rule: MaxCount) -> Which:
    """Return which ones count where their claim had no KX."""
    return _kept(rule.unmarked)


@cache
def _kept(which: Which) -> Which:
    """Return one and the same for the same rule: looks know by it what they have found already."""
    return which


def by_claim(scope: str) -> str:
    return tr("{scope}, by claim", scope=scope) if scope else tr("by claim")


def told_by_claim(finding: Finding, uses: list[Use]) -> Finding:
    """Say which sessions the claims move, and what the record alone would count."""
    unmarked = [use for use in uses if any(fact.intent is Intent.DIAGNOSTIC for fact in use.facts)]
    record = sum(use.units for use in uses if any(fact.intent is not Intent.DIAGNOSTIC for fact in use.facts))
    if not unmarked:
        return finding
    message = tr_n(
        "{message} This is the count by claim: the diagnostic one of {days} had no KX. By the record it is {record}.",
        "{message} This is the count by claim: the diagnostic ones of {days} had no KX. By the record it is {record}.",
        len(unmarked),
        message=finding.message,
        days=words.all_of([words.on(use.day) for use in unmarked]),
        record=record,
    )
    return replace(finding, message=message)
