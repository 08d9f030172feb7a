"""Answers a case."""

from __future__ import annotations

from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict


def evaluate(case: Case, catalog: object) -> Verdict:
    """Return the answer."""
    raise NotImplementedError("the rules are being written")
