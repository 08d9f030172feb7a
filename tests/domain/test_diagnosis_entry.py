"""Diagnosis codes as they are typed."""

from __future__ import annotations

import pytest

from tracker.domain.diagnosis_entry import parse_diagnoses
from tracker.domain.errors import InvalidEntryError


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ()),
        ("m47816", ("M47.816",)),
        ("M47.816, m54.50;M54.50", ("M47.816", "M54.50")),
        ("G89.4 M25", ("G89.4", "M25")),
    ],
)
def test_that_codes_are_read_with_or_without_the_point_each_once(typed: str, codes: tuple[str, ...]) -> None:
    assert parse_diagnoses(typed) == codes


@pytest.mark.parametrize("typed", ["back pain", "M4", "47.816", "M47.81600"])
def test_that_what_is_no_code_is_refused_by_its_word(typed: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        parse_diagnoses(f"M54.50 {typed}")
    assert refused.value.about == "diagnoses"
    assert refused.value.title.startswith("“")
