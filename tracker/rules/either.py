"""One answer to a question that may mean several things, from the answers to each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.coverage import Coverage, first_paying
from tracker.domain.language import tr
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, FindingCode, Outcome, Verdict
from tracker.rules.judging import worst_first


def either_intent(verdicts: list[Verdict]) -> Verdict:
    """Return one answer to a question whose intent was not said, from the answers to either."""
    message = tr("It hangs on whether this one is to be diagnostic or therapeutic: one is allowed, the other is not.")
    ask = tr("Say whether it is diagnostic or therapeutic.")
    history = Finding(FindingCode.HISTORY, Outcome.UNKNOWN, "no-intent", message, ask=ask)
    return _as_one(verdicts, history) or _latest(verdicts)


def payers_first(case: Case) -> list[Coverage]:
    """Return the coverages of which any may pay first on the day, those that answer alike once."""
    first = first_paying(case.coverages, case.proposal.day)
    return list({(each.payer, each.plan, each.authorization_required): each for each in first}.values())


def either_payer(verdicts: list[Verdict]) -> Verdict:
    """Return one answer where the order on file does not tell who pays first, from the answers of each."""
    day = us_date(verdicts[0].asked)
    ask = tr("Choose the coverage that is billed; give one that has ended its last day, and the second payer its order.")
    message = tr("It hangs on who pays first on {day}: by one coverage it is allowed, by another it is not.", day=day)
    open_ = Finding(FindingCode.HISTORY, Outcome.UNKNOWN, "payers-first", message, ask=ask)
    if (told := _as_one(verdicts, open_)) is not None:
        return told
    latest = _latest(verdicts)
    message = tr("More than one coverage on file pays first on {day}.", day=day)
    remark = Finding(FindingCode.HISTORY, Outcome.CAUTION, "payers-first", message, ask=ask)
    outcome = max(latest.outcome, Outcome.CAUTION)
    return replace(latest, outcome=outcome, findings=worst_first((*latest.findings, remark)))


def _latest(verdicts: list[Verdict]) -> Verdict:
    """Return the worst answer, with the day from which all of them allow it."""
    days = [verdict.earliest for verdict in verdicts]
    earliest = None if None in days else max(day or date.max for day in days)
    return replace(max(verdicts, key=lambda verdict: verdict.outcome), earliest=earliest)


def _as_one(verdicts: list[Verdict], undecided: Finding) -> Verdict | None:
    """Return that it cannot be told where one answer refuses and another does not, None where they agree."""
    worst = _latest(verdicts)
    if worst.outcome is not Outcome.NOT_ALLOWED or all(verdict.outcome is worst.outcome for verdict in verdicts):
        return None
    findings = tuple(
        replace(finding, outcome=Outcome.UNKNOWN) if finding.outcome is Outcome.NOT_ALLOWED else finding
        for finding in worst.findings
    )
    return replace(worst, outcome=Outcome.UNKNOWN, findings=(undecided, *findings))
