"""Has backups made: on demand, by the clock, before an import, on closing; says in the status line how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tracker.domain.errors import BackupStoppedError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.changes import Changes, Kind
from tracker.ui.importing.import_job import ImportJob

if TYPE_CHECKING:
    from tracker.services.changes import Done
    from tracker.services.clinic_file.backups import BackupRow, BackupState
    from tracker.ui.pages.page import PageContext


_HALF_AN_HOUR_MS = 30 * 60 * 1000
"""So much work is lost at most with a disk."""


@dataclass(frozen=True, slots=True)
class BackupNews:
    """What the screens are told: a `job` that has begun, or how one ended, by its sentence or its error."""

    job: ImportJob | None = None
    sentence: str = ""
    error: Exception | None = None


class BackupKeeper(QObject):
    """One backup at a time, on the long lane. `stood` comes when the facts of the status line may be others.

    `ended` carries the error, None when it was made. The demo clinic is nobody's, and is not backed up by itself.
    """

    stood = Signal()
    ended = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._state: BackupState | None = None
        self._changed = False
        self._failed = ""
        self.job: ImportJob | None = None
        context.notifier.changed.connect(self._on_changed)
        context.notifier.day_turned.connect(self.look)
        context.notifier.backup_wanted.connect(self.make)
        context.notifier.backup_first.connect(self.make_if_changed)
        context.notifier.backup_unwanted.connect(self.call_off)
        self.half_hourly = QTimer(self)
        self.half_hourly.setInterval(_HALF_AN_HOUR_MS)
        self.half_hourly.timeout.connect(self.make_if_changed)
        self.half_hourly.start()
        context.tasks.ending.connect(self.half_hourly.stop)

    @Slot()
    def look(self) -> None:
        """Look how the backups stand, and make today's when there is none yet."""
        if not self._context.services.clinic.demo:
            self._context.tasks.run(self, self._context.services.backups.state, self._on_state, lane="long")

    def _on_state(self, state: BackupState) -> None:
        self._state, self._changed = state, self._changed or state.changed  # an act may have come since it was read
        self.stood.emit()
        today = self._context.services.clock.today()
        newest = state.newest
        made_today = newest is not None and newest.made_at.astimezone().date() >= today
        if state.plan.folder and not state.problem and state.changed and not made_today:
            self.make()

    @Slot()
    def make(self) -> None:
        """Make a backup now, unless one is being made."""
        if self.job is not None:
            return
        job, self._changed = ImportJob(), False  # what is done from now on may come after the copy's moment
        self.job = job
        make = self._context.services.backups.make
        self._context.notifier.backup_told.emit(BackupNews(job))
        self.stood.emit()
        self._context.tasks.run(
            self, lambda: make(job.tell, job.is_called_off), self._on_made, self._on_failed, lane="long"
        )

    @Slot()
    def make_if_changed(self) -> None:
        """Make one where a folder is chosen and something was done since the newest; what else runs waits for it."""
        if self._chosen() and self._changed:
            self.make()

    @Slot()
    def call_off(self) -> None:
        """Ask the backup under way to stop; those made before stay."""
        if self.job is not None:
            self.job.call_off()

    def _on_made(self, done: Done[BackupRow]) -> None:
        self.job, self._failed = None, ""
        self._context.notifier.backup_told.emit(BackupNews(sentence=done.sentence))
        self.ended.emit(None)
        self._look_only()

    def _on_failed(self, error: Exception) -> None:
        self.job, self._changed = None, True
        self._failed = "" if isinstance(error, BackupStoppedError) else tr("backup failed")
        self._context.notifier.backup_told.emit(BackupNews(error=error))
        self.ended.emit(error)
        self._look_only()

    def _look_only(self) -> None:
        """Read how they stand, without making another: one that failed would be tried over and over."""
        state = self._context.services.backups.state

        def show(found: BackupState) -> None:
            self._state = found
            self.stood.emit()

        self._context.tasks.run(self, state, show, lane="long")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self._changed = True
        if Kind.SETTINGS in changes.kinds:
            self.look()

    def wanted_on_close(self) -> bool:
        """Tell whether the clinic should not be closed before a backup was made, or is ready."""
        return self.job is not None or (self._chosen() and self._changed)

    def _chosen(self) -> bool:
        return self._state is not None and bool(self._state.plan.folder) and not self._context.services.clinic.demo

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what the status line says: nothing before the first look, and in the demo clinic."""
        if self._state is None:
            return ()
        text, calm = self._words(self._state)
        return (("check" if calm else "hourglass", text),)

    def _words(self, state: BackupState) -> tuple[str, bool]:
        if self.job is not None:
            return tr("backup under way"), True
        if not state.plan.folder:
            return tr("no backup folder"), False
        if state.problem:
            return tr("backup folder out of reach"), False
        if self._failed:
            return self._failed, False
        if state.newest is None:
            return tr("no backup yet"), False
        made = state.newest.made_at.astimezone()
        if state.overdue:
            return tr("no backup since {day}", day=us_date(made.date())), False
        today = made.date() == self._context.services.clock.today()
        when = f"{made:%H:%M}" if today else us_date(made.date())
        return tr("backup {when} ok", when=when), True
