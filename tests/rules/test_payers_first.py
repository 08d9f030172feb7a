"""Behaviour where the order on file does not tell which coverage pays first, and where one was chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.rules.asking import ask, codes, done, question, rules
from tracker.domain.coverage import Coverage, coverage_on
from tracker.domain.event import Event
from tracker.domain.verdict import Verdict
from tracker.rules import evaluate
from tracker.rules.either import payers_first

OLD = Coverage("medicare", authorization_required=False)
NEW = Coverage("bcbs-ma", start=date(2026, 6, 1), authorization_required=False)
FOUR = ("2026-01-12", "2026-03-02", "2026-05-15", "2026-07-13")


def epidurals(*days: str, payer: str | None = None) -> list[Event]:
    return [done(day, "tf", "L4-L5 left", relief=80, months=6, payer=payer) for day in days]


def both(first: Coverage = OLD, second: Coverage = NEW, **given: object) -> Verdict:
    """Ask about an epidural after four of this year: the fifth under Medicare, not under the other."""
    history = given.pop("history", epidurals(*FOUR, payer="medicare"))
    return ask("2026-11-23", "tf", "L4-L5 left", history=history, coverages=(first, second), **given)


def test_that_two_payers_who_would_both_pay_first_leave_the_answer_open_whatever_the_order_on_file() -> None:
    one, other = both(OLD, NEW), both(NEW, OLD)

    assert one.outcome == other.outcome == "unknown"
    assert one.findings[0].code == other.findings[0].code == "history"
    assert "who pays first on 11/23/2026" in one.findings[0].message
    assert "Choose the coverage that is billed" in one.findings[0].ask


def test_that_two_who_both_allow_it_are_told_beside_the_answer() -> None:
    verdict = both(history=[])

    assert verdict.outcome == "caution"
    assert [finding.rule for finding in verdict.findings if finding.code == "history"] == ["payers-first"]


def test_that_two_who_both_refuse_it_refuse_it_until_the_last_of_them_allows_it() -> None:
    last_week = epidurals("2026-11-16")
    alone = [ask("2026-11-23", "tf", "L4-L5 left", history=last_week, coverages=(each,)) for each in (OLD, NEW)]
    days = {str(each.earliest) for each in alone}
    verdict = both(history=last_week)

    assert days == {"2026-12-17", "2027-02-16"}
    assert verdict.outcome == "not_allowed"
    assert str(verdict.earliest) == max(days)


def test_that_a_second_payer_and_the_same_one_twice_leave_nothing_open() -> None:
    supplement = replace(NEW, order=2)
    twice = replace(OLD, member_id="1EG4")

    assert both(OLD, supplement).outcome == both(supplement, OLD).outcome == "not_allowed"
    assert codes(both(OLD, supplement)) == codes(both(OLD, twice))


def test_that_a_coverage_that_ended_the_day_before_pays_no_more() -> None:
    ended = replace(OLD, end=date(2026, 11, 22))
    last_day = replace(OLD, end=date(2026, 11, 23))

    assert "payers-first" not in {finding.rule for finding in both(ended, NEW).findings}
    assert both(last_day, NEW).outcome == "unknown"


def test_that_what_either_of_two_payers_paid_is_read_as_counting_and_as_not() -> None:
    """Nobody recorded who paid in July, when both paid first: if Medicare did, this is the fifth."""
    four = [*epidurals(*FOUR[:3], payer="medicare"), *epidurals(FOUR[3])]
    ended = replace(NEW, end=date(2026, 10, 31))

    assert both(OLD, ended, history=four).outcome == "unknown"
    assert both(OLD, replace(ended, order=2), history=four).outcome == "not_allowed"


def test_that_a_chosen_coverage_pays_from_the_asked_day_on_and_not_for_what_was_done_before() -> None:
    """What Medicare paid first for is not the second payer's because this visit is billed to the second."""
    second = replace(NEW, start=None, order=2)
    case = question("2026-11-23", "tf", "L4-L5 left", history=epidurals(*FOUR), coverages=(second, OLD))
    chosen = case.paid_by(second)

    assert chosen.coverage == replace(second, order=0, start=date(2026, 11, 23))
    assert coverage_on(chosen.coverages, date(2026, 7, 13)) == OLD
    assert chosen.on(date(2027, 2, 1)).coverage == chosen.coverage
    assert evaluate(case, rules()).outcome == "not_allowed"
    assert evaluate(chosen, rules()).outcome != "not_allowed"


def test_that_of_several_that_pay_first_the_one_begun_last_is_shown() -> None:
    newest = Coverage("aetna", start=date(2026, 8, 1))

    assert coverage_on((OLD, newest, NEW), date(2026, 11, 23)) == newest
    assert coverage_on((newest, NEW, OLD), date(2026, 7, 1)) == NEW
    assert coverage_on((newest,), date(2026, 7, 1)) is None


def test_that_a_coverage_on_file_until_the_last_day_that_there_is_is_open() -> None:
    """Files of other programs wrote 12/31/9999 into clinics that are at work."""
    endless, month_known = replace(OLD, end=date.max), done("2026-11", "tf", "L4-L5 left", relief=80)

    for history in (epidurals("2026-11-16"), [month_known]):
        assert both(endless, replace(NEW, order=2), history=history) == both(
            OLD, replace(NEW, order=2), history=history
        )


def test_that_the_first_day_on_which_the_patient_pays_is_a_way_out() -> None:
    """No date cures under the plan what has no result; from the day on which the patient pays, no limit applies."""
    ending = Coverage("medicare", end=date(2026, 12, 31), authorization_required=False)
    paying = Coverage("self-pay", start=date(2027, 1, 1))
    none = ask("2026-11-23", "rfa", "L4-L5 left", coverages=(ending,))
    then = ask("2026-11-23", "rfa", "L4-L5 left", coverages=(ending, paying))

    assert none.outcome == then.outcome == "not_allowed"
    assert none.earliest is None
    assert then.earliest == date(2027, 1, 1)


def test_that_plans_alike_but_for_the_approval_are_two_answers() -> None:
    """The clinic said of one that it wants an approval, and of the other that it does not."""
    either = [Coverage("medicare", authorization_required=wanted) for wanted in (False, True)]

    assert len(payers_first(question("2026-11-24", "tf", "L4-L5 left", coverages=tuple(either)))) == 2
