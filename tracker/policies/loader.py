"""Reads all policy files of a folder and builds the dated versions; every mistake of every file is told together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.policy import PolicyVersion
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule
from tracker.domain.rule_figures import FIRST_DAY, LAST_DAY
from tracker.domain.verdict import Source
from tracker.policies.rule_path import RulePath
from tracker.policies.schema import POLICY, PolicyIn, VersionIn, as_json
from tracker.policies.toml_data import describe, load_toml
from tracker.policies.toml_file import Problems

_NAME = re.compile("[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy with its versions by contractor, oldest first ("" where there are no contractors)."""

    id: str
    title: str
    rules: str
    families: tuple[Family, ...]
    beside: bool
    versions: Mapping[str, tuple[PolicyVersion, ...]]

    def on(self, contractor: str, day: date) -> PolicyVersion | None:
        """Return the version in force, None before the first one."""
        versions = self.versions.get(contractor, ())
        return next((each for each in reversed(versions) if each.effective_from <= day), None)


def read_policies(folder: RulePath, problems: Problems, beneath: tuple[Policy, ...] = ()) -> tuple[Policy, ...]:
    """Read every .toml file below `folder`, in the order of their names; `beneath` are those that are there already."""
    found = []
    for path in sorted(folder.rglob("*.toml")):
        shown = path.relative_to(folder.parent).as_posix()
        policy = _read(path, shown, problems)
        if policy is not None:
            found.append(policy)
    _refuse_doubles((*beneath, *found), problems)
    return tuple(found)


def _read(path: RulePath, shown: str, problems: Problems) -> Policy | None:
    try:
        data = load_toml(path)
    except (OSError, ValueError) as error:
        problems.add(shown, "", describe(error))
        return None
    return build(data, shown, problems)


def build(data: Mapping[str, Any], shown: str, problems: Problems) -> Policy | None:
    """Return the policy that the file's data say, None when something is wrong with it."""
    try:
        file = POLICY.validate_json(as_json(data), strict=True)
    except ValidationError as error:
        problems.add_all(shown, data, error)
        return None
    before = len(problems.found)
    problems.add_empty(shown, data)
    problems.add_zeros(shown, data)
    _check_names(file, shown, problems)
    versions = _versions(file, shown, problems)
    if len(problems.found) > before:
        return None
    return Policy(file.id, file.title, file.rules, file.families, file.beside, versions)


def _check_names(file: PolicyIn, shown: str, problems: Problems) -> None:
    """Add what would leave a file without effect, or its proof without a name."""
    if len(set(file.families)) < len(file.families):
        problems.add(shown, "families", "names a family twice; leave one of them out.")
    for version in file.version:
        where = f"version {version.name}"
        if not version.rule and not version.replaces:
            problems.add(shown, where, "has no rule; write [[version.rule]] below it, or the version that it replaces.")
        days = version.starts(file.contractors).values()
        if not days:
            problems.add(shown, f"{where}, effective_from", "names no day.")
        if any(not FIRST_DAY <= day <= LAST_DAY for day in days):
            problems.add(shown, f"{where}, effective_from", f"must lie between {FIRST_DAY.year} and {LAST_DAY.year}.")


def _versions(file: PolicyIn, shown: str, problems: Problems) -> dict[str, tuple[PolicyVersion, ...]]:
    by_name: dict[str, VersionIn] = {}
    rules: dict[str, tuple[Rule, ...]] = {}
    together: dict[str, Any] = {}
    for version in file.version:
        where = f"version {version.name}"
        if version.name in by_name:
            problems.add(shown, where, "is there twice.")
        if version.replaces and version.replaces not in rules:
            problems.add(shown, f"{where}, replaces", f"{version.replaces} is no version above this one.")
        for pair in version.together:
            for contractor in set(pair.contractors) - set(file.contractors):
                problems.add(shown, f"{where}, together", f"{contractor} is not among [contractors].")
        rules[version.name] = _rules(file, version, rules.get(version.replaces, ()), shown, problems)
        together[version.name] = version.together or together.get(version.replaces, ())
        by_name[version.name] = version
    return _by_contractor(file, by_name, rules, together, shown, problems)


def _rules(
    file: PolicyIn, version: VersionIn, before: tuple[Rule, ...], shown: str, problems: Problems
) -> tuple[Rule, ...]:
    """Return the rules of a version: those that go on, in their order, and the new ones."""
    where = f"version {version.name}"
    own = {rule.id: _filled(rule, file, f"{where}, rule {rule.id}", shown, problems) for rule in version.rule}
    if len(own) < len(version.rule):
        ids = [rule.id for rule in version.rule]
        problems.add(shown, where, f"rule {next(each for each in ids if ids.count(each) > 1)} is there twice.")
    for unknown in set(version.drops) - {rule.id for rule in before}:
        problems.add(shown, f"{where}, drops", f"{unknown} is no rule of {version.replaces or 'an earlier version'}.")
    for rule in own.values():
        _check_rule(rule, file, f"{where}, rule {rule.id}", shown, problems)
    kept = [own.pop(rule.id, rule) for rule in before if rule.id not in version.drops]
    return (*kept, *own.values())


def _filled(rule: Rule, file: PolicyIn, where: str, shown: str, problems: Problems) -> Rule:
    """A rule that names no family speaks about all of its file's."""
    try:
        return rule if rule.families else replace(rule, families=tuple(dict.fromkeys(file.families)))
    except ValueError as error:
        problems.add(shown, where, str(error))
        return rule


def _check_rule(rule: Rule, file: PolicyIn, where: str, shown: str, problems: Problems) -> None:
    if not _NAME.fullmatch(rule.id):
        problems.add(shown, f"{where}, id", "may have small letters, digits and hyphens only.")
    if isinstance(rule, NeedsAuthorization) and not rule.codes:
        problems.add(shown, f"{where}, codes", "is empty; write the codes that it concerns.")
    if rule.source not in file.sources:
        problems.add(shown, f"{where}, source", f"{rule.source} is not among [sources].")
    for family in set(rule.families) - set(file.families):
        problems.add(shown, f"{where}, families", f"{family} is not among the families of this file.")
    for contractor in set(rule.contractors) - set(file.contractors):
        problems.add(shown, f"{where}, contractors", f"{contractor} is not among [contractors].")


def _by_contractor(
    file: PolicyIn,
    by_name: Mapping[str, VersionIn],
    rules: Mapping[str, tuple[Rule, ...]],
    together: Mapping[str, Any],
    shown: str,
    problems: Problems,
) -> dict[str, tuple[PolicyVersion, ...]]:
    found: dict[str, list[PolicyVersion]] = {}
    sources = {key: Source(read.title, read.url, read_on=read.retrieved) for key, read in file.sources.items()}
    for name, version in by_name.items():
        for contractor, start in version.starts(file.contractors).items():
            if contractor and contractor not in file.contractors:
                problems.add(shown, f"version {name}, effective_from", f"{contractor} is not among [contractors].")
                continue
            document = file.contractors[contractor].document if contractor else ""
            joined = tuple(pair for pair in together[name] if not pair.contractors or contractor in pair.contractors)
            built = PolicyVersion(
                file.id, file.title, start, rules[name], sources, joined, contractor, document, dated=version.dated
            )
            found.setdefault(contractor, []).append(built)
    for contractor, versions in found.items():
        versions.sort(key=lambda version: version.effective_from)
        days = [version.effective_from for version in versions]
        for twice in sorted({day for day in days if days.count(day) > 1}):
            of = f" of {contractor}" if contractor else ""
            problems.add(shown, "version", f"two versions{of} begin on {twice}.")
    return {contractor: tuple(_with_since(versions)) for contractor, versions in found.items()}


def _with_since(versions: list[PolicyVersion]) -> Iterator[PolicyVersion]:
    """Tell each version since when those of its rules hold that went on unchanged."""
    since: dict[str, date | None] = {}
    before: dict[str, Rule] = {}
    for version in versions:
        rules = {rule.id: rule for rule in version.rules}
        begins = version.effective_from if version.dated else None
        since = {rule_id: since[rule_id] if before.get(rule_id) == rule else begins for rule_id, rule in rules.items()}
        before = rules
        yield replace(version, since=since)


def _refuse_doubles(policies: Iterable[Policy], problems: Problems) -> None:
    seen: dict[str, str] = {}
    for policy in policies:
        marks = [policy.id] + ([] if policy.beside else [f"{family} of {policy.rules}" for family in policy.families])
        for mark in marks:
            if mark in seen:
                problems.add(policy.id, "", f"{mark} is in {seen[mark]} already.")
            seen[mark] = policy.id
