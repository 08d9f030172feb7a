"""Texts in the language in use, plurals and values filled in; a language without a catalogue means English."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import languages
from tracker import paths
from tracker.domain import language
from tracker.domain.language import Words, tr, tr_for, tr_n, words_of


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use(Words())


def test_that_english_is_the_text_itself() -> None:
    assert tr("Not before {day}", day="Wed 01/13/2027") == "Not before Wed 01/13/2027"


@pytest.mark.parametrize(("n", "words"), [(0, "0 visits"), (1, "1 visit"), (2, "2 visits")])
def test_that_a_count_chooses_the_form(n: int, words: str) -> None:
    assert tr_n("{n} visit", "{n} visits", n) == words


def test_that_braces_in_a_text_without_values_stay() -> None:
    assert tr("{as it is}") == "{as it is}"


def test_that_an_empty_text_stays_empty_in_every_language() -> None:
    assert words_of("es", paths.resource_root() / "languages").tr("") == ""


def test_that_a_language_without_a_catalogue_means_english(tmp_path: Path) -> None:
    language.use(words_of("xx", tmp_path))

    assert language.code() == "en"
    assert tr("Today") == "Today"


def test_that_a_text_is_told_as_it_is_said_of_some_things() -> None:
    catalog = languages.empty("es")
    catalog.add("All", "Todas")
    catalog.add("All", "Todos", context="sites")
    words = Words("es", gettext.GNUTranslations(io.BytesIO(languages.mo_bytes(catalog))))

    assert tr_for("sites", "All") == "All"
    language.use(words)
    assert (tr("All"), tr_for("sites", "All"), tr_for("rooms", "All")) == ("Todas", "Todos", "All")
    assert words.pairs() == {"All": "Todas"}


def test_that_the_words_in_use_answer() -> None:
    class Backwards(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message[::-1]

    language.use(Words("xx", Backwards()))

    assert (language.code(), tr("Today")) == ("xx", "yadoT")
