"""From the files in resources/ to payers, procedures and dated rules; strict, and all mistakes are told together."""

from __future__ import annotations

from tracker.policies.catalog import PolicyCatalog
from tracker.policies.offered import read_offered
from tracker.policies.reading import load_catalog

__all__ = ["PolicyCatalog", "load_catalog", "read_offered"]
