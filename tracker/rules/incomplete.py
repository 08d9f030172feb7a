"""Questions that leave something out: what is said beside the answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tracker.domain.anatomy import Level
from tracker.domain.language import tr
from tracker.domain.procedure import SIDED_BY_LEVEL, Family
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding, FindingCode, Outcome
from tracker.rules.coding import has_code
from tracker.rules.words import all_of

WITH_INTENT = frozenset({Family.FACET_INJECTION, Family.SI_INJECTION})
_WITH_LEVEL = SIDED_BY_LEVEL | {Family.EPIDURAL}


def remarks(case: Case) -> Iterator[Finding]:
    """Yield what no payer's rule says: nerves that complete no joint, a level that is missing, papers that are."""
    proposal = case.proposal
    if proposal.lone_nerves:
        names = ", ".join(proposal.lone_nerves)
        message = tr(
            "{nerves} alone completes no joint: two neighboring nerves supply one. Nothing can be billed for it.",
            nerves=names,
        )
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, "lone-nerve", message)
    elif proposal.family in _WITH_LEVEL and not proposal.targets:
        message = tr("The level that is planned is missing, and with it what counts there.")
        ask = tr("Say which level it is to be.")
        yield Finding(FindingCode.HISTORY, Outcome.UNKNOWN, "no-level", message, ask=ask)
    if without := _without_code(proposal.levels, proposal.family):
        message = tr(
            "{levels} has no code of its own as a facet joint; ask the payer how it is billed.",
            levels=all_of(without),
        )
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, "no-code", message)
    if case.missing_documents:
        message = tr("Missing on file: {papers}.", papers=", ".join(case.missing_documents))
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, "documents", message)


@lru_cache(maxsize=4096)
def _without_code(levels: tuple[Level, ...], family: Family) -> tuple[str, ...]:
    return tuple(level.label for level in levels if not has_code(level, family))
