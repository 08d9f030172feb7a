"""The days on which an answer about a procedure may turn into another one, from the asked day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.policy import InForce
from tracker.domain.proposal import Case
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.windows import ONE_DAY, months_after, months_before
from tracker.rules.book import RuleBook
from tracker.rules.sight import spans

_YEARS = range(1, 6)


def turning_days(case: Case, book: RuleBook) -> frozenset[date]:
    """Return the days; the days beside them are among them, for windows differ on whether their ends belong to them."""
    rules = tuple(_rules(case, book))
    found = {date(case.proposal.day.year + years, 1, 1) for years in _YEARS}
    found.update(_by_payers(case, book))
    found.update(_by_approvals(case, rules))
    ends = {end for event in case.history for end in (event.when.first, event.when.last)}
    found.update(ends)
    for rule in rules:
        for end in ends:
            found.update(_by_rule(rule, end))
    return frozenset(day + timedelta(days=beside) for day in found for beside in (-1, 0, 1))


def _rules(case: Case, book: RuleBook) -> Iterator[Rule]:
    """Yield the rules of every payer that the patient has or will have."""
    proposal = case.proposal
    for payer in {coverage.payer for coverage in case.coverages}:
        day: date | None = proposal.day
        while day is not None:
            in_force = book.in_force(payer, proposal.family, case.site, day)
            if isinstance(in_force, InForce):
                for version in in_force.versions:
                    yield from version.rules
            day = book.changes_after(payer, proposal.family, case.site, day)


def _by_payers(case: Case, book: RuleBook) -> Iterator[date]:
    for coverage in case.coverages:
        yield from (edge for edge in (coverage.start, coverage.end) if edge is not None)
        change = book.changes_after(coverage.payer, case.proposal.family, case.site, case.proposal.day)
        while change is not None:
            yield change
            change = book.changes_after(coverage.payer, case.proposal.family, case.site, change)


def _by_approvals(case: Case, rules: tuple[Rule, ...]) -> Iterator[date]:
    lengths = {rule.valid_days for rule in rules if isinstance(rule, NeedsAuthorization) and rule.valid_days}
    for approval in case.authorizations:
        yield from (edge for edge in (approval.start, approval.end, approval.decided) if edge is not None)
        if approval.decided is not None:
            yield from (approval.decided + timedelta(days=length) - ONE_DAY for length in lengths)


def _by_rule(rule: Rule, end: date) -> Iterator[date]:
    """Yield the days around an event on which the rule may see it differently, or from which it sees the proposal."""
    months, lengths = spans(rule)
    for count in filter(None, months):
        yield from (months_after(end, count), months_before(end, count))
    for count in filter(None, lengths):
        yield from (end + timedelta(days=count), end - timedelta(days=count))
    if isinstance(rule, MaxCount) and rule.window.type == "anchored-year":
        yield from (months_after(end, 12 * years) for years in _YEARS)
    if isinstance(rule, MaxCount) and rule.merge_sides_months:
        yield from (months_after(end, rule.merge_sides_months), months_before(end, rule.merge_sides_months))
