"""Date windows: the one place where months are added or taken away.

Months are calendar months, counted backwards from the day asked about and clamped to the month's end
(28 February 2025 less 12 months is 28 February 2024). Source: policies.md 10.2, 10.3; policies-2.md 4.
"""

from __future__ import annotations

import calendar
import functools
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)
FAR_PAST = date(1900, 1, 1)


@functools.lru_cache(maxsize=8192)
def months_before(day: date, months: int) -> date:
    """Return the day `months` calendar months before `day`, clamped to the month's end."""
    return _shifted(day, -months)


def months_after(day: date, months: int) -> date:
    """Return the day `months` calendar months after `day`, clamped; for horizons and display, never for a rule."""
    return _shifted(day, months)


def _shifted(day: date, months: int) -> date:
    """Return the day so many months on, clamped to the month's end; thousands are asked for, so no relativedelta."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:  # the month is shorter
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, `start` and `end` both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def open_start(self) -> bool:
        """Tell whether it reaches back over everything that is on file."""
        return self.start <= FAR_PAST


def rolling_months(day: date, months: int, *, anniversary_free: bool = False) -> Window:
    """Return the window of `months` that ends on `day`.

    The day exactly `months` back is inside, unless the clinic has declared it free (`anniversary_free`).
    """
    start = months_before(day, months)
    return Window(start + ONE_DAY if anniversary_free else start, day)


def rolling_days(day: date, days: int) -> Window:
    """Return the window from `days` days before `day` to `day`."""
    return Window(day - timedelta(days=days), day)


def calendar_year(day: date) -> Window:
    """Return 1 January of the year of `day` to `day`."""
    return Window(date(day.year, 1, 1), day)


def anchored_year(day: date, anchor: date) -> Window:
    """Return the benefit year that holds `day`, its first day being `anchor` or one of its anniversaries, cut at `day`.

    A year begun on 29 February begins anew on 1 March. A `day` before the anchor gives the window of that single day.
    """
    if day < anchor:
        return Window(day, day)
    years = relativedelta(day, anchor).years
    start = first_day_after_months(anchor, 12 * years)
    return Window(start if start <= day else first_day_after_months(anchor, 12 * (years - 1)), day)


def lifetime(day: date) -> Window:
    """Return everything up to `day`."""
    return Window(FAR_PAST, day)


@functools.lru_cache(maxsize=8192)
def leaves_rolling_months(event: date, months: int, *, anniversary_free: bool = False) -> date:
    """Return the first day whose rolling window of `months` no longer holds `event`.

    Found forwards but checked backwards, so that month ends agree with `rolling_months`.
    """
    day = _shifted(event, months)
    while event in rolling_months(day, months, anniversary_free=anniversary_free):
        day += ONE_DAY
    return day


def interval_months_met(day: date, earlier: date, months: int) -> bool:
    """Tell whether `day` lies at least `months` calendar months after `earlier`."""
    return earlier <= months_before(day, months)


def first_day_after_months(earlier: date, months: int) -> date:
    """Return the first day that lies at least `months` months after `earlier`."""
    day = _shifted(earlier, months)
    while not interval_months_met(day, earlier, months):
        day += ONE_DAY
    return day
