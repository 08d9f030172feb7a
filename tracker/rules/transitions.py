"""A switch to a Medicare Advantage plan: for 90 days it may not ask anew for a course under way (policies.md 7.3).

Only what is cited: an approval of the plan before, in force on its last day, keeps its own days, units and places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.coverage import Coverage, LineOfBusiness
from tracker.domain.language import tr
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, FindingCode, Grade, Outcome, Source
from tracker.rules.allocation import Visits, units_in_use
from tracker.rules.approvals import in_dates
from tracker.rules.book import RuleBook

RULE = "plan-switch"
DAYS = 90
SOURCE = Source(
    "42 CFR 422.112(b)(8), as a plan reports it",
    "https://martinspoint.org/For-Providers/Resources/Provider-News/All-Provider-News/continuity-of-care-90-day-rule",
    grade=Grade.SUMMARY,
)


def last_day(coverage: Coverage) -> date | None:
    """Return the last of the 90 days, the first day of the new plan being the first; None without a first day."""
    return coverage.start + timedelta(days=DAYS - 1) if coverage.start else None


def carried_over(case: Case, coverage: Coverage, book: RuleBook) -> tuple[Authorization, ...]:
    """Return the approvals of the plan before that the new plan has to honour on that day, with the units left.

    Visits since the switch draw on them too.
    """
    last, day = last_day(coverage), case.proposal.day
    if coverage.start is None or last is None or not coverage.start <= day <= last:
        return ()
    if book.line_of(coverage.payer) is not LineOfBusiness.MEDICARE_ADVANTAGE:
        return ()
    before = _before_the_switch(case.authorizations, case.coverages, coverage, coverage.start)
    moved = tuple(replace(each, payer=coverage.payer) for each in before)
    since = tuple(event for event in case.history if event.when.first >= coverage.start)
    return units_in_use(moved, Visits(since, case.held, case.coverages, case.site, case.facilities), book.codes)


def carried_before(
    approval: Authorization, coverages: tuple[Coverage, ...], day: date, book: RuleBook
) -> Coverage | None:
    """Return the coverage in force on that day whose plan had to honour the approval, but has not to any more."""
    for coverage in coverages:
        last = last_day(coverage)
        if coverage.start is None or last is None or day <= last or not coverage.in_force(day):
            continue
        if book.line_of(coverage.payer) is not LineOfBusiness.MEDICARE_ADVANTAGE:
            continue
        if any(_before_the_switch((approval,), coverages, coverage, coverage.start)):
            return coverage
    return None


def _before_the_switch(
    approvals: Iterable[Authorization], coverages: Iterable[Coverage], coverage: Coverage, start: date
) -> Iterator[Authorization]:
    """Yield the approvals of plans that ended when the new one began, in force on their last day."""
    eve = start - timedelta(days=1)
    ended = {
        each.payer
        for each in coverages
        if each.payer != coverage.payer and each.in_force(eve) and not each.in_force(start)
    }
    for each in approvals:
        runs = in_dates(each.start or each.decided, each.end, eve)
        if each.kind is AuthorizationKind.PAYER and each.payer in ended and each.status.grants and runs:
            yield each


def honoured(numbers: Iterable[str], coverage: Coverage) -> Finding:
    """Say that an approval of the plan before carries over, and until when."""
    last = last_day(coverage)
    number = ", ".join(sorted(set(numbers)))
    until = tr(" until {day}", day=us_date(last, weekday=True)) if last else ""
    message = tr(
        "{number} is of the plan before and carries over{until}: in the first {days} days after a switch a Medicare "
        "Advantage plan may not ask anew for a course that is under way.",
        number=number,
        until=until,
        days=DAYS,
    )
    ask = tr("Tell the new plan about the course and the approval before the visit.")
    return Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, RULE, message, source=SOURCE, ask=ask)
