"""One answer for one request: the case made of what is on file, judged by the rules, with what only the desk knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.event import Place
from tracker.domain.language import msg, tr
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding, FindingCode, Outcome, Verdict
from tracker.domain.windows import months_before
from tracker.services.answers.charts import CaseFacts, Chart

Judge = Callable[[Case], Verdict]
"""Answers a case under the rules in force (tracker.rules over the catalog)."""


@dataclass(frozen=True, slots=True)
class Judges:
    """Two that answer by one book: with its words, and without, which is quicker and tells the rest the same."""

    whole: Judge
    wordless: Judge


ELSEWHERE_MONTHS = 12
NOT_ASKED = Finding(
    FindingCode.HISTORY,
    Outcome.CAUTION,
    "elsewhere-not-asked",
    msg("Injections at other clinics count too, and nobody has asked about them for this visit."),
    ask=msg("Ask the patient about injections elsewhere in the last 12 months."),
)


def judge_request(
    judge: Judge, chart: Chart | CaseFacts, request: BookingRequest, today: date, leave_out: str = ""
) -> Verdict:
    """Answer a request as the desk means it: by the rules, and by what was asked about other clinics."""
    facts = chart.facts if isinstance(chart, Chart) else chart
    verdict = judge(facts.case(request, today, leave_out))
    finding = elsewhere_finding(facts, request)
    return with_finding(verdict, finding) if finding else verdict


def elsewhere_finding(facts: CaseFacts, request: BookingRequest) -> Finding | None:
    """Say what is missing about injections at other clinics, None when nothing is."""
    if request.elsewhere is Elsewhere.NOT_ASKED:
        return replace(NOT_ASKED, message=tr(NOT_ASKED.message), ask=tr(NOT_ASKED.ask))
    if request.elsewhere is Elsewhere.NONE:
        return None
    since = months_before(request.day, ELSEWHERE_MONTHS)
    known = any(event.place is Place.ELSEWHERE and event.when.last >= since for event in facts.events)
    if known:
        return None
    return Finding(
        FindingCode.HISTORY,
        Outcome.UNKNOWN,
        "elsewhere-not-entered",
        tr("The patient had injections elsewhere in the last 12 months and none is on file, so the count has a gap."),
        ask=tr("Add what was done elsewhere; a month, or a year, is enough to begin with."),
    )


def with_finding(verdict: Verdict, finding: Finding) -> Verdict:
    """Add a finding in its place: worst first, behind those that are as bad."""
    worse = tuple(known for known in verdict.findings if known.outcome >= finding.outcome)
    milder = tuple(known for known in verdict.findings if known.outcome < finding.outcome)
    outcome = max(verdict.outcome, finding.outcome)
    return replace(verdict, outcome=outcome, findings=(*worse, finding, *milder))
