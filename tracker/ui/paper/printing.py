"""Sends a paper to a printer: every page of it is painted by us, so it prints alike on every system."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.ui.paper.painting import paint_on
from tracker.ui.paper.paper import Printable
from tracker.ui.tasks import TaskRunner
from tracker.ui.widgets.typed_ahead import TypedAhead


class PrintingError(TrackerError):
    """The paper did not reach the printer; it is still there."""


class PaperPrinter(QObject):
    """`printed` carries the printer's name, `failed` why not, `left` that nobody chose a printer."""

    printed = Signal(str)
    failed = Signal(object)
    left = Signal()

    def __init__(self, tasks: TaskRunner, home: QWidget) -> None:
        super().__init__(home)
        self._tasks = tasks
        self._home = home
        self._made: Printable | None = None
        self._printer: QPrinter | None = None
        """The dialog's own; Qt does not keep it."""
        self.dialog: QPrintDialog | None = None

    def choose(self, made: Printable) -> None:
        """Open the system's dialog, and print where it says."""
        self._made = made
        self._printer = _printer(made, "")
        self.dialog = QPrintDialog(self._printer, self._home)
        TypedAhead(self.dialog)
        self.dialog.accepted.connect(self._on_chosen)
        self.dialog.finished.connect(self._on_closed)
        QDialog.open(self.dialog)  # QPrintDialog's own open() wants the name of a slot

    def print_on(self, made: Printable, name: str) -> None:
        """Print on the printer of this name. A printer that is gone is told."""
        if QPrinterInfo.printerInfo(name).isNull():
            self.failed.emit(
                PrintingError(tr("There is no printer “{name}” now.", name=name), "", tr("Choose another one."))
            )
            return
        self.send(made, _printer(made, name))

    def send(self, made: Printable, printer: QPrinter) -> None:
        """Print on this printer."""
        name = printer.printerName()
        work = lambda: paint_on(printer, made.sheets, made.foot, made.others)  # noqa: E731  # runs on a lane
        self._tasks.run(self, work, lambda done: self._tell(name, done), self.failed.emit, lane="long")

    def _tell(self, name: str, done: bool) -> None:
        if done:
            self.printed.emit(name)
        else:
            self.failed.emit(
                PrintingError(tr("The printer did not take it."), "", tr("Look at the printer, or save it as a PDF."))
            )

    @Slot()
    def _on_chosen(self) -> None:
        if self._printer is not None and self._made is not None:
            self.send(self._made, self._printer)

    @Slot(int)
    def _on_closed(self, result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        if not result:
            self.left.emit()


def _printer(made: Printable, name: str) -> QPrinter:
    """Return a printer for the paper; what the spooler lists says nothing of the patient."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setDocName(made.job)
    return printer
