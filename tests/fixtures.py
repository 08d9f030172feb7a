"""Fixtures for every room that works on a clinic's file: a fresh encrypted clinic a test, copied from one template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_provider, a_site
from tests.fakes import FixedClock
from tracker.domain.patient import User
from tracker.services.clinic_file import vault
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.keyfile import KdfCosts
from tracker.storage.records import Act

PASSWORD = "only for the tests of this project"
CHEAP = KdfCosts(19 * 1024, 2, 1)
TODAY = date(2026, 11, 24)
USER = User("Jo Diaz")


@pytest.fixture(scope="session")
def clinic_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[ClinicFolder, bytes]:
    """A clinic in Kentucky with one site and one provider, and its key."""
    folder = ClinicFolder(tmp_path_factory.mktemp("template"))
    key = vault.create_clinic(folder.path, PASSWORD, USER.name, costs=CHEAP)
    transactions = Transactions(Database.open(folder.database, key.secret), FixedClock(TODAY), USER)
    with transactions.writing() as uow:
        uow.clinic.add_site(a_site())
        uow.clinic.add_provider(a_provider())
        uow.clinic.set("clinic_name", "Bluegrass Spine & Pain")
        uow.clinic.set("clinic_state", "KY")
        uow.commit(Act("set up", "clinic"))
    transactions.close()
    return folder, bytes(key.secret)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TODAY)


@pytest.fixture
def clinic(clinic_template: tuple[ClinicFolder, bytes], tmp_path: Path) -> ClinicFolder:
    """A clinic's folder of this test's own."""
    shutil.copytree(clinic_template[0].path, tmp_path / "clinic")
    return ClinicFolder(tmp_path / "clinic")


@pytest.fixture
def data_key(clinic_template: tuple[ClinicFolder, bytes]) -> DataKey:
    return DataKey(bytearray(clinic_template[1]), USER.name)


@pytest.fixture
def database(clinic: ClinicFolder, data_key: DataKey) -> Iterator[Database]:
    opened = Database.open(clinic.database, data_key.secret)
    yield opened
    opened.close()


@pytest.fixture
def transactions(database: Database, clock: FixedClock) -> Transactions:
    return Transactions(database, clock, USER)
