"""Relief as it is typed."""

from __future__ import annotations

import pytest

from tracker.domain.errors import InvalidEntryError
from tracker.domain.relief_entry import figure_text, parse_months, parse_percent


@pytest.mark.parametrize(("typed", "figure"), [("80", 80.0), ("80 %", 80.0), ("", None), (" 0 ", 0.0), ("62.5%", 62.5)])
def test_that_per_cent_are_read(typed: str, figure: float | None) -> None:
    assert parse_percent(typed) == figure


@pytest.mark.parametrize(("typed", "figure"), [("6", 6.0), ("0.5", 0.5), ("6 months", 6.0), ("4 mo", 4.0), ("", None)])
def test_that_months_are_read(typed: str, figure: float | None) -> None:
    assert parse_months(typed) == figure


@pytest.mark.parametrize("typed", ["101", "-1", "much", "8O"])
def test_that_per_cent_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(InvalidEntryError):
        parse_percent(typed)


@pytest.mark.parametrize("typed", ["241", "two", "1.5.2"])
def test_that_months_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(InvalidEntryError):
        parse_months(typed)


def test_that_a_figure_is_written_as_it_is_typed() -> None:
    assert [figure_text(f) for f in (None, 80.0, 0.5)] == ["", "80", "0.5"]
