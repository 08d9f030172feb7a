"""What the timeline draws and tells: an answer, and the days that are not allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.windows import ONE_DAY, Window
from tracker.ui.check.answer_view import AnswerView


@dataclass(frozen=True, slots=True)
class TimelineContent:
    """What is drawn. `ahead` is the window of the same limit on the first open day, `closed` what is not allowed
    before the day asked."""

    today: date
    view: AnswerView | None = None
    ahead: Window | None = None
    closed: tuple[Window, ...] = ()

    def closed_spans(self) -> tuple[Window, ...]:
        """Return the days that are not allowed: those before the one asked, and from it to the first free one."""
        if self.view is None:
            return ()
        before = [span for span in self.closed if span.end < self.view.asked]
        earliest = self.view.earliest
        if earliest is None or earliest <= self.view.asked:
            return tuple(before)
        last = Window(self.view.asked, earliest - ONE_DAY)
        if before and before[-1].end + ONE_DAY == last.start:
            last = Window(before.pop().start, last.end)
        return (*before, last)

    def days(self) -> list[date]:
        """Return every day that must be on the scale."""
        if self.view is None:
            return []
        return [day for day in (self.view.asked, self.view.earliest) if day is not None]
