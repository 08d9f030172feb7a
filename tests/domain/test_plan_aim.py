"""For which plans a change is: what is typed, and that it reads back as it is written."""

from __future__ import annotations

import pytest

from tracker.domain.plan_aim import PlanAim, plan_aim


@pytest.mark.parametrize(
    ("typed", "aim"),
    [
        ("", PlanAim()),
        (" ; ", PlanAim()),
        (" Gold  PPO ", PlanAim(("Gold PPO",))),
        ("Gold; Silver", PlanAim(("Gold", "Silver"))),
        ("Gold;gold ;Silver;", PlanAim(("Gold", "Silver"))),
        ("all but Gold; Silver", PlanAim(not_plans=("Gold", "Silver"))),
        ("ALL BUT Gold", PlanAim(not_plans=("Gold",))),
        ("All buttons plan", PlanAim(("All buttons plan",))),
    ],
)
def test_that_plans_are_read_as_they_are_typed_and_written(typed: str, aim: PlanAim) -> None:
    assert plan_aim(typed) == aim
    assert plan_aim(aim.written) == aim


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Gold; Silver", "silver; GOLD", True), ("Gold", "Gold; Silver", False), ("Gold", "all but Gold", False)],
)
def test_that_the_order_and_the_case_of_names_make_no_other_aim(one: str, other: str, same: bool) -> None:
    assert (plan_aim(one).key == plan_aim(other).key) is same


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("Gold", ", plan “Gold”"),
        ("Gold; Tin", ", plans “Gold”, “Tin”"),
        ("all but Gold", ", all plans but “Gold”"),
    ],
)
def test_that_an_aim_is_said_in_words(typed: str, words: str) -> None:
    assert plan_aim(typed).words == words
