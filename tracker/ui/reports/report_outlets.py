"""The ways out of the program: paper, PDF, spreadsheet, clipboard; each is put on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.services.pace import Pace
from tracker.services.reports.service import Way
from tracker.services.reports.shape import Report
from tracker.ui.clipboard import copy_private
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.file_choice import FileChoice
from tracker.ui.paper.printing import PaperPrinter
from tracker.ui.reports.report_paper import lay_report, pdf_of
from tracker.ui.widgets.table_text import copied_words

Value = TypeVar("Value")


class ReportOutlets(QObject):
    """`told` carries a sentence about what was done, `failed` why it was not; the report itself stays as it is.

    `begun` carries a job and what it does, and `ended` comes when it is over, either way.
    """

    told = Signal(str)
    failed = Signal(object)
    begun = Signal(object, str)
    ended = Signal()

    def __init__(self, context: PageContext, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._home = home
        self.files = FileChoice(home)
        self.printer = PaperPrinter(context.tasks, home)
        self._printing: Report | None = None
        self._job = ImportJob()
        self.printer.printed.connect(self._on_printed)
        self.printer.failed.connect(self.failed)

    def print(self, report: Report) -> None:
        """Lay it, then open the system's dialog, and print where it says. The spooler hears no patient's name."""
        if self.printer.dialog is None:
            self._printing = report
            self._work(lambda pace: lay_report(report, pace), self.printer.choose, tr("Making the pages"))

    @Slot(str)
    def _on_printed(self, _name: str) -> None:
        if self._printing is not None:
            self._record(self._printing, Way.PRINT, tr("Sent to the printer."))

    def ask_pdf(self, report: Report) -> None:
        """Ask where to, then write a PDF there."""
        title, kinds = tr("Save the report as a PDF"), tr("PDF (*.pdf)")
        self.files.ask(title, kinds, lambda path: self.save_pdf(report, path), save_as=file_name(report, "pdf"))

    def save_pdf(self, report: Report, target: Path) -> None:
        reports, packets = self._context.services.reports, self._context.services.packets

        def write(pace: Pace) -> None:
            reports.put(pdf_of(lay_report(report, pace), packets, pace), target)

        self._save(report, target, Way.PDF, write)

    def ask_sheet(self, report: Report) -> None:
        """Ask where to, then write a spreadsheet there."""
        title, kinds = tr("Save the report as a spreadsheet"), tr("Excel (*.xlsx);;CSV (*.csv)")
        self.files.ask(title, kinds, lambda path: self.save_sheet(report, path), save_as=file_name(report, "xlsx"))

    def save_sheet(self, report: Report, target: Path) -> None:
        reports = self._context.services.reports
        self._save(report, target, Way.SHEET, lambda pace: reports.save(report, target, pace))

    def copy(self, report: Report) -> None:
        """Put all rows on the clipboard, tab separated."""
        copy_private(self._context.services.reports.text(report))
        self._record(report, Way.COPY, copied_words(len(report.rows)))

    def _save(self, report: Report, target: Path, way: Way, write: Callable[[Pace], None]) -> None:
        def done(_nothing: None) -> None:
            self._record(report, way, tr("Saved as {name}.", name=target.name))

        self._work(write, done, tr("Writing {name}", name=target.name))

    def _work(self, work: Callable[[Pace], Value], done: Callable[[Value], object], doing: str) -> None:
        """Do it on the long lane, one thing at a time, in sight and so that it can be called off."""
        self._job.call_off()
        job = self._job = ImportJob()

        def ended(follow: Callable[[], object]) -> None:
            if job is self._job:
                self.ended.emit()
            follow()

        self._context.tasks.run(
            self, lambda: work(job.pace()), lambda made: ended(lambda: done(made)),
            lambda error: ended(lambda: self.failed.emit(error)), lane="long",
        )  # fmt: skip
        self.begun.emit(job, doing)

    @Slot()
    def call_off(self) -> None:
        """Stop what is being made or written."""
        self._job.call_off()

    def _record(self, report: Report, way: Way, sentence: str) -> None:
        """Put on record that it left the program, then say so."""
        reports = self._context.services.reports

        def done(_nothing: None) -> None:
            self.told.emit(sentence)

        self._context.tasks.run(self, lambda: reports.taken_out(report.id, way), done, self.failed.emit)


def file_name(report: Report, ending: str) -> str:
    """Return a name that says which report of which day, and of nobody."""
    return f"{report.id}-{report.made_at.astimezone():%Y-%m-%d}.{ending}"
