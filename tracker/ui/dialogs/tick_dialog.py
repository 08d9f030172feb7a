"""Asks on which day an item of a checklist was seen and what it says, and keeps the tick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.checklist import Proof
from tracker.domain.checklist_state import Checklist, ChecklistRow
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.day_field import DayField, read_day
from tracker.ui.widgets.fields import LineField

_WHERE = tr("where it stands, such as visit note")
_SCORE = tr("scale and number, such as NRS 7")


class TickDialog(SavingDialog):
    """Ctrl+Enter alone ticks it as of today; a score needs its figure."""

    help_place = "patient#checklist"

    def __init__(
        self, context: PageContext, patient: Patient, checklist: Checklist, row: ChecklistRow, parent: QWidget
    ) -> None:
        super().__init__(context, tr("Check off"), tr("Check it off"), parent, beside=identity_of(patient), width=560)
        self._checklist = checklist
        self._item = row.item
        self.say(row.text, f"{checklist.procedure}, {checklist.payer}")
        score = row.item.satisfied_by.proof is Proof.SCORE
        self.note = LineField(_SCORE if score else _WHERE, self, name=tr("What it says"))
        self.dated = DayField(context.services.clock.today(), self, read=read_day, name=tr("Of which day"))
        self.dated.set_day(row.dated or context.services.clock.today())
        self.form.add(tr("&Says"), self.note, (tr("&of"), self.dated))
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        if not self.dated.settle():
            return None
        confirm, note, dated = self.context.services.checklists.confirm, self.note.text(), self.dated.day()
        return lambda: confirm(self._checklist, self._item, dated=dated, note=note)

    def place(self, error: TrackerError) -> bool:
        field = {"note": self.note, "dated": self.dated}.get(getattr(error, "about", ""))
        if field is None:
            return False
        field.set_error(error.sentence())
        return True
