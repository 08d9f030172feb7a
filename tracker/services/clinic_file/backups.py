"""Backups of the whole clinic: made, verified, and only then the older ones thrown away; tried without touching it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from tracker.domain.backup_plan import BackupPlan, check_plan, kept_backups
from tracker.domain.clock import Clock
from tracker.domain.errors import BackupError, InvalidEntryError
from tracker.domain.language import tr, tr_n
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.clinic_file.copying import clinic_id, store_copy
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.transactions import Transactions
from tracker.services.words.wording import us_moment
from tracker.storage import backup_folder, keyfile
from tracker.storage.backup_folder import StoredBackup
from tracker.storage.copies import STEPS, CalledOff, Census, Tell, damaged, look_through
from tracker.storage.records import Act

BACKUP = "backup"
_SETTINGS = Changes(frozenset(), frozenset({Kind.SETTINGS}))


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup of the list, with what was counted when it was made."""

    name: str
    made_at: datetime
    patients: int | None
    visits: int | None


@dataclass(frozen=True, slots=True)
class BackupState:
    """How the clinic stands: `problem` says why the folder cannot be read, "" when it can.

    `changed`: something was done since the newest backup; `overdue`: it is older than the clinic wants it.
    """

    plan: BackupPlan
    newest: BackupRow | None = None
    rows: tuple[BackupRow, ...] = ()
    changed: bool = True
    overdue: bool = False
    problem: str = ""


class BackupService:
    """The folder is the only list of backups there is. `make` and `test` take long: make them off the GUI thread."""

    def __init__(self, transactions: Transactions, key: DataKey, clock: Clock) -> None:
        self._transactions = transactions
        self._key = key
        self._clock = clock

    def plan(self) -> BackupPlan:
        with self._transactions.reading() as uow:
            return BackupPlan(**uow.clinic.settings().get(BACKUP, {}))

    def change(self, wanted: BackupPlan) -> Done[BackupPlan]:
        """Write where backups go and which are kept. Raises InvalidEntryError, `about` naming the field."""
        checked = check_plan(wanted)
        if checked.folder:
            self._check_folder(Path(checked.folder))
        with self._transactions.writing() as uow:
            uow.clinic.set(BACKUP, asdict(checked))
            act_id = uow.commit(Act("change settings", "setting", BACKUP))
        told = tr("Changed where backups go")
        return Done(checked, _SETTINGS, told, UndoToken(act_id, told))

    def state(self) -> BackupState:
        """Return how the clinic's backups stand. Raises nothing about the folder: it says what is wrong with it."""
        with self._transactions.reading() as uow:
            plan, head = BackupPlan(**uow.clinic.settings().get(BACKUP, {})), uow.acts.latest_id()
        if not plan.folder:
            return BackupState(plan, overdue=True)
        try:
            stored = self._stored(plan)
        except BackupError as error:
            return BackupState(plan, overdue=True, problem=error.sentence())
        rows = tuple(_row(each) for each in stored)
        if not rows:
            return BackupState(plan, overdue=True)
        age = self._clock.now() - rows[0].made_at
        census = stored[0].census
        changed = census is None or census.head != head
        return BackupState(plan, rows[0], rows, changed, age.days >= plan.remind_days and changed)

    def make(self, tell: Tell = lambda _done, _total: None, called_off: CalledOff = lambda: False) -> Done[BackupRow]:
        """Copy, look through the copy, give it its name; then throw away what the rotation keeps no longer.

        Raises BackupError with one sentence; whatever happens, the backups made before stay until this one counts.
        """
        plan = self.plan()
        if not plan.folder:
            raise BackupError(
                tr("No folder for backups is chosen."), "", tr("Choose one under Settings, Data and backup.")
            )
        folder, clinic = Path(plan.folder), ClinicFolder(self._transactions.folder)
        self._stored(plan)  # says whether the folder is there
        backup_folder.room_for(folder, clinic.database.stat().st_size)
        with self._transactions.writing() as uow:
            uow.commit(Act("make backup", "clinic"))
        made, found = store_copy(clinic, self._key, folder, self._clock.now(), tell, called_off)
        self._rotate(plan, made)
        tell(STEPS, STEPS)
        sentence = tr("Backup made and looked through: {what}", what=holds_words(found))
        return Done(_row(made), Changes(), sentence)

    def test(self, tell: Tell = lambda _done, _total: None, called_off: CalledOff = lambda: False) -> BackupRow:
        """Put the newest backup back into a temporary folder, look through it, and return what is in it.

        Raises BackupError when there is none, or it could not be relied on. Nothing of the clinic is touched.
        """
        newest = next(iter(self._stored(self.plan())), None)
        if newest is None:
            raise BackupError(tr("There is no backup yet."), "", tr("Make one first."))
        with tempfile.TemporaryDirectory(prefix="restore-test-") as home:
            keyfile.read_key_file(newest.keys)
            copied = Path(home) / newest.path.name
            copied.mkdir()
            with backup_folder.telling(newest.path):
                shutil.copyfile(newest.database, copied / backup_folder.DATABASE)
            found = look_through(copied / backup_folder.DATABASE, self._key.secret, tell, called_off)
        if newest.census is not None and found != newest.census:
            raise damaged(newest.database)
        tell(STEPS, STEPS)
        return BackupRow(newest.path.name, newest.made_at, found.patients, found.visits)

    def newest_mark(self) -> tuple[datetime, str, str] | None:
        """Return when the newest backup was made, its last act and that one's mark; None where there is none.

        Raises BackupError when the folder cannot be read.
        """
        newest = next(iter(self._stored(self.plan())), None)
        census = newest.census if newest else None
        return (newest.made_at, census.head, census.mark) if newest and census and census.mark else None

    def _rotate(self, plan: BackupPlan, made: StoredBackup) -> None:
        """Throw away what is kept no longer; the one just made stays, also when the clock was set back."""
        stored = self._stored(plan)
        kept = kept_backups((each.made_at.astimezone() for each in stored), plan.keep)
        for each in stored:
            if each.made_at not in kept and each.path != made.path:
                backup_folder.throw_away(each)

    def _stored(self, plan: BackupPlan) -> tuple[StoredBackup, ...]:
        return (
            ()
            if not plan.folder
            else (backup_folder.backups_in(Path(plan.folder), clinic_id(ClinicFolder(self._transactions.folder))))
        )

    def _check_folder(self, folder: Path) -> None:
        own = self._transactions.folder.resolve()
        if not folder.is_dir():
            told = tr("There is no folder {folder}.", folder=folder)
            raise InvalidEntryError(told, "", tr("Connect its drive or share, or choose another."), about="folder")
        if own == folder.resolve() or own in folder.resolve().parents:
            told = tr("A backup inside the clinic's own folder is lost together with it.")
            raise InvalidEntryError(told, "", tr("Choose a folder on another disk."), about="folder")


def holds_words(found: Census | BackupRow) -> str:
    """Return "1,204 patients, 88 visits"."""
    patients = tr_n("{n} patient", "{n:,} patients", found.patients or 0)
    visits = tr_n("{n} visit", "{n:,} visits", found.visits or 0)
    return f"{patients}, {visits}"


def tried_words(found: BackupRow) -> str:
    """Return what a test restore says."""
    what = holds_words(found)
    return tr("The backup of {at} can be restored: {what}, all checks passed.", at=us_moment(found.made_at), what=what)


def _row(stored: StoredBackup) -> BackupRow:
    census = stored.census
    patients, visits = (census.patients, census.visits) if census else (None, None)
    return BackupRow(stored.path.name, stored.made_at, patients, visits)
