"""What a report is made from, and what a kind of report has to bring: a new one is a file, and a line in `kinds`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from tracker.domain.clock import Clock
from tracker.services.pace import Pace
from tracker.services.reports.shape import Asked, Found, Parameter
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibilityService
    from tracker.services.audit.audit import AuditService
    from tracker.services.authorizations.expirations import ExpirationService
    from tracker.services.desk.denials import DenialService
    from tracker.services.desk.money import MoneyService
    from tracker.services.visits.schedule import ScheduleService


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that reports may read; none of it is written to."""

    transactions: Transactions
    rules: RulesInForce
    payers: PayerNames
    clock: Clock
    schedule: ScheduleService
    eligibility: EligibilityService
    expirations: ExpirationService
    denials: DenialService
    money: MoneyService
    audit: AuditService

    @property
    def today(self) -> date:
        return self.clock.today()


class ReportKind(Protocol):
    """One report. `about` says in a sentence what it tells; `people`: its rows name patients."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def about(self) -> str: ...

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...

    @property
    def people(self) -> bool: ...

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        """Return what is found. Raises ReportCancelledError."""
        ...
