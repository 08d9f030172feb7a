"""Rules that another desk changed reach the screens of this one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from tests.fakes import FixedClock
from tests.ui.conftest import Settle
from tracker.domain.patient import User
from tracker.policies import PolicyCatalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.changes import Changes, Kind
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.rechecks.recheck_scope import scope_of
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.ui.pages.page import PageContext
from tracker.ui.rule_watch import RuleWatch


@pytest.fixture
def other_desk(
    clinic: ClinicFolder, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock
) -> Iterator[Services]:
    """The same clinic, opened a second time."""
    database = Database.open(clinic.database, data_key.secret)
    yield assemble(Transactions(database, clock, User("Kim Oh")), data_key, catalog, clock, demo=False)
    database.close()


def test_that_a_change_at_another_desk_is_told_to_every_screen_once(
    context: PageContext, other_desk: Services, settle: Settle
) -> None:
    told: list[Changes] = []
    context.notifier.changed.connect(told.append)
    owner = QObject()
    watch = RuleWatch(context, owner)
    watch.look()
    settle()
    assert told == []

    rule = next(view for view in other_desk.library.look().rules if not view.of_clinic)
    other_desk.clinic_rules.switch_off(rule, other_desk.clinic_rules.aim(rule.place), "The plan told us so.")
    for _ in range(2):
        watch.look()
        settle()
    assert [changes.kinds for changes in told] == [{Kind.RULES}]
    assert scope_of(told[0]).everybody
    assert any(view.changed for view in context.services.library.look().rules)
