"""A counted limit that is reached or full, in a sentence with its figures and what frees it."""

from __future__ import annotations

from datetime import date

from tracker.domain.language import tr, tr_n
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.windows import Window
from tracker.rules import words


def last_one(rule: MaxCount, where: str, window: Window, used: int) -> str:
    """Return "At most 4 ... in any 12 months: this one is the last, 3 count since 01/13/2026."."""
    limit = _limit(rule, where)
    if not used:
        return tr("{limit}: this one is the last.", limit=limit)
    if rule.window.endless:
        return tr_n(
            "{limit}: this one is the last, {n} counts already.",
            "{limit}: this one is the last, {n} count already.",
            used,
            limit=limit,
        )
    return tr_n(
        "{limit}: this one is the last, {n} counts since {start}.",
        "{limit}: this one is the last, {n} count since {start}.",
        used,
        limit=limit,
        start=words.on(window.start),
    )


def full(rule: MaxCount, where: str, window: Window, used: int, clears: date | None) -> str:
    """Return how full it is, when the next one is free, and the rule's own words."""
    return " ".join(filter(None, (_used(rule, where, window, used), _next_free(rule, clears), tr(rule.text))))


def _limit(rule: MaxCount, where: str) -> str:
    return tr(
        "At most {sessions}{where} in {window}",
        sessions=words.sessions(rule.limit, rule.counted, rule.unit),
        where=where,
        window=words.window_words(rule.window),
    )


def _used(rule: MaxCount, where: str, window: Window, used: int) -> str:
    limit = _limit(rule, where)
    if rule.window.endless:
        return tr_n("{limit}, and {n} counts already.", "{limit}, and {n} count already.", used, limit=limit)
    return tr_n(
        "{limit}, and {n} counts between {start} and {end}.",
        "{limit}, and {n} count between {start} and {end}.",
        used,
        limit=limit,
        start=words.on(window.start),
        end=words.on(window.end),
    )


def _next_free(rule: MaxCount, clears: date | None) -> str:
    if clears:
        return tr("The next one is free on {day}.", day=words.proposed(clears))
    return "" if rule.text else tr("No later date changes that.")
