"""Which days before the one asked are not allowed, on a real file."""

from __future__ import annotations

from datetime import date

from tests.builders import a_request, performed
from tests.fixtures import TODAY
from tracker.domain.windows import Window
from tracker.services.patients.history import HistoryService
from tracker.services.visits.booking import BookingService

FOUR = ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13")


def test_that_all_days_from_today_are_told_while_the_count_is_full(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    for day in FOUR:
        history.add(patient_id, performed(day))
    assert booking.closed_spans(a_request(patient_id, date(2026, 12, 3))) == (Window(TODAY, date(2026, 12, 2)),)
    assert booking.closed_spans(a_request(patient_id, date(2027, 1, 20))) == (Window(TODAY, date(2027, 1, 12)),)


def test_that_nothing_is_told_where_every_day_is_allowed(booking: BookingService, patient_id: str) -> None:
    assert booking.closed_spans(a_request(patient_id, date(2026, 12, 3))) == ()


def test_that_closed_days_between_allowed_ones_are_a_span_of_their_own(
    booking: BookingService, history: HistoryService, patient_id: str
) -> None:
    for day in ("2026-01-12", "2026-02-02", "2026-06-15"):
        history.add(patient_id, performed(day))
    fourth = a_request(patient_id, date(2026, 12, 10))
    booking.book(fourth, booking.check(fourth).fingerprint)
    (span,) = booking.closed_spans(a_request(patient_id, date(2027, 1, 20)))
    assert (span.start, span.end) == (date(2026, 12, 10), date(2027, 1, 12))
