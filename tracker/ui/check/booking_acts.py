"""Writes what the desk decided: books, moves, or does either for a reason; one at a time, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.domain.booking import Booking, BookingRequest, Override
from tracker.domain.errors import NotAllowedError, TrackerError
from tracker.domain.us_dates import us_date
from tracker.services.answers.answers import Answer, AnswerChangedError
from tracker.services.changes import Done
from tracker.services.words.wording import request_text
from tracker.ui.check.next_act import BOOKS, MOVES, SAVES
from tracker.ui.check.override_dialog import OverrideDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import status_of


class BookingActs(QObject):
    """`done` carries the Done of a booking, `pinned` that of the pinboard.

    `failed` carries an error that the desk can mend; nothing was written then.
    """

    done = Signal(object)
    pinned = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._booking_id = self._pin_id = ""
        self._was: BookingRequest | None = None
        self._busy = False
        self.dialog: OverrideDialog | None = None

    def begin(self, booking_id: str = "", pin_id: str = "") -> None:
        """With an id the visit of that id is moved instead of a new one booked; `pin_id` goes off with its booking."""
        self._booking_id, self._pin_id, self._was = booking_id, pin_id, None

    def change_from(self, was: BookingRequest) -> None:
        """Write the visit over in any way, as long as it still is what it was."""
        self._was = was

    def is_busy(self) -> bool:
        """Tell whether something is being written now."""
        return self._busy

    def book(self, request: BookingRequest, seen: str) -> None:
        """Book, or move to, the day of the request under the answer that was seen."""
        self._write(lambda: self._booked(request, seen, None), self.failed.emit)

    def hold(self, request: BookingRequest, seen: str) -> None:
        """Book the day of the request on hold: it waits for an approval."""
        if self._booking_id:
            self._write(lambda: self._rebooked(request, seen, None, hold=True), self.failed.emit)
        else:
            booking = self._context.services.booking
            self._write(lambda: booking.hold(request, seen), self.failed.emit)

    def ask_reason(self, answer: Answer, request: BookingRequest) -> None:
        """Open the dialog of reasons for booking against this answer; who may not book is told before typing one."""
        if refused := self._context.services.rights.refusal("booking.override"):
            self.failed.emit(NotAllowedError(refused))
            return
        service = self._context.services.booking
        day = us_date(request.day, weekday=True)
        what = request_text(request)
        dialog = OverrideDialog(
            answer.patient,
            f"{what}, {day}, {answer.payer_label}",
            status_of(answer.tone),
            answer.headline,
            f"{self._verb()} {day}",
            service.next_steps,
            self._context.tasks,
            self._page,
        )
        dialog.wanted.connect(lambda override: self._override(request, answer.fingerprint, override))
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _booked(self, request: BookingRequest, seen: str, override: Override | None) -> Done[Booking]:
        if self._booking_id:
            return self._rebooked(request, seen, override)
        booking = self._context.services.booking
        if override is not None:
            return booking.override(request, seen, override, self._pin_id)
        return booking.book(request, seen, self._pin_id)

    def _rebooked(
        self, request: BookingRequest, seen: str, override: Override | None, *, hold: bool = False
    ) -> Done[Booking]:
        """Move the visit in hand, or write all of it over."""
        booking, visit = self._context.services.booking, self._booking_id
        if self._was is None:
            return booking.move(visit, request.day, request.starts, seen, override, hold=hold)
        return booking.change(visit, self._was, request, seen, override, hold=hold)

    def _verb(self) -> str:
        return (BOOKS if not self._booking_id else MOVES if self._was is None else SAVES).does

    def pin(self, request: BookingRequest) -> None:
        """Park the request on the pinboard."""
        service = self._context.services.pinboard

        def failed(error: Exception) -> None:
            (self.failed if isinstance(error, TrackerError) else self._context.tasks.unseen).emit(error)

        self._context.tasks.run(self, lambda: service.pin(request), self.pinned.emit, failed)

    def _override(self, request: BookingRequest, seen: str, override: Override) -> None:
        self._write(lambda: self._booked(request, seen, override), self._on_override_failed)

    def _write(self, work: Callable[[], Done[Booking]], failed: Callable[[Exception], None]) -> None:
        if self._busy:
            return
        self._busy = True

        def on_failed(error: Exception) -> None:
            self._busy = False
            if isinstance(error, TrackerError):
                failed(error)
            else:
                self._context.tasks.unseen.emit(error)

        self._context.tasks.run(self, work, self._on_done, on_failed)

    def _on_done(self, done: Done[Booking]) -> None:
        self._busy = False
        if self.dialog is not None:
            self.dialog.accept()
        self.done.emit(done)

    def _on_override_failed(self, error: Exception) -> None:
        if self.dialog is None or isinstance(error, AnswerChangedError):
            if self.dialog is not None:
                self.dialog.reject()
            self.failed.emit(error)
        else:
            self.dialog.show_refusal(error)

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
