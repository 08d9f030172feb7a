"""What a book answers a second time is what it answers when it is asked for the first time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tracker.domain.coverage import Site
from tracker.domain.policy import InForce
from tracker.domain.procedure import Family
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog

QUESTIONS = 1500


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def days_beside_changes(catalog: PolicyCatalog) -> list[date]:
    """Return the first day of every version, the day before it and the one after."""
    by_contractor = [versions for policy in catalog.policies for versions in policy.versions.values()]
    begins = {version.effective_from for versions in by_contractor for version in versions}
    return sorted(begin + timedelta(step) for begin in begins for step in (-1, 0, 1))


def test_that_versions_kept_from_an_earlier_question_are_those_in_force(catalog: PolicyCatalog) -> None:
    random, days = Random(20261127), days_beside_changes(catalog)
    payers = [payer.id for payer in catalog.payers] + ["nobody-knows"]
    answered = set()
    for _ in range(QUESTIONS):
        payer, family, day = random.choice(payers), random.choice([*Family]), random.choice(days)
        site = Site(random.choice(("KY", "CA", "TX", "XX", "")))

        found = catalog.in_force(payer, family, site, day)

        assert found == replace(catalog).in_force(payer, family, site, day), (payer, family, site, day)
        answered.add(isinstance(found, InForce))
    assert answered == {True, False}
