"""What is judged once for readings that look alike is what each of them gives when it is judged by itself.

VIEWS_CASES=2000 tries more of them.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from math import prod
from random import Random

import pytest

from tests.rules.asking import ask, done, question, rules, told
from tests.rules.histories import NEAR, _event, a_case
from tests.rules.test_oracle import payers
from tracker.domain.event import EventStatus, PartialDate
from tracker.domain.policy import InForce
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding
from tracker.rules import evaluate, settling
from tracker.rules.active import Active, active_rules
from tracker.rules.grounds import Ground
from tracker.rules.judging import judge_one, judge_readings
from tracker.rules.readings import read
from tracker.rules.settling import MOST, Picks

COUNT = int(os.environ.get("VIEWS_CASES", "120"))


def many_open(seed: int) -> Case:
    """Return a question whose history has up to eight facts open, some of visits to come."""
    random = Random(seed)
    case = a_case(random, payers())
    day, asked = case.proposal.day, case.proposal
    kinds = next(
        near
        for kind, near in NEAR.items()
        if (kind.family, kind.intent or asked.intent) == (asked.family, asked.intent)
    )
    payer = case.coverages[0].payer if case.coverages else payers()[0]
    beside = [day + timedelta(days) for days in (0, -14, -35, -100, -200, -365)]
    more = [
        _event(random, f"x{n}", random.choice(kinds), beside, day, payers(), payer, opened=random.random() < 0.7)
        for n in range(random.choice((3, 4, 5, 6)))
    ]
    booked = PartialDate.on(day + timedelta(random.choice((1, 10, 20, 100, 300))))
    more[0] = replace(more[0], status=EventStatus.BOOKED, when=booked) if random.random() < 0.3 else more[0]
    return replace(case, history=(*case.history, *more))


def active(case: Case) -> Active:
    if case.coverage is None:
        return Active()
    found = rules().in_force(case.coverage.payer, case.proposal.family, case.site, case.proposal.day)
    return active_rules(found, case, case.coverage) if isinstance(found, InForce) else Active()


def standing_for(picks: Picks, picked: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the combination that was tried in the place of this one; None where none was."""
    for slot in picks.slots:
        local = picked[slot.first : slot.last]
        tried = next((tried for tried, alike in slot.alike.items() if local in alike), None)
        if tried is None:
            return None
        picked = (*picked[: slot.first], *tried, *picked[slot.last :])
    return picked


@pytest.mark.parametrize("chunk", range(4))
def test_that_each_reading_is_judged_as_the_one_that_stands_for_it(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = many = 0
    for seed in range(chunk * COUNT // 4, (chunk + 1) * COUNT // 4):
        case = many_open(seed)
        speaking, payer = active(case), case.coverage.payer if case.coverage else ""
        readings, judged = judge_readings(case, speaking, payer)
        count = prod(doubt.ways for doubt in readings.doubts)
        if count > 10 * MOST:
            continue
        with monkeypatch.context() as patch:
            patch.setattr(settling, "MOST", count)
            every = read(case, speaking.sight, payer).readings
        found = {each.reading.choices: each.findings for each in judged}
        left_out += len(every) - len(judged)
        many += count > MOST

        assert len(every) == count, seed
        for reading in every:
            tried = standing_for(readings.picks, reading.choices)
            assert tried in found or count > MOST, (seed, reading.choices)
            if tried in found:
                alone = judge_one(case, speaking, reading, telling=False).findings
                assert found[tried] == alone, (seed, reading.choices)
    assert left_out > COUNT * 5
    assert many


def test_that_what_is_kept_from_day_to_day_changes_no_answer() -> None:
    kept_for, joined = 0, 0
    for seed in range(COUNT // 2):
        case, ground = many_open(seed), Ground(lasting=True)
        speaking, payer = active(case), case.coverage.payer if case.coverage else ""
        for days in (0, 1, 30, 31, 90, 400, 30):
            later = case.on(case.proposal.day + timedelta(days))
            if active(later) is not speaking or len(later.history) < 2:
                continue
            later = replace(later, history=later.history if days < 90 else later.history[1:])
            readings, judged = judge_readings(later, speaking, payer, ground=ground)
            if prod(doubt.ways for doubt in readings.doubts) > MOST:
                continue
            found = {each.reading.choices: each.findings for each in judged}
            for reading in read(later, speaking.sight, payer).readings:
                alone, tried = judge_one(later, speaking, reading, telling=False).findings, reading.choices
                assert found[standing_for(readings.picks, tried) or ()] == alone, (seed, days, tried)
            kept_for += 1
            joined += bool(speaking.sight.joined)
    assert kept_for > COUNT
    assert joined > COUNT // 10


@pytest.mark.parametrize("chunk", range(4))
def test_that_an_answer_without_words_is_the_same_but_for_them(chunk: int) -> None:
    for seed in range(chunk * COUNT // 4, (chunk + 1) * COUNT // 4):
        case = many_open(seed)
        whole, wordless = evaluate(case, rules()), evaluate(case, rules(), words=False)

        assert (wordless.outcome, wordless.earliest, wordless.codes) == (whole.outcome, whole.earliest, whole.codes)
        assert _bare(wordless.findings) == _bare(whole.findings), seed
        assert wordless.tallies == whole.tallies, seed


def _bare(findings: tuple[Finding, ...]) -> list[Finding]:
    return [replace(finding, message="") for finding in findings]


def test_that_events_which_share_an_id_are_judged_apart() -> None:
    twice = [told(done(day, "mbb", "L4-L5 left", relief=90, id="same")) for day in ("2026-03-02", "2026-05-04")]
    case = question("2026-11-24", "mbb", "L4-L5 left", history=[*twice, told(done("2026-08-03", "mbb", "L4-L5 left"))])
    readings, judged = judge_readings(case, active(case), "medicare")

    assert len(readings.readings) == 8
    assert [each.findings for each in judged] == [
        judge_one(case, active(case), reading, telling=False).findings for reading in readings.readings
    ]


def test_that_a_fact_which_no_rule_sees_is_still_named_beside_the_count() -> None:
    old = told(done("2020-03-02", "mbb", "L4-L5 left", relief=90))
    verdict = ask("2026-11-24", "mbb", "L4-L5 left", history=[old])

    assert verdict.outcome == "allowed"
    assert [other.event_id for tally in verdict.tallies for other in tally.not_counted] == ["2020-03-02"]
