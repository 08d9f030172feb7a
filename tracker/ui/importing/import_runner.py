"""Runs looking at a file, importing it and saving its rejected lines in the background, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.changes import Done
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.pages.page import PageContext

if TYPE_CHECKING:
    from tracker.services.imports.imports import ImportPreview, ImportResult


class ImportRunner(QObject):
    """`previewed` carries what a file would do, `imported` the Done, `saved` a count and the file's name.

    `failed` carries the error of looking or importing, also that it was called off; `save_failed` that of saving.
    What was begun later is told, what came before is not.
    """

    previewed = Signal(object)
    imported = Signal(object)
    saved = Signal(int, str)
    save_failed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._imports = context.services.imports
        self.job = self._looking = ImportJob()
        context.tasks.ending.connect(self._stop_looking)

    def preview(self, path: Path) -> ImportJob:
        """Find out what importing the file would do; nothing is written."""
        job = self._looking = self._begin()

        def done(found: ImportPreview) -> None:
            if job is self.job:
                self.previewed.emit(found)

        self._context.tasks.run(
            self, lambda: self._imports.preview(path, job.tell, job.is_called_off), done, self._teller(job), lane="long"
        )
        return job

    def run(self, path: Path) -> ImportJob:
        """Import every good line, or nothing when it is called off or fails; what is new is backed up first."""
        job, tasks, tell = self._begin(), self._context.tasks, self._teller
        self._context.notifier.backup_first.emit()

        def done(result: Done[ImportResult]) -> None:
            self.imported.emit(result)  # it is written, whatever the person turned to meanwhile
            tasks.end_counting_on()

        def failed(error: Exception) -> None:
            tell(job)(error)
            tasks.end_counting_on()

        tasks.counted_on = job
        tasks.run(self, lambda: self._imports.run(path, job.tell, job.is_called_off), done, failed, lane="long")
        return job

    def save_rejected(self, path: Path, found: ImportPreview, target: Path) -> None:
        """Write the rejected lines with their reasons."""

        def done(count: int) -> None:
            self.saved.emit(count, target.name)

        self._context.tasks.run(
            self, lambda: self._imports.save_rejected(path, found, target), done, self.save_failed.emit, lane="long"
        )

    @Slot()
    def call_off(self) -> None:
        """Ask what is under way to stop; nothing will have been written."""
        self.job.call_off()

    @Slot()
    def _stop_looking(self) -> None:
        """Stop what writes nothing: an import that was begun is waited for, as somebody counts on it."""
        self._looking.call_off()

    def _begin(self) -> ImportJob:
        self.job.call_off()
        self.job = ImportJob()
        return self.job

    def _teller(self, job: ImportJob) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            if job is self.job:
                self.failed.emit(error)

        return failed
