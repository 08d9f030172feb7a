"""Two visits that cannot both be: the same procedure twice on one day, or one provider at two places."""

from __future__ import annotations

from datetime import time

from tracker.domain.booking import Booking
from tracker.domain.errors import ConflictError
from tracker.domain.us_dates import us_date
from tracker.services.wording import event_text, us_time
from tracker.storage.unit_of_work import UnitOfWork


def refuse_clashes(uow: UnitOfWork, booking: Booking) -> None:
    """Raise ConflictError when an open visit stands in the way of `booking`, which may itself be on file."""
    others = [
        other for other in uow.bookings.list_between(booking.day, booking.day, open_only=True) if other.id != booking.id
    ]
    for other in others:
        if other.patient_id == booking.patient_id and _same_procedure(other, booking):
            at = f" at {us_time(other.starts)}" if other.starts else ""
            raise ConflictError(
                f"{event_text(other.event)} is booked for this patient already, {us_date(other.day, True)}{at}.",
                "",
                "Open that visit, or choose another day.",
            )
        if other.provider_id and other.provider_id == booking.provider_id and _overlap(other, booking):
            raise ConflictError(
                f"The provider has another visit from {_span(other)} that day.", "", "Choose another time or provider."
            )


def _same_procedure(one: Booking, other: Booking) -> bool:
    return _procedure(one) == _procedure(other)


def _procedure(booking: Booking) -> tuple[object, ...]:
    event = booking.event
    return event.family, event.intent, event.approach, frozenset(event.targets)


def _overlap(one: Booking, other: Booking) -> bool:
    if one.starts is None or other.starts is None:
        return False
    first, second = _minute(one.starts), _minute(other.starts)
    return first < second + other.minutes and second < first + one.minutes


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _span(booking: Booking) -> str:
    starts = booking.starts or time()
    ends = min(_minute(starts) + booking.minutes, 24 * 60 - 1)
    return f"{us_time(starts)} to {us_time(time(ends // 60, ends % 60))}"
