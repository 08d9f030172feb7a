"""What a payer does not pay for, and what is good to know before booking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.domain.language import tr
from tracker.domain.rule_kinds import Advice, NotCovered, Unless
from tracker.domain.verdict import Finding, FindingCode, Outcome
from tracker.domain.windows import months_before
from tracker.rules.facts import Fact, Item, Key, Look
from tracker.rules.repeating import good_enough


def not_covered(rule: NotCovered, look: Look) -> Iterator[Item]:
    if rule.concerns(look.proposal.targets):
        text = tr(rule.text)
        yield Finding(FindingCode.NOT_COVERED, Outcome.NOT_ALLOWED, rule.id, text, source=look.source(rule))


def advice(rule: Advice, look: Look) -> Iterator[Item]:
    """Say the advice once, when its condition holds in any place of the proposal."""
    if rule.after is None:
        yield said(rule, look, ())
        return
    found = [fact for key in look.keys(rule.per) for fact in _reasons(rule, look, key)]
    if found:
        yield said(rule, look, tuple(dict.fromkeys(fact.id for fact in found)))


def _reasons(rule: Advice, look: Look, key: Key) -> list[Fact]:
    """Return the facts for whose sake the advice is given in this place."""
    if rule.after is None:
        return []
    earlier = look.before(rule.after, rule.per, key)
    if rule.percent:
        # Any such event will do, however long ago (CHOICES 15).
        earlier = [fact for fact in earlier if good_enough(fact, rule.percent, rule.relief_months)]
    if not earlier:
        return []
    last = earlier[-1]
    if rule.gap_months and last.day > months_before(look.day, rule.gap_months):
        return []
    if rule.course_months and not long_course((fact.day for fact in reversed(earlier)), look.day, rule.course_months):
        return []
    if rule.unless and _answered(rule.unless, look, rule, key, last):
        return []
    return [last]


def long_course(earlier: Iterable[date], day: date, months: int) -> bool:
    """Tell whether the course that `day` continues began more than `months` ago; a gap as long as that ends one.

    `earlier` are the days before it, last first.
    """
    return course_start(earlier, day, months) < months_before(day, months)


def course_start(earlier: Iterable[date], day: date, months: int) -> date:
    """Return the first day of the course that `day` continues."""
    start = day
    for each in earlier:
        if each < months_before(start, months):
            break
        start = each
    return start


def _answered(unless: Unless, look: Look, rule: Advice, key: Key, last: Fact) -> bool:
    since = [fact for fact in look.before(unless.of, rule.per, key) if last.day < fact.day]
    return len([fact for fact in since if good_enough(fact, unless.percent, 0)]) >= unless.needs


def said(rule: Advice, look: Look, because: tuple[str, ...]) -> Finding:
    not_on_file = rule.outcome is Outcome.UNKNOWN
    code = FindingCode.NO_POLICY if not_on_file else FindingCode.ADVICE
    ask = tr("Ask the payer, and book only with its answer on record.") if not_on_file else ""
    return Finding(code, rule.outcome, rule.id, tr(rule.text), because, source=look.source(rule), ask=ask)
