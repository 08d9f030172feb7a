"""Opens the packet of a request, or, for a patient, asks which request it is for. Ctrl+P on any page that has one."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.authorization_moves import WORDS
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.authorizations.request_facts import asked_text
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.packet_dialog import PacketDialog
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.keys_held import read_first
from tracker.ui.widgets.panel_table import PanelTable


class PacketActs(QObject):
    """`acted` carries the Done of what was done in the dialog, `refused` why there is no packet."""

    acted = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._home = home

    def open(self, record_id: str) -> PacketDialog:
        """Open the packet of one request."""
        dialog = PacketDialog(self._context, record_id, self._home)
        dialog.acted.connect(self.acted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def open_for(self, patient_id: str) -> None:
        """Open the packet of the patient's only request that waits, else ask which one."""
        requests = self._context.services.authorizations
        find = functools.partial(requests.list_for, patient_id)
        read_first(self._context.tasks, self, find, self._on_found, self._on_failed)

    def _on_found(self, records: Sequence[AuthorizationRecord]) -> None:
        waiting = [record for record in records if record.status.waits]
        if not records:
            remedy = tr("Start an authorization first; its packet is made from it.")
            self.refused.emit(InvalidEntryError(tr("This patient has no request for an authorization."), "", remedy))
        elif len(records) == 1 or len(waiting) == 1:
            self.open((waiting or list(records))[0].id)
        else:
            dialog = RequestChoice(waiting or list(reversed(records)), self._context, self._home)
            dialog.chosen.connect(self.open)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.refused.emit(error)
        else:
            self._context.tasks.unseen.emit(error)


class RequestChoice(BaseDialog):
    """Several requests of a patient, to choose one from; `chosen` carries its id."""

    help_place = "printing#packet"
    chosen = Signal(str)

    def __init__(self, records: Sequence[AuthorizationRecord], context: PageContext, parent: QWidget) -> None:
        super().__init__(tr("Which request?"), parent, width=640)
        names = dict(context.services.desk.payers())
        columns: tuple[Column[AuthorizationRecord], ...] = (
            Column(tr("Procedure"), _procedure),
            Column(
                tr("Payer"), lambda record: names.get(record.authorization.payer, record.authorization.payer), fit=180
            ),
            Column(tr("Status"), lambda record: tr(WORDS[record.status]), longest=tr("Approved as changed")),
            Column(tr("Planned"), _planned, longest="00/00/0000"),
        )
        self.table = PanelTable(columns, self, name=tr("Requests"), sortable=False, identity=lambda record: record.id)
        self.table.set_rows(records)
        self.table.select_row(0)
        self.table.row_activated.connect(self._on_chosen)
        self.body.addWidget(self.table)
        self.add_close()
        button = self.add_button(ActionButton(tr("Open its packet"), self), primary=True)
        button.clicked.connect(lambda: self._on_chosen(self.table.current_record()))
        self.table.setFocus()

    @Slot(object)
    def _on_chosen(self, record: AuthorizationRecord | None) -> None:
        if record is not None:
            self.accept()
            self.chosen.emit(record.id)


def _procedure(record: AuthorizationRecord) -> str:
    request = record.request
    if request.family is None:
        lines = request.asked or record.authorization.lines
        return " ".join(dict.fromkeys(line.code for line in lines)) or tr("not named")
    return asked_text(request)


def _planned(record: AuthorizationRecord) -> str:
    return us_date(record.request.planned_for) if record.request.planned_for else "–"
