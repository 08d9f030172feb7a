"""Corrects what is said about a paper on file: its kind, its day, its title, the line that it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.paper_fields import PaperFields

if TYPE_CHECKING:
    from tracker.services.packets.packet_content import ChecklistLine


class CorrectPaperDialog(SavingDialog):
    """The paper itself stays as it is."""

    help_place = "printing#papers"

    def __init__(
        self,
        context: PageContext,
        paper: Document,
        parent: QWidget,
        items: Iterable[ChecklistLine] = (),
        *,
        identity: str = "",
    ) -> None:
        super().__init__(context, tr("Correct a paper"), tr("Save"), parent, beside=identity, width=600)
        self.paper = paper
        self.fields = PaperFields.into(self.form, context.services.clock.today(), items, self)
        self.fields.show(paper)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        fields = self.fields
        if not fields.dated.settle():
            return None
        changed = replace(
            self.paper,
            kind=fields.chosen_kind(),
            title=fields.title.text(),
            dated=fields.dated.day(),
            item=fields.chosen_item(self.paper.item),
        )
        correct = self.context.services.documents.correct
        return lambda: correct(changed)

    def place(self, error: TrackerError) -> bool:
        if getattr(error, "about", "") == "dated":
            self.fields.dated.set_error(error.sentence())
            return True
        return False
