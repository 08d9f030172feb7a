"""Looks whether the files fit each other: every name that one of them uses must be in the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.policy import PolicyVersion
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import Unless
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.policies.toml_file import Problems


def check_references(catalog: PolicyCatalog, problems: Problems, *, may_be_idle: Collection[Policy] = ()) -> None:
    """Add every name that leads nowhere, and every policy that no payer follows but for those that `may_be_idle`."""
    known = {policy.rules for policy in catalog.policies}
    for payer in catalog.payers:
        if payer.rules and payer.rules not in known:
            problems.add("payers.toml", f"payer {payer.id}, rules", f"no policy is called {payer.rules}.")
    followed = {payer.rules for payer in catalog.payers}
    idle = {policy.id for policy in may_be_idle}
    for policy in catalog.policies:
        if policy.rules not in followed and policy.id not in idle:
            problems.add(f"policy {policy.id}", "rules", f"no payer of payers.toml follows {policy.rules}.")
        for place, what in dict.fromkeys(_astray(policy, catalog)):
            problems.add(f"policy {policy.id}", place, what)


def _astray(policy: Policy, catalog: PolicyCatalog) -> Iterator[tuple[str, str]]:
    contractors = {"", *catalog.contractors.values()}
    for contractor, versions in policy.versions.items():
        if contractor not in contractors:
            yield "contractors", f"{contractor} is not among the contractors of contractors.toml."
        for version in versions:
            yield from _of_version(version, catalog)


def _of_version(version: PolicyVersion, catalog: PolicyCatalog) -> Iterator[tuple[str, str]]:
    for rule in version.rules:
        for place, name, file in _names(rule):
            if name not in _known(place, catalog):
                yield f"rule {rule.id}, {place}", f"{name or '“”'} is not among the {place} of {file}."
        for key in idle_choices(rule, catalog):
            yield f"rule {rule.id}{f', {key}' if key else ''}", _NO_SUCH


_NO_SUCH = (
    "no procedure is of these families, intents and approaches at once, so it would never speak; "
    "look at resources/procedures/choices.toml."
)


def idle_choices(rule: Rule, catalog: PolicyCatalog) -> tuple[str, ...]:
    """Return the keys of a rule, "" for what it is about, that choose what no procedure is: it would never speak."""
    done = [(each.family, each.intent, each.approach) for each in catalog.procedures]
    return tuple(key for key, which in _choices(rule) if done and not any(which.fits(*each) for each in done))


def _choices(rule: Rule) -> Iterator[tuple[str, Which]]:
    """Yield every choice of procedures that a rule makes, by its key."""
    yield "", rule.about
    for each in fields(rule):
        value = getattr(rule, each.name)
        if each.init and isinstance(value, Which):
            yield each.name, value
        elif isinstance(value, Unless):
            yield f"{each.name}.of", value.of


def _names(rule: Rule) -> Iterator[tuple[str, str, str]]:
    yield from (("payers", payer, "payers.toml") for payer in rule.payers)
    yield from (("states", state, "contractors.toml") for state in rule.states)
    if isinstance(rule, NeedsAuthorization):
        yield from (("codes", code, "codes.toml") for code in rule.codes)


def _known(place: str, catalog: PolicyCatalog) -> set[str]:
    names = {"payers": {payer.id for payer in catalog.payers}, "states": set(catalog.contractors)}
    return names.get(place) or set(catalog.codes.codes)
