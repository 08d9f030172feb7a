"""What is said where no payer's rules answer: no coverage, a payer without rules, a patient who pays."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.language import tr
from tracker.domain.policy import NoRules
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import CoveredBy, Finding, FindingCode, Met, Outcome, Verdict
from tracker.rules.book import RuleBook
from tracker.rules.coding import check_codes, derive_codes
from tracker.rules.facts import Item
from tracker.rules.incomplete import remarks
from tracker.rules.judging import worst_first


def no_coverage(case: Case) -> Finding:
    day = us_date(case.proposal.day)
    message = tr("No coverage is on file for {day}, so no payer's rules can answer.", day=day)
    ask = tr("Ask the patient for the coverage, or record that the patient pays.")
    return Finding(FindingCode.NO_POLICY, Outcome.UNKNOWN, "no-coverage", message, ask=ask)


def no_rules(why: NoRules) -> Finding:
    return Finding(FindingCode.NO_POLICY, Outcome.UNKNOWN, "no-policy", why.reason, ask=why.ask)


def unanswered(case: Case, book: RuleBook, finding: Finding, plan: Iterable[Item] = ()) -> Verdict:
    codes = derive_codes(case.proposal, case.site, book.codes)
    items = list(plan)
    findings = [finding, *(item for item in items if isinstance(item, Finding)), *remarks(case)]
    if case.proposal.codes is not None:
        findings += check_codes(case.proposal.codes, codes, case.proposal, case.site, book.codes, kx=False)
    return Verdict(
        outcome=max(each.outcome for each in findings),
        asked=case.proposal.day,
        earliest=case.proposal.day,
        findings=worst_first(findings),
        codes=codes,
        levels=len(case.proposal.levels),
        met=tuple(item for item in items if isinstance(item, Met)),
        approvals=tuple(item for item in items if isinstance(item, CoveredBy)),
    )


def self_paid(case: Case, book: RuleBook) -> Verdict:
    findings = tuple(remarks(case))
    return Verdict(
        outcome=max((each.outcome for each in findings), default=Outcome.ALLOWED),
        asked=case.proposal.day,
        earliest=case.proposal.day,
        findings=findings,
        codes=derive_codes(case.proposal, case.site, book.codes),
        levels=len(case.proposal.levels),
        met=(Met("self-pay", tr("The patient pays for it, so no payer's limits apply.")),),
    )


def silent() -> NoRules:
    return NoRules(
        tr("This payer's rules on file say nothing about this procedure."),
        tr("Ask the payer for its limits, and book only with its answer on record."),
    )
