"""Every rule can be read aloud: a sentence from its figures, with every key that changes what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.asking import rules
from tracker.domain.anatomy import SpinePart
from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Rule, Scope, Unit, Which, WindowSpec
from tracker.domain.rule_kinds import (
    Advice,
    EarlyRepeat,
    MaxCount,
    MaxLevels,
    NotCovered,
    OneRegion,
    Repeat,
    Requires,
    SameDay,
    Unless,
)
from tracker.domain.verdict import FindingCode, Grade, Outcome
from tracker.rules.kinds import RULE_KINDS
from tracker.rules.sentences import sentence

FACET, ABLATION, EPIDURAL, SI = (
    (Family.FACET_INJECTION,),
    (Family.FACET_ABLATION,),
    (Family.EPIDURAL,),
    (Family.SI_INJECTION,),
)
OWN_WORDS = 110
"""A rule whose own words are longer than this may need a third line."""
DIAGNOSTIC, THERAPEUTIC = (Intent.DIAGNOSTIC,), (Intent.THERAPEUTIC,)
BLOCK = Which(FACET, DIAGNOSTIC, (Approach.MEDIAL_BRANCH,))
YEAR = WindowSpec(months=12)


def of(kind: type[Rule], families: tuple[Family, ...] = (), **given: Any) -> Rule:
    return kind(id="x", families=families, evidence=Grade.PRIMARY, source="s", **given)


SENTENCES = [
    (
        of(MaxCount, ABLATION, limit=2, per=Scope.REGION, window=YEAR),
        "At most 2 facet ablation sessions per region in any 12 months, counted by date of service; the anniversary "
        "day still counts.",
    ),
    (
        of(MaxCount, FACET, intents=DIAGNOSTIC, limit=1, per=Scope.SITE, window=WindowSpec(days=180)),
        "At most 1 diagnostic facet injection session per level and side in any 180 days, counted by date of service; "
        "day 180 still counts.",
    ),
    (
        of(MaxCount, EPIDURAL, limit=3, per=Scope.LEVEL, window=WindowSpec(type="calendar-year")),
        "At most 3 epidural sessions per level in a calendar year, counted by date of service from January 1 to "
        "December 31.",
    ),
    (
        of(MaxCount, EPIDURAL, limit=3, per=Scope.PATIENT, window=WindowSpec(type="anchored-year")),
        "At most 3 epidural sessions per patient in a year that begins with the first one, counted by date of service, "
        "anew on each anniversary.",
    ),
    (
        of(MaxCount, SI, limit=2, per=Scope.SITE, window=WindowSpec(type="lifetime"), code=FindingCode.NOT_COVERED),
        "At most 2 SI joint injection sessions per joint in a lifetime, all on file counted; a further one is called "
        "unproven and not covered.",
    ),
    (
        of(
            MaxCount,
            EPIDURAL,
            limit=2,
            per=Scope.REGION,
            window=WindowSpec(type="course"),
            outcome=Outcome.UNKNOWN,
            text="Ask whether a new course begins.",
        ),
        "At most 2 epidural sessions per region in one course of treatment, all on file counted; beyond that ask the "
        "payer. Ask whether a new course begins.",
    ),
    (
        of(MaxCount, FACET, limit=12, unit=Unit.INJECTION, per=Scope.PATIENT, window=WindowSpec(months=6)),
        "At most 12 facet injections (each level on each side is one) per patient in any 6 months, counted by date of "
        "service; the same day 6 months later still counts.",
    ),
    (
        of(
            MaxCount,
            FACET,
            limit=4,
            unit=Unit.LEVEL,
            per=Scope.REGION,
            window=YEAR,
            former_payers="count",
            outcome=Outcome.CAUTION,
        ),
        "At most 4 facet injection levels (both sides of a level are one) per region in any 12 months, counted by date "
        "of service; the anniversary day still counts; what another payer paid counts too; beyond that a caution only.",
    ),
    (
        of(
            MaxCount,
            FACET,
            limit=2,
            per=Scope.LEVEL,
            window=YEAR,
            merge_sides_months=1,
            former_payers="ignore",
            counts=Which(FACET, DIAGNOSTIC),
        ),
        "Before a facet injection, at most 2 diagnostic facet injection sessions per level in any 12 months, counted "
        "by date of service; the anniversary day still counts; left and right of a level within 1 month are one; what "
        "another payer paid does not count.",
    ),
    (
        of(Repeat, ABLATION, per=Scope.SITE, months=6, percent=50, relief_months=3),
        "A facet ablation needs 6 months since the last one at the same level and side, which must have brought 50% "
        "relief for 3 months.",
    ),
    (
        of(Repeat, EPIDURAL, per=Scope.REGION, days=14),
        "An epidural needs 14 days since the last one in the same region; day 14 itself is in doubt.",
    ),
    (
        of(Repeat, SI, per=Scope.SITE, percent=75),
        "An SI joint injection after another needs 75% relief from the last one at the same joint.",
    ),
    (
        of(Repeat, EPIDURAL, per=Scope.PATIENT, months=3, early=EarlyRepeat(14)),
        "An epidural needs 3 months since the last one. From day 14 on if the last one fell short and the technique "
        "changes.",
    ),
    (
        of(
            Repeat,
            FACET,
            intents=DIAGNOSTIC,
            per=Scope.LEVEL,
            days=28,
            after=Which(FACET, THERAPEUTIC, (Approach.INTRA_ARTICULAR,)),
        ),
        "A diagnostic facet injection needs 28 days since the last therapeutic intra-articular facet injection at the "
        "same level; day 28 itself is in doubt.",
    ),
    (
        of(Requires, ABLATION, of=BLOCK, needs=2, percent=80),
        "The first facet ablation per level and side needs 2 diagnostic medial branch facet injections on different "
        "days with 80% relief each (the most recent ones) there first.",
    ),
    (
        of(
            Requires,
            ABLATION,
            per=Scope.LEVEL,
            of=Which(FACET),
            needs=1,
            percent=50,
            relief_months=0.5,
            last=False,
            void_after_months=24,
        ),
        "The first facet ablation per level needs 1 facet injection with 50% relief for 2 weeks (any on file will do), "
        "none older than 24 months there first.",
    ),
    (
        of(Requires, ABLATION, of=Which(FACET), needs=2, percent=0, first=Which((*FACET, *ABLATION))),
        "A facet ablation, with no facet injection or ablation before per level and side, needs 2 facet injections on "
        "different days there first.",
    ),
    (
        of(MaxLevels, ABLATION, limit=3, per_side=True, contiguous=True),
        "At most 3 levels a session for facet ablations, on each side, neighbors only.",
    ),
    (
        of(MaxLevels, FACET, limit=1, outcome=Outcome.CAUTION, text="A second one on appeal only."),
        "At most 1 level a session for facet injections, both sides of a level being one; beyond that a caution only. "
        "A second one on appeal only.",
    ),
    (
        of(OneRegion, FACET, among=Which((*FACET, *ABLATION)), outcome=Outcome.UNKNOWN),
        "Only one region of the spine a day for facet injections, facet ablations counted with them; beyond that "
        "ask the payer.",
    ),
    (of(OneRegion, EPIDURAL), "Only one region of the spine a day for epidurals."),
    (
        of(SameDay, EPIDURAL, clashes=Which((*FACET, *SI)), per=Scope.REGION),
        "No epidural on one day with a facet or SI joint injection in the same region.",
    ),
    (
        of(SameDay, FACET, clashes=Which(EPIDURAL), outcome=Outcome.CAUTION, text="The need must be on file."),
        "Facet injections on one day with an epidural: a caution only. The need must be on file.",
    ),
    (
        of(NotCovered, FACET, text="The plan does not pay.", spine=(SpinePart.THORACIC,), both_sides=True),
        "Not covered, facet injections in the thoracic spine on both sides: The plan does not pay.",
    ),
    (
        of(
            Advice,
            ABLATION,
            text="Repeat the blocks.",
            after=Which(ABLATION),
            percent=50,
            relief_months=6,
            gap_months=24,
            unless=Unless(Which(FACET, DIAGNOSTIC), 2, 80),
        ),
        "Facet ablations 24 months or more after one at the same level and side that brought 50% relief for 6 months, "
        "without 2 diagnostic facet injections with 80% relief since: Repeat the blocks.",
    ),
    (
        of(Advice, EPIDURAL, text="Say why.", after=Which(EPIDURAL), per=Scope.REGION, course_months=12),
        "Epidurals after one in the same region, in a course of more than 12 months: Say why.",
    ),
    (
        of(Advice, SI, text="The number is not on file.", outcome=Outcome.UNKNOWN),
        "SI joint injections (ask the payer): The number is not on file.",
    ),
    (
        of(
            NeedsAuthorization,
            FACET,
            programme="medicare-opd",
            codes=("64490", "64493", "64494"),
            valid_days=120,
            single_use=True,
        ),
        "Facet injections need hospital authorization for 64490 and 2 more; valid 120 days from the "
        "decision, for one day of service.",
    ),
    (
        of(NeedsAuthorization, EPIDURAL, programme="wiser", codes=("62321",), voluntary=True),
        "Epidurals can have Medicare's WISeR review for 62321 (voluntary).",
    ),
    (
        of(NeedsAuthorization, EPIDURAL, programme="payer", codes=("62321", "62323"), needed=False),
        "Epidurals need no prior authorization for 62321 and 62323.",
    ),
    (
        of(Modifier, FACET, intents=DIAGNOSTIC, modifier="KX"),
        "Modifier KX on every line of diagnostic facet injections.",
    ),
]


@pytest.mark.parametrize(("rule", "told"), SENTENCES, ids=lambda each: each[:30] if isinstance(each, str) else "")
def test_that_a_rule_reads_as_it_counts(rule: Rule, told: str) -> None:
    assert sentence(rule) == told


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"payers": ("medicare", "x")}, "only for Medicare and x"),
        ({"contractors": ("cgs", "ngs")}, "only at contractor CGS or ngs"),
        ({"states": ("OH", "TX")}, "only in OH and TX"),
        ({"places": ("11", "24", "99")}, "only in office (11), surgery center (24) or place (99)"),
        ({"plans": ("Gold",), "payers": ("x",)}, "only for x, in plan “Gold”"),
        ({"plans": ("Gold", "Silver")}, "only in plans “Gold” and “Silver”"),
        ({"not_plans": ("Gold",)}, "not in plan “Gold”"),
        ({"effective_from": date(2026, 7, 1)}, "from 07/01/2026"),
        ({"effective_to": date(2026, 7, 1), "states": ("OH",)}, "only in OH, until 07/01/2026"),
        ({"effective_from": date(2026, 1, 1), "effective_to": date(2026, 7, 1)}, "from 01/01/2026 until 07/01/2026"),
    ],
)
def test_that_where_and_when_a_rule_holds_is_told(limits: dict[str, Any], told: str) -> None:
    names = {"medicare": "Medicare", "cgs": "CGS"}

    assert sentence(of(OneRegion, EPIDURAL, **limits), names).endswith(f"for epidurals, {told}.")


def every_rule() -> Iterator[Rule]:
    for policy in rules().policies:
        for versions in policy.versions.values():
            for version in versions:
                yield from version.rules


def figures(rule: Rule) -> set[str]:
    """Return the figures of a rule as a reader must find them; relief of weeks is told in weeks."""
    names = ("limit", "days", "needs", "percent", "merge_sides_months", "gap_months", "course_months", "valid_days")
    found = {f"{value:g}" for name in names if (value := getattr(rule, name, 0)) not in (0, None)}
    window = getattr(rule, "window", None)
    return found | {str(length) for length in ((window and (window.months, window.days)) or ()) if length}


def test_that_every_rule_on_file_has_a_sentence_with_its_figures() -> None:
    for rule in every_rule():
        told = sentence(rule)
        assert len(told) < (240 if len(getattr(rule, "text", "")) < OWN_WORDS else 300), told
        assert figures(rule) <= set(re.findall(r"\d+(?:\.\d+)?", told)), told
        assert not re.search(r"[{}<>]|None|  |\.\.|Scope|Family", told), told
        assert told[0].isupper(), told
        assert told.endswith("."), told


def test_that_every_kind_that_is_judged_has_a_sentence() -> None:
    told = {type(rule) for rule, _ in SENTENCES}

    assert told == set(RULE_KINDS) | {NeedsAuthorization, Modifier}


def test_that_rules_that_differ_in_what_they_mean_differ_in_words() -> None:
    by_sentence: dict[str, Rule] = {}
    for rule in every_rule():
        bare = replace(rule, id="", source="", section="", evidence=Grade.PRIMARY)
        told = by_sentence.setdefault(sentence(rule), bare)
        if isinstance(rule, NeedsAuthorization):
            continue  # of many codes only the first is named
        assert told == bare, sentence(rule)
