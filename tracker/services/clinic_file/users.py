"""Who may open the clinic's file, by passwords in the key file, and what they may do, by roles in the database.

The key file is written inside the transaction that writes the role: when it cannot be, the role stays as it was. When
the program dies between the two, a password without a role is left, which lets its owner look and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError, WrongPasswordError
from tracker.domain.language import tr
from tracker.domain.recovery_code import RecoveryCode, new_code
from tracker.domain.roles import Role
from tracker.services.changes import Changes, Done, Kind
from tracker.services.clinic_file.vault import ClinicFolder, DataKey, check_password
from tracker.services.rights import Rights, role_of
from tracker.services.transactions import Transactions
from tracker.storage import keyfile
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork
from tracker.storage.users import ENTITY

LONGEST_NAME = 60
_USERS = Changes(frozenset(), frozenset({Kind.USERS}))


@dataclass(frozen=True, slots=True)
class UserRow:
    """One person who has a password here; `here`: who is signed in at this desk."""

    name: str
    here: bool
    role: Role = Role.VIEWER


class UserService:
    """Nothing of this is taken back by undo: a key file does not follow the database."""

    def __init__(
        self, transactions: Transactions, key: DataKey, rights: Rights, clock: Clock, costs: keyfile.KdfCosts
    ) -> None:
        self._transactions = transactions
        self._key = key
        self._rights = rights
        self._clock = clock
        self._costs = costs

    @property
    def folder(self) -> Path:
        """Where the database lies, and the key file beside it."""
        return self._transactions.folder

    def list(self) -> tuple[UserRow, ...]:
        """Return everybody with a password, in the order in which they got it. Raises VaultError."""
        with self._transactions.reading() as uow:
            roles = uow.users.roles()
        me = self._transactions.user.name
        return tuple(UserRow(name, name == me, role_of(name, roles)) for name in self._read().users())

    def recovery_made(self) -> date | None:
        """Return the day on which the recovery code was made, None when there is none. Raises VaultError."""
        slot = self._read().recovery
        return date.fromisoformat(slot.made) if slot else None

    def add(self, name: str, password: str, role: Role) -> Done[UserRow]:
        """Give somebody a first password. Raises InvalidEntryError, `about` naming the field."""
        keys = self._read()
        named = _checked_name(name, keys)
        fresh = keyfile.add_slot(keys, named, _checked(password), self._key.secret, self._costs)
        self._write(keys, fresh, "add user", named, lambda uow: uow.users.give(named, role))
        row = UserRow(named, False, role)
        return Done(row, _USERS, tr("{name} can sign in now", name=named))

    def change_role(self, name: str, role: Role) -> Done[UserRow]:
        """Let somebody do more, or less. Raises InvalidEntryError for the last manager."""
        keys = self._read()
        with self._transactions.writing() as uow:
            self._note_first(uow)
            if role is not Role.MANAGER:
                _refuse_last_manager(name, keys, uow.users.roles())
            uow.users.give(name, role)
            uow.commit(Act("change role", ENTITY, name))
        self._rights.look_again()
        here = name == self._transactions.user.name
        return Done(UserRow(name, here, role), _USERS, tr("Changed the role of {name}", name=name))

    def change_own_password(self, old: str, new: str) -> Done[None]:
        """Give oneself another password. Raises InvalidEntryError, `about` naming the field."""
        me, keys = self._transactions.user.name, self._read()
        try:
            keyfile.open_slot(keys, old, me)[1][:] = bytes(keyfile.KEY_BYTES)
        except WrongPasswordError:
            told = tr("That is not your password.")
            raise InvalidEntryError(told, "", tr("Check Caps Lock and type it again."), about="old") from None
        fresh = keyfile.replace_slot(keys, me, _checked(new), self._key.secret, self._costs)
        self._write(keys, fresh, "change password", me)
        return Done(None, _USERS, tr("Your password is changed"))

    def reset_password(self, name: str, new: str) -> Done[None]:
        """Give somebody else another password. Raises InvalidEntryError."""
        if name == self._transactions.user.name:
            told = tr("Your own password is changed with the one before.")
            raise InvalidEntryError(told, "", tr("Choose “New password…” in your own line."))
        keys = self._read()
        fresh = keyfile.replace_slot(keys, name, _checked(new), self._key.secret, self._costs)
        self._write(keys, fresh, "reset password", name)
        return Done(None, _USERS, tr("{name} has a new password", name=name))

    def remove(self, name: str) -> Done[None]:
        """Take somebody's password away. Raises InvalidEntryError for oneself and for the last manager."""
        if name == self._transactions.user.name:
            raise InvalidEntryError(tr("You cannot remove yourself."), "", tr("Let another manager do it."))
        keys = self._read()

        def take(uow: UnitOfWork) -> None:
            _refuse_last_manager(name, keys, uow.users.roles())
            uow.users.take(name)

        self._write(keys, keyfile.remove_slot(keys, name), "remove user", name, take)
        return Done(None, _USERS, tr("{name} can sign in no more", name=name))

    def make_recovery_code(self) -> Done[RecoveryCode]:
        """Make a code that opens the clinic when no password does; the one before opens nothing any more."""
        keys, code = self._read(), new_code()
        fresh = keyfile.set_recovery(keys, code, self._key.secret, self._clock.today().isoformat())
        self._write(keys, fresh, "make recovery code", "")
        return Done(code, _USERS, tr("Made a new recovery code"))

    def note_wrong_passwords(self) -> Done[None]:
        """Put on record that many wrong passwords were given for the person who is here now."""
        with self._transactions.writing() as uow:
            uow.commit(Act("wrong passwords", ENTITY, self._transactions.user.name))
        return Done(None, _USERS, tr("Signed in after many wrong passwords"))

    def _read(self) -> keyfile.KeyFile:
        return keyfile.read_key_file(ClinicFolder(self._transactions.folder).keys)

    def _write(
        self, before: keyfile.KeyFile, fresh: keyfile.KeyFile, kind: str, name: str,
        change: Callable[[UnitOfWork], object] = lambda _uow: None,
    ) -> None:  # fmt: skip
        """Put the act on record and write the key file, both or neither; what opened before is not kept."""
        path, written = ClinicFolder(self._transactions.folder).keys, False
        adds = set(before.slots) <= set(fresh.slots) and before.recovery is fresh.recovery
        try:
            with self._transactions.writing() as uow:
                self._note_first(uow)
                change(uow)
                uow.commit(Act(kind, ENTITY, name))
                keyfile.write_key_file(path, fresh, keep_previous=adds)
                written = True
        except BaseException:
            if written:  # the database could not be saved after all
                keyfile.write_key_file(path, before, keep_previous=False)
            raise
        self._rights.look_again()

    def _note_first(self, uow: UnitOfWork) -> None:
        """Write down that whoever was here alone is the manager, before there are others."""
        if not uow.users.roles():
            uow.users.give(self._transactions.user.name, Role.MANAGER)


def _checked(password: str) -> str:
    if refused := check_password(password):
        raise InvalidEntryError(refused, about="password")
    return password


def _checked_name(name: str, keys: keyfile.KeyFile) -> str:
    named = " ".join(name.split())
    if not named:
        raise InvalidEntryError(tr("Write the name; it stands beside what the person books."), about="name")
    if len(named) > LONGEST_NAME:
        raise InvalidEntryError(tr("This name is too long."), "", tr("Use 60 characters at most."), about="name")
    if named.casefold() in {user.casefold() for user in keys.users()}:
        told = tr("There is a user {name} already.", name=named)
        raise InvalidEntryError(told, "", tr("Write the name so that it can be told apart."), about="name")
    if len(keys.slots) >= keyfile.MAX_SLOTS:
        told = tr("There are {n} users, and that is all that can be.", n=keyfile.MAX_SLOTS)
        raise InvalidEntryError(told, "", tr("Remove somebody first."), about="name")
    return named


def _refuse_last_manager(name: str, keys: keyfile.KeyFile, roles: dict[str, Role]) -> None:
    managers = {user for user in keys.users() if role_of(user, roles) is Role.MANAGER}
    if managers == {name}:
        told = tr("{name} is the last manager.", name=name)
        raise InvalidEntryError(told, "", tr("Make somebody else a manager first."), about="role")
