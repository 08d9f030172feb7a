"""NPIs: the check digit is computed by hand from the published way (80840 before it, every second digit doubled)."""

from __future__ import annotations

import pytest

from tracker.domain.errors import InvalidEntryError
from tracker.domain.npi import check_npi


@pytest.mark.parametrize("good", ["1234567893", "1245319599", "1003000126", "1679576722"])
def test_that_known_numbers_pass(good: str) -> None:
    assert check_npi(good) == good
    assert check_npi(f" {good[:4]}-{good[4:]} ") == good


def test_that_nothing_is_no_mistake() -> None:
    assert check_npi("  ") == ""


@pytest.mark.parametrize("place", range(10))
def test_that_any_single_wrong_digit_is_found(place: int) -> None:
    digits = list("1234567893")
    digits[place] = str((int(digits[place]) + 1) % 10)
    with pytest.raises(InvalidEntryError, match="last digit does not fit"):
        check_npi("".join(digits))


@pytest.mark.parametrize("bad", ["123456789", "12345678933", "12345a7893", "１２３４５６７８９３"])
def test_that_what_has_not_ten_digits_is_told(bad: str) -> None:
    with pytest.raises(InvalidEntryError, match="ten digits"):
        check_npi(bad)
