"""Where a day lies on the timeline: from a year back to five months ahead, further where an answer reaches on."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.us_dates import month_of
from tracker.domain.windows import months_after, months_before

MONTHS_BACK, MONTHS_AHEAD = 12, 5
LEAST_MONTH = 30


@dataclass(frozen=True, slots=True)
class TimelineScale:
    """Days from `first` to `last` over `width` pixels that begin at `left`."""

    first: date
    last: date
    left: float
    width: float

    @classmethod
    def around(cls, today: date, shown: Iterable[date], left: float, width: float) -> TimelineScale:
        """Return a scale that holds the usual months and every day of `shown`."""
        days = tuple(shown)
        first = min([months_before(today, MONTHS_BACK), *days]).replace(day=1)
        last = max([months_after(today, MONTHS_AHEAD), *(months_after(day, 1) for day in days)])
        return cls(first, months_after(last.replace(day=1), 1), left, width)

    def x(self, day: date) -> float:
        """Return where a day begins; days outside lie on the edge."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + self.width * min(1.0, max(0.0, share))

    def months(self) -> tuple[tuple[date, str, bool], ...]:
        """Return each month's first day, its label ("" where there is no room), and whether it stands out."""
        return _months_of(self)

    def _months(self) -> Iterator[tuple[date, str, bool]]:
        month, step = self.first, self._step()
        while month < self.last:
            january = month.month == 1
            label = f"{month.year}" if january else month_of(month) if (month.month - 1) % step == 0 else ""
            yield month, label, january
            month = months_after(month, 1)

    def _step(self) -> int:
        """Return how many months stand between two labels."""
        count = max(1, round((self.last - self.first).days / 30.4))
        pitch = self.width / count
        return next((step for step in (1, 2, 3, 6) if pitch * step >= LEAST_MONTH), 12)


@functools.lru_cache(maxsize=16)
def _months_of(scale: TimelineScale) -> tuple[tuple[date, str, bool], ...]:
    """Keep them: a picture is painted several times a patient, and its months are those of the last one."""
    return tuple(scale._months())
