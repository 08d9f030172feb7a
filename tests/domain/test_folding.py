"""Letters as a search within a list compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.folding import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Muñoz", "munoz"), ("Médico", "medico"), ("ÅSA", "asa"), ("Dvořák", "dvorak"), ("Webb", "webb")],
)
def test_that_capitals_and_accents_are_one_with_their_letter(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(max_size=40))
def test_that_places_in_a_text_stay_the_same(text: str) -> None:
    assert len(folded(text)) == len(text)
