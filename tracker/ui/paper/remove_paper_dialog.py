"""Takes a paper out: it stays on file, struck out, with the reason asked for here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.fields import LineField

_WHAT = tr("No list and no packet shows it any more. It stays on file, struck out, with your reason.")


class RemovePaperDialog(SavingDialog):
    """One field: why."""

    help_place = "printing#papers"

    def __init__(self, context: PageContext, paper: Document, parent: QWidget) -> None:
        super().__init__(context, tr("Take a paper out"), tr("Take it out"), parent)
        self._paper = paper
        self.say(paper.title, _WHAT)
        self.reason = LineField(tr("Another patient's, an old version, attached twice"), self)
        self.form.add(tr("&Reason"), self.reason)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        reason = self.reason.text().strip()
        self.reason.set_error(None if reason else tr("Say why it is taken out; a few words are enough."))
        if not reason:
            return None
        remove, paper = self.context.services.documents.remove, self._paper
        return lambda: remove(paper.id, paper.version, reason)
