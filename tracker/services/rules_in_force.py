"""The rules that answer now: one book at a time, replaced whole when the clinic's rules change."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_needs import Need, NeedsQuestion
from tracker.domain.authorization_terms import Terms
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.course import Course, NoPlan, Plan
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.rules import evaluate
from tracker.rules.allocation import with_units_in_use
from tracker.rules.naming import plan_course
from tracker.rules.needs import needs
from tracker.rules.placing import CourseQuestion
from tracker.services.clinic_layer import ClinicLayer
from tracker.storage.unit_of_work import UnitOfWork

_LOG = logging.getLogger(__name__)


class RulesInForce:
    """Shared by all services. Replacing the book is one assignment: no question is answered by two books.

    `shipped` came with the program; `base` is that or a rule pack; `catalog` is the base with the clinic's `layer`.
    """

    def __init__(self, shipped: PolicyCatalog) -> None:
        self.shipped = shipped
        self.base = shipped
        self.layer = ClinicLayer()
        self.catalog = shipped

    def judge(self, case: Case) -> Verdict:
        """Answer a case by the book of this moment, with the units counted that visits on file use of its approvals."""
        book = self.catalog
        return evaluate(with_units_in_use(case, book.codes), book)

    def use(self, base: PolicyCatalog) -> None:
        """Answer by this base, with the clinic's layer over it, from now on."""
        self.base = base
        self.catalog = self.layer.over(base)

    def reload(self, uow: UnitOfWork) -> None:
        """Read the clinic's layer anew: at opening, and after whatever may have changed it, undo included."""
        self.layer = ClinicLayer.load(uow)
        self.catalog = self.layer.over(self.base)
        if self.layer.problems:
            _LOG.warning("%s rules of the clinic cannot be read", len(self.layer.problems))

    def judge_briefly(self, case: Case) -> Verdict:
        """Answer without the earliest day, tallies and what is met: all that a comparison of answers needs."""
        book = self.catalog
        return evaluate(with_units_in_use(case, book.codes), book, whole=False)

    def families_seen(self, families: Iterable[Family]) -> frozenset[Family]:
        """Return the families whose past events any rule on file about these families may look at."""
        return frozenset(seen for family in families for seen in self.catalog.families_seen(family))

    def plan(self, case: Case, course: Course, clinic: ClinicDays) -> Plan | NoPlan:
        """Find the days of a course by the book of this moment. The proposal of the case is not looked at."""
        return plan_course(CourseQuestion(course, case, self.catalog, clinic))

    def needs(self, question: NeedsQuestion) -> tuple[Need, ...]:
        """Say who wants an approval for codes at a place on a day."""
        return needs(question, self.catalog)

    def terms(self, payer: str, state: str, day: date, programme: AuthorizationKind) -> Terms:
        """Return the payer's clocks, validity and appeals."""
        return self.catalog.terms_for(payer, state, day, programme)
