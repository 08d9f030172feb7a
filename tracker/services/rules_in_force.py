"""The rules that answer now: one book at a time, replaced whole when the clinic's rules change."""

from __future__ import annotations

from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.authorization_needs import Need, NeedsQuestion
from tracker.domain.authorization_terms import Terms
from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.rules import evaluate
from tracker.rules.allocation import Visits, units_in_use, with_units_in_use
from tracker.rules.needs import needs


class RulesInForce:
    """Shared by all services. Replacing the book is one assignment: no question is answered by two books."""

    def __init__(self, shipped: PolicyCatalog) -> None:
        self.shipped = shipped
        self.catalog = shipped

    def judge(self, case: Case) -> Verdict:
        """Answer a case by the book of this moment, with the units counted that visits on file use of its approvals."""
        book = self.catalog
        return evaluate(with_units_in_use(case, book.codes), book)

    def units_in_use(self, approvals: tuple[Authorization, ...], visits: Visits) -> tuple[Authorization, ...]:
        """Return the approvals with the units that visits on file use of them."""
        return units_in_use(approvals, visits, self.catalog.codes)

    def needs(self, question: NeedsQuestion) -> tuple[Need, ...]:
        """Say who wants an approval for codes at a place on a day."""
        return needs(question, self.catalog)

    def terms(self, payer: str, state: str, day: date, programme: AuthorizationKind) -> Terms:
        """Return the payer's clocks, validity and appeals."""
        return self.catalog.terms_for(payer, state, day, programme)

    def use(self, catalog: PolicyCatalog) -> None:
        """Answer by this book from now on."""
        self.catalog = catalog
