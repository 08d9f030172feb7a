"""From the files in resources/ to payers, procedures and dated rules; strict, and all mistakes are told together."""

from __future__ import annotations

from pathlib import Path

from tracker.policies.catalog import PolicyCatalog
from tracker.policies.procedures import read_choices, read_code_book, read_payers
from tracker.policies.toml_file import Problems

__all__ = ["PolicyCatalog", "load_catalog"]


def load_catalog(folder: Path) -> PolicyCatalog:
    """Read every file below `folder` (resources). Raises PolicyFileError that lists every mistake of every file."""
    problems = Problems()
    catalog = PolicyCatalog(
        payers=read_payers(folder, problems),
        procedures=read_choices(folder, problems),
        codes=read_code_book(folder, problems),
    )
    problems.refuse()
    return catalog
