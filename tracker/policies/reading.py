"""Reads a whole rule book: payers, procedures, codes, contractors and policies, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tracker.policies.catalog import PolicyCatalog
from tracker.policies.edition import read_edition
from tracker.policies.loader import read_policies
from tracker.policies.procedures import read_choices, read_code_book, read_contractors, read_payers
from tracker.policies.references import check_references
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Problems


def load_catalog(folder: RulePath, layer: Path | None = None) -> PolicyCatalog:
    """Read every file below `folder` (resources, or a pack), and over them the payers and policies of `layer`.

    Raises PolicyFileError that lists every mistake of every file.
    """
    problems = Problems()
    catalog = PolicyCatalog(
        payers=read_payers(folder, problems),
        procedures=read_choices(folder, problems),
        codes=read_code_book(folder, problems),
        policies=read_policies(folder / "policies", problems),
        contractors=read_contractors(folder, problems),
        folders=(folder,),
        edition=read_edition(folder, problems),
    )
    if layer is not None:
        catalog = _with_layer(catalog, layer, problems)
    problems.refuse()  # what follows would only repeat that a file could not be read
    check_references(catalog, problems, all_used=layer is None)
    problems.refuse()
    return catalog


def _with_layer(catalog: PolicyCatalog, layer: Path, problems: Problems) -> PolicyCatalog:
    """Return the catalog with the payers of the layer, which replace those of the same id, and its policies added."""
    if not layer.is_dir():
        problems.add(str(layer), "", "is no folder.")
        return catalog
    payers = {payer.id: payer for payer in catalog.payers}
    if (layer / "payers.toml").exists():
        payers |= {payer.id: payer for payer in read_payers(layer, problems)}
    policies = (*catalog.policies, *read_policies(layer / "policies", problems, catalog.policies))
    return replace(catalog, payers=tuple(payers.values()), policies=policies, folders=(*catalog.folders, layer))
