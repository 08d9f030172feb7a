"""From the files in resources/ to payers, procedures and dated rules; strict, and all mistakes are told together."""

from __future__ import annotations

from pathlib import Path

from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import read_policies
from tracker.policies.procedures import read_choices, read_code_book, read_contractors, read_payers
from tracker.policies.toml_file import Problems

__all__ = ["PolicyCatalog", "load_catalog"]


def load_catalog(folder: Path) -> PolicyCatalog:
    """Read every file below `folder` (resources). Raises PolicyFileError that lists every mistake of every file."""
    problems = Problems()
    catalog = PolicyCatalog(
        payers=read_payers(folder, problems),
        procedures=read_choices(folder, problems),
        codes=read_code_book(folder, problems),
        policies=read_policies(folder / "policies", problems),
        contractors=read_contractors(folder, problems),
    )
    known = {policy.rules for policy in catalog.policies}
    for payer in catalog.payers:
        if payer.rules and payer.rules not in known:
            problems.add("payers.toml", f"payer {payer.id}, rules", f"no policy is called {payer.rules}.")
    problems.refuse()
    return catalog
