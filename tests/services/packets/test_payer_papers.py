"""A clinic's own maps: two payers' forms filled from a request, and the order in which a portal asks."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.fakes import FixedClock
from tests.papers import a_form
from tests.services.authorizations.test_authorizations import shipped_rules
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRequest
from tracker.domain.errors import ImportFileError, InvalidEntryError
from tracker.domain.procedure import Family, parse_sites
from tracker.paths import resource_root
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.packets.payer_papers import PayerPapers, shaped
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames

LEFT = parse_sites(["L4-L5 left"]).targets
FIRST = """
payer = "medicare"
title = "Hospital request"
file = "hospital.pdf"
[[field]]
name = "Name"
fact = "patient.name"
shape = "upper"
[[field]]
name = "DOB"
fact = "patient.born"
shape = "mmddyyyy"
[[field]]
name = "Expedited"
fact = "request.urgency"
equals = "expedited"
[[field]]
name = "Setting"
text = "ASC"
"""
SECOND = """
payer = "medicare"
title = "Short form"
file = "short.pdf"
[[field]]
name = "Code"
fact = "code.1"
[[field]]
name = "Gone"
fact = "code.2"
"""


@pytest.fixture
def papers(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> PayerPapers:
    """The clinic's maps and forms lie in its own folder."""
    forms = transactions.folder / "forms"
    forms.mkdir()
    (forms / "hospital.toml").write_text(FIRST, encoding="utf-8")
    (forms / "short.toml").write_text(SECOND, encoding="utf-8")
    fields = (("Name", "text"), ("DOB", "text"), ("Expedited", "check"), ("Setting", "Office|ASC"))
    (forms / "hospital.pdf").write_bytes(a_form(fields))
    (forms / "short.pdf").write_bytes(a_form((("Code", "text"), ("Fax", "text"))))
    return PayerPapers(transactions, payers, clock, (transactions.folder, resource_root()))


@pytest.fixture
def record_id(transactions: Transactions, payers: PayerNames, clock: FixedClock, patient_id: str) -> str:
    request = AuthorizationRequest(
        expedited=True,
        family=Family.FACET_ABLATION,
        targets=LEFT,
        asked=(AskedLine("64635", 1, LEFT),),
        next_action=date(2026, 12, 1),
    )
    answer = Authorization(None, "medicare", AuthorizationStatus.DRAFT)
    return AuthorizationService(transactions, shipped_rules(), payers, clock).add(patient_id, answer, request).value.id


def test_that_text_boxes_and_choices_of_a_form_get_what_the_map_says(
    papers: PayerPapers, transactions: Transactions, record_id: str
) -> None:
    filled = papers.fill(record_id, transactions.folder / "forms" / "hospital.pdf")
    fields = PdfReader(io.BytesIO(filled.content)).get_fields() or {}
    assert {name: field.get("/V") for name, field in fields.items()} == {
        "Name": "WHITAKER, DORIS M.",
        "DOB": "07021951",
        "Expedited": "/Yes",
        "Setting": "ASC",
    }
    assert filled.told == ()


def test_that_fields_missing_on_either_side_are_told(
    papers: PayerPapers, transactions: Transactions, record_id: str
) -> None:
    filled = papers.fill(record_id, transactions.folder / "forms" / "short.pdf")
    assert filled.told == (
        "The map names a field “Gone” that the form does not have.",
        "The map does not fill the field “Fax” of the form.",
    )


def test_that_a_form_without_a_map_and_a_form_that_is_not_there_are_told(
    papers: PayerPapers, record_id: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidEntryError, match=r"no map for other\.pdf"):
        papers.fill(record_id, tmp_path / "other.pdf")
    with pytest.raises(ImportFileError, match=r"hospital\.pdf cannot be read"):
        papers.fill(record_id, tmp_path / "hospital.pdf")


def test_that_a_copy_sheet_follows_the_order_of_its_portal(papers: PayerPapers, record_id: str) -> None:
    sheet = papers.copy_sheet(record_id)
    told = {field.label: field.value for field in sheet.fields}
    assert [field.label for field in sheet.fields][:4] == ["Member ID", "Last name", "First name", "Birth date"]
    assert (told["Member ID"], told["Code 1"], told["Code 2"]) == ("1EG4-TE5-MK72", "64635", "")


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        ("07/02/1951", "as-is", "07/02/1951"),
        ("07/02/1951", "mmddyyyy", "07021951"),
        ("07/02/1951", "yyyy-mm-dd", "1951-07-02"),
        ("11/2026", "yyyy-mm-dd", "11/2026"),
        ("(859) 555-0177", "digits", "8595550177"),
        ("Núñez", "upper", "NÚÑEZ"),
        ("", "yyyy-mm-dd", ""),
    ],
)
def test_that_a_fact_takes_the_shape_that_a_field_wants(value: str, shape: str, text: str) -> None:
    assert shaped(value, shape) == text
