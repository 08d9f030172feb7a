"""Opens a clinic's file; before a newer program changes its tables, a copy of it as it was is kept."""

from __future__ import annotations

from pathlib import Path

from tracker.domain.clock import Clock
from tracker.domain.errors import BackupError, VaultError
from tracker.domain.language import tr
from tracker.services.clinic_file.backups import BACKUP
from tracker.services.clinic_file.copying import clinic_id, store_copy
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.storage import backup_folder
from tracker.storage.copies import find_setting
from tracker.storage.database import Database

OWN_FOLDER = "before-upgrade"
"""In the clinic's own folder, for a clinic whose folder for backups is not there or takes none."""
KEPT_THERE = 2
"""The one just made, also when the clock was set back, and the newest of those before."""


def open_database(clinic: ClinicFolder, key: DataKey, clock: Clock) -> Database:
    """Open the file, brought up to date. Raises VaultError; where no whole copy can be kept, the file stays old."""
    return Database.open(clinic.database, key.secret, before_upgrade=lambda: _keep_copy(clinic, key, clock))


def _keep_copy(clinic: ClinicFolder, key: DataKey, clock: Clock) -> None:
    """Keep one among the backups, else in the clinic's own folder."""
    chosen = (find_setting(clinic.database, key.secret, BACKUP) or {}).get("folder", "")
    told = ""
    for folder in (*([Path(chosen)] if chosen else []), clinic.path / OWN_FOLDER):
        try:
            _copy_to(folder, clinic, key, clock)
            return
        except BackupError as error:
            told = error.sentence()
    raise VaultError(
        tr("This version first keeps a copy of the clinic's file as it is, and could not; the file stays as it was."),
        told,
        tr("Make room there, or start the version before."),
    )


def _copy_to(folder: Path, clinic: ClinicFolder, key: DataKey, clock: Clock) -> None:
    own = folder == clinic.path / OWN_FOLDER
    with backup_folder.telling(folder):
        if own:
            folder.mkdir(mode=0o700, exist_ok=True)
        size = clinic.database.stat().st_size
    stored = backup_folder.backups_in(folder, clinic_id(clinic))  # says whether the folder is there
    backup_folder.room_for(folder, size)
    store_copy(clinic, key, folder, clock.now(), lambda _done, _total: None, lambda: False)
    if own:
        for each in stored[KEPT_THERE - 1 :]:
            backup_folder.throw_away(each)
