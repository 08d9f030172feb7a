"""Behaviour of advice and of what is not paid: each condition on both of its sides."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.asking import ask, codes, done, outcome_of, proven, said


@pytest.mark.parametrize("kind", ["facet-tx", "mbb-tx"])
def test_that_a_therapeutic_facet_injection_always_asks_why_no_ablation(kind: str) -> None:
    verdict = ask("2026-11-23", kind, "L4-L5 left", history=proven("L4-L5 left"))

    assert (verdict.outcome, codes(verdict)) == ("caution", {"advice"})
    assert "ablation is not possible" in said(verdict)
    assert verdict.findings[0].source is not None
    assert verdict.findings[0].source.url


def test_that_a_diagnostic_injection_into_the_joint_asks_for_its_reason() -> None:
    assert ask("2026-11-23", "ia-dx", "L4-L5 left").outcome == "caution"
    assert ask("2026-11-23", "mbb", "L4-L5 left").outcome == "allowed"


@pytest.mark.parametrize(
    ("last", "advised"), [("2024-11-23", True), ("2024-11-24", False), ("2024-11-22", True), ("2016-01-04", True)]
)
def test_that_two_years_after_an_ablation_new_blocks_are_advised(last: str, advised: bool) -> None:
    history = [
        *proven("L4-L5 left", first="2015-01-05", second="2015-02-02"),
        done(last, "rfa", "L4-L5 left", relief=60, months=12),
    ]
    verdict = ask("2026-11-23", "rfa", "L4-L5 left", history=history)

    assert ("advice" in codes(verdict)) is advised
    assert verdict.outcome == ("caution" if advised else "allowed")
    assert verdict.earliest == date(2026, 11, 23)


def test_that_two_positive_blocks_since_make_that_advice_needless() -> None:
    old = [done("2024-01-08", "rfa", "L4-L5 left", relief=60, months=12)]
    one = [*old, done("2026-05-04", "mbb", "L4-L5 left", relief=90)]
    two = [*one, done("2026-06-01", "mbb", "L4-L5 left", relief=80)]
    poor = [*one, done("2026-06-01", "mbb", "L4-L5 left", relief=70)]

    assert [ask("2026-11-23", "rfa", "L4-L5 left", history=h).outcome for h in (old, one, two, poor)] == [
        "caution", "caution", "allowed", "caution"
    ]  # fmt: skip


def test_that_the_repeat_rule_still_holds_after_two_years() -> None:
    poor = done("2024-01-08", "rfa", "L4-L5 left", relief=40, months=12)

    assert outcome_of(ask("2026-11-23", "rfa", "L4-L5 left", history=[poor]), "prerequisite") == "not_allowed"


@pytest.mark.parametrize(
    ("relief", "months", "advised"),
    [(50, 6, True), (49, 6, False), (50, 5, False), (50, None, False), (None, 6, False), (90, 24, True)],
)
def test_that_a_block_where_an_ablation_helped_is_in_doubt_however_long_ago(
    relief: float | None, months: float | None, advised: bool
) -> None:
    history = [done("2018-01-08", "rfa", "L4-L5 left", relief=relief, months=months)]

    assert ("advice" in codes(ask("2026-11-23", "mbb", "L4-L5 left", history=history))) is advised
    assert ask("2026-11-23", "mbb", "L4-L5 right", history=history).outcome == "allowed"


@pytest.mark.parametrize(
    ("days", "advised"),
    [
        (("2025-11-22", "2026-06-01"), True),
        (("2025-11-23", "2026-06-01"), False),
        (("2025-11-01",), False),
        (("2024-01-08", "2024-12-02", "2025-11-03", "2026-06-01"), True),
        (("2024-01-08", "2026-02-02"), False),
    ],
)
def test_that_a_course_of_epidurals_older_than_a_year_asks_for_more_papers(
    days: tuple[str, ...], advised: bool
) -> None:
    history = [done(day, "tf", "L4-L5 left", relief=60, months=3) for day in days]
    verdict = ask("2026-11-23", "tf", "L4-L5 left", history=history)

    assert ("12 months" in said(verdict) and "primary care" in said(verdict)) is advised
    assert verdict.outcome == ("caution" if advised else "allowed")


def test_that_a_diagnostic_nerve_root_block_is_counted_and_says_so() -> None:
    roots = [done(f"2026-0{month}-02", "root", "L4-L5 left", relief=60, months=3) for month in (1, 4, 7)]

    assert ask("2026-11-23", "root", "L4-L5 left").outcome == "caution"
    assert "last" in said(ask("2026-11-23", "tf", "L4-L5 left", history=roots))


@pytest.mark.parametrize(("kind", "target"), [("il", "L4-L5 both"), ("caudal", "caudal both")])
def test_that_a_midline_epidural_on_both_sides_is_not_covered(kind: str, target: str) -> None:
    verdict = ask("2026-11-23", kind, target)

    assert outcome_of(verdict, "not_covered") == "not_allowed"
    assert verdict.earliest is None


@pytest.mark.parametrize(("day", "outcome"), [("2025-03-15", "not_allowed"), ("2025-03-16", "unknown")])
def test_that_a_rule_ends_on_its_last_day_and_its_silence_is_no_answer(day: str, outcome: str) -> None:
    assert ask(day, "tp", payer="made-up-two").outcome == outcome


def test_that_a_lone_nerve_blocks_no_joint() -> None:
    alone = ask("2026-11-23", "mbb", "nerves L4 left")
    beside = ask("2026-11-23", "mbb", "L3-L4 right", "nerves L4 left")

    assert (alone.outcome, alone.levels, alone.codes) == ("caution", 0, ())
    assert beside.outcome == "caution"
    assert "L4 alone completes no joint" in said(beside)


def test_that_nerves_beyond_those_of_a_joint_are_named() -> None:
    verdict = ask("2026-11-23", "mbb", "nerves L1 L3 L4 left")

    assert (verdict.outcome, verdict.levels) == ("caution", 1)
    assert "L1 alone completes no joint" in said(verdict)
