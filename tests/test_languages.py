"""The catalogues hold the texts of now, their places fit, and what the program reads is made from what people wrote."""

from __future__ import annotations

import ast
import gettext
import io

import pytest

from tests import languages

EACH = pytest.mark.parametrize("code", languages.codes())


def test_that_spanish_is_there() -> None:
    assert "es" in languages.codes()


@EACH
def test_that_a_catalogue_holds_exactly_the_texts_of_the_program(code: str) -> None:
    assert languages.file(code, "po").read_bytes() == languages.po_bytes(languages.brought_up(code)), "dev.py words"


@EACH
def test_that_every_translation_keeps_the_places_of_its_text(code: str) -> None:
    assert list(languages.problems(languages.read(code))) == []


@EACH
def test_that_the_program_reads_what_people_wrote(code: str) -> None:
    assert languages.file(code, "mo").read_bytes() == languages.mo_bytes(languages.read(code)), "dev.py words"


@EACH
def test_that_plurals_of_a_language_can_be_told(code: str) -> None:
    words = gettext.GNUTranslations(io.BytesIO(languages.file(code, "mo").read_bytes()))

    assert words.ngettext("{n} thing nobody translated", "{n} things nobody translated", 2).startswith("{n} things")


def test_that_no_text_hides_inside_an_f_string_where_it_would_not_be_gathered() -> None:
    hidden = [
        f"{file.relative_to(languages.ROOT)}:{node.lineno}"
        for file in sorted((languages.ROOT / "tracker").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in languages.KEYWORDS
        and any(isinstance(each, ast.Constant) for each in call.args)
    ]
    assert hidden == []
