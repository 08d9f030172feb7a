"""What the rules ask of the catalog: which version answers for a payer, a family, a place and a day."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_terms import Terms
from tracker.domain.coding import CodeBook
from tracker.domain.coverage import LineOfBusiness, Site
from tracker.domain.policy import InForce, NoRules, PolicyVersion
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule


class RuleBook(Protocol):
    """The shipped rules, by payer and day."""

    @property
    def codes(self) -> CodeBook: ...

    def in_force(self, payer: str, family: Family, site: Site, day: date) -> InForce | NoRules:
        """Return what answers on that day, or why nothing does."""
        ...

    def authorization_rules(
        self, payer: str, family: Family, site: Site, day: date
    ) -> tuple[tuple[PolicyVersion, Rule], ...]:
        """Return the rules about approvals of every policy in force, also where none answers for the family."""
        ...

    def changes_after(self, payer: str, family: Family, site: Site, day: date) -> date | None:
        """Return the next day after `day` on which other rules come into force or a rule ends, None when none does."""
        ...

    def sets_modifier(self, payer: str, modifier: str, plan: str = "") -> bool:
        """Tell whether any rule of the payer and plan sets the modifier, so that it says something on its claims."""
        ...

    def is_self_pay(self, payer: str) -> bool:
        """Tell whether the patient pays, so that no payer's rule concerns it."""
        ...

    def authorization_from_plan(self, payer: str) -> bool:
        """Tell whether the payer's plans ask for approvals of their own (traditional Medicare has none)."""
        ...

    def line_of(self, payer: str) -> LineOfBusiness | None:
        """Return by whose law the payer's plans run, None for a payer that nobody knows."""
        ...


class NeedsBook(RuleBook, Protocol):
    """The rules, and what is on file about how approvals run."""

    def terms_for(
        self, payer: str, state: str, day: date, programme: AuthorizationKind = AuthorizationKind.PAYER
    ) -> Terms:
        """Return the most specific clocks, validity and appeals on file."""
        ...
