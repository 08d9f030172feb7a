"""The re-check of coming visits: any single change turns exactly the visits that judging everything anew turns."""

from __future__ import annotations

from random import Random

import pytest

from tests.fakes import FixedClock
from tests.services.rechecks.changing_clinic import CHANGES, ChangingClinic, fill
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.assembly import assemble
from tracker.services.changes import Changes, Kind
from tracker.services.clinic_file.vault import DataKey
from tracker.services.rechecks.recheck import RecheckReport
from tracker.services.rechecks.recheck_scope import RecheckScope, scope_of
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.database import Database

PATIENTS, ROUNDS = 30, 3


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def changing(
    transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock, database: Database
) -> ChangingClinic:
    """A clinic of 30 patients whose visits were all judged once."""
    random = Random(20261124)
    fill(transactions, random, PATIENTS)
    rules = RulesInForce(catalog)
    services = assemble(transactions, data_key, catalog, clock, demo=False, rules=rules)
    services.recheck.all()
    return ChangingClinic(services, transactions, rules, database, clock, random)


def turned(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> set[str]:
    return {visit for visit in after if visit not in before or before[visit] != after[visit]}


def flipped(report: RecheckReport) -> set[str]:
    return {flip.now.booking_id for flip in report.flips}


@pytest.mark.parametrize("kind", CHANGES, ids=str)
def test_that_a_change_turns_exactly_the_visits_that_judging_everything_anew_turns(
    changing: ChangingClinic, kind: Kind
) -> None:
    changes_made = 0
    before = changing.stands()
    assert changing.recorded() == before

    for change in CHANGES[kind] * ROUNDS:
        made = change(changing)
        if made is None:
            continue
        changes_made += 1
        report = changing.services.recheck.run(scope_of(made))
        after = changing.stands()

        assert changing.recorded() == after, change.__name__
        if change is not ChangingClinic.undone:  # undone acts twice, and is judged twice
            assert flipped(report) == turned(before, after), change.__name__
        before = after
    assert changes_made >= ROUNDS


@pytest.mark.parametrize("kind", CHANGES, ids=str)
def test_that_a_trigger_which_misses_a_kind_of_record_would_be_found_out(changing: ChangingClinic, kind: Kind) -> None:
    def wrong(changes: Changes) -> RecheckScope:
        return RecheckScope() if kind in changes.kinds else scope_of(changes)

    found_out = False
    for change in CHANGES[kind] * (3 * ROUNDS):
        made = change(changing)
        if made is not None:
            changing.services.recheck.run(wrong(made))
            found_out = found_out or changing.recorded() != changing.stands()
        if found_out:
            break

    assert found_out
