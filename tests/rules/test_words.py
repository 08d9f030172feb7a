"""Behaviour of the words of the rules: what is counted reads as people say it."""

from __future__ import annotations

import pytest

from tracker.domain.procedure import Family
from tracker.domain.rule import Unit, Which
from tracker.rules.words import sessions


@pytest.mark.parametrize(
    ("families", "words"),
    [
        ((Family.FACET_INJECTION,), "3 facet joint injections"),
        ((Family.FACET_ABLATION,), "3 facet ablation joints"),
        ((Family.EPIDURAL,), "3 epidural injections"),
        ((Family.SI_INJECTION,), "3 SI joint injections"),
        ((Family.TRIGGER_POINT,), "3 trigger point injections"),
        ((Family.FACET_INJECTION, Family.SI_INJECTION), "3 facet or SI joint injections"),
    ],
)
def test_that_injections_are_counted_in_words_that_people_use(families: tuple[Family, ...], words: str) -> None:
    assert sessions(3, Which(families), Unit.INJECTION) == words
