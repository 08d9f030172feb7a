"""Where a visit may go from where it stands, and what its event becomes."""

from __future__ import annotations

from datetime import date

from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import EventStatus
from tracker.domain.language import msg, tr
from tracker.domain.us_dates import us_date

_OPEN = frozenset({BookingStatus.BOOKED, BookingStatus.CONFIRMED, BookingStatus.ARRIVED})
_CLOSED = frozenset({BookingStatus.DONE, BookingStatus.CANCELLED, BookingStatus.NO_SHOW})
_NOT_BEFORE_ITS_DAY = frozenset({BookingStatus.ARRIVED, BookingStatus.DONE, BookingStatus.NO_SHOW})

MOVES = {status: (_OPEN | _CLOSED) - {status} for status in (*_OPEN, BookingStatus.HELD)} | dict.fromkeys(
    _CLOSED, frozenset[BookingStatus]()
)
"""The statuses that each may go to; a held visit becomes a booked one, and none becomes held again.

A closed visit is opened again by undo, or booked anew and so checked anew."""

EVENT_STATUS = {
    BookingStatus.DONE: EventStatus.PERFORMED,
    BookingStatus.CANCELLED: EventStatus.CANCELLED,
    BookingStatus.NO_SHOW: EventStatus.NO_SHOW,
}

SENTENCES = {
    BookingStatus.HELD: msg("Held"),
    BookingStatus.BOOKED: msg("Not confirmed any more"),
    BookingStatus.CONFIRMED: msg("Confirmed"),
    BookingStatus.ARRIVED: msg("Arrived"),
    BookingStatus.DONE: msg("Done"),
    BookingStatus.CANCELLED: msg("Cancelled"),
    BookingStatus.NO_SHOW: msg("No-show"),
}


def sentence(before: BookingStatus, status: BookingStatus) -> str:
    """Return what became of the visit, in words."""
    return tr("Booked") if before is BookingStatus.HELD and status is BookingStatus.BOOKED else tr(SENTENCES[status])


def status_word(status: BookingStatus) -> str:
    """Return where a visit stands, inside a sentence or a cell."""
    return (tr("Booked") if status is BookingStatus.BOOKED else tr(SENTENCES[status])).lower()


def check_move(booking: Booking, status: BookingStatus, today: date) -> None:
    """Raise InvalidEntryError when the visit cannot go there."""
    if status not in MOVES[booking.status]:
        raise InvalidEntryError(
            tr("This visit is {status}; that stands.", status=status_word(booking.status)),
            "",
            tr("Undo it if it was a slip, or book a new visit."),
        )
    if status in _NOT_BEFORE_ITS_DAY and booking.day > today:
        raise InvalidEntryError(
            tr("This visit is on {day}, which has not come yet.", day=us_date(booking.day, True)),
            "",
            tr("Move it or cancel it instead."),
        )
