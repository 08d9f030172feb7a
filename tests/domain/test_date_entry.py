"""Days as typed, at the ends of months and years, with leap days, and what is no day."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.date_entry import NextWanted, may_become_day, parse_day
from tracker.domain.errors import InvalidEntryError

TODAY = date(2026, 11, 24)  # a Tuesday
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("t", TODAY),
        (" Today ", TODAY),
        ("+14", date(2026, 12, 8)),
        ("-3", date(2026, 11, 21)),
        ("2w", date(2026, 12, 8)),
        ("3m", date(2027, 2, 24)),
        ("+1m", date(2026, 12, 24)),
        ("fri", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("TH", date(2026, 11, 26)),
        ("wednesday", date(2026, 11, 25)),
        ("hoy", TODAY),
        ("vie", date(2026, 11, 27)),
        ("Sáb", date(2026, 11, 28)),
        ("ma", date(2026, 12, 1)),
        ("miércoles", date(2026, 11, 25)),
        ("12/3", date(2026, 12, 3)),
        ("11/24", TODAY),
        ("11/23", date(2027, 11, 23)),
        ("1/2", date(2027, 1, 2)),
        ("12/3/27", date(2027, 12, 3)),
        ("12-3-2027", date(2027, 12, 3)),
        ("12.3", date(2026, 12, 3)),
        ("120326", date(2026, 12, 3)),
        ("12032026", date(2026, 12, 3)),
        ("1203", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("2/29", date(2028, 2, 29)),
        ("2/29/2028", date(2028, 2, 29)),
        ("12/31", date(2026, 12, 31)),
        ("1/1", date(2027, 1, 1)),
    ],
)
def test_that_days_are_read_as_the_desk_types_them(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/24", TODAY),
        ("11/25", date(2025, 11, 25)),
        ("12/31", date(2025, 12, 31)),
        ("1/1", date(2026, 1, 1)),
        ("2/29", date(2024, 2, 29)),
        ("tue", date(2026, 11, 17)),
        ("mon", date(2026, 11, 23)),
        ("wed", date(2026, 11, 18)),
    ],
)
def test_that_a_past_day_without_a_year_lies_behind(text: str, day: date) -> None:
    assert parse_day(text, TODAY, past=True) == day


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 12, 31), "+1", date(2027, 1, 1)),
        (date(2026, 12, 31), "1/1", date(2027, 1, 1)),
        (date(2026, 12, 31), "12/31", date(2026, 12, 31)),
        (date(2027, 1, 31), "1m", date(2027, 2, 28)),
        (date(2028, 1, 31), "1m", date(2028, 2, 29)),
        (date(2028, 2, 29), "12m", date(2029, 2, 28)),
        (date(2028, 2, 29), "2/29", date(2028, 2, 29)),
        (date(2028, 3, 1), "2/29", date(2032, 2, 29)),
        (date(2096, 3, 1), "2/29", date(2104, 2, 29)),
        (date(2026, 12, 27), "sun", date(2027, 1, 3)),
    ],
)
def test_that_ends_of_months_and_years_and_leap_days_hold(today: date, text: str, day: date) -> None:
    assert parse_day(text, today) == day


@pytest.mark.parametrize("text", ["n", "N", "next"])
def test_that_n_asks_for_the_earliest_day(text: str) -> None:
    with pytest.raises(NextWanted):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    "text", ["", "x", "13/1", "2/30", "4/31", "2/29/2027", "12/40", "s", "t1", "12/3/262", "9999m", "+9999999", "<b>"]
)
def test_that_what_is_no_day_is_refused_with_the_text_and_a_way_on(text: str) -> None:
    with pytest.raises(InvalidEntryError) as raised:
        parse_day(text, TODAY)
    assert raised.value.remedy
    assert text.strip() in raised.value.title


@given(DAYS, DAYS)
def test_that_a_whole_date_is_read_in_every_form_from_any_day(day: date, today: date) -> None:
    for text in (f"{day:%m/%d/%Y}", f"{day:%m%d%Y}", f"{day:%m/%d/%y}", f"{day:%m%d%y}", day.isoformat()):
        assert parse_day(text, today) == day


@given(DAYS, DAYS)
def test_that_a_day_without_a_year_is_the_next_one_or_the_last_one(day: date, today: date) -> None:
    text = f"{day.month}/{day.day}"
    ahead, behind = parse_day(text, today), parse_day(text, today, past=True)
    assert (ahead.month, ahead.day) == (behind.month, behind.day) == (day.month, day.day)
    assert behind <= today <= ahead
    assert (ahead - behind) < timedelta(days=366 * 16)


@given(DAYS, st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun")))
def test_that_a_weekday_is_within_the_next_seven_days(today: date, name: str) -> None:
    day = parse_day(name, today)
    assert timedelta(0) < day - today <= timedelta(days=7)
    assert f"{day:%a}".lower() == name


@given(st.text(max_size=12), DAYS)
def test_that_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    with contextlib.suppress(InvalidEntryError, NextWanted):
        assert isinstance(parse_day(text, today), date)


@pytest.mark.parametrize(
    "text", ["1", "12", "12/", "12/3", "12/3/2", "12/31/", "+", "-", "w", "we", "ju", "ho", "12032", "2026-", "2026-1"]
)
def test_that_a_begun_day_is_known_as_begun(text: str) -> None:
    assert may_become_day(text)


@pytest.mark.parametrize("text", ["", "x", "13/", "12/40", "02/30", "0/1", "q1", "<b>"])
def test_that_what_cannot_become_a_day_is_known_at_once(text: str) -> None:
    assert not may_become_day(text)
