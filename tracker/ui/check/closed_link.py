"""Asks which days before the one asked are not allowed either, when the hands rest, for the timeline to hatch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.domain.booking import BookingRequest
from tracker.domain.windows import Window
from tracker.services.booking import BookingService
from tracker.ui.check.inquiry import Inquiry
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.tasks import LatestOnly, TaskRunner

PAUSE_MS = 250


class ClosedLink(QObject):
    """In the long lane: many days are judged, and the answer itself never waits for that."""

    def __init__(
        self, booking: BookingService, inquiry: Inquiry, timeline: TimelinePanel, tasks: TaskRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._booking, self._inquiry, self._timeline = booking, inquiry, timeline
        self._latest = LatestOnly(tasks, self, lane="long")
        self._same: BookingRequest | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    @Slot()
    def look_again(self) -> None:
        """What is hatched stays while only the day, time or note asked for is another."""
        answer = self._inquiry.answer
        same = replace(answer.request, day=answer.patient.born, starts=None, note="") if answer else None
        if same != self._same:
            self._same = same
            self._timeline.show_closed(())
        if answer is None:
            self._latest.cancel()
            self._pause.stop()
        else:
            self._pause.start()

    @Slot()
    def _ask(self) -> None:
        answer, booking, booking_id = self._inquiry.answer, self._booking, self._inquiry.booking_id()
        if answer is not None and self._timeline.isVisible():
            request = answer.request
            self._latest.run(lambda: booking.closed_spans(request, booking_id), self._show, _unseen)

    def _show(self, spans: tuple[Window, ...]) -> None:
        self._timeline.show_closed(spans)


def _unseen(_error: Exception) -> None:
    """The hatching tells a second time what the answer says; without it the answer still stands."""
