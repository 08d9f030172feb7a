"""The ways in when no password is known, or the file is gone: by the recovery code, and by a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.errors import TrackerError
from tracker.services.clinic_file.vault import users_of
from tracker.services.clinics import Clinics
from tracker.ui import failures
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from tracker.domain.recovery_code import RecoveryCode
    from tracker.services import Services
    from tracker.services.clinic_file.restoring import BackupChoice, Restored
    from tracker.ui.start.restore_window import RestoreWindow


class OtherWays(QObject):
    """`window_made` carries a window for the gate to show, `left` that its own is wanted again.

    `opened` carries Services and the next recovery code.
    """

    window_made = Signal(object)
    left = Signal()
    opened = Signal(object, object)

    def __init__(self, clinics: Clinics, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._clinics = clinics
        self._tasks = tasks

    def by_code(self, folder: Path) -> None:
        """Ask for the recovery code of the clinic in `folder`."""
        from tracker.ui.start.recovery_window import RecoveryWindow  # most days nobody forgets a password

        window = RecoveryWindow(users_of(folder))

        def open_it(code: str, user: str, password: str) -> None:
            self._tasks.run(
                self, lambda: self._clinics.open_by_code(folder, code, user, password), self._on_opened,
                _refusing(window),
            )  # fmt: skip

        window.code_given.connect(open_it)
        window.back_wanted.connect(self.left)
        self.window_made.emit(window)

    def by_backup(self, folder: Path) -> None:
        """Ask which backup takes the place of the clinic in `folder`."""
        from tracker.ui.start.restore_window import RestoreWindow  # most days nothing is lost

        window = RestoreWindow()

        def look(where: str) -> None:
            from tracker.services.clinic_file.restoring import backups_at

            self._tasks.run(self, lambda: backups_at(Path(where)), window.show_backups, _refusing(window))

        def put_back(choice: BackupChoice, user: str, secret: str) -> None:
            self._put_back(window, folder, choice, user, secret)

        window.folder_chosen.connect(look)
        window.restore_wanted.connect(put_back)
        window.back_wanted.connect(self.left)
        self.window_made.emit(window)

    def _put_back(self, window: RestoreWindow, folder: Path, choice: BackupChoice, user: str, secret: str) -> None:
        from tracker.ui.importing.import_job import ImportJob

        job, clinics = ImportJob(), self._clinics

        def restore() -> Restored:
            return clinics.restore(choice, folder, user, secret, job.tell, job.is_called_off)

        window.follow(job)
        self._tasks.run(self, restore, window.show_restored, _refusing(window), lane="long")

    @Slot(object)
    def _on_opened(self, found: tuple[Services, RecoveryCode]) -> None:
        self.opened.emit(*found)


def _refusing(window: GateWindow) -> Callable[[Exception], None]:
    """Return what says in a window why something could not be done."""

    def refuse(error: Exception) -> None:
        window.show_refusal(error)
        if not isinstance(error, TrackerError):
            failures.show_failure(window, error)

    return refuse
