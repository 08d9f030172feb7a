"""Dates that lie behind, as they are typed."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.errors import InvalidEntryError
from tracker.domain.past_entry import parse_birth, parse_when

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("1/12/2026", "2026-01-12"),
        ("1/12/26", "2026-01-12"),
        ("12/3", "2025-12-03"),
        ("t", "2026-11-24"),
        ("-3", "2026-11-21"),
        ("01/2026", "2026-01"),
        ("1/2026", "2026-01"),
        ("2026-01", "2026-01"),
        ("2026", "2026"),
        ("1998", "1998"),
        ("0112", "2026-01-12"),
    ],
)
def test_that_a_day_a_month_or_a_year_is_read_as_exactly_as_it_was_typed(typed: str, known: str) -> None:
    assert str(parse_when(typed, TODAY)) == known


@pytest.mark.parametrize("typed", ["12/24/2026", "12/2026", "2027", "+14"])
def test_that_what_has_not_come_yet_is_refused(typed: str) -> None:
    with pytest.raises(InvalidEntryError, match="has not come yet"):
        parse_when(typed, TODAY)


@pytest.mark.parametrize("typed", ["13/2026", "n", "02/30/2026", "spring", "<b>x</b>", "1/2/3/4"])
def test_that_what_is_no_date_is_refused_with_a_way_to_write_one(typed: str) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        parse_when(typed, TODAY)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("07/02/1951", date(1951, 7, 2)),
        ("7-2-1951", date(1951, 7, 2)),
        ("07021951", date(1951, 7, 2)),
        ("070251", date(1951, 7, 2)),
        ("7/2/51", date(1951, 7, 2)),
        ("1951-07-02", date(1951, 7, 2)),
        ("7/2/15", date(2015, 7, 2)),
        ("2/29/52", date(1952, 2, 29)),
        ("11/25/26", date(1926, 11, 25)),
    ],
)
def test_that_a_birth_date_with_two_figures_of_the_year_lies_in_the_last_hundred_years(typed: str, born: date) -> None:
    assert parse_birth(typed, TODAY) == born


@pytest.mark.parametrize("typed", ["7/2", "t", "0702", "2/30/1951", "1951", "x"])
def test_that_a_birth_date_needs_day_month_and_year(typed: str) -> None:
    with pytest.raises(InvalidEntryError):
        parse_birth(typed, TODAY)


@pytest.mark.parametrize("typed", ["1/2/26", "11/24/26", "010217", "1/2/16"])
def test_that_two_figures_are_not_enough_where_a_child_or_somebody_of_a_hundred_may_be_meant(typed: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        parse_birth(typed, TODAY)
    assert refused.value.title in ("1926 or 2026?", "1917 or 2017?", "1916 or 2016?")
    assert "four figures" in refused.value.remedy


@pytest.mark.parametrize(
    ("typed", "born"),
    [("1/2/2026", date(2026, 1, 2)), ("1/2/1926", date(1926, 1, 2)), ("1/2/15", date(2015, 1, 2)),
     ("11/24/2026", date(2026, 11, 24))],
)  # fmt: skip
def test_that_a_birth_date_that_can_mean_one_person_only_is_read(typed: str, born: date) -> None:
    assert parse_birth(typed, TODAY) == born
