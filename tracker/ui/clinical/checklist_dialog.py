"""The checklist of a procedure to come, opened over a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.clinical.checklist_panel import ChecklistPanel, ChecklistSubject
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.dialogs.saving_dialog import identity_of
from tracker.ui.pages.page import PageContext

_WIDTH, _HEIGHT = 760, 620


class ChecklistDialog(BaseDialog):
    """Escape leaves; everything recorded in it is saved at once. `acted` carries each Done."""

    help_place = "patient#checklist"
    acted = Signal(object)

    def __init__(self, context: PageContext, subject: ChecklistSubject, parent: QWidget) -> None:
        room = parent.window().size()
        beside, width = identity_of(subject.patient), min(_WIDTH, room.width() - 24)
        super().__init__(tr("Checklist"), parent, beside=beside, width=width)
        self.panel = ChecklistPanel(context, self, subject)
        self.panel.head.title.setText(tr("What the request needs"))
        self.body.addWidget(self.panel)
        self.panel.acted.connect(self.acted)
        self.add_close(tr("Close"))
        self.resize(width, min(_HEIGHT, room.height() - 16))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.panel.table.setFocus(Qt.FocusReason.OtherFocusReason)
