"""A whole copy of a clinic beside the others: copied, looked through, and only then given its name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.storage import backup_folder, keyfile
from tracker.storage.backup_folder import StoredBackup
from tracker.storage.copies import CalledOff, Census, Tell, copy_database, damaged, look_through


def store_copy(
    clinic: ClinicFolder, key: DataKey, folder: Path, at: datetime, tell: Tell, called_off: CalledOff
) -> tuple[StoredBackup, Census]:
    """Make one in `folder`, with what was counted in it. Raises BackupError; then nothing of it is left."""
    part = backup_folder.begin(folder, clinic_id(clinic), at)
    try:
        copied = copy_database(clinic.database, key.secret, part / backup_folder.DATABASE, tell, called_off)
        found = look_through(part / backup_folder.DATABASE, key.secret, tell, called_off)
        if found != copied:
            raise damaged(part / backup_folder.DATABASE)
        return backup_folder.finish(part, clinic.keys, found), found
    except BaseException:
        backup_folder.give_up(part)
        raise


def clinic_id(clinic: ClinicFolder) -> str:
    return keyfile.read_key_file(clinic.keys).file_id
