"""Asks what was done about a task, and closes it with that reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.visits.schedule import TaskRow


class CloseTaskDialog(BaseDialog):
    """`acted` carries the Done; what is missing is said below the field, and what was typed stays."""

    help_place = "today#work"
    acted = Signal(object)

    def __init__(self, context: PageContext, task: TaskRow, parent: QWidget) -> None:
        patient = task.patient
        super().__init__(tr("Close task"), parent, beside=f"{patient.name}   {us_date(patient.born)}   {patient.mrn}")
        self._context = context
        self._task = task
        self.body.addWidget(PlainLabel(task.text, "body", "ink", self, wrap=True, selectable=True))
        self.body.addSpacing(8)
        self.reason = LineField(tr("A few words are enough"), self)
        box = FieldBox(self.reason, self)
        self.body.addWidget(FieldLabel(tr("&What was done"), self.reason, self))
        self.body.addWidget(box)
        self.add_close()
        self.close_button = self.add_button(ActionButton(tr("Close task"), self), primary=True)
        self.close_button.clicked.connect(self._on_close)
        self.reason.returnPressed.connect(self._on_close)
        self.reason.textEdited.connect(lambda _text: self.reason.set_error(None))
        self.reason.setFocus()

    @Slot()
    def _on_close(self) -> None:
        if not self.close_button.isEnabled():
            return
        self.close_button.setEnabled(False)
        because, schedule = self.reason.text(), self._context.services.schedule
        self._context.tasks.run(
            self, lambda: schedule.close_task(self._task.id, because), self._on_closed, self._on_failed
        )

    def _on_closed(self, done: Done[None]) -> None:
        self.accept()
        self.acted.emit(done)

    def _on_failed(self, error: Exception) -> None:
        self.close_button.setEnabled(True)
        if isinstance(error, TrackerError):
            self.reason.set_error(error.sentence())
            self.reason.setFocus()
        else:
            self._context.tasks.unseen.emit(error)
