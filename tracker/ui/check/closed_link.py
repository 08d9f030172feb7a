"""Asks which days before the one asked are not allowed either, when the hands rest, for the timeline to hatch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.domain.booking import BookingRequest
from tracker.domain.windows import ONE_DAY, Window
from tracker.services.answers.closed_spans import MOST_DAYS
from tracker.services.visits.booking import BookingService
from tracker.ui.check.inquiry import Inquiry
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.tasks import LatestOnly, TaskRunner

PAUSE_MS = 250
_FARTHEST = timedelta(days=MOST_DAYS)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was answered for a day: that of every earlier day lies in it, for up to MOST_DAYS before the later one."""

    asked: date
    spans: tuple[Window, ...]

    def before(self, day: date, today: date) -> tuple[Window, ...] | None:
        """Return what would be answered for this day; None where that has to be asked."""
        first = max(today, day - _FARTHEST)
        if day > self.asked or first < max(today, self.asked - _FARTHEST):
            return None
        within = (span for span in self.spans if span.start < day and span.end >= first)
        return tuple(Window(max(span.start, first), min(span.end, day - ONE_DAY)) for span in within)


class ClosedLink(QObject):
    """In the long lane: many days are judged, and the answer itself never waits for that.

    Another day of the same request that lies before the one asked last is known already.
    """

    def __init__(
        self, booking: BookingService, inquiry: Inquiry, timeline: TimelinePanel, tasks: TaskRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._booking, self._inquiry, self._timeline = booking, inquiry, timeline
        self._latest = LatestOnly(tasks, self, lane="long")
        self._same: tuple[BookingRequest, str] | None = None
        self._known: _Known | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def forget(self) -> None:
        """Ask anew for what is known: something on file has changed, or it is another day."""
        self._known = None

    @Slot()
    def look_again(self) -> None:
        """What is hatched stays while only the day, time or note asked for is another."""
        answer, booking_id = self._inquiry.answer, self._inquiry.booking_id()
        same = (replace(answer.request, day=answer.patient.born, starts=None, note=""), booking_id) if answer else None
        if same != self._same:
            self._same = same
            self.forget()
            self._timeline.show_closed(())
        if answer is None:
            self._latest.cancel()
            self._pause.stop()
        else:
            self._pause.start()

    @Slot()
    def _ask(self) -> None:
        answer, booking, booking_id = self._inquiry.answer, self._booking, self._inquiry.booking_id()
        if answer is None or not self._timeline.isVisible():
            return
        request, today = answer.request, self._timeline.strip.content().today
        known = self._known.before(request.day, today) if self._known is not None else None
        if known is not None:
            self._latest.cancel()
            self._timeline.show_closed(known)
            return
        self._latest.run(
            lambda: booking.closed_spans(request, booking_id), lambda spans: self._show(request.day, spans), _unseen
        )

    def _show(self, asked: date, spans: tuple[Window, ...]) -> None:
        self._known = _Known(asked, spans)
        self._timeline.show_closed(spans)


def _unseen(_error: Exception) -> None:
    """The hatching tells a second time what the answer says; without it the answer still stands."""
