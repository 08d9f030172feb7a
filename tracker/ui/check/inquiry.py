"""Asks for the answer while one types, then for that on the first open day allowed; only the newest one is heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from tracker.domain.booking import BookingRequest
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.windows import Window
from tracker.services.answers.answers import Answer
from tracker.services.visits.booking import BookingService
from tracker.services.words.wording import deciding_tally
from tracker.ui.tasks import LatestOnly, TaskRunner

Tell = Callable[[str], object]


class Inquiry(QObject):
    """`answered`: `answer` is new. `ahead_answered`: `ahead` is known or will not be. `refused`: no answer, and why."""

    answered = Signal()
    ahead_answered = Signal()
    refused = Signal(object)

    def __init__(self, booking: BookingService, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._booking = booking
        self._latest = LatestOnly(tasks, self)
        self._latest_ahead = LatestOnly(tasks, self)
        self._latest_back = LatestOnly(tasks, self)
        self._booking_id, self._whole = "", False
        self._asked: BookingRequest | None = None
        self._pending = self._pending_ahead = False
        self.answer: Answer | None = None
        self.ahead: Answer | None = None

    def is_pending(self) -> bool:
        """Tell whether the answer is under way: the one at hand is of an earlier question."""
        return self._pending

    def is_ahead_pending(self) -> bool:
        """Tell whether the answer on the first open day is under way."""
        return self._pending_ahead

    def booking_id(self) -> str:
        """Return the id of the visit that is being moved or changed, "" for a new one."""
        return self._booking_id

    def begin(self, booking_id: str = "", *, whole: bool = False) -> None:
        """Forget everything; with an id the visit of that id is being moved, or (`whole`) changed in any way."""
        self._booking_id, self._whole = booking_id, whole
        self.drop()

    def drop(self) -> None:
        """Hear nothing more of what was asked; there is no answer now."""
        for each in (self._latest, self._latest_ahead, self._latest_back):
            each.cancel()
        self._asked = self.answer = self.ahead = None
        self._pending = self._pending_ahead = False

    def ask(self, request: BookingRequest) -> None:
        """Ask for this request; the last answer stays until the new one is there, but is not valid any more."""
        self._asked = request
        self._pending = True
        self.ahead = None
        self._pending_ahead = False
        self._latest_ahead.cancel()
        self._latest.run(lambda: self._check(request), self._on_answer, self._on_error)

    def look_back(self, request: BookingRequest | None, show: Callable[[date], None], tell: Tell) -> None:
        """Show the last closed day before the one asked; where there is none, tell so in a sentence."""
        if request is None:
            tell(tr("Fill in patient, procedure and levels first; then P is the last closed day."))
            return
        booking, booking_id, asked = self._booking, self._booking_id, request.day

        def found(day: date | None) -> None:
            if day is None:
                tell(tr("No day from today to {asked} is closed.", asked=us_date(asked, weekday=True)))
            else:
                show(day)

        self._latest_back.run(lambda: booking.closed_before(request, booking_id), found)

    def adopt(self, answer: Answer) -> None:
        """Take an answer that came another way: the one for which a booking was refused."""
        self._latest.cancel()
        self._asked = answer.request
        self._on_answer(answer)

    def _check(self, request: BookingRequest) -> Answer:
        if self._booking_id and self._whole:
            return self._booking.check_change(self._booking_id, request)
        if self._booking_id:
            return self._booking.check_move(self._booking_id, request.day)
        return self._booking.check(request)

    def _on_answer(self, answer: Answer) -> None:
        self.answer, self.ahead = answer, None
        open_day = answer.open_day
        self._pending = self._pending_ahead = False
        if open_day is not None and answer.is_blocked():
            self._pending_ahead = True
            later = replace(self._asked or answer.request, day=open_day)
            self._latest_ahead.run(lambda: self._check(later), self._on_ahead, self._on_no_ahead)
        self.answered.emit()

    def _on_ahead(self, answer: Answer) -> None:
        self.ahead = answer
        self._pending_ahead = False
        self.ahead_answered.emit()

    def _on_no_ahead(self, _error: Exception) -> None:
        """That day cannot be asked about (no coverage then, say): it is shown, but not offered to book."""
        self._pending_ahead = False
        self.ahead_answered.emit()

    def _on_error(self, error: Exception) -> None:
        self.answer = None
        self._pending = False
        self.refused.emit(error)

    def window_ahead(self) -> Window | None:
        """Return the window of the deciding limit on the first open day."""
        tally = deciding_tally(self.answer.verdict) if self.answer else None
        if tally is None or self.ahead is None:
            return None
        same = [each for each in self.ahead.verdict.tallies if (each.rule, each.scope) == (tally.rule, tally.scope)]
        return same[0].window if same else None
