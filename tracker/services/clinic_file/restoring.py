"""Puts a backup in the place of the clinic, before anybody has signed in; what was there is set aside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.errors import BackupError, InvalidEntryError, NotAllowedError
from tracker.domain.language import tr
from tracker.domain.recovery_code import CODE_BYTES, parse_code
from tracker.domain.roles import Role
from tracker.services.clinic_file.vault import ClinicFolder, DataKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.clock import Clock

    Tell = Callable[[int, int], object]
    CalledOff = Callable[[], bool]

RECOVERY = "recovery code"
"""Who restored it, where nobody's password did."""
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """One backup that can be put back: when it was made, by whom it can be opened, and how much was counted in it."""

    path: Path
    made_at: datetime
    users: tuple[str, ...]
    patients: int | None = None
    visits: int | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What came in, and where the clinic before lies ("" when there was none)."""

    made_at: datetime
    patients: int
    visits: int
    aside: str


def backups_at(folder: Path) -> tuple[BackupChoice, ...]:
    """Return the backups in a folder, the newest first. Raises BackupError when there is none."""
    from tracker.services.clinic_file.vault import users_of
    from tracker.storage.backup_folder import backups_in

    found = backups_in(folder)
    if not found:
        raise BackupError(
            tr("There is no backup in this folder."), f"{folder}.", tr("Choose the folder that backups are made into.")
        )
    return tuple(
        BackupChoice(
            each.path, each.made_at, users_of(each.path),
            each.census.patients if each.census else None, each.census.visits if each.census else None,
        )
        for each in found
    )  # fmt: skip


def restore(
    choice: BackupChoice, clinic: ClinicFolder, user: str, secret: str, clock: Clock,
    tell: Tell = lambda _done, _total: None, called_off: CalledOff = lambda: False,
) -> Restored:  # fmt: skip
    """Look through the backup, put it on record there, and let it take the clinic's place.

    `secret` is the password of `user` as it was then, or the recovery code. Raises WrongPasswordError, NotAllowedError
    for somebody who was no manager then, BackupError, or VaultError; then everything is as it was.
    """
    from tracker.storage.backup_folder import DATABASE, KEYS, telling
    from tracker.storage.copies import look_through
    from tracker.storage.set_aside import begin_restore, decide_restore, finish_restore

    key = _key(choice, user, secret)
    try:
        with telling(clinic.path):
            making = begin_restore(clinic.path, clock.now())
        try:
            with telling(choice.path):
                for place, name in enumerate((KEYS, DATABASE)):
                    tell(20 + 20 * place, _HUNDRED)
                    shutil.copyfile(choice.path / name, making / name)
            found = look_through(making / DATABASE, key.secret, tell, called_off)
            _put_on_record(making / DATABASE, key, clock, found.head)
            with telling(clinic.path):
                there_was_one = clinic.exists
                decide_restore(making)
                aside = finish_restore(clinic.path)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    finally:
        key.wipe()
    return Restored(choice.made_at, found.patients, found.visits, str(aside) if aside and there_was_one else "")


def _key(choice: BackupChoice, user: str, secret: str) -> DataKey:
    """Return the key of the backup. Raises WrongPasswordError."""
    from tracker.storage import keyfile

    keys = keyfile.read_key_file(choice.path / "clinic.keys")
    if _looks_like_a_code(secret):
        return DataKey(keyfile.open_recovery(keys, parse_code(secret)), RECOVERY)
    name, opened = keyfile.open_slot(keys, secret, user)
    return DataKey(opened, name)


def _looks_like_a_code(secret: str) -> bool:
    try:
        return len(parse_code(secret).secret) == CODE_BYTES
    except InvalidEntryError:
        return False


def _put_on_record(path: Path, key: DataKey, clock: Clock, head: str) -> None:
    """Bring the copy to the newest schema and write the act. Raises NotAllowedError, and leaves it for nobody."""
    from tracker.domain.patient import User
    from tracker.services.rights import role_of, who_may
    from tracker.services.transactions import Transactions
    from tracker.storage.database import Database
    from tracker.storage.records import Act

    database = Database.open(path, key.secret)
    try:
        with Transactions(database, clock, User(key.user)).writing() as uow:
            if key.user != RECOVERY and role_of(key.user, uow.users.roles()) is not Role.MANAGER:
                raise NotAllowedError(who_may(Role.MANAGER))
            uow.commit(Act("restore backup", "act", head))
    finally:
        database.close()
