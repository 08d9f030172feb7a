"""Makes one report at a time on the long lane; what is asked for later calls off what is under way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.reports.shape import Asked, Report
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.pages.page import PageContext


class ReportRunner(QObject):
    """`made` carries a Report, `failed` why there is none, also that it was called off."""

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.job = ImportJob()
        context.tasks.ending.connect(self.call_off)

    def make(self, report_id: str, asked: Asked) -> ImportJob:
        """Begin a report; the job tells how far it is."""
        self.job.call_off()
        job = self.job = ImportJob()
        reports = self._context.services.reports

        def done(report: Report) -> None:
            if job is self.job:
                self.made.emit(report)

        def failed(error: Exception) -> None:
            if job is self.job:
                self.failed.emit(error)

        work = lambda: reports.make(report_id, asked, job.tell, job.is_called_off)  # noqa: E731  # runs on a lane
        self._context.tasks.run(self, work, done, failed, lane="long")
        return job

    @Slot()
    def call_off(self) -> None:
        """Ask the report under way to stop."""
        self.job.call_off()

    def forget(self) -> None:
        """Call off what is under way and tell nothing of it."""
        self.job.call_off()
        self.job = ImportJob()
