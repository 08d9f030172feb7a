"""The rules that answer now: one book at a time, replaced whole when the clinic's rules change."""

from __future__ import annotations

from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.rules import evaluate
from tracker.rules.allocation import with_units_in_use


class RulesInForce:
    """Shared by all services. Replacing the book is one assignment: no question is answered by two books."""

    def __init__(self, shipped: PolicyCatalog) -> None:
        self.shipped = shipped
        self.catalog = shipped

    def judge(self, case: Case) -> Verdict:
        """Answer a case by the book of this moment, with the units counted that visits on file use of its approvals."""
        book = self.catalog
        return evaluate(with_units_in_use(case, book.codes), book)

    def use(self, catalog: PolicyCatalog) -> None:
        """Answer by this book from now on."""
        self.catalog = catalog
