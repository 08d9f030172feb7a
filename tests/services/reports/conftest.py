"""The demo clinic, judged once, for every report; and plain rows of its file, for a slow second count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.fakes import FixedClock
from tests.fixtures import CHEAP
from tracker.domain.patient import User
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services import Services, demo
from tracker.services.assembly import assemble
from tracker.services.clinic_file import vault
from tracker.services.reports.shape import Report
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.rows import METADATA

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Clinic:
    """The services over the demo clinic, and its file."""

    services: Services
    database: Database

    def rows(self, table: str) -> list[Any]:
        with self.database.transaction(write=False) as connection:
            return list(connection.execute(select(METADATA.tables[table])))

    def report(self, report_id: str, **typed: str) -> Report:
        """Return a report, its parameters as they are at first unless typed."""
        reports = self.services.reports
        kind = next(each for each in reports.kinds() if each.id == report_id)
        first = {each.id: each.first(TODAY) for each in kind.parameters}
        given = {name.rstrip("_"): text for name, text in typed.items()}
        return reports.make(report_id, reports.read(report_id, first | given))


@pytest.fixture(scope="package")
def demo_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    catalog, clock = load_catalog(resource_root()), FixedClock(TODAY)
    folder = demo.create_demo_clinic(tmp_path_factory.mktemp("program") / "demo", catalog, clock, costs=CHEAP)
    key = vault.unlock(folder, vault.DEMO_PASSWORD)
    database = Database.open(folder.database, key.secret)
    services = assemble(Transactions(database, clock, User("Jo Diaz")), key, catalog, clock, demo=True)
    services.recheck.all()
    yield Clinic(services, database)
    services.close()


Named = Callable[[str], str]


@pytest.fixture(scope="package")
def payer_name(demo_clinic: Clinic) -> Named:
    names = dict(demo_clinic.services.desk.payers())
    return lambda payer: names.get(payer, payer)
