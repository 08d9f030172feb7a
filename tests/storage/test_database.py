"""The encrypted file: what opens it, what is refused, its pragmas, and its errors without data."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from tests.builders import a_patient, performed
from tests.fakes import FixedClock
from tests.fixtures import USER
from tracker.domain.errors import ConflictError, NotFoundError, StorageError, TrackerError, VaultError
from tracker.domain.patient import Patient
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.transactions import Transactions
from tracker.storage import identity
from tracker.storage.database import Database
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance
from tracker.storage.rows import METADATA
from tracker.storage.rows.events import event

OLD_DATABASES = Path(__file__).parent / "databases"
OLD_KEY = bytes.fromhex("0b" * 32)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _entry(patient_id: str, **given: object) -> HistoryEntry:
    return HistoryEntry(patient_id, performed("2026-01-12", **given), Provenance(Origin.ENTRY, "Jo", NOW))


def test_that_acts_stay_in_order_though_the_clock_was_set_back_before_the_program_started_again(
    clinic: ClinicFolder, data_key: DataKey, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is newest is told by ids: whether a backup is wanted, names must be read anew, and what turned a visit."""
    now = time.time_ns()
    before = []
    for moment in (now + 3600 * 10**9, now):
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        monkeypatch.setattr(identity, "_last", 0)  # as at the start of the program
        transactions = Transactions(Database.open(clinic.database, data_key.secret), clock, USER)
        with transactions.writing() as uow:
            uow.patients.add(a_patient(mrn=str(moment)))
            act_id = uow.commit(Act("add", "patient"))
        with transactions.reading() as uow:
            assert uow.acts.latest_id() == act_id
            before.append(act_id)
        transactions.close()
    assert before == sorted(before)


def test_that_what_is_no_id_of_ours_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_last", 7)
    for each in ("", "a", "ä" * 20, "i" * 20, "z" * 21):
        identity.rise_above(each)
    assert identity._last == 7


def test_that_no_name_stands_in_clear_in_any_file_of_the_clinic(
    transactions: Transactions, clinic: ClinicFolder
) -> None:
    with transactions.writing() as uow:
        uow.patients.add(a_patient(last="Canaryname"))
        uow.commit(Act("add", "patient"))
    files = [file for file in clinic.path.iterdir() if file.is_file()]
    assert any(file.name.endswith("-wal") for file in files)
    assert all(b"Canaryname" not in file.read_bytes() for file in files)


def test_that_another_key_does_not_open_the_file_and_leaves_it_as_it_is(clinic: ClinicFolder) -> None:
    before = clinic.database.read_bytes()
    with pytest.raises(VaultError, match="does not open with this key"):
        Database.open(clinic.database, bytearray(32))
    assert clinic.database.read_bytes() == before


def test_that_a_wiped_key_opens_no_new_connection(clinic: ClinicFolder, data_key: DataKey) -> None:
    data_key.wipe()
    with pytest.raises(VaultError):
        Database.open(clinic.database, data_key.secret)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"SQLite format 3\0" + bytes(4080), "not encrypted"),
        (b"", "no database"),
        (b"short", "no database"),
        (b"Name,Born\nA,B\n" * 300, "does not open"),
        (bytes(8192), "does not open"),
    ],
)
def test_that_what_is_no_database_of_ours_is_refused_in_a_sentence(
    clinic: ClinicFolder, data_key: DataKey, content: bytes, words: str
) -> None:
    clinic.database.write_bytes(content)
    with pytest.raises(VaultError, match=words):
        Database.open(clinic.database, data_key.secret)
    assert clinic.database.read_bytes() == content


def test_that_a_damaged_page_is_told_and_not_read(
    transactions: Transactions, clinic: ClinicFolder, data_key: DataKey
) -> None:
    transactions.close()
    raw = bytearray(clinic.database.read_bytes())
    for page in range(1, len(raw) // 4096):
        raw[page * 4096 + 100] ^= 1
    clinic.database.write_bytes(raw)
    with pytest.raises(TrackerError):
        Database.open(clinic.database, data_key.secret)


def test_that_a_file_with_a_broken_table_is_told_as_damaged_in_a_sentence(
    transactions: Transactions, clinic: ClinicFolder, data_key: DataKey
) -> None:
    with transactions._database.transaction(write=True) as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'patient'")
    transactions.close()

    with pytest.raises(StorageError, match="is damaged") as caught:
        Database.open(clinic.database, data_key.secret)

    assert "malformed" not in caught.value.sentence()


def test_that_a_missing_file_is_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="missing"):
        Database.open(tmp_path / "clinic.db", bytearray(32))
    assert list(tmp_path.iterdir()) == []


def test_that_writers_are_durable_and_foreign_keys_hold(database: Database) -> None:
    with database.transaction(write=False) as connection:
        found = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
            for pragma in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "secure_delete",
                "temp_store",
            )
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_that_an_event_of_nobody_is_refused(transactions: Transactions) -> None:
    with pytest.raises(ConflictError), transactions.writing() as uow:
        uow.events.add(_entry("nobody"))


@pytest.mark.parametrize(
    "change",
    [
        {"family": "facet"},
        {"status": "perhaps"},
        {"first_day": date(2027, 1, 1)},
        {"relief_percent": 101},
        {"relief_months": -1},
        {"intent": "both"},
    ],
)
def test_that_the_file_itself_refuses_what_the_domain_does_not_know(
    transactions: Transactions, change: dict[str, object]
) -> None:
    with transactions.writing() as uow:
        entry = uow.events.add(_entry(uow.patients.add(a_patient())))
        uow.commit(Act("add", "event"))
    with (
        pytest.raises(ConflictError, match="does not fit"),
        transactions._database.transaction(write=True) as connection,
    ):
        connection.execute(event.update().where(event.c.id == entry.event.id).values(**change))


def test_that_errors_of_the_database_hold_no_data(transactions: Transactions) -> None:
    with transactions.writing() as uow:
        uow.patients.add(a_patient(last="Canaryname", mrn="M777"))
        uow.commit(Act("add", "patient"))
    with pytest.raises(ConflictError) as caught, transactions.writing() as uow:
        uow.patients.add(a_patient(last="Canaryname", mrn="m-777"))
    error: BaseException | None = caught.value
    while error is not None:
        assert "Canaryname" not in str(error)
        assert "777" not in str(error)
        error = error.__cause__ or error.__context__


def test_that_leaving_without_commit_saves_nothing(transactions: Transactions) -> None:
    with transactions.writing() as uow:
        patient_id = uow.patients.add(a_patient())
    with pytest.raises(NotFoundError), transactions.reading() as uow:
        uow.patients.get(patient_id)


def test_that_an_error_after_commit_saves_nothing(transactions: Transactions) -> None:
    patient = a_patient()
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(transactions, patient)
    with transactions.reading() as uow:
        assert uow.patients.find_by_mrn(patient.mrn) is None


def test_that_readers_go_on_while_a_writer_holds_the_file(transactions: Transactions) -> None:
    with transactions.writing() as writer:
        patient_id = writer.patients.add(a_patient())
        with transactions.reading() as reader:
            assert reader.patients.get_many([patient_id]) == {}


def test_that_whoever_comes_next_gets_the_connection_that_was_used_last(database: Database) -> None:
    """It knows what it wrote; another one would read its whole cache anew."""
    with database.transaction(write=False) as one, database.transaction(write=False) as other:
        assert one.connection.dbapi_connection is not other.connection.dbapi_connection

    used = []
    for write in (True, False, True, False):
        with database.transaction(write=write) as connection:
            used.append(connection.connection.dbapi_connection)

    assert used == [used[0]] * 4


def test_that_a_second_writer_is_told_to_try_again(
    database: Database, data_key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.storage.database.BUSY_SECONDS", 0)
    second = Database.open(database.path, data_key.secret)
    with (
        database.transaction(write=True),
        pytest.raises(StorageError, match="Another desk is saving"),
        second.transaction(write=True),
    ):
        pass
    second.close()


def test_that_the_migrations_make_exactly_the_tables_of_the_program(database: Database) -> None:
    with database.transaction(write=False) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        made = dict(
            tuple(row) for row in connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        )
    for table in METADATA.sorted_tables:
        promised = {str(c.sqltext) for c in table.constraints if hasattr(c, "sqltext")}
        assert all(rule in made[table.name] for rule in promised), table.name


@pytest.mark.parametrize("name", sorted(path.name for path in OLD_DATABASES.glob("*.db")))
def test_that_a_file_of_every_released_schema_still_opens_with_its_data(tmp_path: Path, name: str) -> None:
    copied = tmp_path / "clinic.db"
    shutil.copy(OLD_DATABASES / name, copied)
    opened = Database.open(copied, bytearray(OLD_KEY))
    transactions = Transactions(opened, None, None)  # type: ignore[arg-type]  # reads only
    with transactions.reading() as uow:
        patient = uow.patients.find_by_mrn("OLD-1")
        assert patient is not None
        entries = uow.events.list_for(patient.id)
        bookings = uow.bookings.list_for(patient.id)
        offered = [each.active for each in (*uow.clinic.list_providers(), *uow.clinic.list_sites())]
    opened.close()
    assert offered == [True, True]
    assert patient.name == "Sørensen-O’Neill, Åse"
    assert [str(entry.event.when) for entry in entries] == ["2025-05", "2026-01-12", "2026-12-03"]
    assert [target.label for target in entries[1].event.targets] == ["L4-5 left", "L5-S1 both"]
    assert {(entry.event.body_regions, entry.event.kx_claimed) for entry in entries} == {((), None)}
    assert bookings[0].override is not None
    assert bookings[0].override.reference == "Dr. Lee"


def test_that_there_is_an_old_file_for_the_newest_schema(database: Database) -> None:
    with database.transaction(write=False) as connection:
        newest = MigrationContext.configure(connection).get_current_revision()
    assert (OLD_DATABASES / f"{newest}.db").exists()


def test_that_a_file_of_a_newer_schema_is_refused_and_left_alone(database: Database, data_key: DataKey) -> None:
    with database.transaction(write=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(VaultError, match="newer version of the program"):
        Database.open(database.path, data_key.secret)


def test_that_an_interrupted_migration_leaves_the_old_file(
    tmp_path: Path, data_key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlalchemy.Table.create", _power_cut)
    monkeypatch.setattr("alembic.ddl.impl.DefaultImpl.create_table", _power_cut)
    with pytest.raises(KeyboardInterrupt):
        Database.open(tmp_path / "clinic.db", data_key.secret, create=True)
    monkeypatch.undo()
    opened = Database.open(tmp_path / "clinic.db", data_key.secret, create=True)
    opened.close()


def _add_and_fail(transactions: Transactions, patient: Patient) -> None:
    with transactions.writing() as uow:
        uow.patients.add(patient)
        uow.commit(Act("add", "patient"))
        raise ZeroDivisionError


def _power_cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_that_a_rebuilt_table_keeps_its_rows_rules_and_the_records_that_point_to_it(tmp_path: Path) -> None:
    copied = tmp_path / "clinic.db"
    shutil.copy(OLD_DATABASES / "0001.db", copied)
    opened = Database.open(copied, bytearray(OLD_KEY))
    with opened.transaction(write=False) as connection:
        names = [check["name"] for check in inspect(connection).get_check_constraints("booking")]
        indexes = {index["name"] for index in inspect(connection).get_indexes("booking")}
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert len(names) == len(set(names)) == 5
    assert indexes == {"ix_booking_coming", "ix_booking_day_provider", "ix_booking_patient_id"}
    with opened.transaction(write=True) as connection:
        connection.execute(text("UPDATE booking SET status = 'held'"))
        with pytest.raises(IntegrityError):
            connection.execute(text("UPDATE booking SET status = 'nonsense'"))
    opened.close()


def test_that_every_authorization_of_an_older_file_gets_its_request(tmp_path: Path) -> None:
    copied = tmp_path / "clinic.db"
    shutil.copy(OLD_DATABASES / "0001.db", copied)
    plain = sqlcipher.connect(str(copied))
    plain.execute(f"PRAGMA key=\"x'{OLD_KEY.hex()}'\"")
    patient_id = plain.execute("SELECT id FROM patient").fetchone()[0]
    for number, status, sent in (("A", "draft", None), ("B", "pended", "2026-11-01"), ("C", "approved", "2026-10-01")):
        values = (number, patient_id, number, status, sent)
        plain.execute(
            'INSERT INTO "authorization" (id, version, patient_id, number, payer, status, kind, submitted)'
            " VALUES (?, 1, ?, ?, 'medicare', ?, 'payer', ?)",
            values,
        )
    plain.commit()
    plain.close()
    opened = Database.open(copied, bytearray(OLD_KEY))
    with Transactions(opened, None, None).reading() as uow:  # type: ignore[arg-type]  # reads only
        records = {record.id: record for record in uow.requests.list_for(patient_id)}
    opened.close()
    assert [records[each].status.value for each in "ABC"] == ["draft", "pended", "approved"]
    assert records["A"].request.next_action is not None
    assert records["B"].request.next_action == date(2026, 11, 1)
    assert records["C"].request.next_action is None
