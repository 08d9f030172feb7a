"""A desk that speaks Spanish reads every shipped rule, and every answer, in Spanish and without an English word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from tests.rules.asking import rules
from tests.rules.courses import a_course
from tests.rules.histories import a_case
from tracker.domain.course import NoPlan
from tracker.domain.language import speaking, words_of
from tracker.domain.verdict import Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.rules import evaluate
from tracker.rules.naming import plan_course
from tracker.rules.sentences import sentence

NAME = re.compile(r"No hay ninguna regla de .* registrada")
"""Names a payer, which may have English words in it."""
ENGLISH = re.compile(
    r"\b(the|and|of|or|is|are|was|in|on|at|needs?|with|without|before|after|sessions?|level|side|days?|months?|ask)\b"
)


@pytest.fixture(autouse=True)
def spanish() -> Iterator[None]:
    with speaking(words_of("es", resource_root() / "languages")):
        yield


@pytest.fixture(scope="module")
def shipped() -> PolicyCatalog:
    return load_catalog(resource_root())


def payers(catalog: PolicyCatalog) -> list[str]:
    return [payer.id for payer in catalog.payers if payer.rules]


def in_words(verdict: Verdict) -> Iterator[str]:
    for finding in verdict.findings:
        yield finding.message
        yield finding.ask
    yield from (met.message for met in verdict.met)
    for tally in verdict.tallies:
        yield tally.label
        yield from (each.reason for each in tally.not_counted)


def test_that_every_shipped_rule_reads_without_an_english_word(shipped: PolicyCatalog) -> None:
    versions = [version for policy in shipped.policies for each in policy.versions.values() for version in each]
    told = [sentence(rule) for version in versions for rule in version.rules]
    assert len(told) > 200
    assert [each for each in told if ENGLISH.search(NAME.sub("", each))] == []


def test_that_every_answer_reads_without_an_english_word(shipped: PolicyCatalog) -> None:
    cases = [a_case(Random(seed), payers(shipped)) for seed in range(150)]
    told = {each for case in cases for each in in_words(evaluate(case, shipped))}
    assert len(told) > 100
    assert sorted(each for each in told if ENGLISH.search(NAME.sub("", each))) == []


def test_that_what_makes_a_course_impossible_reads_without_an_english_word() -> None:
    plans = [plan_course(a_course(Random(seed), payers(rules()))) for seed in range(40)]
    told = [text for plan in plans if isinstance(plan, NoPlan) for each in plan.constraints
            for text in (each.sentence, each.ask)]  # fmt: skip
    assert told
    assert [each for each in told if ENGLISH.search(NAME.sub("", each))] == []
