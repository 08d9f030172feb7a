"""Reads a whole rule book: payers, procedures, codes, contractors and policies, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tracker.policies.catalog import PolicyCatalog
from tracker.policies.course_templates import read_course_templates
from tracker.policies.edition import read_edition
from tracker.policies.loader import read_policies
from tracker.policies.procedures import read_choices, read_code_book, read_contractors, read_payers
from tracker.policies.references import check_references
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Problems


def load_catalog(folder: RulePath, layer: Path | None = None) -> PolicyCatalog:
    """Read every file below `folder` (resources, or a pack), and over them the payers and policies of `layer`.

    With a layer the files about authorizations are read too: whoever tries files wants to hear of every mistake now.
    Raises PolicyFileError that lists every mistake of every file.
    """
    problems = Problems()
    procedures = read_choices(folder, problems)
    catalog = PolicyCatalog(
        payers=read_payers(folder, problems),
        procedures=procedures,
        codes=read_code_book(folder, problems),
        policies=read_policies(folder / "policies", problems),
        contractors=read_contractors(folder, problems),
        courses=read_course_templates(folder, procedures, problems),
        folders=(folder,),
        edition=read_edition(folder, problems),
    )
    shipped = catalog.policies
    if layer is not None:
        catalog = _with_layer(catalog, layer, problems)
    problems.refuse()  # what follows would only repeat that a file could not be read
    # a payer of the layer may leave a shipped policy without anybody who follows it
    check_references(catalog, problems, may_be_idle=() if layer is None else shipped)
    problems.refuse()
    if layer is not None:
        catalog.check_authorization_files()
    return catalog


def _with_layer(catalog: PolicyCatalog, layer: Path, problems: Problems) -> PolicyCatalog:
    """Return the catalog with the payers of the layer, which replace those of the same id, and its policies added."""
    if not layer.is_dir():
        problems.add(str(layer), "", "is no folder.")
        return catalog
    payers = {payer.id: payer for payer in catalog.payers}
    if (layer / "payers.toml").exists():
        payers |= {payer.id: payer for payer in read_payers(layer, problems, catalog.payers)}
    policies = (*catalog.policies, *read_policies(layer / "policies", problems, catalog.policies))
    return replace(catalog, payers=tuple(payers.values()), policies=policies, folders=(*catalog.folders, layer))
