"""Sentences that one desk stored in its language, told at a desk of another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.languages import PLACE
from tracker import paths
from tracker.domain import language
from tracker.domain.language import Words, speaking, tr, words_of
from tracker.services.words.retelling import _COMPOSED, told_again

SPANISH = words_of("es", paths.resource_root() / "languages")


@pytest.fixture
def in_spanish() -> Iterator[None]:
    with speaking(SPANISH):
        yield


@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("Ask for the decision.", "Pregunte por la decisión."),
        ("Not before Wed 11/25/2026", "No antes del mié 11/25/2026"),
        (
            "Request the authorization for RFA L4-5 on Thu 12/03/2026",
            "Solicite la autorización de RFA L4-5 para el jue 12/03/2026",
        ),
        (
            "On hold: RFA L4-5. It waits for the authorization C12, decision due Tue 12/01/2026.",
            "En espera: RFA L4-5. Espera la autorización C12, decisión para el mar 12/01/2026.",
        ),
    ],
)
def test_that_what_an_english_desk_stored_is_told_in_spanish(stored: str, told: str) -> None:
    assert told_again(stored) == told


def test_that_what_a_spanish_desk_stored_is_told_in_english() -> None:
    assert told_again("Pregunte por la decisión.") == "Ask for the decision."
    assert told_again("No antes del mié 11/25/2026") == "Not before Wed 11/25/2026"


@pytest.mark.usefixtures("in_spanish")
def test_that_what_a_person_wrote_stays() -> None:
    assert told_again("Send: Not covered") == "Enviar: Not covered"
    assert told_again("Call her daughter on Mon 11/30/2026") == "Call her daughter on Mon 11/30/2026"


def test_that_every_sentence_comes_back_from_spanish() -> None:
    for text in _COMPOSED:
        places = dict.fromkeys(PLACE.findall(text), "X1")
        stored = SPANISH.tr(text, **places)
        assert told_again(stored) == tr(text, **places), stored


def test_that_a_change_of_language_is_seen_at_once() -> None:
    assert told_again("Not covered") == "Not covered"
    language.use(SPANISH)
    try:
        assert told_again("Not covered") == "No cubierto"
    finally:
        language.use(Words())
