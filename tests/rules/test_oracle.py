"""The rules against the slow oracle, over random histories near the limits.

ORACLE_CASES=20000 tries more of them, ORACLE_SEED=5 others.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from tests.rules import oracle
from tests.rules.asking import rules
from tests.rules.histories import a_case
from tests.rules.odd_histories import an_odd_case
from tracker.domain.proposal import Case
from tracker.domain.verdict import FindingCode, Outcome
from tracker.rules import evaluate

COUNT = int(os.environ.get("ORACLE_CASES", "300"))
FIRST = int(os.environ.get("ORACLE_SEED", "0")) * 1_000_000
CHUNKS = 10


def payers() -> list[str]:
    return [payer.id for payer in rules().payers if payer.rules]


@pytest.mark.parametrize("make", [a_case, an_odd_case])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_every_answer_is_that_of_the_oracle(chunk: int, make: Callable[[Random, list[str]], Case]) -> None:
    seeds = range(FIRST + chunk * COUNT // CHUNKS, FIRST + (chunk + 1) * COUNT // CHUNKS)
    wrong = [said for seed in seeds if (said := difference(make(Random(seed), payers()), seed))]

    assert not wrong, "\n\n".join(wrong[:5])


def difference(case: Case, seed: int) -> str:
    """Return what differs from the oracle's answer with the case in words, "" when nothing does."""
    verdict, slow = evaluate(case, rules()), oracle.answer(case, rules())
    findings = [finding for finding in verdict.findings if finding.code is not FindingCode.AUTHORIZATION]
    outcome = max((finding.outcome for finding in findings), default=Outcome.ALLOWED).value
    codes = {finding.code.value for finding in findings}
    told = []
    if outcome != slow.outcome:
        told.append(f"outcome {outcome}, the oracle says {slow.outcome}")
    # With open facts the answer shows one reading; with none it must say exactly what the oracle says.
    if not codes <= slow.may or (slow.codes == slow.may and codes != slow.codes):
        told.append(f"codes {sorted(codes)}, the oracle says {sorted(slow.codes)} to {sorted(slow.may)}")
    if verdict.earliest != slow.earliest:
        told.append(f"earliest {verdict.earliest}, the oracle says {slow.earliest}")
    return "\n".join([f"seed {seed}: " + "; ".join(told), *in_words(case)]) if told else ""


def in_words(case: Case) -> list[str]:
    asked, paid = case.proposal, [(each.payer, str(each.start), str(each.end)) for each in case.coverages]
    sites = [str(target) for target in asked.targets]
    kind = f"{asked.family} {asked.intent} {asked.approach} {sites} {' '.join(asked.body_regions)}"
    return [
        f"  {asked.day} {kind} {case.site.state} {paid}, as of {case.as_of}, free {case.choices.anniversary_day_free}",
        *(
            f"    {e.id} {e.when} {e.status} {e.family} {e.intent} {e.approach} {[str(t) for t in e.targets]} "
            f"{e.region} {e.payer} {e.evidence} {e.relief_percent} {e.relief_months} "
            f"{' '.join(e.body_regions)} KX {e.kx_claimed}"
            for e in case.history
        ),
    ]


def test_that_the_oracle_would_notice_a_wrong_answer() -> None:
    seen = {oracle.answer(a_case(Random(seed), payers()), rules()).outcome for seed in range(FIRST, FIRST + 60)}

    assert {"allowed", "caution", "unknown", "not_allowed"} <= seen
