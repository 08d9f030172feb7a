"""Takes an entry out of the history: it stays on file, struck out, with the reason asked for here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.services.words.wording import event_text, us_partial
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.fields import LineField

if TYPE_CHECKING:
    from tracker.services.answers.entries import EventRow

_WHAT = tr("It will count no more. It stays on file, struck out, with your reason.")


class RemoveEventDialog(SavingDialog):
    """One field: why."""

    help_place = "patient#injections"

    def __init__(self, context: PageContext, patient: Patient, row: EventRow, parent: QWidget) -> None:
        super().__init__(context, tr("Take out of the history"), tr("Take it out"), parent, beside=identity_of(patient))
        self._patient_id = patient.id
        self._row = row
        self.say(f"{event_text(row.event)}, {us_partial(row.event.when)}", _WHAT)
        self.reason = LineField(tr("Entered twice, another patient's, never done"), self)
        self.form.add(tr("&Reason"), self.reason)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        reason = self.reason.text().strip()
        self.reason.set_error(None if reason else tr("Say why it is taken out; a few words are enough."))
        if not reason:
            return None
        remove, row = self.context.services.history.remove, self._row
        return lambda: remove(self._patient_id, row.event.id, row.version, reason)
