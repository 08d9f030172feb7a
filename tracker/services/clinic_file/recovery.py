"""The way back in when no password opens the clinic: its use is on record, and makes a new code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.recovery_code import RecoveryCode, new_code, parse_code
from tracker.services.clinic_file.vault import ClinicFolder, DataKey, check_password, put_in_place

if TYPE_CHECKING:
    from tracker.domain.clock import Clock
    from tracker.storage.keyfile import KdfCosts


def use_code(
    clinic: ClinicFolder, typed: str, user: str, password: str, clock: Clock, costs: KdfCosts | None = None
) -> tuple[DataKey, RecoveryCode]:
    """Give `user` a new password by the recovery code; return the clinic's key and the code that is good from now on.

    Put on record before the key file is written: cut off in between, the code was used in vain, but never unseen.
    Raises InvalidEntryError for a mistyped code or a refused password, VaultError for another clinic's code.
    """
    from tracker.domain.patient import User
    from tracker.services.clinic_file.upgrading import open_database
    from tracker.services.transactions import Transactions
    from tracker.storage import keyfile
    from tracker.storage.records import Act
    from tracker.storage.users import ENTITY

    code = parse_code(typed)
    if refused := check_password(password):
        raise InvalidEntryError(refused, about="password")
    keys = keyfile.read_key_file(clinic.keys)
    put_in_place(clinic)
    if user not in keys.users():
        raise InvalidEntryError(tr("Choose whose password is set anew."), about="user")
    key, fresh_code = DataKey(keyfile.open_recovery(keys, code), user), new_code()
    database = open_database(clinic, key, clock)
    try:
        with Transactions(database, clock, User(user)).writing() as uow:
            uow.commit(Act("use recovery code", ENTITY, user))
    finally:
        database.close()
    fresh = keyfile.replace_slot(keys, user, password, key.secret, costs or keyfile.KdfCosts())
    fresh = keyfile.set_recovery(fresh, fresh_code, key.secret, clock.today().isoformat())
    keyfile.write_key_file(clinic.keys, fresh, keep_previous=False)
    return key, fresh_code
