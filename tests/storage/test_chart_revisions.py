"""That nothing which answers rest on is written without a new revision of the patient's records."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, text

from tests.storage.make_old_database import KEY
from tracker.storage import coming
from tracker.storage.database import Database
from tracker.storage.migrations.rebuilding import change_check
from tracker.storage.rows.authorizations import authorization, authorization_line

OLD_DATABASES = Path(__file__).parent / "databases"
TABLES = ("event", "booking", "coverage", "authorization", "authorization_line", "patient")
BEARS = {"event": ("note", "'x'"), "patient": ("born", "'1961-02-03'")}
"""A column to write of some tables; of the others the version will do."""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A file of before there were revisions, with one patient who has one record of everything."""
    copied = tmp_path / "clinic.db"
    shutil.copy(OLD_DATABASES / "0012.db", copied)
    database = Database.open(copied, bytearray(KEY))
    with database.rebuilding() as opened:
        (owner,) = opened.execute(text("SELECT id FROM patient")).scalars()
        opened.execute(
            authorization.insert(),
            {"id": "A1", "version": 1, "patient_id": owner, "payer": "medicare", "status": "approved", "kind": "payer"},
        )
        opened.execute(
            authorization_line.insert(),
            {
                "id": "L1", "version": 1, "authorization_id": "A1", "position": 0, "code": "64493", "units": 1,
                "used": 0, "targets": "", "denied": False,
            },
        )  # fmt: skip
        yield opened
    database.close()


def revision(connection: Connection) -> int:
    return connection.execute(text("SELECT revision FROM chart_revision")).scalar_one()


def revisions(connection: Connection) -> dict[str, int]:
    found = connection.execute(text("SELECT patient_id, revision FROM chart_revision")).all()
    return {each.patient_id: each.revision for each in found}


@pytest.mark.parametrize("table", TABLES)
def test_that_every_change_of_a_record_raises_the_revision(connection: Connection, table: str) -> None:
    column, value = BEARS.get(table, ("version", "version + 1"))
    before = revision(connection)

    connection.execute(text(f'UPDATE "{table}" SET {column} = {value}'))

    assert revision(connection) > before


@pytest.mark.parametrize("table", [each for each in TABLES if each != "patient"])
def test_that_a_record_added_or_taken_away_raises_the_revision(connection: Connection, table: str) -> None:
    columns = {each["name"] for each in inspect(connection).get_columns(table)} - {"id", "source_key", "event_id"}
    listed = ", ".join(f'"{each}"' for each in columns)
    event = ", event_id" if table == "booking" else ""
    another = ", (SELECT id FROM event WHERE id NOT IN (SELECT event_id FROM booking))" if event else ""
    before = revision(connection)

    connection.execute(
        text(f'INSERT INTO "{table}" (id, {listed}{event}) SELECT \'added\', {listed}{another} FROM "{table}" LIMIT 1')
    )
    added = revision(connection)
    connection.execute(text(f"DELETE FROM \"{table}\" WHERE id = 'added'"))

    assert before < added < revision(connection)


def test_that_a_record_that_goes_to_another_patient_raises_the_revisions_of_both(connection: Connection) -> None:
    columns = ", ".join(f'"{each["name"]}"' for each in inspect(connection).get_columns("patient"))
    other = columns.replace('"id"', "'other'").replace('"mrn_key"', "NULL")
    connection.execute(text(f"INSERT INTO patient ({columns}) SELECT {other} FROM patient"))
    before = revisions(connection)

    connection.execute(text("UPDATE event SET patient_id = 'other' WHERE id NOT IN (SELECT event_id FROM booking)"))

    after = revisions(connection)
    assert len(before) == 2
    assert all(after[owner] > before[owner] for owner in before)


def test_that_a_patient_who_goes_leaves_the_number_behind(connection: Connection) -> None:
    for table in ("standing", "booking", "event", "coverage", "authorization_line", "authorization_request"):
        connection.execute(text(f'DELETE FROM "{table}"'))
    connection.execute(text('DELETE FROM "authorization"'))
    before = revision(connection)

    connection.execute(text("DELETE FROM patient"))

    assert revision(connection) >= before


def test_that_every_table_which_is_read_for_answers_is_watched(connection: Connection) -> None:
    asked = (coming._VISITS, coming._EVENTS, coming._COVERAGES, coming._APPROVALS)
    read = {table.name for query in asked for table in query.get_final_froms() for table in _tables(table)}
    watched = set(connection.execute(text("SELECT tbl_name FROM sqlite_master WHERE name LIKE 'chart_by_%'")).scalars())

    assert read >= {"booking", "patient", "event", "coverage", "authorization"}
    assert read | {"authorization_line"} <= watched


def _tables(source: object) -> list[object]:
    found = getattr(source, "_from_objects", [source])
    return [each for each in found if hasattr(each, "columns") and hasattr(each, "indexes")]


def test_that_a_table_built_anew_is_watched_as_before(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        change_check("event", "percent_in_range", "relief_percent IS NULL OR relief_percent >= 0")
    before = revision(connection)

    connection.execute(text("UPDATE event SET struck = 1"))

    assert revision(connection) > before
