"""Questions that leave something out: what is said beside the answer, and answers that stay open because of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from tracker.domain.anatomy import Level
from tracker.domain.procedure import SIDED_BY_LEVEL, Family
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding, FindingCode, Outcome, Verdict
from tracker.rules.coding import has_code

WITH_INTENT = frozenset({Family.FACET_INJECTION, Family.SI_INJECTION})
_WITH_LEVEL = SIDED_BY_LEVEL | {Family.EPIDURAL}


def remarks(case: Case) -> Iterator[Finding]:
    """Yield what no payer's rule says: nerves that complete no joint, a level that is missing, papers that are."""
    proposal = case.proposal
    if proposal.lone_nerves:
        names = ", ".join(proposal.lone_nerves)
        message = f"{names} alone completes no joint: two neighbouring nerves supply one. Nothing can be billed for it."
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, "lone-nerve", message)
    elif proposal.family in _WITH_LEVEL and not proposal.targets:
        message = "The level that is planned is missing, and with it what counts there."
        ask = "Say which level it is to be."
        yield Finding(FindingCode.HISTORY, Outcome.UNKNOWN, "no-level", message, ask=ask)
    if without := _without_code(proposal.levels, proposal.family):
        message = f"{' and '.join(without)} has no code of its own as a facet joint; ask the payer how it is billed."
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, "no-code", message)
    if case.missing_documents:
        message = f"Missing on file: {', '.join(case.missing_documents)}."
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, "documents", message)


@lru_cache(maxsize=4096)
def _without_code(levels: tuple[Level, ...], family: Family) -> tuple[str, ...]:
    return tuple(level.label for level in levels if not has_code(level, family))


def either(verdicts: list[Verdict]) -> Verdict:
    """Return one answer to a question whose intent was not said, from the answers to either."""
    worst = max(verdicts, key=lambda verdict: verdict.outcome)
    days = [verdict.earliest for verdict in verdicts]
    earliest = None if None in days else max(day or date.max for day in days)
    worst = replace(worst, earliest=earliest)
    if worst.outcome is not Outcome.NOT_ALLOWED or all(verdict.outcome is worst.outcome for verdict in verdicts):
        return worst
    message = "It hangs on whether this one is to be diagnostic or therapeutic: one is allowed, the other is not."
    ask = "Say whether it is diagnostic or therapeutic."
    history = Finding(FindingCode.HISTORY, Outcome.UNKNOWN, "no-intent", message, ask=ask)
    findings = tuple(
        replace(finding, outcome=Outcome.UNKNOWN) if finding.outcome is Outcome.NOT_ALLOWED else finding
        for finding in worst.findings
    )
    return replace(worst, outcome=Outcome.UNKNOWN, findings=(history, *findings))
