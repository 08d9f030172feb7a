"""What docs/authorization-files.md says is so: its files load and answer, and no key or value is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from tracker.domain import authorization_terms as terms
from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_request import PeerToPeer
from tracker.domain.checklist import Proof, SatisfiedBy
from tracker.domain.coverage import LineOfBusiness
from tracker.domain.denial_codes import DenialTopic
from tracker.domain.procedure import Approach, Family, Intent
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.authorization_schema import ChecklistIn, ItemIn, StatementIn, TermsIn
from tracker.policies.denial_codes import ActionIn, CodesIn, DenialIn, ReasonIn, RemarkIn

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "authorization-files.md").read_text(encoding="utf-8")
TERMS, CHECKLIST, CODES = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
MODELS = (TermsIn, StatementIn, ChecklistIn, ItemIn, CodesIn, DenialIn, RemarkIn, ActionIn, ReasonIn)
HEADINGS = {"sources", "statement", "item", "denial", "group", "remark", "action", "reason"}
PARTS = (
    terms.DecisionTime, terms.Extension, terms.MissingInformation, terms.Submission, terms.Validity,
    terms.ApprovalScope, terms.Changes, terms.Retroactive, terms.Renewal, terms.PeerCall, terms.AppealLevel,
    SatisfiedBy,
)  # fmt: skip


@pytest.fixture
def catalog(tmp_path: Path) -> PolicyCatalog:
    """The shipped files with the document's own over them."""
    (tmp_path / "authorization").mkdir()
    (tmp_path / "checklists").mkdir()
    (tmp_path / "authorization" / "example.toml").write_text(TERMS, encoding="utf-8")
    (tmp_path / "checklists" / "example.toml").write_text(CHECKLIST, encoding="utf-8")
    (tmp_path / "denial-codes.toml").write_text(CODES, encoding="utf-8")
    return load_catalog(resource_root(), tmp_path)


def test_that_the_terms_of_the_document_answer_for_their_payer_and_states(catalog: PolicyCatalog) -> None:
    here, elsewhere = (catalog.terms_for("aetna", state, date(2026, 11, 23)) for state in ("OH", "IN"))

    assert here.standard is not None
    assert here.standard.source.title == "Example Plan provider manual 2026"
    assert elsewhere.standard is not None
    assert elsewhere.standard.source.title != here.standard.source.title


def test_that_the_terms_of_the_document_state_every_topic(catalog: PolicyCatalog) -> None:
    found = catalog.terms_for("aetna", "KY", date(2026, 11, 23))

    for topic in (field.name for field in fields(found) if field.name not in ("appeals", "notes")):
        assert getattr(found, topic).source.title == "Example Plan provider manual 2026", topic


@pytest.mark.parametrize(("repeat", "item"), [(False, "imaging-report"), (True, "treatment-result")])
def test_that_the_checklist_of_the_document_asks_its_items(catalog: PolicyCatalog, repeat: bool, item: str) -> None:
    day = date(2026, 11, 23)
    asked = catalog.checklist("aetna", Family.EPIDURAL, Intent.THERAPEUTIC, Approach.TRANSFORAMINAL, repeat, day)
    own = {each.id for each in asked if each.source.title == "Example Plan provider manual 2026"}

    assert own == {item, "sedation-reason"}


def test_that_the_codes_of_the_document_stand_for_the_shipped_ones(catalog: PolicyCatalog) -> None:
    assert set(catalog.code_lists.denials) == {"197"}
    assert catalog.code_lists.find_action("a4") is not None


def keys() -> Iterator[str]:
    yield from (name for model in MODELS for name in model.model_fields if name not in HEADINGS)
    yield from (field.name for part in PARTS for field in fields(part))


def test_that_every_key_is_explained() -> None:
    assert [key for key in dict.fromkeys(keys()) if f"`{key}`" not in DOCUMENT] == []


def test_that_every_list_is_named() -> None:
    assert [name for name in HEADINGS if f"[[{name}]]" not in DOCUMENT and f"[{name}." not in DOCUMENT] == []


@pytest.mark.parametrize("values", [AuthorizationKind, terms.ClockStart, PeerToPeer, Proof, DenialTopic])
def test_that_every_value_is_named(values: type[StrEnum]) -> None:
    assert [each for each in values if f'"{each}"' not in DOCUMENT and f"`{each}`" not in DOCUMENT] == []


def test_that_every_unit_of_time_is_shown() -> None:
    assert [unit for unit in terms.TimeUnit if not re.search(rf'"\d+ {unit}"', DOCUMENT)] == []


def test_that_the_page_on_policies_names_every_line_and_leads_here() -> None:
    policies = (DOCS / "policy-files.md").read_text(encoding="utf-8")

    assert [each for each in LineOfBusiness if f"`{each}`" not in policies] == []
    assert "(authorization-files.md)" in policies
