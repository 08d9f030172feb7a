"""The payer's own papers in a packet: forms that are filled, and the copy sheet of its portal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from tracker.domain.language import tr
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.copy_sheet import CopySheetPanel
from tracker.ui.paper.file_choice import FileChoice
from tracker.ui.paper.packet_maker import PDF, Enclosure

if TYPE_CHECKING:
    from tracker.services.packets.payer_papers import CopySheet, FilledPaper

PDF_FILES = tr("PDF files (*.pdf)")


class PayerPaperActs(QObject):
    """`filled` says that `forms` and `told` are others, `opened` that the copy sheet is there, `failed` why not."""

    filled = Signal()
    opened = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, record_id: str, home: QDialog) -> None:
        super().__init__(home)
        self._context = context
        self._record_id = record_id
        self._home = home
        self.files = FileChoice(home)
        self.forms: tuple[Enclosure, ...] = ()
        self.told: tuple[str, ...] = ()
        self.copy_sheet: CopySheetPanel | None = None

    @Slot()
    def choose_form(self) -> None:
        """Ask for the clinic's copy of a payer's form, and fill it."""
        self.files.ask(tr("Choose the payer's form"), PDF_FILES, self.fill_form)

    def fill_form(self, path: Path) -> None:
        """Fill a form by its map; filled anew it takes the place of the one before."""
        fill = self._context.services.papers.fill
        self._context.tasks.run(
            self, lambda: fill(self._record_id, path), lambda form: self._on_filled(path.stem, form), self.failed.emit
        )

    def _on_filled(self, name: str, form: FilledPaper) -> None:
        title = tr("Form {name}", name=name)
        others = tuple(each for each in self.forms if each.title != title)
        self.forms = (*others, Enclosure(title, PDF, form.content))
        self.told = form.told
        self.filled.emit()

    @Slot()
    def open_copy_sheet(self) -> None:
        """Open what the portal asks for, in a small window beside the packet that stays when the packet is closed."""
        sheet = self._context.services.papers.copy_sheet
        self._context.tasks.run(self, lambda: sheet(self._record_id), self._on_copy_sheet, self.failed.emit)

    def _on_copy_sheet(self, sheet: CopySheet) -> None:
        panel = self.copy_sheet = CopySheetPanel(sheet, self._home)  # the packet would keep the keys from any other's
        self._home.finished.connect(panel.outlive)
        panel.show()
        panel.activateWindow()
        self.opened.emit()
