"""What is opened over the worklist for the row where the hands are: checklist, documents, packet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.ui.clinical.checklist_dialog import ChecklistDialog
from tracker.ui.clinical.checklist_panel import ChecklistSubject
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.packet_acts import PacketActs
from tracker.ui.paper.papers_dialog import PapersDialog
from tracker.ui.widgets.keys_held import read_first
from tracker.ui.worklist.request_dialog import RequestDialog, read_request

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow
    from tracker.ui.worklist.request_form import RequestOnFile

CHECKLIST, DOCUMENTS, PACKET, WHOLE = "checklist", "documents", "packet", "whole request"


class WorkDialogs(QObject):
    """`corrected` carries what was done to a request that is still looked at, `sent` what went out with its packet.

    `closed` comes when the hands go back to the list.
    """

    corrected = Signal(object)
    sent = Signal(object)
    closed = Signal()

    def __init__(self, context: PageContext, home: QWidget) -> None:
        super().__init__(home)
        self._context = context
        self._home = home
        self._packets = PacketActs(context, home)
        self._packets.acted.connect(self.sent)
        self._ways: dict[str, Callable[[WorkRow], None]] = {
            CHECKLIST: self._open_checklist,
            DOCUMENTS: self._open_papers,
            PACKET: self._open_packet,
            WHOLE: self._open_whole,
        }

    def open(self, what: str, row: WorkRow) -> None:
        """Open what a request has: CHECKLIST, DOCUMENTS, PACKET, or all its fields (WHOLE)."""
        self._ways[what](row)

    def _open_checklist(self, row: WorkRow) -> None:
        dialog = ChecklistDialog(self._context, ChecklistSubject(row.patient, row.id), self._home)
        dialog.acted.connect(self.corrected)
        self._show(dialog)

    def _open_papers(self, row: WorkRow) -> None:
        dialog = PapersDialog(self._context, row.id, self._home)
        dialog.acted.connect(self.corrected)
        self._show(dialog)

    def _open_packet(self, row: WorkRow) -> None:
        self._packets.open(row.id).finished.connect(lambda _code: self.closed.emit())

    def _open_whole(self, row: WorkRow) -> None:
        services = self._context.services

        def show(on_file: RequestOnFile) -> None:
            dialog = RequestDialog(self._context, on_file, self._home)
            dialog.acted.connect(self.corrected)
            self._show(dialog)

        read_first(self._context.tasks, self, lambda: read_request(services, row.id), show)

    def _show(self, dialog: BaseDialog) -> None:
        dialog.finished.connect(lambda _code: self.closed.emit())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
