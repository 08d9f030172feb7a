"""What every shipped rule file must have: evidence, a source, versions in order, contractors for every state."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tracker.domain.policy import PolicyVersion
from tracker.domain.rule import Rule
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.loader import Policy

STATES = {
    *("AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY", "LA"),
    *("MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR"),
    *("PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY", "PR", "VI", "GU", "AS", "MP"),
}
EIGHT = {"cgs", "ngs", "wps", "noridian-je", "noridian-jf", "novitas", "first-coast", "palmetto"}
WITHOUT_POLICY = {"novitas", "first-coast"}


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def every(catalog: PolicyCatalog) -> Iterator[tuple[Policy, PolicyVersion, Rule]]:
    for policy in catalog.policies:
        for versions in policy.versions.values():
            for version in versions:
                for rule in version.rules:
                    yield policy, version, rule


def test_that_every_file_below_the_folder_is_read(catalog: PolicyCatalog) -> None:
    files = list((resource_root() / "policies").rglob("*.toml"))

    assert len(files) == len(catalog.policies) >= 5


def test_that_every_rule_has_evidence_and_a_source_that_can_be_looked_up(catalog: PolicyCatalog) -> None:
    for policy, version, rule in every(catalog):
        source = version.source(rule)
        assert source.title, f"{policy.id} {rule.id}"
        assert source.grade is rule.evidence
        assert source.url.startswith("http") or rule.evidence is Grade.RECALLED, f"{policy.id} {rule.id}"


def test_that_versions_follow_each_other_without_sharing_a_day(catalog: PolicyCatalog) -> None:
    for policy in catalog.policies:
        for versions in policy.versions.values():
            assert versions
            for earlier, later in pairwise(versions):
                assert earlier.effective_from < later.effective_from, policy.id
                assert policy.on(earlier.contractor, earlier.effective_from) is earlier
                assert policy.on(later.contractor, later.effective_from) is later


def test_that_every_state_has_one_contractor_and_no_other_place_has(catalog: PolicyCatalog) -> None:
    assert set(catalog.contractors) == STATES
    assert set(catalog.contractors.values()) == EIGHT


def test_that_medicare_has_a_version_for_every_contractor_that_published_one(catalog: PolicyCatalog) -> None:
    by_id = {policy.id: set(policy.versions) for policy in catalog.policies}

    assert by_id["medicare-facet"] == by_id["medicare-epidural"] == EIGHT
    assert by_id["medicare-si-joint"] == by_id["medicare-trigger-point"] == EIGHT - WITHOUT_POLICY


def test_that_every_rule_speaks_about_a_family_of_its_file(catalog: PolicyCatalog) -> None:
    for policy, _, rule in every(catalog):
        assert rule.families
        assert set(rule.families) <= set(policy.families)


def test_that_texts_end_as_sentences_and_name_no_copied_descriptor(catalog: PolicyCatalog) -> None:
    for policy, _, rule in every(catalog):
        text = getattr(rule, "text", "")
        assert not text or text.endswith((".", "?")), f"{policy.id} {rule.id}"
