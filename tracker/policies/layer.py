"""The clinic's own layer over the rules of the files: what it confirmed, added, replaced or switched off (DESIGN 7).

The files stay as they are: a new catalog is made of them and of the layer, and may be made again at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction, RuleConfirmation
from tracker.domain.language import tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade, Source
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.policies.narrowing import added_plans, without
from tracker.policies.procedures import Payer
from tracker.policies.rule_text import fingerprint

CLINIC_TITLE = "Rule of this clinic"
ALWAYS = date(2000, 1, 1)
"""First day of a policy that the clinic makes where no file has one; it is no payer's day, and is shown nowhere."""


def with_clinic_layer(
    catalog: PolicyCatalog, changes: Iterable[ClinicRule], confirmations: Iterable[RuleConfirmation]
) -> PolicyCatalog:
    """Return the catalog with the layer over it. What speaks about one plan or payer stands over what is general."""
    policies = _confirmed(catalog.policies, list(confirmations))
    for change in sorted((each for each in changes if each.holds), key=_generality):
        catalog = replace(catalog, payers=_followers_made(catalog.payers, change), policies=policies)
        followers = tuple(payer.id for payer in catalog.payers if payer.rules == change.rules)
        policies = _changed(policies, change, followers)
    return replace(catalog, policies=policies)


def _generality(change: ClinicRule) -> tuple[bool, bool, bool, str, str]:
    made = change.made_at.isoformat() if change.made_at else ""
    return bool(change.payer), bool(change.plan), bool(change.aim.plans), made, change.id


def clinic_source(change: ClinicRule) -> Source:
    """Return the clinic itself as the document behind its rule: by whom, and since when."""
    day = change.made_at.date() if change.made_at else None
    clinic = _by_whom(change)
    return Source(CLINIC_TITLE, effective_from=day, section=clinic, clinic=clinic)


def _by_whom(change: ClinicRule) -> str:
    instead = change.action is ClinicRuleAction.REPLACE
    if not change.made_by or change.made_at is None:
        return tr("of the clinic, in place of the payer’s") if instead else tr("of the clinic")
    user, day = change.made_by, us_date(change.made_at.date())
    if instead:
        return tr("by {user} since {day}, in place of the payer’s", user=user, day=day)
    return tr("by {user} since {day}", user=user, day=day)


# Confirmations


def _confirmed(policies: tuple[Policy, ...], confirmations: list[RuleConfirmation]) -> tuple[Policy, ...]:
    if not confirmations:
        return policies
    confirmed = partial(_confirmed_version, confirmations=confirmations)
    return tuple(_with_versions(policy, confirmed) for policy in policies)


def _confirmed_version(version: PolicyVersion, confirmations: list[RuleConfirmation]) -> PolicyVersion:
    sources, rules = dict(version.sources), list(version.rules)
    for place, rule in enumerate(rules):
        if rule.evidence is not Grade.RECALLED:
            continue
        seen = next((each for each in reversed(confirmations) if _is_of(each, version, rule)), None)
        if seen is not None:
            key = f"{rule.source}, {rule.id} confirmed"
            sources[key] = replace(version.sources[rule.source], confirmed=confirmed_words(seen))
            rules[place] = replace(rule, source=key)
    return replace(version, sources=sources, rules=tuple(rules))


def _is_of(confirmation: RuleConfirmation, version: PolicyVersion, rule: Rule) -> bool:
    named = (confirmation.policy, confirmation.rule_id) == (version.policy, rule.id)
    return named and confirmation.fingerprint == fingerprint(rule)


def confirmed_words(confirmation: RuleConfirmation) -> str:
    """Return "confirmed by Jo Diaz 11/27/2026 in Aetna policy 0016"."""
    user, document = confirmation.confirmed_by, confirmation.seen_in
    if confirmation.confirmed_at is None:
        return tr("confirmed by {user} in {document}", user=user, document=document)
    day = us_date(confirmation.confirmed_at.date())
    return tr("confirmed by {user} {day} in {document}", user=user, day=day, document=document)


# Changes


def _changed(policies: tuple[Policy, ...], change: ClinicRule, followers: tuple[str, ...]) -> tuple[Policy, ...]:
    """Return the policies with the change in them; a rule whose payer's rule is gone meanwhile stands by itself."""
    if change.action is ClinicRuleAction.ADD or not any(holds_rule(policy, change) for policy in policies):
        return _added(policies, change)
    return tuple(
        _with_versions(policy, partial(_changed_version, change=change, policy=policy, followers=followers))
        if holds_rule(policy, change)
        else policy
        for policy in policies
    )


def holds_rule(policy: Policy, change: ClinicRule) -> bool:
    """Tell whether the rule that is changed is in any version of this policy."""
    if (policy.rules, policy.id) != (change.rules, change.policy):
        return False
    versions = (version for each in policy.versions.values() for version in each)
    return any(rule.id == change.rule_id for version in versions for rule in version.rules)


def _changed_version(
    version: PolicyVersion, change: ClinicRule, policy: Policy, followers: tuple[str, ...]
) -> PolicyVersion:
    """Return the version with the rule taken out where the change holds, and the clinic's in its place."""
    if all(rule.id != change.rule_id for rule in version.rules):
        return version
    place = next(place for place, rule in enumerate(version.rules) if rule.id == change.rule_id)
    rules: list[Rule] = []
    for rule in version.rules:
        rules += without(rule, change, followers) if rule.id == change.rule_id else (rule,)
    return _with_own(replace(version, rules=tuple(rules)), change, policy.families, place)


def _added(policies: tuple[Policy, ...], change: ClinicRule) -> tuple[Policy, ...]:
    """Return the policies with the clinic's rule in each that answers for its families, or in one of the clinic's."""
    if change.rule is None:
        return policies
    wanted = change.rule.families
    answering = [p for p in policies if p.rules == change.rules and not p.beside and _share(p.families, wanted)]
    found = {
        policy.id: _with_versions(policy, partial(_with_own, change=change, families=policy.families))
        for policy in answering
    }
    missing = tuple(family for family in wanted if not any(family in policy.families for policy in answering))
    extended = tuple(found.get(policy.id, policy) for policy in policies)
    return (*extended, _own_policy(extended, change, missing)) if missing else extended


def _own_policy(policies: tuple[Policy, ...], change: ClinicRule, families: tuple[Family, ...]) -> Policy:
    """Return a policy of the clinic's own, for families about which no file says anything."""
    first = f"clinic-{change.rules}"
    taken = {policy.id for policy in policies}
    name = next(each for each in (first, *(f"{first}-{number}" for number in range(2, 99))) if each not in taken)
    version = PolicyVersion(name, "Rules of this clinic", ALWAYS, (), dated=False)
    own = _with_own(version, change, families)
    return Policy(name, "Rules of this clinic", change.rules, families, beside=False, versions={"": (own,)})


def _with_own(
    version: PolicyVersion, change: ClinicRule, families: tuple[Family, ...], place: int | None = None
) -> PolicyVersion:
    """Return the version with the clinic's rule at its place, for those of its families that it answers for."""
    if change.rule is None:
        return version
    key = f"clinic {change.id or change.rule_id}"
    about = _share(change.rule.families, families) or change.rule.families
    payers = (change.payer,) if change.payer else change.rule.payers
    plans = change.aim.plans or change.rule.plans
    not_plans = added_plans(change.rule.not_plans, change.aim.not_plans)
    own = replace(change.rule, source=key, section="", families=about, payers=payers, plans=plans, not_plans=not_plans)
    at = len(version.rules) if place is None else place
    rules = (*version.rules[:at], own, *version.rules[at:])
    return replace(version, rules=rules, sources={**version.sources, key: clinic_source(change)})


def _share(families: tuple[Family, ...], others: tuple[Family, ...]) -> tuple[Family, ...]:
    return tuple(family for family in families if family in others)


def _followers_made(payers: tuple[Payer, ...], change: ClinicRule) -> tuple[Payer, ...]:
    """Let a payer without rules follow what the clinic wrote for it."""
    if any(payer.rules == change.rules for payer in payers):
        return payers
    return tuple(
        replace(payer, rules=change.rules) if payer.id == change.payer and not payer.rules else payer
        for payer in payers
    )


def _with_versions(policy: Policy, make: Callable[[PolicyVersion], PolicyVersion]) -> Policy:
    versions = {contractor: tuple(make(each) for each in found) for contractor, found in policy.versions.items()}
    return replace(policy, versions=versions)
