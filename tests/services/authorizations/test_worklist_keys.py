"""That the worklist lists what a plain reading of every record would, whatever was done before, and by whom."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.fixtures import PASSWORD, TODAY, USER
from tracker import paths
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.backup_plan import BackupPlan
from tracker.domain.errors import ConflictError
from tracker.domain.procedure import Family
from tracker.domain.worklist_query import WorkOrder
from tracker.policies import load_catalog
from tracker.services.assembly import import_words
from tracker.services.authorizations.work_rows import WorkRow, work_row
from tracker.services.authorizations.worklist import FILTERS, WorklistService
from tracker.services.changes import UndoToken
from tracker.services.clinic_file import restoring
from tracker.services.clinic_file.backups import BackupService
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.imports.imports import ImportService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.words.payers import PayerNames
from tracker.storage.database import Database
from tracker.storage.folding import fold_name
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

LASTS = ("Archer", "archer", "Sørensen", "Åberg", "van Dam", "O’Neill", "Zimmer")
OWNERS = ("", "Jo Diaz", "jo diaz", "Owner 3", "Owner 30", "Élodie Roy", "élan")
PAYERS = ("aetna", "cigna", "medicare")
S = AuthorizationStatus
ACTS = 40
IN_ANOTHER_PROCESS = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tracker.domain.patient import User
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.records import Act
database = Database.open(Path(sys.argv[1]), bytearray.fromhex(sys.argv[2]))
transactions = Transactions(database, FixedClock(TODAY), User("Kim Lee"))
with transactions.writing() as uow:
    for entry in uow.patients.list_names()[:2]:
        uow.patients.change(replace(uow.patients.get(entry.patient_id), last="Quill"))
    uow.commit(Act("test", "clinic"))
transactions.close()
"""


class Desk:
    """Does one thing or another, as the dice say, and reads the list in two ways."""

    def __init__(self, clinic: ClinicFolder, key: DataKey, payers: PayerNames, seed: int, home: Path) -> None:
        self._clinic, self._key, self._payers, self._home = clinic, key, payers, home
        self._dice, self._clock = Random(seed), FixedClock(TODAY)
        self._ids: list[str] = []
        self._people: list[str] = []
        self._tokens: list[UndoToken] = []
        self._words = import_words(load_catalog(paths.resource_root()))
        self.open()

    def open(self) -> None:
        self._transactions = Transactions(Database.open(self._clinic.database, self._key.secret), self._clock, USER)
        self._other = Transactions(Database.open(self._clinic.database, self._key.secret), self._clock, USER)
        self.worklist = WorklistService(self._transactions, self._payers, self._clock)

    def close(self) -> None:
        for each in (self._transactions, self._other):
            each.close()

    def act(self) -> None:
        ways = (self._add, self._add, self._change, self._change, self._rename, self._undo, self._undo, self._import)
        self._dice.choice(ways)()

    def restore(self) -> None:
        """Go back to a backup that is made now, after a few acts more."""
        folder = self._home / "backups"
        folder.mkdir()
        backups = BackupService(self._transactions, self._key, self._clock)
        backups.change(BackupPlan(str(folder)))
        backups.make()
        for _ in range(5):
            self.act()
        self.close()
        (choice,) = restoring.backups_at(folder)
        restoring.restore(choice, self._clinic, USER.name, PASSWORD, self._clock)
        self._tokens.clear()
        self.open()

    def let_another_process_write(self) -> None:
        command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(self._clinic.database), self._key.secret.hex()]
        subprocess.run(command, check=True, cwd=paths.resource_root().parent, timeout=60)

    def _write(self, do: Callable[[UnitOfWork], object]) -> None:
        """Write at this desk or at the other."""
        with self._dice.choice((self._transactions, self._other)).writing() as uow:
            do(uow)
            self._tokens.append(UndoToken(uow.commit(Act("test", "clinic")), ""))

    def _day(self) -> date | None:
        return self._dice.choice((None, TODAY + timedelta(self._dice.randint(-40, 40))))

    def _answer(self, base: Authorization) -> Authorization:
        dice = self._dice
        return replace(base, status=dice.choice(list(S)), payer=dice.choice(PAYERS), end=self._day(),
                       number=dice.choice((None, "A118", "Á2", f"N{dice.randint(1, 99)}")))  # fmt: skip

    def _asked(self, base: AuthorizationRequest) -> AuthorizationRequest:
        dice, day = self._dice, self._day()
        decide = datetime(day.year, day.month, day.day, 17, tzinfo=UTC) if day else None
        asked = replace(base, family=Family.FACET_ABLATION, next_action=self._day(), decide_by=decide)
        return replace(asked, appeal_by=self._day(), owner=dice.choice(OWNERS),
                       reference=dice.choice(("", "R-88", "É7")))  # fmt: skip

    def _add(self) -> None:
        answer, request = self._answer(Authorization(None, "aetna", S.DRAFT)), self._asked(AuthorizationRequest())

        def add(uow: UnitOfWork) -> None:
            if not (there := list(uow.patients.get_many(self._people))) or self._dice.random() < 0.5:
                there.append(uow.patients.add(a_patient(last=self._dice.choice(LASTS))))
                self._people.append(there[-1])
            self._ids.append(uow.requests.add(self._dice.choice(there), answer, request))

        self._write(add)

    def _change(self) -> None:
        def change(uow: UnitOfWork) -> None:
            found = uow.requests.get_many([self._dice.choice(self._ids)] if self._ids else [])
            for record in found.values():
                after = self._answer(record.authorization), self._asked(record.request)
                uow.requests.change(replace(record, authorization=after[0], request=after[1]))

        self._write(change)

    def _rename(self) -> None:
        def rename(uow: UnitOfWork) -> None:
            people = uow.patients.get_many(self._people)
            for person in list(people.values())[: self._dice.randint(1, 3)]:
                uow.patients.change(replace(person, last=self._dice.choice(LASTS), first=self._dice.choice(LASTS)))

        self._write(rename)

    def _undo(self) -> None:
        """Take back an act of this run, or what was taken back; one that was written over stays."""
        if not self._tokens:
            return
        token = self._tokens.pop(self._dice.randrange(len(self._tokens)))
        try:
            self._tokens.append(UndoService(self._transactions).undo(token).undo or token)
        except ConflictError:
            return

    def _import(self) -> None:
        with self._transactions.reading() as uow:
            people = list(uow.patients.get_many(self._people).values())[:2]
        lines = [f"{each.mrn},{self._dice.choice(LASTS)},Ann,{each.born:%m/%d/%Y}" for each in people]
        file = self._home / "people.csv"
        file.write_text("\n".join(("mrn,last_name,first_name,birth_date", *lines)), encoding="utf-8")
        ImportService(self._transactions, self._words, self._clock).run(file)

    # The list, read in two ways

    def everything(self) -> tuple[WorkRow, ...]:
        """Return every record, read by its patient."""
        with self._transactions.reading() as uow:
            names = [entry.patient_id for entry in uow.patients.list_names()]
            people = uow.patients.get_many(names)
            records = [record for each in names for record in uow.requests.list_for(each)]
        now = self._clock.now()
        return tuple(work_row(each, people[each.patient_id], (), self._payers, TODAY, now) for each in records)


Meaning = Callable[[WorkRow], bool]


def _ends_unbooked(row: WorkRow) -> bool:
    answer = row.record.authorization
    return answer.status.grants and answer.end is not None and TODAY <= answer.end <= TODAY + timedelta(30)


def _open(row: WorkRow) -> bool:
    return row.record.request.next_action is not None or row.record.status.waits or _ends_unbooked(row)


def _due_today(row: WorkRow) -> bool:
    next_action, ends = row.record.request.next_action, row.record.authorization.end
    return bool((next_action and next_action <= TODAY) or (_ends_unbooked(row) and ends == TODAY))


def _appealable(row: WorkRow) -> bool:
    by = row.record.request.appeal_by
    return row.record.status is S.DENIED and by is not None and by >= TODAY


def _owned(row: WorkRow, name: str) -> bool:
    return row.record.request.owner.casefold().startswith(name)


def _ends_by(row: WorkRow, day: date) -> bool:
    return row.record.authorization.end is not None and row.record.authorization.end <= day


def _called(row: WorkRow, word: str) -> bool:
    return any(fold_name(each).startswith(word) for each in (row.patient.last, row.patient.first))


def _numbered(row: WorkRow, number: str) -> bool:
    told = (row.record.authorization.number or "", row.record.request.reference, row.patient.mrn)
    return any(each.casefold().startswith(number) for each in told)


MEANT: dict[str, Meaning] = {
    "": lambda _row: True,
    "is:open": _open,
    "is:open owner:me": lambda row: _open(row) and _owned(row, "jo diaz"),
    "is:overdue": lambda row: row.late or row.overdue,
    "due<=today": _due_today,
    "is:waiting": lambda row: row.record.status.at_payer,
    "is:appealable": _appealable,
    "is:unbooked": _ends_unbooked,
    "is:denied is:approved": lambda row: row.record.status is S.DENIED or row.record.status.grants,
    "owner:nobody": lambda row: row.record.request.owner == "",
    'owner:"Owner 3"': lambda row: _owned(row, "owner 3"),
    "owner:Élodie": lambda row: _owned(row, "élodie"),
    "owner:élo": lambda row: _owned(row, "élo"),
    "payer:cigna": lambda row: row.record.authorization.payer == "cigna",
    "ends<14": lambda row: _ends_by(row, TODAY + timedelta(14)),
    "sorens": lambda row: _called(row, fold_name("sorens")),
    "r-8": lambda row: _numbered(row, "r-8"),
    "é7": lambda row: _numbered(row, "é7"),
}
SORTED: dict[WorkOrder, Callable[[WorkRow], tuple[Any, ...]]] = {
    WorkOrder.DUE: lambda row: (row.due,),
    WorkOrder.STATUS: lambda row: (row.record.status.value, row.record.request.next_action),
    WorkOrder.PATIENT: lambda row: (fold_name(row.patient.last), fold_name(row.patient.first)),
    WorkOrder.PAYER: lambda row: (row.record.authorization.payer, row.record.request.next_action),
    WorkOrder.ENDS: lambda row: (row.record.authorization.end,),
    WorkOrder.OWNER: lambda row: (_ascii_lower(row.record.request.owner), row.record.request.next_action),
}


def _ascii_lower(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


def _in_order(keys: list[tuple[Any, ...]], *, descending: bool) -> list[tuple[Any, ...]]:
    """Sort by each part of a key; a part that is not there stands last, whichever way round."""
    for place in reversed(range(len(keys[0]) if keys else 0)):
        there = sorted((key for key in keys if key[place] is not None), key=lambda key: key[place], reverse=descending)
        keys = [*there, *(key for key in keys if key[place] is None)]
    return keys


def _check(desk: Desk) -> None:
    everything = desk.everything()
    for line, meant in MEANT.items():
        wanted = {row.id for row in everything if meant(row)}
        listed = {row.id for row in desk.worklist.page(line, limit=500).rows}
        assert listed == wanted, line
    filters = dict(FILTERS).values()
    assert desk.worklist.counts(filters) == {line: sum(map(MEANT[line], everything)) for line in filters}
    for order, key in SORTED.items():
        for descending in (False, True):
            rows = desk.worklist.page("", order, limit=500, descending=descending).rows
            keys = [key(row) for row in rows]
            assert keys == _in_order([key(row) for row in everything], descending=descending), order
            parts = [desk.worklist.page("", order, offset=at, limit=7, descending=descending) for at in (0, 7, 14)]
            assert [row.id for part in parts for row in part.rows] == [row.id for row in rows[:21]]


@pytest.fixture(params=range(3))
def desk(
    request: pytest.FixtureRequest, clinic: ClinicFolder, data_key: DataKey, payers: PayerNames, tmp_path: Path
) -> Iterator[Desk]:
    made = Desk(clinic, data_key, payers, request.param, tmp_path)
    yield made
    made.close()


def test_that_the_list_is_what_a_plain_reading_would_be_whatever_was_done(desk: Desk) -> None:
    for number in range(ACTS):
        desk.act()
        if number % 8 == 7:
            _check(desk)
    assert len(desk.everything()) > 5
    desk.restore()
    _check(desk)
    desk.let_another_process_write()
    assert desk.worklist.page("quill").count == sum(_called(row, "quill") for row in desk.everything()) > 0
    _check(desk)
