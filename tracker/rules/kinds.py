"""Which function judges which kind of rule: a new kind is a class in domain/rule_kinds.py and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.rules.counting import max_count
from tracker.rules.facts import Item, Look
from tracker.rules.notes import advice, not_covered
from tracker.rules.repeating import repeat
from tracker.rules.sessions import max_levels, one_region, same_day
from tracker.rules.steps import requires

RULE_KINDS: dict[type[Rule], Callable[[Any, Look], Iterator[Item]]] = {
    MaxCount: max_count,
    Repeat: repeat,
    Requires: requires,
    MaxLevels: max_levels,
    OneRegion: one_region,
    SameDay: same_day,
    NotCovered: not_covered,
    Advice: advice,
}
"""Kinds that look at a history; authorizations and modifiers are judged by what is billed (evaluate.py)."""

ONE_DAY_KINDS: frozenset[type[Rule]] = frozenset({MaxLevels, OneRegion, SameDay, NotCovered})
"""Those that look at nothing but the proposal and what else its day holds."""
