"""The chain of acts: whole while the program writes it, and broken at the first act that somebody else touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.builders import a_patient
from tests.fakes import FixedClock
from tracker.domain.backup_plan import BackupPlan
from tracker.domain.errors import BackupStoppedError, ConflictError, StorageError
from tracker.services.audit.audit import AuditFilter, AuditService
from tracker.services.audit.audit_chain import AuditChain
from tracker.services.clinic_file.backups import BackupService
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.storage.rows.acts import act, act_change

TRIGGERS = ("act_stays", "act_is_kept", "act_change_stays", "act_change_is_kept")


@pytest.fixture
def backups(transactions: Transactions, data_key: DataKey, clock: FixedClock) -> BackupService:
    return BackupService(transactions, data_key, clock)


@pytest.fixture
def chain(transactions: Transactions, backups: BackupService) -> AuditChain:
    for number in range(6):
        add(transactions, f"add patient {number}")
    return AuditChain(transactions, backups)


def add(transactions: Transactions, kind: str = "add patient") -> None:
    with transactions.writing() as uow:
        uow.patients.add(a_patient())
        uow.commit(Act(kind, "patient"))


def tamper(transactions: Transactions, *statements: str) -> None:
    """Do what somebody does who has the key and another program."""
    with transactions.database.transaction(write=True) as connection:
        for name in TRIGGERS:
            connection.execute(text(f"DROP TRIGGER {name}"))  # names of this test's own
        for statement in statements:
            connection.execute(text(statement))


def acts(transactions: Transactions) -> list[str]:
    with transactions.database.transaction(write=False) as connection:
        return list(connection.execute(text("SELECT id FROM act ORDER BY seq")).scalars())


def test_that_what_the_program_wrote_is_whole(chain: AuditChain, transactions: Transactions) -> None:
    told: list[tuple[int, int]] = []
    verdict = chain.verify(lambda done, total: told.append((done, total)))
    assert verdict.whole
    assert verdict.sentence == "7 acts are as they were written."
    assert told == [(7, 7)]


@pytest.mark.parametrize(
    ("statements", "place"),
    [
        (("UPDATE act SET by = 'Somebody Else' WHERE seq = 3",), 2),
        (("UPDATE act SET at = '2020-01-01 00:00:00.000000' WHERE seq = 5",), 4),
        (("UPDATE act_change SET after = '{}' WHERE act_id = (SELECT id FROM act WHERE seq = 4)",), 3),
        (("DELETE FROM act_change WHERE act_id = (SELECT id FROM act WHERE seq = 4)",), 3),
        (("DELETE FROM act_change WHERE act_id = (SELECT id FROM act WHERE seq = 4)",
          "DELETE FROM act WHERE seq = 4"), 4),
        (("DELETE FROM act_change WHERE act_id = (SELECT id FROM act WHERE seq = 4)",
          "DELETE FROM act WHERE seq = 4", "UPDATE act SET seq = seq - 1 WHERE seq > 4"), 4),
        (("UPDATE act SET seq = 99 WHERE seq = 3", "UPDATE act SET seq = 3 WHERE seq = 4",
          "UPDATE act SET seq = 4 WHERE seq = 99"), 3),
    ],
    ids=["by", "when", "image", "image taken out", "taken out", "taken out and numbered anew", "exchanged"],
)  # fmt: skip
def test_that_the_first_act_that_somebody_touched_is_named(
    chain: AuditChain, transactions: Transactions, statements: tuple[str, ...], place: int
) -> None:
    before = acts(transactions)
    tamper(transactions, *statements)
    verdict = chain.verify()
    assert not verdict.whole
    assert verdict.act_id == before[place]
    assert "changed outside the program" in verdict.sentence
    assert " by " in verdict.sentence


_CHAINED = [
    *(("act", column.name) for column in act.c if column.name not in ("seq", "mac", "at")),
    *(("act_change", column.name) for column in act_change.c if column.name not in ("id", "act_id")),
]


@pytest.mark.parametrize(("table", "column"), _CHAINED)
def test_that_nothing_that_an_act_says_can_be_written_over(
    chain: AuditChain, transactions: Transactions, table: str, column: str
) -> None:
    """Every column of the two tables, also those that a later version adds."""
    other = "77" if column in ("position", "version") else "'zzz'"
    mine = "act_id IN" if table == "act_change" else "id IN"
    with transactions.database.transaction(write=True) as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for name in TRIGGERS:
            connection.execute(text(f"DROP TRIGGER {name}"))  # names of this test's own
        statement = f"UPDATE {table} SET {column} = {other} WHERE {mine} (SELECT id FROM act WHERE seq = 4)"
        if column == "id":
            connection.execute(text("DELETE FROM act_change WHERE act_id = (SELECT id FROM act WHERE seq = 4)"))
        if column in ("undoes",):
            statement = statement.replace(other, "(SELECT id FROM act WHERE seq = 3)")
        assert connection.execute(text(statement)).rowcount == 1
    assert not chain.verify().whole


@pytest.mark.parametrize("seq", ["8", "NULL"])
def test_that_an_act_put_in_is_named(chain: AuditChain, transactions: Transactions, seq: str) -> None:
    tamper(
        transactions,
        "INSERT INTO act SELECT 'zzzzzzzzzzzzzzzzzzzz', at, by, station, kind, entity, entity_id, undoes,"
        f" {seq}, mac FROM act WHERE seq = 7",
    )
    assert chain.verify().act_id == "zzzzzzzzzzzzzzzzzzzz"


def test_that_an_end_that_was_cut_off_is_found_by_the_newest_backup(
    chain: AuditChain, transactions: Transactions, backups: BackupService, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    backups.change(BackupPlan(str(tmp_path / "backups")))
    backups.make()
    add(transactions)
    assert chain.verify().whole
    tamper(
        transactions,
        "DELETE FROM act_change WHERE act_id IN (SELECT id FROM act WHERE seq > 7)",
        "DELETE FROM act WHERE seq > 7",
    )
    verdict = chain.verify()
    assert not verdict.whole
    assert "does not go on from the backup of" in verdict.sentence
    (tmp_path / "backups").rename(tmp_path / "unplugged")
    assert chain.verify().whole  # without the backup nobody can tell


@pytest.mark.parametrize("statement", ["UPDATE act SET by = ''", "DELETE FROM act", "DELETE FROM act_change"])
def test_that_the_file_itself_refuses_to_change_an_act(transactions: Transactions, statement: str) -> None:
    add(transactions)
    with (
        pytest.raises((ConflictError, StorageError)),
        transactions.database.transaction(write=True) as connection,
    ):
        connection.execute(text(statement))


def test_that_acts_from_before_the_chain_are_told_apart_and_counted(
    chain: AuditChain, transactions: Transactions
) -> None:
    as_before_the_chain(transactions)
    assert chain.verify().sentence == "0 acts are as they were written. 7 older acts have no seal."
    add(transactions)
    verdict = chain.verify()
    assert (verdict.whole, verdict.sentence) == (True, "1 act is as it was written. 7 older acts have no seal.")
    with transactions.database.transaction(write=True) as connection:
        take_out_the_first(connection)
    assert not chain.verify().whole


def as_before_the_chain(transactions: Transactions) -> None:
    tamper(transactions, "UPDATE act SET seq = NULL, mac = NULL")


def take_out_the_first(connection: Connection) -> None:
    first = "(SELECT min(id) FROM act)"
    connection.execute(text("DELETE FROM act_change WHERE act_id = " + first))
    connection.execute(text("DELETE FROM act WHERE id = " + first))


def test_that_looking_along_it_can_be_called_off(chain: AuditChain) -> None:
    off: Callable[[], bool] = lambda: True  # noqa: E731  # said once
    with pytest.raises(BackupStoppedError):
        chain.verify(called_off=off)


@pytest.mark.parametrize(
    "image", ["no json", "", "{", "[1]", "7", "null", '"x"', '{"patient_id": [1], "born": 7, "verdict_policies": 5}']
)
@pytest.mark.parametrize("which", ["before", "after"])
def test_that_an_act_whose_image_is_none_any_more_is_shown_plainly(
    chain: AuditChain, transactions: Transactions, clock: FixedClock, image: str, which: str
) -> None:
    act_id = acts(transactions)[2]
    with transactions.reading() as uow:
        (patient, *_others) = uow.patients.get_many([change.entity_id for change in uow.audit.changes(act_id, 1)])
    tamper(transactions, f"UPDATE act_change SET {which} = '{image}' WHERE act_id = '{act_id}'")
    audit = AuditService(transactions, clock)
    for wanted in (AuditFilter(), AuditFilter(patient_id=patient)):
        assert act_id in [row.id for row in audit.page(wanted).rows]
        assert act_id in [line.row.id for line in audit.lines(wanted, offset=0, limit=50)]
    detail = audit.detail(act_id)
    assert detail.row.what
    if not image.startswith('{"'):
        (told,) = detail.fields
        assert told.after == "cannot be read: it was changed outside the program"
    assert chain.verify().act_id == act_id
