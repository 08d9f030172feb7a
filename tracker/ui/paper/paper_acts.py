"""What can be done with the papers of a request: attach one, correct what is said about it, take it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.attach_dialog import AttachDialog
from tracker.ui.paper.correct_paper_dialog import CorrectPaperDialog
from tracker.ui.paper.remove_paper_dialog import RemovePaperDialog
from tracker.ui.widgets.keys_held import read_first

if TYPE_CHECKING:
    from tracker.domain.patient import Patient
    from tracker.services.packets.packet_content import Packet


class PaperActs(QObject):
    """Opens the dialogs over `home`; `acted` carries the Done of each."""

    acted = Signal(object)

    def __init__(self, context: PageContext, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._home = home

    def attach(self, packet: Packet) -> None:
        """Ask for a file that goes with the request."""
        patients, record = self._context.services.patients, packet.record

        def show(patient: Patient) -> None:
            self._open(AttachDialog(self._context, patient, self._home, record.id, packet.checklist))

        read_first(self._context.tasks, self, lambda: patients.get(record.patient_id).patient, show)

    def correct(self, paper: Document, packet: Packet) -> None:
        self._open(CorrectPaperDialog(self._context, paper, self._home, packet.checklist, identity=packet.identity))

    def remove(self, paper: Document) -> None:
        self._open(RemovePaperDialog(self._context, paper, self._home))

    def _open(self, dialog: SavingDialog) -> None:
        dialog.acted.connect(self.acted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
