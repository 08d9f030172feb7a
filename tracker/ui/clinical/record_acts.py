"""What a patient's page can do about conservative care, denied claims and checklists, and the reading of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.booking import BookingRequest
from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.ui.actions import Act
from tracker.ui.clinical.checklist_dialog import ChecklistDialog
from tracker.ui.clinical.checklist_panel import ChecklistSubject
from tracker.ui.clinical.record_panel import CARE_KEY, RecordPanel
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.denial_dialog import DenialDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageAct, PageContext
from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.services.desk.denials import DenialRow


class RecordActs(QObject):
    """Does nothing while nobody is shown. `acted` carries the Done, `refused` why an act is not possible."""

    acted = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, panel: RecordPanel, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._panel = panel
        self._home = home
        self._patient: Patient | None = None
        self._reading = LatestOnly(context.tasks, self)
        panel.care_wanted.connect(self.add_care)
        panel.care_activated.connect(self.correct_care)
        panel.denial_activated.connect(self.correct_denial)

    def page_acts(self) -> tuple[PageAct, ...]:
        """Return what the page puts into the menus."""
        return (
            PageAct(
                Act("add care", tr("Add conser&vative care…"), tr("&Patient"), (CARE_KEY,), parted=True), self.add_care
            ),
        )

    def show(self, patient: Patient | None) -> None:
        """Take whom the acts are about, and read what is on file."""
        if patient is None or self._patient is None or patient.id != self._patient.id:
            self._panel.show_care(())
            self._panel.show_denials(())
        self._patient = patient
        if patient is None:
            self._reading.cancel()
            return
        services, patient_id = self._context.services, patient.id
        self._reading.run(
            lambda: (services.care.list_for(patient_id), services.denials.list_for(patient_id)), self._show_record
        )

    def _show_record(self, found: tuple[tuple[ConservativeCare, ...], tuple[DenialRow, ...]]) -> None:
        care, denials = found
        self._panel.show_care(care)
        self._panel.show_denials(denials)

    @Slot()
    def add_care(self) -> None:
        if self._patient:
            self._open(CareDialog(self._context, self._patient, self._home))

    @Slot(object)
    def correct_care(self, care: ConservativeCare) -> None:
        if self._patient:
            self._open(CareDialog(self._context, self._patient, self._home, care))

    def add_denial(self, event: Event) -> None:
        """Attach a denied claim to an injection that was done."""
        if event.status not in (EventStatus.PERFORMED, EventStatus.ABORTED):
            remedy = tr("Choose an injection that was done.")
            self.refused.emit(InvalidEntryError(tr("Only what was done can be billed and denied."), "", remedy))
        elif self._patient:
            self._open(DenialDialog(self._context, self._patient, event, self._home))

    @Slot(object)
    def correct_denial(self, row: DenialRow) -> None:
        if self._patient:
            self._open(DenialDialog(self._context, self._patient, row.event, self._home, row))

    def open_checklist(self, request: BookingRequest) -> None:
        """Show what a request for this procedure needs."""
        if self._patient:
            subject = ChecklistSubject(self._patient, request=request)
            self._open(ChecklistDialog(self._context, subject, self._home))

    def _open(self, dialog: SavingDialog | ChecklistDialog) -> None:
        dialog.acted.connect(self.acted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
