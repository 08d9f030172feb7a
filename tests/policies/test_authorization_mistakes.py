"""Mistakes in the files about authorizations: each with file, place and remedy, all together, and only when asked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tracker.domain.coverage import Site
from tracker.domain.errors import PolicyFileError
from tracker.domain.procedure import Family
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog

AETNA, CA = "checklists/aetna.toml", "authorization/california.toml"
OPD, TX, CODES = "authorization/medicare-opd.toml", "authorization/uhc-tx-medicaid.toml", "denial-codes.toml"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Return a copy of the shipped files."""
    for name in ("authorization", "checklists"):
        shutil.copytree(resource_root() / name, tmp_path / name)
    shutil.copy(resource_root() / CODES, tmp_path / CODES)
    return tmp_path


@cache
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def spoil(folder: Path, file: str, right: str, wrong: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def refusal(folder: Path) -> str:
    broken = replace(catalog(), folders=(folder,))
    with pytest.raises(PolicyFileError) as refused:
        broken.terms_for("medicare", "KY", date(2026, 11, 23))
    assert str(folder) not in refused.value.sentence()
    return refused.value.detail


MISTAKES = [
    (CA, '"5 business days"', '"5 days"', f"{CA}: statement 1, standard, within: must be a length such as “7 calendar"),
    (CA, '"5 business days"', "5", "statement 1, standard, within: must be a length"),
    (CA, "within =", "witin =", f"{CA}: statement 1, standard, witin: is not a key of this table"),
    (CA, "within =", "witin =", "statement 1, standard, within: is missing."),
    (CA, "standard =", "standrad =", f"{CA}: statement 1, standrad: is not a key of this table"),
    (CA, '"complete-information"', '"everything"', "counts_from: must be 'receipt' or 'complete-information'"),
    (CA, 'source = "cma"', 'source = "mca"', f"{CA}: statement 1, source: mca is not among [sources]."),
    (CA, 'evidence = "summary"', "", f"{CA}: statement 1, evidence: is missing."),
    (CA, '["CA"]', '["XX"]', f"{CA}: states: XX is not among the states of contractors.toml."),
    (CA, '"exchange"]', '"exchnge"]', f"{CA}: lines 2: must be"),
    (
        CA,
        'id = "california"',
        'id = "medicaid"',
        "authorization/medicaid.toml: id: medicaid is the id of authorization/cal",
    ),
    (CA, 'id = "california"', 'id = "My own"', f"{CA}: id: may have small letters, digits and hyphens only."),
    (CA, "[[statement]]", "[statement]", "is a list of tables: write its heading with two pairs"),
    (CA, "[[statement]]", "statement = ]", f"{CA}: is not TOML"),
    (TX, '["uhc-tx-medicaid"]', "[]", f"{TX}: payers: is empty; name one or more, or leave the key out for all."),
    (TX, '["uhc-tx-medicaid"]', '["uhc-tx"]', f"{TX}: payers: uhc-tx is not among the payers of payers.toml."),
    (TX, 'renewal = { allowed = true, earliest = "60 calendar days" }', "", "statement 2: states nothing"),
    (TX, "before_denial = true", 'before_denial = "yes"', "peer_to_peer, before_denial: must be true or false."),
    (OPD, "effective_from = 2025-01-01", "effective_from = 2020-07-01", "statement 2, standard: is stated twice"),
    (OPD, "effective_from = 2025-01-01", 'effective_from = "soon"', "statement 2, effective_from: must be a date"),
    (OPD, 'programme = "medicare-opd"', 'programme = "opd"', f"{OPD}: programme: must be"),
    (
        "authorization/amerihealth-de.toml",
        "effective_to = 2025-12-31",
        "effective_from = 2026-01-01\neffective_to = 2025-12-31",
        "statement 1: effective_to lies before effective_from",
    ),
    (
        AETNA,
        'proof = "duration", of = "care", lasting = "6 weeks"',
        'proof = "duration"',
        f"{AETNA}: item conservative-care, satisfied_by: a duration needs lasting",
    ),
    (AETNA, ', unit = "percent" }', " }", "item block-result, satisfied_by: at_least needs a unit"),
    (AETNA, 'proof = "finding"', 'proof = "look"', "item facet-loading, satisfied_by, proof: must be"),
    (AETNA, 'need = "needed"', 'need = "must"', "item facet-loading, need: must be 'needed' or 'recommended'"),
    (AETNA, 'families = ["facet-injection"]', 'families = ["facet"]', "item facet-loading, families 1: must be"),
    (
        AETNA,
        'id = "conservative-care"',
        'id = "facet-loading"',
        "item facet-loading: is there twice for the same procedures.",
    ),
    (
        AETNA,
        'source = "aetna"',
        'source = "letter"',
        f"{AETNA}: item facet-loading, source: letter is not among [sources].",
    ),
    (AETNA, 'payers = ["aetna"]', 'payers = ["atna"]', f"{AETNA}: payers: atna is not among the payers"),
    (
        TX,
        '["uhc-tx-medicaid"]',
        '["uhc-tx-medicaid", "uhc-tx-medicaid"]',
        f"{TX}: payers: names uhc-tx-medicaid twice;",
    ),
    (CA, '["CA"]', '["CA", "CA"]', f"{CA}: states: names CA twice; leave one of them out."),
    (AETNA, 'payers = ["aetna"]', 'payers = ["aetna", "aetna"]', f"{AETNA}: payers: names aetna twice; leave one"),
    (AETNA, 'id = "aetna"\n', 'id = "aetna"\ntitle = " "\n# ', f"{AETNA}: title: is empty; write the name"),
    (CODES, 'code = "11"', 'code = "4"', f"{CODES}: denial 4: is there twice."),
    (CODES, 'topic = "coding"', 'topic = "codes"', f"{CODES}: denial 4, topic: must be"),
    (CODES, 'leads_to = "approved"', 'leads_to = "yes"', f"{CODES}: action A1, leads_to: must be"),
    (CODES, 'source = "resdac"', 'source = "list"', f"{CODES}: denial 4, source: list is not among [sources]."),
    (
        CODES,
        'first_step = "Correct the line and send the claim again."',
        "",
        f"{CODES}: denial 4, first_step: is missing.",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "words"), MISTAKES, ids=range(len(MISTAKES)))
def test_that_a_mistake_names_file_place_and_remedy(
    file: str, right: str, wrong: str, words: str, shipped: Path
) -> None:
    spoil(shipped, file, right, wrong)

    assert words in refusal(shipped)


def test_that_the_mistakes_of_all_three_kinds_are_told_together(shipped: Path) -> None:
    spoil(shipped, CA, '"5 business days"', '"5 days"')
    spoil(shipped, AETNA, 'need = "needed"', 'need = "must"')
    spoil(shipped, CODES, 'topic = "coding"', 'topic = "codes"')

    assert len(refusal(shipped).splitlines()) == 3


def test_that_one_mistake_is_told_once(shipped: Path) -> None:
    spoil(shipped, CA, '"5 business days"', '"5 days"')

    assert len(refusal(shipped).splitlines()) == 1


def test_that_a_mistake_there_does_not_keep_the_rules_from_answering(shipped: Path) -> None:
    spoil(shipped, CA, '"5 business days"', '"5 days"')

    broken = replace(catalog(), folders=(shipped,))

    assert broken.in_force("medicare", Family.EPIDURAL, Site("KY"), date(2026, 11, 23)) is not None
    with pytest.raises(PolicyFileError):
        broken.code_lists  # noqa: B018  reading it is what is tried


def test_that_a_file_of_codes_that_is_not_there_is_told(shipped: Path) -> None:
    (shipped / CODES).unlink()

    assert refusal(shipped).startswith(f"{CODES}: cannot be read")


def test_that_the_shipped_files_have_no_mistake() -> None:
    assert catalog().code_lists.denials
