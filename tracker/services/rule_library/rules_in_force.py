"""The rules that answer now: one book at a time, replaced whole when the clinic's rules change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.authorization_needs import Need, NeedsQuestion
from tracker.domain.authorization_terms import Terms
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.course import DECISION_DAYS, MARGIN_DAYS, Course, NoPlan, Plan
from tracker.domain.coverage import Site
from tracker.domain.effort import Effort
from tracker.domain.event import Event
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case
from tracker.domain.verdict import CodeLine, Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.pack_keys import PackKey
from tracker.rules import evaluate
from tracker.rules.allocation import Draw, Visits, draws, event_codes, units_in_use, with_units_in_use
from tracker.rules.due_dates import decision_due
from tracker.rules.naming import plan_course
from tracker.rules.needs import needs
from tracker.rules.placing import CourseQuestion
from tracker.services.answers.judging import Judges
from tracker.services.rule_library.base_book import BaseBook, base_book, base_mark
from tracker.services.rule_library.clinic_layer import ClinicLayer
from tracker.storage.unit_of_work import UnitOfWork

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What was found for a course, and what it was found from."""

    case: Case
    course: Course
    clinic: ClinicDays
    book: PolicyCatalog
    found: Plan | NoPlan

    def answers(self, case: Case, course: Course, clinic: ClinicDays, book: PolicyCatalog) -> bool:
        """Tell whether the question is the same in everything, so that the answer is."""
        return book is self.book and (case, course, clinic) == (self.case, self.course, self.clinic)


class RulesInForce:
    """Shared by all services. Replacing the book is one assignment: no question is answered by two books.

    `shipped` came with the program; `base` is that or a pack that was taken in; `catalog` is the base with the
    clinic's `layer` over it, and answers.
    """

    def __init__(self, shipped: PolicyCatalog, keys: Iterable[PackKey] = ()) -> None:
        self.shipped = shipped
        self.keys = tuple(keys)
        self.base = BaseBook(shipped)
        self.layer = ClinicLayer()
        self.catalog = shipped
        self._mark = ""
        self._last_plan: _Planned | None = None
        self._followers: list[Callable[[PolicyCatalog], None]] = []

    def judge(self, case: Case) -> Verdict:
        """Answer a case by the book of this moment."""
        return judge_by(self.catalog, case)

    def judges(self) -> Judges:
        """Return what answers by the book of this moment, for as long as they are kept."""
        return Judges(partial(judge_by, self.catalog), partial(judge_by, self.catalog, words=False))

    def units_in_use(self, approvals: tuple[Authorization, ...], visits: Visits) -> tuple[Authorization, ...]:
        """Return the approvals with the units that visits on file use of them."""
        return units_in_use(approvals, visits, self.catalog.codes)

    def draws(self, approvals: tuple[Authorization, ...], visits: Visits) -> tuple[Draw, ...]:
        """Return which visits on file draw on which approvals."""
        return draws(approvals, visits, self.catalog.codes)

    def codes_of(self, event: Event, site: Site) -> tuple[CodeLine, ...]:
        """Return the codes of what was done."""
        return event_codes(event, site, self.catalog.codes)

    def reload(self, uow: UnitOfWork) -> None:
        """Answer by what is on file now: at opening, and after whatever may have changed it, undo included."""
        self._mark = _mark(uow)
        self.layer = ClinicLayer.load(uow)
        if self.layer.problems:
            _LOG.warning("%s rules of the clinic cannot be read", len(self.layer.problems))
        self.use(base_book(uow, self.shipped, self.keys))

    def keep_up(self, uow: UnitOfWork) -> bool:
        """Answer by what is on file now if another desk changed it since the last look; tell whether it did."""
        if _mark(uow) == self._mark:
            return False
        self.reload(uow)
        return True

    def judge_briefly(self, case: Case) -> Verdict:
        """Answer without the earliest day, tallies and what is met: all that a comparison of answers needs."""
        return judge_by(self.catalog, case, whole=False)

    def families_seen(self, families: Iterable[Family]) -> frozenset[Family]:
        """Return the families whose past events any rule on file about these families may look at."""
        return frozenset(seen for family in families for seen in self.catalog.families_seen(family))

    def plan(self, case: Case, course: Course, clinic: ClinicDays, effort: Effort) -> Plan | NoPlan:
        """Find the days of a course by the book of this moment. The proposal of the case is not looked at.

        The last answer is kept: a step that is held right after is not searched for again while the file is locked.
        """
        book, known = self.catalog, self._last_plan
        if known is not None and known.answers(case, course, clinic, book):
            return known.found
        found = plan_course(CourseQuestion(course, case, book, clinic, self.lead_days(case), effort=effort))
        self._last_plan = _Planned(case, course, clinic, book, found)
        return found

    def lead_days(self, case: Case) -> int:
        """Return how many days before a visit its approval is asked for: the payer's own term on file, and a margin."""
        coverage = case.coverage
        payer = coverage.payer if coverage else ""
        standard = self.terms(payer, case.site.state, case.as_of, AuthorizationKind.PAYER).standard
        asked = datetime.combine(case.as_of, time(12)).astimezone()
        due = decision_due(standard.fact, asked, asked) if standard else None
        return (due.day - case.as_of).days + MARGIN_DAYS if due else DECISION_DAYS + MARGIN_DAYS

    def needs(self, question: NeedsQuestion) -> tuple[Need, ...]:
        """Say who wants an approval for codes at a place on a day."""
        return needs(question, self.catalog)

    def terms(self, payer: str, state: str, day: date, programme: AuthorizationKind) -> Terms:
        """Return the payer's clocks, validity and appeals."""
        return self.catalog.terms_for(payer, state, day, programme)

    def with_layer(self, base: PolicyCatalog) -> PolicyCatalog:
        """Return what would answer if this were the base."""
        return self.layer.over(base)

    def use(self, base: BaseBook) -> None:
        """Answer by this base, with the clinic's layer over it, from now on."""
        self.base = base
        self.catalog = self.with_layer(base.catalog)
        for follow in self._followers:
            follow(self.catalog)

    def follow(self, take: Callable[[PolicyCatalog], None]) -> None:
        """Give the book of this moment and every later one to `take`."""
        self._followers.append(take)
        take(self.catalog)


def _mark(uow: UnitOfWork) -> str:
    """Return what the book depends on: cheap to read, another one after every change of the rules."""
    return base_mark(uow) + uow.clinic_rules.mark()


def judge_by(book: PolicyCatalog, case: Case, *, whole: bool = True, words: bool = True) -> Verdict:
    """Answer a case by a book, with the units counted that visits on file use of its approvals."""
    return evaluate(with_units_in_use(case, book.codes), book, whole=whole, words=words)
