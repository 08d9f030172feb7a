"""A payer's fingerprint turns with anything that its rules say, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from tracker.domain.coverage import Site
from tracker.domain.policy import InForce
from tracker.domain.procedure import Family
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.loader import Policy

KENTUCKY = Site("KY")


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def with_first_rule(catalog: PolicyCatalog, place: int, **changes: object) -> PolicyCatalog:
    """Return the book with the first rule of the newest version of its policy `place` changed."""
    policy: Policy = catalog.policies[place]
    contractor, versions = next(each for each in policy.versions.items() if each[1][-1].rules)
    rule, *others = versions[-1].rules
    newest = replace(versions[-1], rules=(replace(rule, **changes), *others))
    changed = replace(policy, versions={**policy.versions, contractor: (*versions[:-1], newest)})
    return replace(catalog, policies=(*catalog.policies[:place], changed, *catalog.policies[place + 1 :]))


def turned(before: PolicyCatalog, after: PolicyCatalog) -> set[tuple[str, Family]]:
    """Return payers and families."""
    return {
        (each.id, family)
        for each in before.payers
        for family in Family
        if before.fingerprints.of(each.id, family) != after.fingerprints.of(each.id, family)
    }


def test_that_a_rule_which_changed_turns_what_its_policy_answers_and_nothing_else(catalog: PolicyCatalog) -> None:
    for place in (0, len(catalog.policies) // 2, len(catalog.policies) - 1):
        policy = catalog.policies[place]
        payers = {payer.id for payer in catalog.payers if payer.rules == policy.rules}
        answered = {(payer, family) for payer in payers for family in policy.families}

        assert turned(catalog, with_first_rule(catalog, place, section="Other")) == answered, policy.id


def test_that_a_rule_which_ends_on_another_day_is_another(catalog: PolicyCatalog) -> None:
    day = catalog.policies[0].versions[next(iter(catalog.policies[0].versions))][-1].effective_from

    assert turned(catalog, with_first_rule(catalog, 0, effective_to=day + timedelta(400)))


def test_that_answering_turns_no_fingerprint(catalog: PolicyCatalog) -> None:
    before = catalog.fingerprints.of("medicare", Family.EPIDURAL)
    found = catalog.in_force("medicare", Family.FACET_INJECTION, KENTUCKY, catalog_day(catalog))
    assert isinstance(found, InForce)
    for rule in found.version.rules:
        found.version.source(rule)

    assert replace(catalog).fingerprints.of("medicare", Family.EPIDURAL) == before


def catalog_day(catalog: PolicyCatalog):  # type: ignore[no-untyped-def]
    days = (v.effective_from for p in catalog.policies for versions in p.versions.values() for v in versions)
    return max(days)


def test_that_codes_and_contractors_concern_everybody(catalog: PolicyCatalog) -> None:
    everybody = {(payer.id, family) for payer in catalog.payers for family in Family}

    assert turned(catalog, replace(catalog, contractors={**catalog.contractors, "ZZ": "noridian"})) == everybody
    assert turned(catalog, replace(catalog, codes=replace(catalog.codes, schemes=()))) == everybody


def test_that_a_payer_that_nobody_knows_turns_when_it_becomes_known(catalog: PolicyCatalog) -> None:
    known = replace(catalog.payers[0], id="newly-known")

    after = replace(catalog, payers=(known,))
    assert all(catalog.fingerprints.of(known.id, each) != after.fingerprints.of(known.id, each) for each in Family)


def test_that_every_start_of_the_program_makes_the_same(catalog: PolicyCatalog) -> None:
    """The order of sets changes with every start."""
    asked = (
        "from tracker.domain.procedure import Family; from tracker.paths import resource_root; "
        "from tracker.policies import load_catalog; "
        "print(load_catalog(resource_root()).fingerprints.of('medicare', Family.EPIDURAL))"
    )
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)

    assert found.stdout.strip() == catalog.fingerprints.of("medicare", Family.EPIDURAL)
