"""Rules that a clinic may adopt as its own where a payer publishes none; nothing of them answers until it does."""

from __future__ import annotations

from tracker.policies.loader import Policy, read_policies
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Problems

OFFERED = "policies-offered"


def read_offered(folder: RulePath) -> tuple[Policy, ...]:
    """Return the policies below `folder` (resources) that are offered. Raises PolicyFileError with every mistake."""
    problems = Problems()
    offered = read_policies(folder / OFFERED, problems)
    problems.refuse()
    return offered
