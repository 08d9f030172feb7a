"""The brief answer of the re-check is the whole one with less told, whatever no rule can look at left out."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.rules.asking import rules
from tests.rules.histories import a_case
from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.rules import evaluate

COUNT, CHUNKS = 400, 4


def in_brief(verdict: Verdict) -> Verdict:
    """Return the verdict without what a comparison of answers does not need, words among it."""
    findings = tuple(replace(finding, message="", ask="") for finding in verdict.findings)
    return replace(verdict, earliest=None, findings=findings, tallies=(), met=())


def without_what_no_rule_sees(case: Case) -> Case:
    """Leave out what storage/coming.py does not read: other families, but for what may be on a day from today on."""
    booked = {event.family for event in case.history if event.when.last >= case.as_of}
    seen = {each for family in (case.proposal.family, *booked) for each in rules().families_seen(family)}
    kept = tuple(event for event in case.history if event.family in seen or event.when.last >= case.as_of)
    return replace(case, history=kept)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_the_brief_answer_says_what_the_whole_one_says(chunk: int) -> None:
    payers = [payer.id for payer in rules().payers if payer.rules]
    for seed in range(chunk * COUNT // CHUNKS, (chunk + 1) * COUNT // CHUNKS):
        case = a_case(Random(seed), payers)
        whole = evaluate(case, rules())

        assert in_brief(evaluate(case, rules(), whole=False)) == in_brief(whole), seed
        seen = evaluate(without_what_no_rule_sees(case), rules(), whole=False)
        assert in_brief(seen) == in_brief(whole), seed
