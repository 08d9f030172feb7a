"""Makes the library's views of the book in force: places, their rules in words, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction
from tracker.domain.language import msg, tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule, plan_key
from tracker.domain.us_dates import us_date
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.policies.procedures import Payer
from tracker.policies.rule_text import fingerprint
from tracker.rules.sentences import sentence
from tracker.services.rule_library.clinic_layer import ClinicLayer
from tracker.services.rule_library.denied_rules import DeniedByRule
from tracker.services.rule_library.library_views import ChangeView, Overridden, Place, RuleState, RuleView
from tracker.services.rule_library.override_figures import Key
from tracker.services.rule_library.rule_versions import dated_versions, versions_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that views are made of; `base` is the book without the clinic's layer."""

    catalog: PolicyCatalog
    base: PolicyCatalog
    layer: ClinicLayer
    overridden: Mapping[Key, Overridden]
    denied: Mapping[Key, DeniedByRule]
    today: date
    states: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def places(self) -> tuple[Place, ...]:
        """Return the places of the clinic's own states by payer, then those of other contractors."""
        found = [place for payer in self.catalog.payers if not payer.self_pay for place in self._places_of(payer)]
        shown = {(place.contractor, self._rules_of(place.payer)) for place in found if place.own}
        rest: list[Place] = []
        for place in (place for place in found if not place.own):
            if (key := (place.contractor, self._rules_of(place.payer))) not in shown:
                shown.add(key)
                rest.append(place)
        own = sorted((place for place in found if place.own), key=lambda place: place.label.casefold())
        return (*own, *sorted(rest, key=lambda place: place.label.casefold()))

    def _rules_of(self, payer: str) -> str:
        found = self.catalog.payer(payer)
        return found.rules if found else ""

    def _places_of(self, payer: Payer) -> Iterator[Place]:
        policies = self._policies(payer)
        contractors = dict.fromkeys(name for policy in policies for name in policy.versions if name)
        families = tuple(
            family for family in Family if any(family in policy.families for policy in policies if not policy.beside)
        )
        plans = self._plans_named(payer, policies)
        if not contractors:
            state = next(iter(self.states), "")
            leads = payer.id == payer.rules
            yield Place(payer.id, payer.id, payer.name, "", state, plans, families, True, leads, payer.aliases)
            return
        for name in contractors:
            theirs = [state for state, contractor in self.catalog.contractors.items() if contractor == name]
            mine = [state for state in theirs if state in self.states]
            label = f"{payer.name}, {self.names.get(name, name)} ({_some(mine or theirs)})"
            state = (mine or theirs or [""])[0]
            leads = payer.id == payer.rules
            place_id, own = f"{payer.id} {name}", bool(mine)
            yield Place(place_id, payer.id, label, name, state, plans, families, own, leads, payer.aliases)

    def _policies(self, payer: Payer) -> list[Policy]:
        return [policy for policy in self.catalog.policies if policy.rules == payer.rules]

    def _plans_named(self, payer: Payer, policies: Iterable[Policy]) -> tuple[str, ...]:
        """Return the plans of the payer about which some rule or change speaks, each once."""
        rules = (rule for policy in policies for each in policy.versions.values() for v in each for rule in v.rules)
        named = [
            plan
            for rule in rules
            if not rule.payers or payer.id in rule.payers
            for plan in (*rule.plans, *rule.not_plans)
        ]
        named += [plan for each in self._changes(payer) if each.holds for plan in each.aim.named]
        return tuple({plan_key(plan): plan for plan in sorted(named)}.values())

    def _changes(self, payer: Payer) -> list[ClinicRule]:
        mine = (each for each in self.layer.changes if each.rules == payer.rules)
        return [each for each in mine if each.payer in ("", payer.id)]

    # Rules of a place

    def rules_at(self, place: Place) -> Iterator[RuleView]:
        payer = self.catalog.payer(place.payer)
        if payer is None:
            return
        seen: Counter[str] = Counter()
        for policy in self._policies(payer):
            for version, rule in self._shown(policy, place):
                name = f"{place.id} {policy.id} {rule.id}"
                seen[name] += 1
                yield self._view(f"{name} {seen[name]}", place, payer, policy, version, rule, RuleState.HOLDS)
        for change, policy, version, rule in self._switched_off(payer, place):
            yield self._view(
                f"{place.id} {policy.id} {rule.id} off {change.id}", place, payer, policy, version, rule, RuleState.OFF
            )

    def _shown(self, policy: Policy, place: Place) -> Iterator[tuple[PolicyVersion, Rule]]:
        """Yield each rule of the version in force, and of later ones those that are new then."""
        seen: set[str] = set()
        for version in current_and_later(policy, place, self.today):
            rules = [rule for rule in version.rules if rule.id not in seen and _is_of(rule, version, place.payer)]
            seen.update(rule.id for rule in version.rules)
            yield from ((version, rule) for rule in rules)

    def _switched_off(self, payer: Payer, place: Place) -> Iterator[tuple[ClinicRule, Policy, PolicyVersion, Rule]]:
        for change in self._changes(payer):
            if not (change.holds and change.action is ClinicRuleAction.OFF):
                continue
            for policy in (policy for policy in self.base.policies if policy.id == change.policy):
                found = [
                    (version, rule)
                    for version in current_and_later(policy, place, self.today)
                    for rule in version.rules
                    if rule.id == change.rule_id and _is_of(rule, version, place.payer)
                ]
                yield from ((change, policy, *each) for each in found[:1])

    def _view(
        self,
        key: str,
        place: Place,
        payer: Payer,
        policy: Policy,
        version: PolicyVersion,
        rule: Rule,
        state: RuleState,
    ) -> RuleView:
        source = version.source(rule)
        versions = tuple(versions_of(self.base, policy.id, rule.id, place, self.names, self.today))
        mine = [each for each in self._changes(payer) if _is_about(each, policy, rule)]
        return RuleView(
            key=key,
            place=place,
            policy=policy.id,
            policy_title=policy.title,
            rule=rule,
            sentence=sentence(rule, self.names),
            source=source,
            holds=_holds(rule, version),
            state=_state(rule, version, self.today) if state is RuleState.HOLDS else state,
            overridden=self.overridden.get((policy.id, rule.id), Overridden()),
            denied=self.denied.get((policy.id, rule.id), DeniedByRule()),
            changes=tuple(self._change_view(each, place) for each in mine),
            versions=versions,
            confirmations=tuple(
                each for each in self.layer.confirmations if (each.policy, each.rule_id) == (policy.id, rule.id)
            ),
        )

    def _change_view(self, change: ClinicRule, place: Place) -> ChangeView:
        now = documents_rule(self.base, change.policy, change.rule_id, place, self.today)
        outdated = bool(change.fingerprint and (now is None or fingerprint(now) != change.fingerprint))
        return ChangeView(change, change_words(change, self.names), change.holds and outdated)


def documents_rule(base: PolicyCatalog, policy_id: str, rule_id: str, place: Place, today: date) -> Rule | None:
    """Return the documents' own rule of today, or the next one to come; None where the clinic made it."""
    for policy in (policy for policy in base.policies if policy.id == policy_id):
        for version in current_and_later(policy, place, today):
            for rule in version.rules:
                if rule.id == rule_id and _is_of(rule, version, place.payer):
                    return rule
    return None


def current_and_later(policy: Policy, place: Place, today: date) -> list[PolicyVersion]:
    """Return the version in force and those to come."""
    versions = dated_versions(policy, place)
    begun = [version for version in versions if version.effective_from <= today]
    return [*begun[-1:], *(version for version in versions if version.effective_from > today)]


def _is_of(rule: Rule, version: PolicyVersion, payer: str) -> bool:
    here = not rule.contractors or version.contractor in rule.contractors
    return here and (not rule.payers or payer in rule.payers)


def _is_about(change: ClinicRule, policy: Policy, rule: Rule) -> bool:
    """Tell whether the change made the rule, or took it out for its plan."""
    same = change.rule_id == rule.id and change.policy in ("", policy.id)
    meant = change.aim.plans
    taken_out = set(map(plan_key, meant)) & set(map(plan_key, rule.not_plans))
    return same and (not meant or bool(taken_out) or any(rule.concerns_plan(plan) for plan in meant))


def _some(states: list[str]) -> str:
    return ", ".join(states) if len(states) <= 3 else tr("{n} states", n=len(states))


def _holds(rule: Rule, version: PolicyVersion) -> str:
    begins = version.source(rule).effective_from
    since = tr("from {day}", day=us_date(begins)) if begins else tr("beginning not published")
    return tr("{since} until {day}", since=since, day=us_date(rule.effective_to)) if rule.effective_to else since


def _state(rule: Rule, version: PolicyVersion, today: date) -> RuleState:
    if rule.effective_to and rule.effective_to < today:
        return RuleState.ENDED
    begins = max(rule.effective_from or date.min, version.effective_from)
    return RuleState.LATER if begins > today else RuleState.HOLDS


_ACTIONS = {
    ClinicRuleAction.ADD: msg("Added by {user}"),
    ClinicRuleAction.REPLACE: msg("Changed by {user}"),
    ClinicRuleAction.OFF: msg("Switched off by {user}"),
}


def change_words(change: ClinicRule, names: Mapping[str, str]) -> str:
    """Return who changed what for whom, when and why, and since when it does not hold any more."""
    day = f" {us_date(change.made_at.date())}" if change.made_at else ""
    where = tr(" for {payer}", payer=names.get(change.payer, change.payer)) if change.payer else ""
    plan = change.aim.words
    told = f"{tr(_ACTIONS[change.action], user=change.made_by)}{day}{where}{plan}: {change.reason}"
    if change.rule is not None and change.action is not ClinicRuleAction.OFF and not change.holds:
        told += tr(" (it read: {rule})", rule=sentence(change.rule, names))
    ended = (
        tr(" Ended by {user} {day}.", user=change.ended_by, day=us_date(change.ended_at.date()))
        if change.ended_at
        else ""
    )
    return f"{told.rstrip('.')}.{ended}"
