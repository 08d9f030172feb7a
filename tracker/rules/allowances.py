"""Ways over a counted limit that a payer's document names: an improvement on record, days that may be one session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracker.domain.language import tr
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Finding, Outcome
from tracker.domain.windows import ONE_DAY
from tracker.rules import words
from tracker.rules.facts import Fact, Look
from tracker.rules.merging import Use
from tracker.rules.repeating import as_one


def excused(rule: MaxCount, look: Look, finding: Finding, uses: list[Use]) -> Finding:
    """Return what going over the limit means when the document's own exceptions are looked at."""
    if rule.improved_percent and finding.outcome is Outcome.NOT_ALLOWED:
        finding = _improved(rule, look, finding, uses)
    if rule.next_day_joins and finding.outcome is Outcome.NOT_ALLOWED:
        finding = _within_a_day(rule, look, finding, uses)
    return finding


def _improved(rule: MaxCount, look: Look, finding: Finding, uses: list[Use]) -> Finding:
    """Judge by the results of those done: one that helped is enough, and one without a result may have."""
    done = [[fact for fact in use.facts if not fact.booked] for use in uses]
    results = [as_one(facts) for facts in done if facts]
    good = [fact for fact in results if (fact.relief_percent or 0) >= rule.improved_percent]
    if good:
        message = f"{finding.message} {_with_improvement(good)}" if look.telling else ""
        return replace(finding, outcome=Outcome.CAUTION, message=message, clears_on=None)
    silent = [fact for fact in results if fact.relief_percent is None]
    if not silent:
        return finding
    return replace(
        finding, outcome=Outcome.UNKNOWN, clears_on=None, ask=_ask(silent) if look.telling or look.counting else ""
    )


def _with_improvement(good: list[Fact]) -> str:
    days = words.all_of([words.on(fact.day) for fact in good])
    return tr("With the improvement on file from {days} a further one may be given.", days=days)


def _ask(silent: list[Fact]) -> str:
    days = words.all_of([words.on(fact.day) for fact in silent])
    return tr("Ask how much the injection of {days} helped, and record it.", days=days)


def _within_a_day(rule: MaxCount, look: Look, finding: Finding, uses: list[Use]) -> Finding:
    """Leave it open where neighbouring days, which may lie within 24 hours, decide; only dates are on file."""
    if fewest_sessions([*(use.day for use in uses), look.day]) > rule.limit:
        return finding
    ask = tr("Ask whether the visits of neighboring days lay within 24 hours: then they are one session.")
    return replace(finding, outcome=Outcome.UNKNOWN, ask=ask)


def fewest_sessions(days: Iterable[date]) -> int:
    """Return how many sessions there are when a day and the one after it are one wherever they can be."""
    count, start = 0, None
    for day in sorted(set(days)):
        if start is None or day > start + ONE_DAY:
            count, start = count + 1, day
    return count
