"""That what the worklist is found by says what the records say, whoever writes them and in whichever way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import a_patient
from tests.storage.make_old_database import KEY
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.services.transactions import Transactions
from tracker.storage.database import Database, connect
from tracker.storage.identity import new_id
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

OLD_DATABASES = Path(__file__).parent / "databases"
DAY = date(2026, 11, 24)
KEYS = (
    "SELECT id, next_action, status, ends_on, owner_key, payer, decide_by, appeal_by, last_key, first_key,"
    " number_key, reference_key, mrn_key FROM work_key"
)
RECORDS = (
    "SELECT r.id, r.next_action, a.status, a.ends_on, lower(r.owner), a.payer, r.decide_by, r.appeal_by, p.last_key,"
    " p.first_key, lower(coalesce(a.number, '')), lower(r.reference), lower(p.mrn)"
    " FROM authorization_request r JOIN authorization a ON a.id = r.id JOIN patient p ON p.id = a.patient_id"
)


def _keys(database: Database) -> list[tuple[object, ...]]:
    """Return what the keys say, which must be what the records say."""
    with database.transaction(write=False) as connection:
        kept, told = (sorted(map(tuple, connection.execute(text(query))), key=str) for query in (KEYS, RECORDS))
    assert kept == told
    return kept


def _write(transactions: Transactions, do: Callable[[UnitOfWork], object]) -> str:
    with transactions.writing() as uow:
        do(uow)
        return uow.commit(Act("test", "clinic"))


def _add(uow: UnitOfWork, record_id: str = "") -> str:
    person = uow.patients.add(a_patient(last="Archer", first="Ann", id=new_id(), mrn=""))
    answer = Authorization(None, "aetna", AuthorizationStatus.DRAFT, id=record_id or new_id())
    return uow.requests.add(person, answer, AuthorizationRequest(owner="Jo Diaz"))


def _change(uow: UnitOfWork, answer: dict[str, object], request: dict[str, object]) -> None:
    (record,) = uow.requests.get_many(["A1"]).values()
    changed = replace(record.authorization, **answer), replace(record.request, **request)  # type: ignore[arg-type]  # fields
    uow.requests.change(replace(record, authorization=changed[0], request=changed[1]))


@pytest.mark.parametrize(
    ("answer", "request_", "shown"),
    [
        ({"status": AuthorizationStatus.APPROVED, "end": DAY}, {}, {"approved", str(DAY)}),
        ({}, {"next_action": DAY, "owner": "Kim Lee"}, {str(DAY), "kim lee"}),
        ({"payer": "medicare"}, {"appeal_by": DAY, "decide_by": datetime(2026, 12, 1, 17, tzinfo=UTC)}, {"medicare"}),
    ],
)
def test_that_a_changed_request_is_found_by_what_it_says_now(
    transactions: Transactions, database: Database, answer: dict[str, object], request_: dict[str, object],
    shown: set[str],
) -> None:  # fmt: skip
    _write(transactions, lambda uow: _add(uow, "A1"))
    (before,) = _keys(database)
    act = _write(transactions, lambda uow: _change(uow, answer, request_))
    (after,) = _keys(database)
    assert shown <= set(after)
    assert after != before

    _write(transactions, lambda uow: uow.acts.take_back(act))
    assert _keys(database) == [before]


def test_that_a_request_that_is_taken_back_is_found_no_more_and_one_brought_back_is(
    transactions: Transactions, database: Database
) -> None:
    added = _write(transactions, _add)
    assert len(_keys(database)) == 1
    gone = _write(transactions, lambda uow: uow.acts.take_back(added))
    assert _keys(database) == []

    _write(transactions, lambda uow: uow.acts.take_back(gone))
    assert len(_keys(database)) == 1


def test_that_requests_written_in_bulk_are_found(transactions: Transactions, database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        person = uow.patients.add(a_patient(id=new_id()))
        answers = [Authorization(None, "aetna", AuthorizationStatus.DRAFT, id=new_id()) for _ in range(3)]
        uow.bulk.add_requests(AuthorizationRecord(person, each, AuthorizationRequest()) for each in answers)

    _write(transactions, write)
    assert len(_keys(database)) == 3


def test_that_a_patient_who_is_named_otherwise_is_found_by_the_new_name(
    transactions: Transactions, database: Database
) -> None:
    for _ in range(2):
        _write(transactions, _add)

    def rename(uow: UnitOfWork) -> None:
        first = min(entry.patient_id for entry in uow.patients.list_names())
        uow.patients.change(replace(uow.patients.get(first), last="Zimmer", mrn="Q7"))

    _write(transactions, rename)
    assert sorted((each[8], each[12]) for each in _keys(database)) == [("archer", ""), ("zimmer", "q7")]


@pytest.mark.parametrize("schema", ["0003", "0008", "0012", "0013"])
def test_that_the_requests_of_an_older_file_are_found_at_once(tmp_path: Path, schema: str) -> None:
    copied = tmp_path / "clinic.db"
    shutil.copy(OLD_DATABASES / f"{schema}.db", copied)
    plain = connect(copied, bytearray(KEY))
    (owner,) = plain.execute("SELECT id FROM patient").fetchone()
    columns = "id, version, patient_id, payer, status, kind"
    plain.execute(f"INSERT INTO authorization ({columns}) VALUES ('A1', 1, '{owner}', 'aetna', 'denied', 'payer')")
    needed = [row for row in plain.execute("PRAGMA table_info(authorization_request)") if row[3] and row[1] != "id"]
    told = {"type": "'initial'", "peer_to_peer": "'unknown'", "owner": "'Jo Diaz'", "version": "1"}
    values = [told.get(row[1], "0" if row[2] in {"INTEGER", "BOOLEAN"} else "''") for row in needed]
    names = ", ".join(row[1] for row in needed)
    plain.execute(f"INSERT INTO authorization_request (id, {names}) VALUES ('A1', {', '.join(values)})")
    plain.close()
    database = Database.open(copied, bytearray(KEY))
    ((record, _next, status, *_rest),) = _keys(database)
    database.close()
    assert (record, status) == ("A1", "denied")


def test_that_an_approval_of_the_first_schema_is_found_at_once(tmp_path: Path) -> None:
    copied = tmp_path / "clinic.db"
    shutil.copy(OLD_DATABASES / "0001.db", copied)
    plain = connect(copied, bytearray(KEY))
    (owner,) = plain.execute("SELECT id FROM patient").fetchone()
    needed = [row for row in plain.execute("PRAGMA table_info(authorization)") if row[3]]
    told = {"id": "A1", "patient_id": owner, "payer": "aetna", "status": "approved", "kind": "payer", "version": 1}
    values = [told.get(row[1], 0 if row[2] in {"INTEGER", "BOOLEAN"} else "") for row in needed]
    names, places = ", ".join(row[1] for row in needed), ", ".join("?" for _ in needed)
    plain.execute(f"INSERT INTO authorization ({names}) VALUES ({places})", values)
    plain.close()
    database = Database.open(copied, bytearray(KEY))
    ((record, _next, status, *_rest),) = _keys(database)
    database.close()
    assert (record, status) == ("A1", "approved")
