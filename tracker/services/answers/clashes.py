"""Two visits that cannot both be: the same procedure twice on one day, or one provider at two places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from tracker.domain.booking import Booking
from tracker.domain.errors import ConflictError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.words.wording import event_text, us_time
from tracker.storage.unit_of_work import UnitOfWork


def refuse_clashes(uow: UnitOfWork, booking: Booking) -> None:
    """Raise ConflictError when an open visit stands in the way of `booking`, which may itself be on file."""
    others = [
        other for other in uow.bookings.list_between(booking.day, booking.day, open_only=True) if other.id != booking.id
    ]
    for other in others:
        if other.patient_id == booking.patient_id and _same_procedure(other, booking):
            raise ConflictError(_booked_already(other), "", tr("Open that visit, or choose another day."))
    busy = busy_with(others, booking.provider_id, booking.starts, booking.minutes)
    if busy is not None:
        raise ConflictError(taken_words(busy), "", tr("Choose another time or provider."))


def _booked_already(visit: Booking) -> str:
    what, day = event_text(visit.event), us_date(visit.day, True)
    if visit.starts is None:
        return tr("{what} is booked for this patient already, {day}.", what=what, day=day)
    at = us_time(visit.starts)
    return tr("{what} is booked for this patient already, {day} at {time}.", what=what, day=day, time=at)


def busy_with(others: Iterable[Booking], provider_id: str, starts: time | None, minutes: int) -> Booking | None:
    """Return the visit of the day for which the provider is needed elsewhere, None where there is none."""
    if not provider_id or starts is None:
        return None
    first, last = _minute(starts), _minute(starts) + minutes
    same = (other for other in others if other.provider_id == provider_id and other.starts is not None)
    return next((each for each in same if _minute(each.starts or starts) < last and first < _ends(each)), None)


def taken_words(busy: Booking) -> str:
    return tr("The provider has another visit from {span} that day.", span=_span(busy))


def _same_procedure(one: Booking, other: Booking) -> bool:
    return _procedure(one) == _procedure(other)


def _procedure(booking: Booking) -> tuple[object, ...]:
    event = booking.event
    return event.family, event.intent, event.approach, frozenset(event.targets)


def _ends(visit: Booking) -> int:
    return _minute(visit.starts or time()) + visit.minutes


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _span(booking: Booking) -> str:
    starts = booking.starts or time()
    ends = min(_minute(starts) + booking.minutes, 24 * 60 - 1)
    return tr("{first} to {last}", first=us_time(starts), last=us_time(time(ends // 60, ends % 60)))
