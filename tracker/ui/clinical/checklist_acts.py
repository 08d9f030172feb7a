"""What can be done about a line of a checklist: record the missing score, add care, tick it, take the tick back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.domain.checklist import LookedUp
from tracker.domain.checklist_state import Checklist, ChecklistRow
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.dialogs.tick_dialog import TickDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.keys_held import read_first

if TYPE_CHECKING:
    from tracker.services.patients.responses import ResponseSheet

_CARE = (LookedUp.CARE, LookedUp.CARE_NOW)


class ChecklistActs(QObject):
    """`acted` carries the Done, `refused` why a line cannot be mended here."""

    acted = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._home = home

    def mend(self, patient: Patient, checklist: Checklist, row: ChecklistRow) -> None:
        """Open the dialog that fits the line, or say where it is mended."""
        if row.event_id:
            self._open_response(patient, row)
        elif row.item.satisfied_by.of in _CARE:
            self._open(CareDialog(self._context, patient, self._home))
        elif row.tickable:
            self._open(TickDialog(self._context, patient, checklist, row, self._home))
        else:
            self.refused.emit(_elsewhere(row))

    def untick(self, row: ChecklistRow) -> None:
        if not row.mark_id:
            self.refused.emit(
                InvalidEntryError(
                    tr("This line is not checked off."), "", tr("Enter checks off what only a person can tell.")
                )
            )
            return
        service = self._context.services.checklists
        self._context.tasks.run(self, lambda: service.withdraw(row.mark_id, row.item), self.acted.emit, self._on_failed)

    def _open_response(self, patient: Patient, row: ChecklistRow) -> None:
        service = self._context.services.responses

        def show(sheet: ResponseSheet) -> None:
            self._open(ResponseDialog(self._context, patient, sheet.row, self._home, at="scores"))

        read_first(self._context.tasks, self, lambda: service.sheet(row.event_id), show, self._on_failed)

    def _open(self, dialog: SavingDialog) -> None:
        dialog.acted.connect(self.acted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.refused.emit(error)
        else:
            self._context.tasks.unseen.emit(error)


def _elsewhere(row: ChecklistRow) -> InvalidEntryError:
    if row.state.met:
        return InvalidEntryError(tr("This line is met."), row.told, tr("There is nothing to record."))
    return InvalidEntryError(
        row.sentence,
        "",
        tr("Add the injection to the history, or fill in the request; the line is met by itself then."),
    )
