"""Procedures by what people type, over the shipped pick list."""

from __future__ import annotations

import pytest

from tracker import paths
from tracker.domain.language import speaking, words_of
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.procedure_search import find_choices
from tracker.policies import load_catalog


@pytest.fixture(scope="module")
def choices() -> tuple[ProcedureChoice, ...]:
    return load_catalog(paths.resource_root()).procedures


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("rfa", "rfa"),
        ("rf", "rfa"),
        ("mbb", "mbb"),
        ("esi", "ilesi"),
        ("tf", "tfesi"),
        ("si", "sij-tx"),
        ("si rfa", "sij-rfa"),
        ("si diag", "sij-dx"),
        ("epidural caud", "caudal"),
        ("Facet ablation", "rfa"),
        ("occ", "onb"),
        ("stim", "scs"),
    ],
)
def test_that_the_likeliest_comes_first(choices: tuple[ProcedureChoice, ...], text: str, id_: str) -> None:
    assert find_choices(text, choices)[0].id == id_


def test_that_every_alias_finds_its_procedure_first(choices: tuple[ProcedureChoice, ...]) -> None:
    for choice in choices:
        for alias in (choice.id, choice.short, choice.label, *choice.aliases):
            assert find_choices(alias.upper(), choices)[0].id == choice.id, alias


@pytest.mark.parametrize(
    ("text", "id_"), [("bloqueo de rama", "mbb"), ("ablacion facet", "rfa"), ("epidural interl", "ilesi")]
)
def test_that_spanish_names_are_found_without_their_accents(
    choices: tuple[ProcedureChoice, ...], text: str, id_: str
) -> None:
    with speaking(words_of("es", paths.resource_root() / "languages")):
        assert find_choices(text, choices)[0].id == id_


def test_that_nothing_typed_offers_all_in_their_order(choices: tuple[ProcedureChoice, ...]) -> None:
    assert find_choices("  ", choices) == choices


def test_that_nonsense_finds_nothing(choices: tuple[ProcedureChoice, ...]) -> None:
    assert find_choices("<b>x</b>", choices) == ()
