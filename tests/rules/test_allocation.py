"""Units of approvals that visits on file use: counted from the history each time, on the approval that ends first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.asking import aborted, affirmation, approval, at, booked, done, question, rules, said
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventStatus
from tracker.domain.verdict import Verdict
from tracker.rules import evaluate
from tracker.rules.allocation import with_units_in_use

Line = AuthorizationLine
PLAN = "medicare-advantage"
NOON = "2026-11-23"


def used(*found: Authorization, history: tuple[Event, ...], payer: str = PLAN) -> list[list[tuple[int, int]]]:
    """Return (used, booked) of every line of every approval."""
    coverage = Coverage(payer, authorization_required=True)
    case = question(
        NOON, "mbb", "L4-L5 left", history=history, payer=payer, coverages=(coverage,), authorizations=found
    )
    counted = with_units_in_use(case, rules().codes).authorizations
    return [[(line.used, line.booked) for line in each.lines] for each in counted]


def block(day: str, *targets: str, **given: Any) -> Event:
    return done(day, "mbb", *(targets or ("L4-L5 left",)), payer=PLAN, **given)


def test_that_done_visits_use_and_coming_visits_book_the_units_of_their_codes() -> None:
    two = approval(Line("64493", 3), Line("64494", 3))
    history = (block("2026-02-02", "L4-L5 left", "L5-S1 left"), booked("2026-12-14", "mbb", "L4-L5 left", payer=PLAN))
    assert used(two, history=history) == [[(1, 1), (1, 0)]]


def test_that_what_was_used_before_the_file_is_added() -> None:
    assert used(approval(Line("64493", 3, 1)), history=(block("2026-02-02"),)) == [[(2, 0)]]


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.NO_SHOW])
def test_that_visits_called_off_use_nothing(status: EventStatus) -> None:
    assert used(approval(Line("64493", 3)), history=(block("2026-02-02", status=status),)) == [[(0, 0)]]


def test_that_an_aborted_one_uses_its_units() -> None:
    assert used(approval(Line("64493", 3)), history=(aborted(block("2026-02-02")),)) == [[(1, 0)]]


@pytest.mark.parametrize(
    ("found", "event"),
    [
        (approval(Line("64493", 3), start=date(2026, 2, 3)), block("2026-02-02")),
        (approval(Line("64493", 3), end=date(2026, 2, 1)), block("2026-02-02")),
        (approval(Line("64493", 3), payer="aetna"), block("2026-02-02")),
        (approval(Line("64493", 3)), replace(block("2026-02-02"), payer="aetna")),
        (approval(Line("64635", 3)), block("2026-02-02")),
        (approval(Line("64493", 3, targets=at("L5-S1 left"))), block("2026-02-02")),
        (approval(Line("64493", 3, targets=at("L4-L5 right"))), block("2026-02-02")),
        (approval(Line("64493", 3, denied=True)), block("2026-02-02")),
        (approval(Line("64493", 3), number=None), block("2026-02-02")),
        (approval(Line("64493", 3), status=AuthorizationStatus.DENIED), block("2026-02-02")),
        (approval(Line("64493", 3)), block("2026-02")),
        (approval(Line("64493", 3), place_of_service="22"), block("2026-02-02", place_of_service="11")),
    ],
)
def test_that_a_visit_draws_only_on_what_holds_it(found: Authorization, event: Event) -> None:
    assert used(found, history=(event,)) == [[(0, 0)]]


def test_that_the_approval_that_ends_first_is_drawn_on_first_and_then_the_next() -> None:
    late = approval(Line("64493", 1), number="A-2", end=date(2026, 12, 31))
    soon = approval(Line("64493", 1), number="A-1", end=date(2026, 6, 30))
    assert used(late, soon, history=(block("2026-02-02"),)) == [[(0, 0)], [(1, 0)]]
    assert used(late, soon, history=(block("2026-02-02"), block("2026-03-02"))) == [[(1, 0)], [(1, 0)]]


def test_that_an_approval_without_an_end_is_drawn_on_last() -> None:
    endless = replace(approval(Line("64493", 3)), number="A-0", end=None)
    ending = replace(approval(Line("64493", 3)), number="A-9")
    assert used(endless, ending, history=(block("2026-02-02"),)) == [[(0, 0)], [(1, 0)]]


def test_that_a_hospital_affirmation_is_spent_by_a_hospital_visit_and_not_by_one_in_the_office() -> None:
    one = affirmation(Line("64493"))
    visit = done("2026-10-12", "mbb", "L4-L5 left", place_of_service="22")
    assert used(one, history=(visit,), payer="medicare") == [[(1, 0)]]
    assert used(one, history=(replace(visit, place_of_service="11"),), payer="medicare") == [[(0, 0)]]
    assert used(one, history=(replace(visit, place_of_service=None),), payer="medicare") == [[(1, 0)]]


def _asked(*found: Authorization, history: tuple[Event, ...]) -> Verdict:
    coverage = Coverage(PLAN, authorization_required=True)
    case = question(NOON, "mbb", "L4-L5 left", history=history, payer=PLAN, coverages=(coverage,), authorizations=found)
    return evaluate(with_units_in_use(case, rules().codes), rules())


def test_that_the_answer_shows_granted_used_and_booked() -> None:
    history = (
        block("2026-02-02", "L5-S1 right", relief=90),
        booked("2026-12-14", "mbb", "L5-S1 right", payer=PLAN),
    )
    verdict = _asked(approval(Line("64493", 2)), history=history)
    assert "0 of 1 unit of 64493 left (2 granted, 1 used, 1 booked)" in said(verdict)
    assert not verdict.approvals


def test_that_the_answer_names_the_approval_that_ends_first() -> None:
    late = approval(Line("64493", 5), number="A-2", end=date(2027, 6, 30))
    soon = approval(Line("64493", 4), number="A-1", end=date(2026, 12, 31))
    verdict = _asked(late, soon, history=())
    assert [(each.number, each.left, each.end) for each in verdict.approvals] == [("A-1", 4, date(2026, 12, 31))]
    assert "A-1, which ends first, is taken" in said(verdict)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"seen": "St. Anne"}, [[(0, 0)], [(1, 0)]]),
        ({"seen": "Bluegrass"}, [[(1, 0)], [(0, 0)]]),
        ({}, [[(1, 0)], [(0, 0)]]),
    ],
)
def test_that_a_visit_of_a_known_facility_draws_on_the_approval_for_it(
    where: dict[str, str], expected: list[list[tuple[int, int]]]
) -> None:
    """Two surgery centers have one place of service: only their names tell the approvals apart."""
    soon = approval(Line("64493", 3), number="A-1", end=date(2026, 6, 30), facility="Bluegrass", place_of_service="24")
    late = approval(Line("64493", 3), number="A-2", end=date(2026, 9, 30), facility="St. Anne", place_of_service="24")
    visit = replace(block("2026-02-02", place_of_service="24"), id="seen")
    case = question(
        NOON, "mbb", "L4-L5 left", history=(visit,), payer=PLAN, authorizations=(soon, late),
        coverages=(Coverage(PLAN, authorization_required=True),),
    )  # fmt: skip
    counted = with_units_in_use(replace(case, facilities=where), rules().codes).authorizations
    assert [[(line.used, line.booked) for line in each.lines] for each in counted] == expected
