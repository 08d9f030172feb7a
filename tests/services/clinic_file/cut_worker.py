"""Kills a process (SIGKILL) at each step of a backup, a restore or an upgrade in turn, and tells what was left.

python -m tests.services.clinic_file.cut_worker make|restore|upgrade FOLDER KEY: prints one line a cut, JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from alembic import op

import tracker.storage.migrations  # noqa: F401  loaded once, not anew by every child
from tests.fakes import FixedClock
from tests.fixtures import PASSWORD
from tracker.domain.patient import User
from tracker.services.clinic_file import upgrading
from tracker.services.clinic_file.backups import BackupService
from tracker.services.clinic_file.copying import store_copy
from tracker.services.clinic_file.restoring import backups_at, restore
from tracker.services.clinic_file.upgrading import OWN_FOLDER, open_database
from tracker.services.clinic_file.vault import ClinicFolder, DataKey, find_clinic
from tracker.services.transactions import Transactions
from tracker.storage.backup_folder import StoredBackup, backups_in
from tracker.storage.copies import look_through
from tracker.storage.database import Database, connect

STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "shutil.rmtree")
CLOCK = FixedClock(date(2026, 11, 25))
MOST_CUTS = 400


class Cut:
    """Counts the steps that touch the folder, also those that are told, and ends the process at one of them."""

    def __init__(self, home: Path, at: int) -> None:
        self._home, self._left = str(home), at

    def watch(self, event: str, given: tuple[Any, ...]) -> None:
        if event in STEPS and self._home in str(given[0]):
            self.step()

    def step(self, *_told: int) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def killed(home: Path, at: int, work: Callable[[Cut], object]) -> bool:
    """Do the work in a process that is killed at this step; False when it came to its end before."""
    child = os.fork()
    if not child:
        cut = Cut(home, at)
        sys.addaudithook(cut.watch)
        work(cut)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"cut {at}: the work itself failed")
    return os.WIFSIGNALED(status)


def census(path: Path, key: DataKey) -> list[int]:
    found = look_through(path, key.secret, lambda _done, _total: None, lambda: False)
    return [found.patients, found.acts]


def cut_making(home: Path, key: DataKey) -> None:
    """`home/clinic` holds the clinic, `home/before` its backups before."""

    def make(cut: Cut) -> None:
        transactions = Transactions(Database.open(home / "clinic" / "clinic.db", key.secret), CLOCK, User("Jo Diaz"))
        BackupService(transactions, key, CLOCK).make(cut.step)
        transactions.close()

    for at in range(MOST_CUTS):
        shutil.rmtree(home / "backups", ignore_errors=True)
        shutil.copytree(home / "before", home / "backups")
        dead = killed(home / "backups", at, make)
        whole = [census(each.database, key) for each in backups_in(home / "backups")]
        print(json.dumps({"dead": dead, "backups": whole, "clinic": census(home / "clinic" / "clinic.db", key)}))
        if not dead:
            return


def cut_restoring(home: Path, key: DataKey) -> None:
    """`home/present` holds the clinic as it is, `home/backups` what comes in."""
    clinic = ClinicFolder(home / "clinic")
    choice = backups_at(home / "backups")[0]

    def bring_back(cut: Cut) -> None:
        restore(choice, clinic, "Jo Diaz", PASSWORD, CLOCK, cut.step)

    for at in range(MOST_CUTS):
        shutil.rmtree(clinic.path, ignore_errors=True)
        shutil.copytree(home / "present", clinic.path)
        dead = killed(clinic.path, at, bring_back)
        present = find_clinic(clinic.path)
        aside = [census(each, key) for each in clinic.path.glob("set-aside-*/clinic.db")]
        now = census(clinic.database, key) if present and clinic.keys.exists() else None
        print(json.dumps({"dead": dead, "clinic": now, "aside": aside}))
        if not dead:
            return


def cut_upgrading(home: Path, key: DataKey) -> None:
    """`home/before` holds a clinic of an older schema, whose backups go to its own folder."""
    clinic = ClinicFolder(home / "clinic")

    def upgrade(cut: Cut) -> None:
        upgrading.store_copy = partial(with_steps, cut)  # type: ignore[assignment]  # told steps are cut too
        op.create_table = partial(after_step, cut, op.create_table)  # type: ignore[assignment]  # as above
        open_database(clinic, key, CLOCK).close()

    for at in range(MOST_CUTS):
        shutil.rmtree(clinic.path, ignore_errors=True)
        shutil.copytree(home / "before", clinic.path)
        dead = killed(clinic.path, at, upgrade)
        kept = [census(each.database, key) for each in backups_in_own(clinic)]
        with closing(connect(clinic.database, key.secret)) as plain:
            schema = plain.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        now = census(clinic.database, key)
        open_database(clinic, key, CLOCK).close()
        again = census(clinic.database, key)
        print(json.dumps({"dead": dead, "kept": kept, "schema": schema, "clinic": now, "again": again}))
        if not dead:
            return


def with_steps(cut: Cut, *given: Any) -> Any:
    return store_copy(*given[:4], cut.step, given[5])


def after_step(cut: Cut, create: Callable[..., Any], *given: Any, **named: Any) -> Any:
    cut.step()
    return create(*given, **named)


def backups_in_own(clinic: ClinicFolder) -> tuple[StoredBackup, ...]:
    folder = clinic.path / OWN_FOLDER
    return backups_in(folder) if folder.exists() else ()


if __name__ == "__main__":
    what, folder, secret = sys.argv[1:]
    {"make": cut_making, "restore": cut_restoring, "upgrade": cut_upgrading}[what](
        Path(folder), DataKey(bytearray.fromhex(secret), "Jo Diaz")
    )
