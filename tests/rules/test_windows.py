"""Windows and months against counting days one by one."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import windows

DAYS = st.dates(date(1996, 1, 1), date(2036, 12, 31))
MONTHS = st.integers(1, 48)
ENDS = DAYS.map(lambda day: day.replace(day=calendar.monthrange(day.year, day.month)[1]))
FEBRUARY = st.sampled_from([date(2024, 2, 29), date(2028, 2, 29), date(2025, 2, 28), date(2026, 3, 1)])
ANY_DAY = st.one_of(DAYS, ENDS, FEBRUARY)


def back_by_hand(day: date, months: int) -> date:
    """Step back month by month, then take the same day or the last one there is."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@given(ANY_DAY, MONTHS)
def test_that_months_go_back_to_the_same_day_or_the_months_last(day: date, months: int) -> None:
    assert windows.months_before(day, months) == back_by_hand(day, months)


@given(ANY_DAY, MONTHS, st.booleans())
def test_that_a_rolling_window_holds_every_day_from_its_edge_on(day: date, months: int, free: bool) -> None:
    window = windows.rolling_months(day, months, anniversary_free=free)
    edge = back_by_hand(day, months)

    assert day in window
    assert (edge in window) is (not free)
    assert edge + timedelta(1) in window
    assert edge - timedelta(1) not in window
    assert day + timedelta(1) not in window


@given(ANY_DAY, MONTHS, st.booleans())
def test_that_an_event_leaves_with_the_first_window_that_lacks_it(event: date, months: int, free: bool) -> None:
    leaves = windows.leaves_rolling_months(event, months, anniversary_free=free)

    day = event + timedelta(28 * months)
    while not (back_by_hand(day, months) >= event if free else back_by_hand(day, months) > event):
        day += timedelta(1)
    assert leaves == day


@given(ANY_DAY, MONTHS)
def test_that_an_interval_is_met_from_its_first_day_on(earlier: date, months: int) -> None:
    first = windows.first_day_after_months(earlier, months)

    assert windows.interval_months_met(first, earlier, months)
    assert not windows.interval_months_met(first - timedelta(1), earlier, months)
    assert all(windows.interval_months_met(first + timedelta(n), earlier, months) for n in range(32))
    assert first >= earlier + timedelta(28 * months)


@given(ANY_DAY, st.integers(1, 800))
def test_that_a_window_in_days_holds_its_first_day(day: date, days: int) -> None:
    window = windows.rolling_days(day, days)

    assert day - timedelta(days) in window
    assert day - timedelta(days + 1) not in window


@given(ANY_DAY)
def test_that_a_calendar_year_begins_on_new_years_day(day: date) -> None:
    window = windows.calendar_year(day)

    assert date(day.year, 1, 1) in window
    assert date(day.year - 1, 12, 31) not in window
    assert day in window


@given(ANY_DAY, st.integers(0, 4000))
def test_that_an_anchored_year_begins_on_an_anniversary_not_more_than_a_year_back(anchor: date, later: int) -> None:
    day = anchor + timedelta(later)
    window = windows.anchored_year(day, anchor)

    assert anchor <= window.start <= day == window.end
    assert (day - window.start).days <= 366
    assert (window.start.month, window.start.day) in {(anchor.month, anchor.day), (3, 1)}


@given(ANY_DAY, st.integers(0, 1500), st.integers(1, 30))
def test_that_an_anchored_year_never_begins_earlier_on_a_later_day(anchor: date, later: int, step: int) -> None:
    day = anchor + timedelta(later)

    assert windows.anchored_year(day, anchor).start <= windows.anchored_year(day + timedelta(step), anchor).start


@given(ANY_DAY)
def test_that_a_lifetime_holds_everything_up_to_the_day(day: date) -> None:
    assert date(1950, 1, 1) in windows.lifetime(day)
    assert day + timedelta(1) not in windows.lifetime(day)
