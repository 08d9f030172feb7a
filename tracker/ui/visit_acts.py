"""What the desk does with a visit on a list: single letters while the list has the focus, the same acts as buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.pages.page import CheckStart, PageContext, RequestStart

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow


@dataclass(frozen=True, slots=True)
class VisitAct:
    """One letter: where the visit goes to, in words for a button, a menu and the list of keys."""

    key: str
    text: str
    menu_text: str
    words: str
    status: BookingStatus


VISIT_ACTS = (
    VisitAct(
        "C",
        tr("Confirm"),
        tr("Visit con&firmed"),
        tr("Confirmed, or not any more; held: booked"),
        BookingStatus.CONFIRMED,
    ),
    VisitAct("I", tr("Check in"), tr("Visit checked &in"), tr("Arrived, checked in"), BookingStatus.ARRIVED),
    VisitAct("D", tr("Done"), tr("Visit &done"), tr("Done: it enters the history"), BookingStatus.DONE),
    VisitAct("X", tr("Cancel visit"), tr("Visit cance&lled"), tr("Cancelled"), BookingStatus.CANCELLED),
    VisitAct("N", tr("No-show"), tr("&No-show"), tr("No-show"), BookingStatus.NO_SHOW),
)
_SLIP = tr("Undo it if that was a slip.")
VISIT_KEYS = (
    ("Enter", tr("Open the patient")),
    *((act.key, act.words) for act in VISIT_ACTS),
    ("M", tr("Move to another day")),
    ("E", tr("Edit: levels, time, provider, site, note, in Check and book")),
    ("A", tr("Ask for an authorization")),
    ("P", tr("Park what a called-off visit was for on the pinboard")),
    ("R", tr("Check again")),
)


class VisitTable(Protocol):
    """What the acts want of a table: keys for the current record, and a signal of Enter."""

    row_activated: SignalInstance

    def bind(self, key: str, act: Callable[[Any], None], /) -> object: ...


class VisitActs(QObject):
    """Does the acts through the booking service, one at a time a visit, and tells what became of them.

    `acted` carries the Done of the service, `failed` the error; nothing is asked first, since every act can be undone.
    What is wanted of a visit that is being written waits, and is done with the visit as it stands then.
    """

    acted = Signal(object)
    failed = Signal(object)
    check_wanted = Signal(object)
    patient_wanted = Signal(str)
    recheck_wanted = Signal(str)
    request_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._under_way: dict[str, list[tuple[str, Callable[[Booking], None]]]] = {}
        self._written: dict[str, tuple[Booking, Booking]] = {}  # as the list shows it still, and as it stands

    def bind(
        self,
        table: VisitTable,
        row_of: Callable[[Any], DayRow | None] = lambda record: record,
    ) -> None:
        """Give a table the letters. `row_of` may know no visit for a record."""

        def on_visit(do: Callable[[Booking, DayRow], None]) -> Callable[[Any], None]:
            def act(record: Any) -> None:
                row = row_of(record)
                if row is not None:
                    do(row.booking, row)

            return act

        for each in VISIT_ACTS:
            table.bind(each.key, on_visit(self._setter(each.status)))
        table.bind("M", on_visit(lambda booking, row: self.move(booking, row.day_that_fits)))
        table.bind("E", on_visit(lambda booking, _row: self.change(booking)))
        table.bind("A", on_visit(lambda _booking, row: self.ask(row)))
        table.bind("P", on_visit(lambda booking, _row: self.pin(booking)))
        table.bind("R", on_visit(lambda booking, _row: self.recheck_wanted.emit(booking.id)))
        table.row_activated.connect(on_visit(lambda booking, _row: self.open(booking)))

    def _setter(self, status: BookingStatus) -> Callable[[Booking, DayRow], None]:
        return lambda booking, _row: self.set_status(booking, status)

    def set_status(self, booking: Booking, status: BookingStatus) -> None:
        """Bring the visit there; confirming one that is confirmed takes that back, and one that is held is booked."""
        self._when_free(booking, str(status), lambda known: self._set_status(booking, known, status))

    def _set_status(self, shown: Booking, booking: Booking, status: BookingStatus) -> None:
        wanted = status
        if status is BookingStatus.CONFIRMED and booking.status in (BookingStatus.CONFIRMED, BookingStatus.HELD):
            wanted = BookingStatus.BOOKED
        elif status is BookingStatus.CONFIRMED and booking.status is BookingStatus.ARRIVED:
            self.failed.emit(InvalidEntryError(tr("This patient is here, so there is nothing to confirm."), "", _SLIP))
            return
        self._under_way[booking.id] = [(str(status), lambda _known: None)]
        service = self._context.services.booking

        def done(result: Done[Booking]) -> None:
            self._written[booking.id] = (shown, result.value)
            waiting = self._under_way.pop(booking.id)
            self.acted.emit(result)
            for what, do in waiting[1:]:
                self._when_free(shown, what, do)

        def failed(error: Exception) -> None:
            del self._under_way[booking.id]  # what waited was wanted of a visit that was to stand elsewhere
            self._tell(error)

        self._context.tasks.run(self, lambda: service.set_status(booking.id, wanted), done, failed)

    def _when_free(self, shown: Booking, what: str, do: Callable[[Booking], None]) -> None:
        """Do it with the visit as it stands, after what is being written; the same wanted twice at once is done once.

        A list shows a visit as it was until it is read again.
        """
        waiting = self._under_way.get(shown.id)
        if waiting is None:
            before, now = self._written.get(shown.id, (None, shown))
            do(now if before is shown else shown)
        elif waiting[-1][0] != what:
            waiting.append((what, do))

    def move(self, booking: Booking, day: date | None = None) -> None:
        """Ask for Check and book, which judges the move."""
        self._when_free(booking, "move", lambda known: self._move(known, day))

    def _move(self, booking: Booking, day: date | None) -> None:
        if booking.status.open:
            self.check_wanted.emit(CheckStart(booking.patient_id, booking_id=booking.id, day=day))
        else:
            self._refuse(tr("This visit is closed, so it cannot be moved."))

    def change(self, booking: Booking) -> None:
        """Ask for Check and book with the visit as it stands: what is changed there is judged."""
        self._when_free(booking, "change", self._change)

    def _change(self, booking: Booking) -> None:
        if booking.status.open:
            self.check_wanted.emit(CheckStart(booking.patient_id, booking_id=booking.id, change=True))
        else:
            self._refuse(tr("This visit is closed, so it cannot be changed."))

    def _refuse(self, sentence: str) -> None:
        self.failed.emit(InvalidEntryError(sentence, "", tr("Book a new visit instead.")))

    def ask(self, row: DayRow) -> None:
        """Begin a request for an authorization of the visit."""
        self.request_wanted.emit(RequestStart(row.booking.patient_id, row.request))

    def pin(self, booking: Booking) -> None:
        """Park what a closed visit was for."""
        self._when_free(booking, "pin", self._pin)

    def _pin(self, booking: Booking) -> None:
        service = self._context.services.pinboard
        self._context.tasks.run(self, lambda: service.pin_visit(booking.id), self.acted.emit, self._tell)

    def open(self, booking: Booking) -> None:
        """Ask for the patient of the visit."""
        self.patient_wanted.emit(booking.patient_id)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.failed.emit(error)
        else:
            self._context.tasks.unseen.emit(error)
