"""The course planner: the first days that fit, what it minds, and the one thing that it names where none do."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.rules.asking import approval, booked, done, proven, rules
from tests.rules.courses import a_course, asking_for, breaks, days, planned, refused, slow_plan, step
from tracker.domain.authorization import AuthorizationLine
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.course import ConstraintKind, NoPlan, Plan, StepState
from tracker.domain.coverage import Coverage
from tracker.domain.effort import Effort, EndedError
from tracker.domain.verdict import Outcome
from tracker.rules.naming import loosened, plan_course
from tracker.rules.placing import CourseQuestion, Drop
from tracker.rules.planning import Search

COUNT = int(os.environ.get("PLANNER_CASES", "40"))
FIRST = int(os.environ.get("PLANNER_SEED", "0")) * 1_000_000
CHUNKS = 8
BOTH = ("L4-L5 both", "L5-S1 both")
LEFT, RIGHT = ("L4-L5 left", "L5-S1 left"), ("L4-L5 right", "L5-S1 right")
BLOCK = step("mbb", *BOTH, relief=80)
MONDAYS = ClinicDays(frozenset({0}))


def payers() -> list[str]:
    return [payer.id for payer in rules().payers if payer.rules]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_plans_are_those_of_trying_every_day_and_that_what_is_named_stands_in_the_way(chunk: int) -> None:
    seeds = range(FIRST + chunk * COUNT // CHUNKS, FIRST + (chunk + 1) * COUNT // CHUNKS)
    wrong = [said for seed in seeds if (said := difference(a_course(Random(seed), payers()), seed))]

    assert not wrong, "\n".join(wrong)


def difference(asked: CourseQuestion, seed: int) -> str:
    found, slow = plan_course(asked), slow_plan(asked)
    if isinstance(found, Plan):
        dates = tuple(each.day for each in found.steps)
        broken = [said for last in range(len(dates)) if (said := breaks(asked, dates[: last + 1]))]
        if broken:
            return f"seed {seed}: {dates} break {broken}"
        return f"seed {seed}: {dates}, the slow planner has {slow}" if dates != slow else ""
    if slow is not None:
        return f"seed {seed}: no plan ({found.constraints}), the slow planner has {slow}"
    named = [Drop(c.kind, c.rule, c.step if c.kind in _OF_A_STEP else -1) for c in found.constraints]
    if not isinstance(plan_course(loosened(asked, named)), Plan):
        return f"seed {seed}: without {named} there is no plan either"
    return ""


_OF_A_STEP = (ConstraintKind.GAP, ConstraintKind.LATEST, ConstraintKind.NOT_BEFORE, ConstraintKind.VISIT)


def test_that_random_courses_are_both_possible_and_impossible() -> None:
    found = {type(plan_course(a_course(Random(seed), payers()))) for seed in range(FIRST, FIRST + 40)}

    assert found == {Plan, NoPlan}


# --- plans ------------------------------------------------------------------------------------------------------------


def test_that_two_blocks_and_two_ablations_come_as_soon_as_the_rules_let_them() -> None:
    plan = planned(BLOCK, BLOCK, step("rfa", *LEFT), step("rfa", *RIGHT, gap_days=14))

    # Day 14 after the first block is in doubt, so the second one waits for the next.
    assert days(plan) == ["2026-11-27", "2026-12-12", "2026-12-13", "2026-12-27"]
    assert [each.verdict.outcome for each in plan.steps if each.verdict] <= [Outcome.CAUTION] * 4


def test_that_what_is_assumed_is_told_until_a_result_is_on_record() -> None:
    first = replace(BLOCK, state=StepState.DONE, day=date(2026, 11, 2), event_id="one")
    open_, known = done("2026-11-02", "mbb", *BOTH, id="one"), done("2026-11-02", "mbb", *BOTH, id="one", relief=90)

    assert planned(first, BLOCK, step("rfa", *LEFT), history=[open_]).steps[2].assumes == (0, 1)
    assert planned(first, BLOCK, step("rfa", *LEFT), history=[known]).steps[2].assumes == (1,)


def test_that_a_recorded_result_stands_before_what_was_assumed() -> None:
    first = replace(BLOCK, state=StepState.DONE, day=date(2026, 11, 2), event_id="one")
    weak = done("2026-11-02", "mbb", *BOTH, id="one", relief=40)
    found = refused(first, BLOCK, step("rfa", *LEFT), history=[weak])

    assert "too little relief on 11/02/2026 (40%)" in " ".join(each.sentence for each in found.constraints)


def test_that_relief_which_shall_last_has_lasted_before_the_next_step() -> None:
    series = [step("tf", "L4-L5 left", relief=50, months=3)] * 2

    assert days(planned(*series, start="2026-11-30")) == ["2026-11-30", "2027-03-01"]
    assert days(planned(*series, start="2027-11-29")) == ["2027-11-29", "2028-02-29"]
    assert days(planned(*series, start="2027-11-30")) == ["2027-11-30", "2028-03-01"]


def test_that_closed_days_are_left_out() -> None:
    closed = ClinicDays(closed={date(2026, 11, 26): "Thanksgiving", date(2026, 12, 25): "Christmas Day"})

    assert days(planned(step("tp"), start="2026-11-26", clinic=closed)) == ["2026-11-27"]
    assert days(planned(step("tp"), start="2026-12-25", clinic=closed)) == ["2026-12-28"]


def test_that_a_booked_visit_of_another_course_is_not_displaced() -> None:
    history = [*proven(*LEFT), booked("2026-12-14", "mbb", "L1-L2 left")]
    three = [done(f"2026-0{month}-12", "mbb", "L1-L2 left", relief=90) for month in (2, 4, 7)]
    plan = planned(step("mbb", "L4-L5 left"), history=[*history, *three])

    assert days(plan) == ["2027-02-13"]  # with the booked one there are four until the one of February has left


@pytest.mark.parametrize(("lead", "day", "by"), [(10, "2026-12-07", "2026-11-27"), (3, "2026-11-30", "2026-11-27")])
def test_that_an_approval_is_asked_for_in_time(lead: int, day: str, by: str) -> None:
    wanted = Coverage("medicare-advantage", authorization_required=True)
    plan = planned(step("tf", "L4-L5 left"), coverages=(wanted,), payer="medicare-advantage", lead_days=lead)

    assert (days(plan), str(plan.steps[0].request_by)) == ([day], by)


def test_that_units_of_an_approval_are_used_once() -> None:
    wanted = Coverage("medicare-advantage", authorization_required=True)
    one_left = approval(AuthorizationLine("64483", units=1))
    series = [step("tf", "L4-L5 left", relief=50, months=3)] * 2
    plan = planned(
        *series, coverages=(wanted,), payer="medicare-advantage", authorizations=[one_left], start="2026-03-02"
    )

    assert [each.request_by is not None for each in plan.steps] == [False, True]


def test_that_visits_which_are_booked_stay_where_they_are() -> None:
    visit = replace(BLOCK, state=StepState.BOOKED, day=date(2026, 12, 3), event_id="visit")
    plan = planned(visit, BLOCK, history=[booked("2026-12-03", "mbb", *BOTH, id="visit")])

    assert days(plan) == ["2026-12-03", "2026-12-18"]


def test_that_the_search_ends_where_a_visit_leaves_no_room_for_the_next_step() -> None:
    visit = replace(BLOCK, state=StepState.HELD, day=date(2026, 12, 3), event_id="visit")
    other = booked("2027-01-20", "tp")
    found = refused(visit, BLOCK, history=[booked("2026-12-03", "mbb", *BOTH, id="visit"), other], until="2026-12-10")

    assert found.constraint.kind is ConstraintKind.RULE


def test_that_an_earlier_step_waits_where_its_result_would_be_too_old() -> None:
    history = [done("2026-11-26", "tf", "L4-L5 left", relief=60, months=4)]
    late = step("tf", "L5-S1 left", within_days=20)
    plan = planned(step("tp"), late, history=history)

    assert (plan.steps[1].day - plan.steps[0].day).days <= 20
    assert plan.steps[1].day >= date(2027, 2, 26)


# --- what cannot be met -----------------------------------------------------------------------------------------------


def test_that_a_missing_prerequisite_is_named() -> None:
    found = refused(step("rfa", *LEFT))

    assert found.constraint.kind is ConstraintKind.RULE
    assert found.constraint.sentence.startswith("Step 1, facet ablation: Needs 2 diagnostic facet sessions")


def test_that_a_result_that_is_not_on_file_is_named_with_whom_to_ask() -> None:
    history = [done("2026-06-01", "mbb", *LEFT, relief=80), done("2026-07-01", "mbb", *LEFT)]
    found = refused(step("rfa", *LEFT), history=history)

    assert found.constraint.kind is ConstraintKind.OPEN_FACT
    assert "07/01/2026" in found.constraint.ask


def test_that_a_payer_without_rules_is_named() -> None:
    assert refused(step("rfa", *LEFT), payer="nobody").constraint.kind is ConstraintKind.NO_RULES


def test_that_the_end_of_a_coverage_is_named() -> None:
    ending = Coverage("medicare", end=date(2026, 12, 5))
    found = refused(BLOCK, BLOCK, coverages=(ending,))

    assert found.constraint.kind is ConstraintKind.NO_RULES
    assert "No coverage is on file" in found.constraint.sentence


def test_that_the_payers_interval_is_named_before_the_wishes_of_the_clinic() -> None:
    found = refused(BLOCK, BLOCK, until="2026-12-11")

    assert (found.constraint.kind, found.constraint.step) == (ConstraintKind.RULE, 1)
    assert "14 days" in found.constraint.sentence
    assert isinstance(plan_course(asking_for(BLOCK, BLOCK, until="2026-12-12")), Plan)


def test_that_what_is_named_is_told_of_the_step_without_a_day_as_the_steps_before_it_are_shown() -> None:
    elsewhere = booked("2026-12-03", "tp")  # for its sake the first block was tried on every later day too
    interval = refused(BLOCK, BLOCK, until="2026-12-04", history=[elsewhere])
    lasting = step("tf", "L4-L5 left", relief=80, months=1)
    end = refused(lasting, step("mbb", "L4-L5 left"), until="2026-12-05", history=[elsewhere])

    assert days_of(interval) == days_of(end) == ["2026-11-27"]
    assert "is booked for 11/27/2026" in interval.constraint.sentence
    assert "Clear on Sat 12/12/2026" in interval.constraint.sentence
    assert end.constraint.sentence.startswith("Step 2, diagnostic facet cannot be before Sun 12/27/2026")


def days_of(found: NoPlan) -> list[str]:
    return [each.day.isoformat() for each in found.placed]


def test_that_a_day_with_another_visit_is_left_out_and_named() -> None:
    visit = booked("2026-11-27", "tp")

    assert days(planned(step("mbb", "L4-L5 left"), history=[visit])) == ["2026-11-28"]
    found = refused(step("mbb", "L4-L5 left"), history=[visit], until="2026-11-27")
    assert found.constraint.kind is ConstraintKind.OTHER_VISIT


def test_that_the_clinics_days_are_named() -> None:
    closed = ClinicDays(frozenset({0}), {date(2026, 12, 7): "Repairs"})
    found = refused(step("tp"), start="2026-12-01", until="2026-12-11", clinic=closed)

    assert found.constraint.kind is ConstraintKind.CLINIC_DAYS


def test_that_the_time_for_a_decision_is_named() -> None:
    wanted = Coverage("medicare-advantage", authorization_required=True)
    given = {"coverages": (wanted,), "payer": "medicare-advantage"}
    found = refused(step("tf", "L4-L5 left"), until="2026-12-06", **given)

    assert found.constraint.kind is ConstraintKind.LEAD_TIME
    assert "before Mon 12/07/2026" in found.constraint.sentence
    assert isinstance(plan_course(asking_for(step("tf", "L4-L5 left"), until="2026-12-07", **given)), Plan)


def test_that_a_plans_own_approval_that_nobody_asked_about_is_named() -> None:
    unknown = Coverage("medicare-advantage", authorization_required=None)
    found = refused(step("tf", "L4-L5 left"), coverages=(unknown,), payer="medicare-advantage")

    assert found.constraint.kind is ConstraintKind.AUTHORIZATION
    assert found.constraint.ask.startswith("Ask the plan")


def test_that_a_visit_in_the_way_of_its_own_course_is_named() -> None:
    visit = replace(BLOCK, state=StepState.BOOKED, day=date(2026, 12, 3), event_id="visit")
    found = refused(BLOCK, visit, history=[booked("2026-12-03", "mbb", *BOTH, id="visit")])

    assert [each.kind for each in found.constraints][:1] in ([ConstraintKind.RULE], [ConstraintKind.VISIT])


def test_that_two_constraints_are_named_where_no_single_one_is_enough() -> None:
    weak = step("mbb", *BOTH, relief=50)
    found = refused(weak, BLOCK, step("rfa", *LEFT))

    assert {each.rule for each in found.constraints} == {"facet-second-diagnostic", "facet-ablation-first"}
    assert all(
        "too little relief" in each.sentence or "brought 50% relief" in each.sentence for each in found.constraints
    )


def test_that_a_course_longer_than_three_years_is_refused_as_too_long() -> None:
    found = refused(*[step("rfa", *LEFT, relief=60, months=12)] * 5, history=proven(*LEFT))

    assert found.constraint.kind in (ConstraintKind.COURSE_END, ConstraintKind.RULE)


def test_that_five_steps_ask_few_questions() -> None:
    asked = asking_for(BLOCK, BLOCK, step("rfa", *LEFT), step("rfa", *RIGHT), step("tf", "L4-L5 left"))
    search = Search(asked)

    assert search.days() is not None
    assert search.bench.questions <= 25


def test_that_a_search_ends_when_it_is_called_off_or_its_time_is_over() -> None:
    effort = Effort()
    effort.call_off()
    with pytest.raises(EndedError, match="called off"):
        plan_course(replace(asking_for(BLOCK, BLOCK), effort=effort))
    with pytest.raises(EndedError, match="out of time"):
        plan_course(replace(asking_for(BLOCK, BLOCK), effort=Effort(0)))

    patient = Effort(1000)
    assert isinstance(plan_course(replace(asking_for(BLOCK, BLOCK), effort=patient)), Plan)
    assert patient.told[0] > 0


def test_that_search_stops_and_says_so_when_it_cannot_try_everything() -> None:
    search = Search(asking_for(BLOCK, BLOCK, until="2026-12-11"), most=0)

    assert search.days() is None
    assert not search.complete


@pytest.mark.parametrize(
    ("given", "words"),
    [({"gap_days": 0}, "at least a day"), ({"gap_days": 9, "within_days": 8}, "before its earliest")],
)
def test_that_steps_which_cannot_be_are_refused(given: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        step("tp", **given)


def test_that_weekdays_and_long_closures_are_minded() -> None:
    assert MONDAYS.first_open(date(2026, 11, 27)) == date(2026, 11, 30)
    shut = {date(2026, 11, 30) + timedelta(7 * week): "Repairs" for week in range(80)}
    assert ClinicDays(frozenset({0}), shut).first_open(date(2026, 11, 27)) is None
    with pytest.raises(ValueError, match="open weekdays"):
        ClinicDays(frozenset({7}))


def test_that_an_approval_is_asked_for_on_a_day_on_which_the_clinic_works() -> None:
    def asked(start: str, clinic: ClinicDays, as_of: str = "2026-11-20") -> str:
        wanted = Coverage("medicare-advantage", authorization_required=True)
        by_payer = {"coverages": (wanted,), "payer": "medicare-advantage"}
        plan = planned(step("tf", "L4-L5 left"), start=start, clinic=clinic, as_of=as_of, **by_payer)
        return str(plan.steps[0].request_by)

    thanksgiving = ClinicDays(closed={date(2026, 11, 26): "Thanksgiving"})
    assert asked("2026-12-07", thanksgiving) == "2026-11-27"  # ten days before, a Friday
    assert asked("2026-12-08", thanksgiving) == "2026-11-27"  # a Saturday would be ten days before
    assert asked("2026-12-06", thanksgiving) == "2026-11-27"  # the first open day is the Monday
    assert asked("2026-12-08", ClinicDays(frozenset({1, 3}))) == "2026-11-24"  # the Thursday is Thanksgiving
    shut = ClinicDays(frozenset({1, 3}), {date(2026, 11, 26): "Thanksgiving"})
    assert asked("2026-12-08", shut) == "2026-11-24"
    every_day, weekends = ClinicDays(frozenset(range(7))), ClinicDays(frozenset({5, 6}))
    assert asked("2026-12-08", every_day) == "2026-11-27"  # the clinic works on that Saturday, the payer does not
    assert asked("2026-12-06", every_day) == "2026-11-25"  # nor on Thanksgiving, ten days before
    assert asked("2026-12-12", weekends) == "2026-12-02"  # the clinic has no day on which the payer works
    assert asked("2026-12-08", shut, as_of="2026-11-28") == "2026-11-28"  # today, where the last open day is over


def test_that_the_last_open_day_is_looked_for_backwards() -> None:
    assert MONDAYS.last_open(date(2026, 11, 29)) == date(2026, 11, 23)
    assert MONDAYS.last_open(date(2026, 11, 30)) == date(2026, 11, 30)
    shut = {date(2026, 11, 23) - timedelta(7 * week): "Repairs" for week in range(80)}
    assert ClinicDays(frozenset({0}), shut).last_open(date(2026, 11, 29)) is None
