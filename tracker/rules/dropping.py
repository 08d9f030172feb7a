"""A rule book in which some rules do not bind: to tell which rule alone stands in the way of a course."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.coding import CodeBook
from tracker.domain.coverage import LineOfBusiness, Site
from tracker.domain.policy import InForce, NoRules, PolicyVersion
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice
from tracker.rules.active import Active
from tracker.rules.book import RuleBook


@dataclass(frozen=True)
class WithoutRules:
    """The same book, where the rules named in `dropped` are advice only: the payer still has rules that answer."""

    book: RuleBook
    dropped: Collection[str]
    _versions: dict[PolicyVersion, PolicyVersion] = field(default_factory=dict)
    _given: dict[int, tuple[PolicyVersion, Rule]] = field(default_factory=dict)
    _as_given: dict[Active, Active] = field(default_factory=dict)

    @property
    def codes(self) -> CodeBook:
        return self.book.codes

    def in_force(self, payer: str, family: Family, site: Site, day: date) -> InForce | NoRules:
        found = self.book.in_force(payer, family, site, day)
        if isinstance(found, NoRules):
            return found
        return InForce(self._without(found.version), tuple(self._without(each) for each in found.beside))

    def authorization_rules(
        self, payer: str, family: Family, site: Site, day: date
    ) -> tuple[tuple[PolicyVersion, Rule], ...]:
        found = self.book.authorization_rules(payer, family, site, day)
        return tuple((version, rule) for version, rule in found if rule.id not in self.dropped)

    def changes_after(self, payer: str, family: Family, site: Site, day: date) -> date | None:
        return self.book.changes_after(payer, family, site, day)

    def sets_modifier(self, payer: str, modifier: str, plan: str = "") -> bool:
        return self.book.sets_modifier(payer, modifier, plan)

    def is_self_pay(self, payer: str) -> bool:
        return self.book.is_self_pay(payer)

    def authorization_from_plan(self, payer: str) -> bool:
        return self.book.authorization_from_plan(payer)

    def line_of(self, payer: str) -> LineOfBusiness | None:
        return self.book.line_of(payer)

    def given(self, active: Active) -> Active:
        """Return the same rules as the book gives them, those that are dropped among them."""
        if active not in self._as_given:
            rules = tuple(self._given.get(id(rule), (version, rule)) for version, rule in active)
            self._as_given[active] = Active(rules)
        return self._as_given[active]

    def _without(self, version: PolicyVersion) -> PolicyVersion:
        if version not in self._versions:
            rules = tuple(_loosened(rule) if rule.id in self.dropped else rule for rule in version.rules)
            self._versions[version] = replace(version, rules=rules)
            both = zip(rules, version.rules, strict=True)
            self._given.update((id(loose), (version, rule)) for loose, rule in both)
        return self._versions[version]


def _loosened(rule: Rule) -> Rule:
    """Return advice in the rule's place, that speaks where the rule spoke."""
    return Advice(
        id=rule.id,
        families=rule.families,
        intents=rule.intents,
        approaches=rule.approaches,
        evidence=rule.evidence,
        source=rule.source,
        section=rule.section,
        contractors=rule.contractors,
        payers=rule.payers,
        plans=rule.plans,
        not_plans=rule.not_plans,
        states=rule.states,
        places=rule.places,
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
        text="This rule is left aside.",
    )
