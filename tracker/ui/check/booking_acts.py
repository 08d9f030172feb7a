"""Writes what the desk decided: books, moves, or does either for a reason; one at a time, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.domain.booking import Booking, BookingRequest, Override
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.answers import Answer, AnswerChangedError
from tracker.services.changes import Done
from tracker.services.wording import request_text
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
        self._busy = False
        self.dialog: OverrideDialog | None = None

    def begin(self, booking_id: str = "", pin_id: str = "") -> None:
        """With an id the visit of that id is moved instead of a new one booked; `pin_id` goes off with its booking."""
        self._booking_id, self._pin_id = booking_id, pin_id

    def is_busy(self) -> bool:
        """Tell whether something is being written now."""
        return self._busy

    def book(self, request: BookingRequest, seen: str) -> None:
        """Book, or move to, the day of the request under the answer that was seen."""
        self._write(lambda: self._booked(request, seen, None), self.failed.emit)

    def hold(self, request: BookingRequest, seen: str) -> None:
        """Book the day of the request on hold: it waits for an approval."""
        booking = self._context.services.booking
        self._write(lambda: booking.hold(request, seen), self.failed.emit)

    def ask_reason(self, answer: Answer, request: BookingRequest) -> None:
        """Open the dialog of reasons for booking against this answer."""
        service = self._context.services.booking
        day = us_date(request.day, weekday=True)
        what = request_text(request)
        dialog = OverrideDialog(
            answer.patient,
            f"{what}, {day}, {answer.payer_label}",
            status_of(answer.tone),
            answer.headline,
            tr("Move to {day}", day=day) if self._booking_id else tr("Book on {day}", day=day),
            service.next_steps,
            self._context.tasks,
            self._page,
        )
        dialog.wanted.connect(lambda override: self._override(request, answer.fingerprint, override))
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _booked(self, request: BookingRequest, seen: str, override: Override | None) -> Done[Booking]:
        booking = self._context.services.booking
        if self._booking_id:
            return booking.move(self._booking_id, request.day, request.starts, seen, override)
        if override is not None:
            return booking.override(request, seen, override, self._pin_id)
        return booking.book(request, seen, self._pin_id)

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
