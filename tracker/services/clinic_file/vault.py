"""Where a clinic's file lies, and how a password becomes its key; loads no database library, and little at first."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.errors import VaultError
from tracker.domain.language import tr

if TYPE_CHECKING:
    from tracker.storage.keyfile import KdfCosts

CLINIC_FOLDER = "clinic"
DEMO_FOLDER = "demo"
DEMO_USER = "Demo Desk"
DEMO_PASSWORD = "demonstration clinic, no real patients"
"""Well known on purpose: the demo clinic holds nobody's data, and nobody is asked for it."""

RESTORE_READY = "restore-ready-*"
"""Looked for before any storage is loaded; `storage/set_aside.py` says what it is."""
MIN_LENGTH = 15
_COMMON = (
    "password passwort qwerty letmein welcome iloveyou abc123 admin injection tracker clinic changeme"
    " 123456789 12345 1234 0000 asdf zxcv monkey dragon sunshine"
)
COMMON_STEMS = tuple(_COMMON.split())


@dataclass(frozen=True, slots=True)
class ClinicFolder:
    """The folder that holds a clinic: the encrypted database and the key file beside it."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "clinic.db"

    @property
    def unfinished(self) -> Path:
        """The database while a clinic is being set up."""
        return self.path / "clinic.db.new"

    @property
    def keys(self) -> Path:
        return self.path / "clinic.keys"

    @property
    def exists(self) -> bool:
        return self.database.exists() or self.keys.exists()


class DataKey:
    """The 32 bytes that open the database, and the user whose password gave them."""

    def __init__(self, secret: bytearray, user: str) -> None:
        self.secret = secret
        self.user = user

    def wipe(self) -> None:
        """Overwrite the key in memory; it opens nothing any more."""
        self.secret[:] = bytes(len(self.secret))

    def take(self, other: DataKey) -> None:
        """Open again with what another key holds, which is wiped."""
        self.secret[:] = other.secret
        other.wipe()

    def __repr__(self) -> str:
        return "DataKey(…)"


def find_clinic(folder: Path) -> ClinicFolder | None:
    """Return the clinic in `folder`, None when there is none yet; a restore that was cut off is finished first."""
    clinic = ClinicFolder(Path(folder))
    if any(clinic.path.glob(RESTORE_READY)):
        from tracker.storage.set_aside import finish_restore  # as good as never

        with suppress(OSError):  # opening it will say what is wrong with the folder
            finish_restore(clinic.path)
    return clinic if clinic.exists else None


def usual_folder(base: Path) -> ClinicFolder:
    """Return where this computer's clinic lives below the program's data folder, whether or not it is there yet."""
    return ClinicFolder(Path(base) / CLINIC_FOLDER)


def demo_folder(base: Path) -> ClinicFolder:
    """Return where the demo clinic lives below the program's data folder."""
    return ClinicFolder(Path(base) / DEMO_FOLDER)


def create_clinic(folder: Path, password: str, user: str, *, costs: KdfCosts | None = None) -> DataKey:
    """Make the encrypted database and its key file in `folder` and return the key.

    Raises VaultError when a clinic is there already or the password is refused.
    """
    from tracker.storage import keyfile

    clinic = ClinicFolder(Path(folder))
    if clinic.exists:
        raise VaultError(
            tr("There is a clinic in this folder already."), str(clinic.path), tr("Open it, or choose an empty folder.")
        )
    if refused := check_password(password):
        raise VaultError(tr("Choose another password."), refused)
    key = DataKey(bytearray(os.urandom(keyfile.KEY_BYTES)), user)
    keys = keyfile.add_slot(keyfile.new_key_file(), user, password, key.secret, costs or keyfile.KdfCosts())
    try:
        clinic.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        clinic.unfinished.unlink(missing_ok=True)
        _create_database(clinic, key)
        keyfile.write_key_file(clinic.keys, keys)
        os.replace(clinic.unfinished, clinic.database)
    except OSError as error:
        raise VaultError(
            tr("The clinic cannot be set up here."), f"{clinic.path}: {error.strerror}.", tr("Choose another folder.")
        ) from None
    return key


def users_of(folder: Path) -> tuple[str, ...]:
    """Return everybody who has a password for the clinic in `folder`; nobody when its key file cannot be read."""
    from tracker.storage import keyfile

    try:
        return keyfile.read_key_file(ClinicFolder(Path(folder)).keys).users()
    except VaultError:
        return ()


def unlock(folder: ClinicFolder | Path, password: str, user: str = "") -> DataKey:
    """Return the clinic's key, by the password of `user`, or of anybody.

    Raises WrongPasswordError, or VaultError for files missing, damaged or newer.
    """
    from tracker.storage import keyfile

    clinic = folder if isinstance(folder, ClinicFolder) else ClinicFolder(Path(folder))
    keys = keyfile.read_key_file(clinic.keys)
    put_in_place(clinic)
    user, secret = keyfile.open_slot(keys, password, user)
    return DataKey(secret, user)


def put_in_place(clinic: ClinicFolder) -> None:
    """Finish a set-up that was cut off before its last step. Raises VaultError when there is no database."""
    if not clinic.database.exists() and clinic.unfinished.exists():
        os.replace(clinic.unfinished, clinic.database)  # the set-up was cut off after its last step but one
    if not clinic.database.exists():
        where = tr("There is no {file} beside the key file.", file=clinic.database.name)
        raise VaultError(tr("The clinic's database is missing."), where, tr("Put it back from a backup."))


def check_password(text: str) -> str | None:
    """Return a sentence why this password is refused, None when it is fine."""
    password = unicodedata.normalize("NFKC", text)
    if len(password) < MIN_LENGTH:
        return tr(
            "Use {least} characters or more; a short sentence is easy to remember. This one has {count}.",
            least=MIN_LENGTH,
            count=len(password),
        )
    if len(set(password.casefold())) < 5:
        return tr("Use more than four different characters.")
    rest = password.casefold()
    for stem in COMMON_STEMS:
        rest = rest.replace(stem, "")
    if len(re.sub(r"[\W\d_]", "", rest)) < 3 and len(rest) < MIN_LENGTH:
        return tr("This is made of words that are tried first. Choose a short sentence of your own.")
    return None


def _create_database(clinic: ClinicFolder, key: DataKey) -> None:
    from tracker.storage.database import Database

    Database.open(clinic.unfinished, key.secret, create=True).close()
