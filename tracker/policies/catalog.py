"""Everything that the shipped files say: payers, procedures, codes, and the rules in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_terms import Terms
from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.checklist import ChecklistItem
from tracker.domain.coding import CodeBook
from tracker.domain.course_template import CourseTemplate
from tracker.domain.coverage import LineOfBusiness, Site
from tracker.domain.denial_codes import CodeLists
from tracker.domain.fees import Fees
from tracker.domain.policy import InForce, NoRules, PolicyVersion
from tracker.domain.procedure import Approach, Family, Intent, ProcedureChoice
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice
from tracker.policies.edition import NO_EDITION, Edition
from tracker.policies.fingerprints import Fingerprints
from tracker.policies.loader import Policy
from tracker.policies.procedures import Payer
from tracker.policies.rule_path import RulePath
from tracker.policies.unanswered import no_contractor, not_yet, nothing_on_file, unknown_payer
from tracker.rules.sight import families_seen

if TYPE_CHECKING:
    from tracker.policies.authorization_facts import AuthorizationFacts
    from tracker.policies.authorization_schema import ChecklistIn, TermsIn


@dataclass(frozen=True)
class PolicyCatalog:
    """The rule book. `contractors` gives the Medicare contractor of a state; `edition` is which book it is.

    What is known about authorizations lies in `folders`, read when first asked for, once for all that is made of it.
    """

    payers: tuple[Payer, ...]
    procedures: tuple[ProcedureChoice, ...]
    codes: CodeBook
    policies: tuple[Policy, ...] = ()
    contractors: Mapping[str, str] = field(default_factory=dict)
    courses: tuple[CourseTemplate, ...] = ()
    folders: tuple[RulePath, ...] = ()
    edition: Edition = NO_EDITION
    facts_read: list[AuthorizationFacts] = field(default_factory=list, compare=False, repr=False)

    @cached_property
    def _payers(self) -> dict[str, Payer]:
        return {payer.id: payer for payer in self.payers}

    @cached_property
    def _answering(self) -> dict[tuple[str, Family], Policy]:
        return {(p.rules, family): p for p in self.policies if not p.beside for family in p.families}

    @cached_property
    def _beside(self) -> dict[tuple[str, Family], tuple[Policy, ...]]:
        found: dict[tuple[str, Family], tuple[Policy, ...]] = {}
        for policy in self.policies:
            for family in policy.families if policy.beside else ():
                found[policy.rules, family] = (*found.get((policy.rules, family), ()), policy)
        return found

    def payer(self, payer_id: str) -> Payer | None:
        return self._payers.get(payer_id)

    def sets_modifier(self, payer: str, modifier: str, plan: str = "") -> bool:
        """Tell whether any rule of the payer and plan sets the modifier, so that it says something on its claims."""
        found = self.payer(payer)
        rules = found.rules if found else ""
        return any(
            isinstance(rule, Modifier)
            and rule.modifier == modifier
            and (not rule.payers or payer in rule.payers)
            and rule.concerns_plan(plan)
            for policy in self.policies
            if rules and policy.rules == rules
            for versions in policy.versions.values()
            for version in versions
            for rule in version.rules
        )

    @cached_property
    def _versions(self) -> list[PolicyVersion]:
        return [each for policy in self.policies for versions in policy.versions.values() for each in versions]

    @cached_property
    def _seen(self) -> dict[Family, frozenset[Family]]:
        rules = {id(rule): rule for version in self._versions for rule in version.rules}
        return {family: families_seen(rules.values(), family) for family in Family}

    def families_seen(self, family: Family) -> frozenset[Family]:
        """Return the families whose events, on whatever day, any rule about this family may look at."""
        return self._seen[family]

    @cached_property
    def fingerprints(self) -> Fingerprints:
        return Fingerprints(self)

    @cached_property
    def _facts(self) -> AuthorizationFacts:
        from tracker.policies.authorization_facts import facts_in

        return facts_in(self.folders, frozenset(self._payers), frozenset(self.contractors), self.facts_read)

    def terms_for(
        self,
        payer: str,
        state: str,
        day: date,
        programme: AuthorizationKind = AuthorizationKind.PAYER,
        line: LineOfBusiness | None = None,
    ) -> Terms:
        """Return the most specific clocks, validity and appeals on file; `line` where the plan's is not the payer's."""
        from tracker.policies.authorization_terms import Asked

        return self._facts.terms(Asked(payer, line or self.line_of(payer), state, programme, day))

    def checklist(
        self,
        payer: str,
        family: Family,
        intent: Intent | None,
        approach: Approach | None,
        repeat: bool,
        day: date,
        line: LineOfBusiness | None = None,
    ) -> tuple[ChecklistItem, ...]:
        """Return what must lie beside the request and in the record; `repeat`: one of its kind was done before."""
        from tracker.policies.checklists import AskedProcedure

        asked = AskedProcedure(payer, line or self.line_of(payer), family, intent, approach, repeat, day)
        return self._facts.checklist(asked)

    def check_authorization_files(self) -> None:
        """Read them now. Raises PolicyFileError that lists every mistake of every file about authorizations."""
        self._facts.check()

    @property
    def terms_files(self) -> tuple[TermsIn, ...]:
        return self._facts.terms_files

    @property
    def checklist_files(self) -> tuple[ChecklistIn, ...]:
        return self._facts.checklist_files

    @property
    def code_lists(self) -> CodeLists:
        return self._facts.codes

    @cached_property
    def fees(self) -> Fees:
        """What Medicare pays nationally; read when first asked for, refused with every mistake told."""
        from tracker.policies.fees import read_fees
        from tracker.policies.toml_file import Problems

        problems = Problems()
        found = read_fees([folder / "fees" for folder in self.folders], self.codes.codes, problems)
        problems.refuse()
        return found

    def line_of(self, payer: str) -> LineOfBusiness | None:
        """Return by whose law the payer's plans run, None for a payer that nobody knows."""
        found = self.payer(payer)
        return found.line if found else None

    def authorization_rules(
        self, payer: str, family: Family, site: Site, day: date
    ) -> tuple[tuple[PolicyVersion, Rule], ...]:
        """Return the rules about approvals of every policy in force, also where none answers for the family."""
        found = self.payer(payer)
        if found is None or not found.rules:
            return ()
        answering = self._answering.get((found.rules, family))
        policies = (*((answering,) if answering else ()), *self._beside_of(found, family))
        versions = [policy.on(self._contractor(policy, site) or "", day) for policy in policies]
        return tuple((each, rule) for each in versions if each for rule in each.rules if _about_approval(rule))

    def is_self_pay(self, payer: str) -> bool:
        found = self.payer(payer)
        return found is not None and found.self_pay

    def authorization_from_plan(self, payer: str) -> bool:
        """Tell whether its plans ask for approvals of their own: all but traditional Medicare, which has programmes."""
        found = self.payer(payer)
        return found is None or found.plan_authorization

    @cached_property
    def _begins(self) -> list[date]:
        """The days on which any version begins: between two of them the same ones are in force."""
        return sorted({version.effective_from for version in self._versions})

    @cached_property
    def changes(self) -> list[date]:
        """The days on which any rule begins or is over: between two of them the same ones hold."""
        return sorted({change for version in self._versions for change in version.changes})

    @cached_property
    def _known(self) -> dict[tuple[str, Family, str, int], InForce]:
        return {}

    def in_force(self, payer: str, family: Family, site: Site, day: date) -> InForce | NoRules:
        asked = (payer, family, site.state, bisect_right(self._begins, day))
        found = self._known.get(asked) or self._in_force(payer, family, site, day)
        if isinstance(found, InForce):
            self._known[asked] = found
        return found

    def _in_force(self, payer: str, family: Family, site: Site, day: date) -> InForce | NoRules:
        found = self.payer(payer)
        if found is None:
            return unknown_payer(payer)
        policy = self._answering.get((found.rules, family)) if found.rules else None
        if policy is None:
            return nothing_on_file(found)
        contractor = self._contractor(policy, site)
        if contractor is None:
            return no_contractor(site.state)
        version = policy.on(contractor, day)
        if version is None:
            return not_yet(found, policy, contractor, day)
        beside = [other.on(self._contractor(other, site) or "", day) for other in self._beside_of(found, family)]
        return InForce(version, tuple(each for each in beside if each is not None))

    def changes_after(self, payer: str, family: Family, site: Site, day: date) -> date | None:
        asked = (payer, family, site.state)
        if asked not in self._turns:
            self._turns[asked] = sorted(self._changes(payer, family, site))
        return next(iter(self._turns[asked][bisect_right(self._turns[asked], day) :]), None)

    @cached_property
    def _turns(self) -> dict[tuple[str, Family, str], list[date]]:
        return {}

    def _changes(self, payer: str, family: Family, site: Site) -> set[date]:
        found = self.payer(payer)
        policy = self._answering.get((found.rules, family)) if found and found.rules else None
        policies = (policy, *self._beside_of(found, family)) if found and policy else ()
        versions = (each for one in policies for each in one.versions.get(self._contractor(one, site) or "", ()))
        return {change for version in versions for change in version.changes}

    def _beside_of(self, payer: Payer, family: Family) -> tuple[Policy, ...]:
        return self._beside.get((payer.rules, family), ())

    def _contractor(self, policy: Policy, site: Site) -> str | None:
        """Return the contractor of the state, "" for policies without contractors, None for a state without one."""
        if set(policy.versions) <= {""}:
            return ""
        return self.contractors.get(site.state)


def _about_approval(rule: Rule) -> bool:
    return isinstance(rule, NeedsAuthorization) or (isinstance(rule, Advice) and rule.for_authorization)
