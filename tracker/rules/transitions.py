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
    moved = tuple(replace(each, payer=coverage.payer) for each in _before_the_switch(case, coverage, coverage.start))
    since = tuple(event for event in case.history if event.when.first >= coverage.start)
    return units_in_use(moved, Visits(since, case.held, case.coverages, case.site, case.facilities), book.codes)


def _before_the_switch(case: Case, coverage: Coverage, start: date) -> Iterator[Authorization]:
    """Yield the approvals of plans that ended when the new one began, in force on their last day."""
    eve = start - timedelta(days=1)
    ended = {
        each.payer
        for each in case.coverages
        if each.payer != coverage.payer and each.in_force(eve) and not each.in_force(start)
    }
    for each in case.authorizations:
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
