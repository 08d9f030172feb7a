"""What can be done with the patient in front: each act opens a dialog and tells what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.coverage import Coverage
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import EventStatus
from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.dialogs.close_task_dialog import CloseTaskDialog
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.event_fields import Known
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.remove_event_dialog import RemoveEventDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageAct, PageContext
from tracker.ui.paper.attach_dialog import AttachDialog
from tracker.ui.paper.packet_acts import PacketActs
from tracker.ui.paper.remove_paper_dialog import RemovePaperDialog
from tracker.ui.patient.injections_panel import ADD_KEY
from tracker.ui.patient.patient_head import EDIT_KEY
from tracker.ui.patient.patient_loader import OnFile

if TYPE_CHECKING:
    from tracker.services.answers.entries import EventRow
    from tracker.services.visits.schedule import TaskRow


class PatientActs(QObject):
    """Does nothing while nobody is shown. `acted` carries the Done, `refused` why an act is not possible."""

    acted = Signal(object)
    refused = Signal(object)
    patient_wanted = Signal(str)

    def __init__(self, context: PageContext, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._home = home
        self._on_file: OnFile | None = None
        self._packets = PacketActs(context, home)
        self._packets.acted.connect(self.acted)
        self._packets.refused.connect(self.refused)

    def page_acts(self) -> tuple[PageAct, ...]:
        """Return what the page puts into the menus."""
        return (
            PageAct(Act("edit patient", tr("&Edit patient…"), tr("&Patient"), (EDIT_KEY,)), self.edit_patient),
            PageAct(Act("add coverage", tr("Add &coverage…") + "\tA", tr("&Patient")), self.add_coverage),
            PageAct(Act("add injection", tr("Add &injection…"), tr("&Patient"), (ADD_KEY,)), self.add_injection),
            PageAct(
                Act("add elsewhere", tr("Add injection done e&lsewhere…") + "\tO", tr("&Patient")), self.add_elsewhere
            ),
        )

    def show(self, on_file: OnFile | None) -> None:
        """Take whom the acts are about."""
        self._on_file = on_file

    @Slot()
    def edit_patient(self) -> None:
        if self._on_file:
            dialog = PatientDialog(self._context, self._home, self._on_file.record.patient)
            dialog.open_wanted.connect(self.patient_wanted)
            self._open(dialog)

    @Slot()
    def add_coverage(self) -> None:
        if self._on_file:
            self._open(CoverageDialog(self._context, self._on_file.record.patient, self._home))

    @Slot()
    def attach_paper(self) -> None:
        if self._on_file:
            self._open(AttachDialog(self._context, self._on_file.record.patient, self._home))

    @Slot(object)
    def remove_paper(self, paper: Document) -> None:
        self._open(RemovePaperDialog(self._context, paper, self._home))

    def close_task(self, task: TaskRow) -> None:
        self._open(CloseTaskDialog(self._context, task, self._home))

    @Slot()
    def open_packet(self) -> None:
        if self._on_file:
            self._packets.open_for(self._on_file.record.patient.id)

    @Slot(object)
    def change_coverage(self, coverage: Coverage) -> None:
        if self._on_file:
            self._open(CoverageDialog(self._context, self._on_file.record.patient, self._home, coverage))

    @Slot()
    def add_injection(self) -> None:
        self._open_event(None, Known.HERE)

    @Slot()
    def add_elsewhere(self) -> None:
        self._open_event(None, Known.ELSEWHERE)

    @Slot(object)
    def correct(self, row: EventRow) -> None:
        self._open_event(row, Known.HERE)

    def _open_event(self, row: EventRow | None, known: Known) -> None:
        if self._on_file:
            patient, providers = self._on_file.record.patient, self._on_file.providers
            self._open(EventDialog(self._context, patient, self._home, providers, row, known=known))

    @Slot(object)
    def record_relief(self, row: EventRow) -> None:
        if self._on_file and self._may_change(row):
            self._open(ResponseDialog(self._context, self._on_file.record.patient, row, self._home))

    @Slot(object)
    def remove_event(self, row: EventRow) -> None:
        if self._on_file and self._may_change(row):
            self._open(RemoveEventDialog(self._context, self._on_file.record.patient, row, self._home))

    def _may_change(self, row: EventRow) -> bool:
        to_come = row.event.status is EventStatus.BOOKED
        if to_come:
            remedy = tr("Press Enter to change it; it can be cancelled on its day's list.")
            self.refused.emit(InvalidEntryError(tr("This is a visit still to come."), "", remedy))
        return not to_come

    def _open(self, dialog: SavingDialog | CloseTaskDialog) -> None:
        dialog.acted.connect(self.acted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
