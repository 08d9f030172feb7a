"""Prints a text document, such as a page of the help or the list of keys, through the system's dialog."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.typed_ahead import TypedAhead


def print_document(document: QTextDocument, over: QWidget) -> QPrintDialog:
    """Ask for a printer and print there; the dialog keeps document and printer as long as it is needed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(tr("Injection Tracker"))
    dialog = QPrintDialog(printer, over)
    TypedAhead(dialog)
    document.setParent(dialog)
    dialog.accepted.connect(lambda: document.print_(printer))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # QPrintDialog's own open() wants the name of a slot
    return dialog
