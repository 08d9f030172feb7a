"""Prefix before starts of words before letters in order; of equals, what was used last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ui.commands.ranking import Candidate, Fit, fit_of, ranked

TEXTS = ("Check and book", "Check all again", "Lock", "Unlock the drawer", "Larger text", "Plan a course", "Back")


def names(typed: str, *, recent: tuple[str, ...] = (), off: str = "") -> list[str]:
    found = ranked(typed, [Candidate(text, text, possible=text != off) for text in TEXTS], recent)
    return [match.candidate.id for match in found]


def test_that_a_prefix_stands_before_the_start_of_a_word_before_letters() -> None:
    texts = ("Blank", "Add a lock", "Lock the desk", "Look at Clara's kit")
    found = ranked("lock", [Candidate(text, text) for text in texts])

    assert [match.candidate.id for match in found] == ["Lock the desk", "Add a lock", "Look at Clara's kit"]
    assert [match.fit for match in found] == [Fit.PREFIX, Fit.WORDS, Fit.LETTERS]


def test_that_the_beginnings_of_words_find_in_any_order() -> None:
    assert names("ch bo") == ["Check and book"]
    assert names("book ch") == ["Check and book"]


def test_that_what_was_used_last_stands_first_among_equals() -> None:
    assert names("check")[0] == "Check and book"
    assert names("check", recent=("Check all again",))[0] == "Check all again"


def test_that_a_better_fit_stands_before_what_was_used_last() -> None:
    assert names("lo", recent=("Larger text",))[0] == "Lock"


def test_that_without_anything_typed_all_come_the_recent_ones_first() -> None:
    assert names("", recent=("Back", "Lock")) == ["Back", "Lock", *(t for t in TEXTS if t not in ("Back", "Lock"))]


def test_that_what_cannot_be_done_comes_last() -> None:
    assert names("check", off="Check and book") == ["Check all again", "Check and book"]


def test_that_another_word_for_it_finds_and_is_told() -> None:
    found = ranked("zoo", [Candidate("larger", "Larger text", ("zoom",))])

    assert [(match.by, match.spans) for match in found] == [("zoom", ())]


@pytest.mark.parametrize(
    ("typed", "text", "spans"),
    [
        ("che", "Check and book", ((0, 3),)),
        ("bo ch", "Check and book", ((0, 2), (10, 12))),
        ("cbk", "Check book", ((0, 1), (6, 7), (9, 10))),
        ("whit d", "Whitaker, Doris M.", ((0, 4), (10, 11))),
    ],
)
def test_that_the_hit_is_told(typed: str, text: str, spans: tuple[tuple[int, int], ...]) -> None:
    found = fit_of(typed.split(), text)

    assert found is not None
    assert found[1] == spans


@pytest.mark.parametrize("typed", ["xyz", "kcol", "ook", "b"])
def test_that_what_does_not_fit_is_not_found(typed: str) -> None:
    assert fit_of([typed], "Lock") is None


@given(st.text(max_size=12), st.text(max_size=30))
def test_that_hits_lie_in_the_text_and_never_overlap(typed: str, text: str) -> None:
    found = fit_of(typed.casefold().split(), text) if typed.split() else None

    places = [place for span in (found[1] if found else ()) for place in span]
    assert places == sorted(places)
    assert all(place >= 0 for place in places)
