"""Payers' forms with fields: filled by name, and whatever does not fit is told in a sentence."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.papers import a_form, a_pdf
from tracker.domain.errors import ImportFileError
from tracker.exchange.pdf_form import field_names, fill_form

FORM = (("Patient Name", "text"), ("DOB", "text"), ("Urgent", "check"), ("Site", "Office|ASC|Hospital"))


def values_of(content: bytes) -> dict[str, object]:
    return {name: field.get("/V") for name, field in (PdfReader(io.BytesIO(content)).get_fields() or {}).items()}


def test_that_text_boxes_and_choices_are_filled_and_nothing_is_told() -> None:
    wanted = {"Patient Name": "Núñez, José", "DOB": "07/02/1951", "Urgent": "/Yes", "Site": "ASC"}
    filled = fill_form(a_form(FORM), "form.pdf", wanted)
    assert values_of(filled.content) == wanted
    assert filled.told == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"Pateint Name": "Quill"}, "names a field “Pateint Name” that the form does not have"),
        ({"Site": "Garage"}, "“Site” offers no such choice"),
        ({"Urgent": "/On"}, "“Urgent” offers no such choice"),
        ({"DOB": "07/02/1951"}, "does not fill the field “Patient Name”"),
        ({"Patient Name": "王小明"}, "“Patient Name” holds letters"),
    ],
)
def test_that_what_does_not_fit_is_told_and_the_rest_is_filled(values: dict[str, str], words: str) -> None:
    filled = fill_form(a_form(FORM), "form.pdf", {"DOB": "07/02/1951"} | values)
    assert any(words in told for told in filled.told), filled.told
    assert values_of(filled.content)["DOB"] == "07/02/1951"


def test_that_a_form_of_another_kind_is_refused_with_what_to_do() -> None:
    with pytest.raises(ImportFileError, match=r"form\.pdf is an XFA form") as refused:
        fill_form(a_form(FORM, xfa=True), "form.pdf", {})
    assert "copy sheet" in refused.value.remedy
    with pytest.raises(ImportFileError, match="has no fields to fill"):
        fill_form(a_pdf("No fields"), "form.pdf", {})
    with pytest.raises(ImportFileError, match="damaged"):
        fill_form(b"%PDF-1.7 nothing", "form.pdf", {})


def test_that_whoever_makes_a_map_learns_the_names_of_the_fields() -> None:
    assert field_names(a_form(FORM), "form.pdf") == ("Patient Name", "DOB", "Urgent", "Site")
