"""A rule of the documents as it was, is and will be: each version with its days, and which one holds today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from tracker.domain.language import tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.rule import Rule
from tracker.domain.us_dates import us_date
from tracker.domain.windows import ONE_DAY
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.rules.sentences import sentence
from tracker.services.rule_library.library_views import Place, VersionView


def dated_versions(policy: Policy, place: Place) -> tuple[PolicyVersion, ...]:
    """Return the versions of a policy that hold at a place, the oldest first."""
    return policy.versions.get(place.contractor, ()) or policy.versions.get("", ())


def versions_of(
    base: PolicyCatalog, policy_id: str, rule_id: str, place: Place, names: Mapping[str, str], today: date
) -> Iterator[VersionView]:
    """Yield the rule of the documents as it was and will be, newest first; unchanged ones once."""
    policies = (policy for policy in base.policies if policy.id == policy_id)
    dated = [version for policy in policies for version in dated_versions(policy, place)]
    for version, rule, until in reversed([*_changed(dated, rule_id)]):
        begun = max(rule.effective_from or date.min, version.effective_from) <= today
        holds = begun and (until is None or today <= until)
        days = _days(version.source(rule).effective_from, until)
        yield VersionView(days, sentence(rule, names), rule.evidence, holds)


def _changed(dated: list[PolicyVersion], rule_id: str) -> Iterator[tuple[PolicyVersion, Rule, date | None]]:
    """Yield the rule where it begins or becomes another one, with its last day."""
    before: Rule | None = None
    begun: list[tuple[PolicyVersion, Rule]] = []
    ends: list[date] = []
    for version in dated:
        rule = next((each for each in version.rules if each.id == rule_id), None)
        if before is not None and rule != before:
            ends.append(version.effective_from - ONE_DAY)
        if rule is not None and rule != before:
            begun.append((version, rule))
        before = rule
    for (version, rule), end in zip_longest(begun, ends):
        yield version, rule, min((day for day in (end, rule.effective_to) if day), default=None)


def _days(since: date | None, until: date | None) -> str:
    if since and until:
        return tr("{since} to {until}", since=us_date(since), until=us_date(until))
    if until:
        return tr("Until {day}", day=us_date(until))
    return tr("From {since}", since=us_date(since)) if since else tr("Beginning not published")
