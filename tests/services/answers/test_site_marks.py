"""What every joint would answer by itself, under the shipped rules of Medicare in Kentucky."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import a_request, performed
from tests.fakes import FixedClock
from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.procedure import Family, TargetKind
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.rules import evaluate
from tracker.services.answers.site_marks import Heat, SpineMarks, targets_of
from tracker.services.patients.history import HistoryService
from tracker.services.transactions import Transactions
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames

DAY = date(2026, 12, 3)
RIGHT = Target(LEVELS["L4-L5"], Side.RIGHT)
LEFT = Target(LEVELS["L4-L5"], Side.LEFT)


@pytest.fixture
def booking(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> BookingService:
    catalog = load_catalog(resource_root())
    return BookingService(transactions, lambda case: evaluate(case, catalog), payers, clock)


def marks(booking: BookingService, patient_id: str) -> SpineMarks:
    return booking.spine(a_request(patient_id, DAY, sites=()), targets_of(TargetKind.FACET))


def test_that_without_history_every_place_is_open(booking: BookingService, patient_id: str) -> None:
    found = marks(booking, patient_id)

    assert [mark.target for mark in found.marks] == list(targets_of(TargetKind.FACET))
    assert not any(mark.closed or mark.used for mark in found.marks)
    assert found.full == ""


def test_that_a_joint_tells_its_use_and_its_last_events(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    history.add(patient_id, performed("2026-06-15", Family.FACET_INJECTION, "L4-L5 right", relief_percent=85.0))
    history.add(patient_id, performed("2024-06-15", Family.FACET_INJECTION, "L4-L5 both", relief_percent=60.0))
    found = marks(booking, patient_id)

    right, left = found.mark(RIGHT), found.mark(LEFT)
    assert right is not None
    assert left is not None
    assert (right.used, left.used) == (1, 0)
    assert right.lines == ("06/15/2026 MBB, right, 85%", "06/15/2024 MBB, both, 60%")


def test_that_a_visit_that_is_changed_does_not_stand_in_its_own_way(booking: BookingService, patient_id: str) -> None:
    booked = a_request(patient_id, DAY)
    visit = booking.book(booked, booking.check(booked).fingerprint).value
    later = replace(booked, day=date(2026, 12, 10))
    beside = booking.spine(later, (RIGHT,)).mark(RIGHT)
    instead = booking.spine(later, (RIGHT,), visit.id).mark(RIGHT)

    assert beside is not None
    assert instead is not None
    assert (beside.used, beside.closed) == (1, True)
    assert (instead.used, instead.closed, instead.lines) == (0, False, ())


def test_that_a_joint_whose_block_fell_short_is_closed_and_its_neighbour_is_not(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    history.add(patient_id, performed("2026-06-15", Family.FACET_INJECTION, "L4-L5 right", relief_percent=40.0))
    found = marks(booking, patient_id)

    closed = {mark.target.label for mark in found.marks if mark.closed}
    assert closed == {"L4-5 right"}


def test_that_a_full_region_is_told_once_and_closes_no_single_joint(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    for day, level in (
        ("2026-01-12", "L1-L2"),
        ("2026-03-02", "L2-L3"),
        ("2026-06-15", "L3-L4"),
        ("2026-07-13", "L5-S1"),
    ):
        history.add(patient_id, performed(day, Family.FACET_INJECTION, f"{level} left", relief_percent=85.0))
    found = marks(booking, patient_id)

    assert (found.full, found.nearly) == ("4 of 4 sessions", "")
    assert not any(mark.closed for mark in found.marks)


def test_that_the_last_session_of_a_region_is_told_once_and_marks_no_single_joint(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    for day, level in (("2026-01-12", "L1-L2"), ("2026-03-02", "L2-L3"), ("2026-06-15", "L3-L4")):
        history.add(patient_id, performed(day, Family.FACET_INJECTION, f"{level} left", relief_percent=85.0))
    found = marks(booking, patient_id)

    assert (found.full, found.nearly) == ("", "3 of 4 sessions")
    assert not any(mark.last for mark in found.marks)


def test_that_heat_knows_every_part_of_the_spine_in_the_window_and_ever(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    history.add(patient_id, performed("2026-06-15", Family.FACET_INJECTION, "L4-L5 both"))
    history.add(patient_id, performed("2023-06-15", Family.FACET_INJECTION, "L4-L5 right"))
    history.add(patient_id, performed("2023-01-10", Family.FACET_INJECTION, "C5-C6 left"))
    history.add(patient_id, performed("2026-05-01", Family.EPIDURAL, "L4-L5 right"))

    heat = marks(booking, patient_id).heat

    assert heat[RIGHT] == Heat(1, 2)
    assert heat[LEFT] == Heat(1, 1)
    assert heat[Target(LEVELS["C5-C6"], Side.LEFT)] == Heat(0, 1)
    assert len(heat) == 3


def test_that_a_place_tells_its_limit_when_it_is_free_and_the_rule_that_decides(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    for day in ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13"):
        history.add(patient_id, performed(day, Family.FACET_INJECTION, "L4-L5 right", relief_percent=85.0))

    mark = marks(booking, patient_id).mark(RIGHT)

    assert mark is not None
    assert mark.latest == date(2026, 7, 13)
    assert mark.limit.startswith("4 of 4 sessions used")
    assert mark.next == "next free Wed 01/13/2027"
    assert "4" in mark.rule
