"""Counts, by rule, the visits that were booked against what it said, and why."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable

from tracker.domain.booking import OverrideReason
from tracker.domain.verdict import Outcome
from tracker.services.rule_library.library_views import Overridden
from tracker.storage.records import OverriddenAnswer

Key = tuple[str, str]
"""A policy and a rule of it."""


def overridden_rules(answers: Iterable[OverriddenAnswer]) -> dict[Key, Overridden]:
    """Count, by policy and rule, the visits that were booked against what the rule said."""
    counts: dict[Key, Counter[OverrideReason]] = defaultdict(Counter)
    for answer in answers:
        for key in rules_against(answer):
            counts[key][answer.reason] += 1
    return {key: Overridden(dict(found)) for key, found in counts.items()}


def rules_against(answer: OverriddenAnswer) -> set[Key]:
    """Return the rules that stood in the way; a record that cannot be read names none."""
    try:
        findings = json.loads(answer.record.snapshot)["findings"]
        stood = {each["rule"] for each in findings if Outcome(each["outcome"]) > Outcome.CAUTION}
    except (ValueError, KeyError, TypeError):
        return set()
    return {(ref.id, rule) for ref in answer.record.policies for rule in stood}
