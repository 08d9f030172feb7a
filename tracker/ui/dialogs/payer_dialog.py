"""Adds a payer that no rule on file names; what it limits stays open until the clinic enters its rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.fields import LineField


class PayerDialog(SavingDialog):
    """`typed` is what was looked for when no payer was found."""

    help_place = "settings#payers-and-plans"

    def __init__(self, context: PageContext, parent: QWidget, *, typed: str = "") -> None:
        super().__init__(context, tr("New payer"), tr("Add payer"), parent)
        detail = tr("Every check for it says “Cannot tell” and asks the desk to call it.")
        self.say(tr("No rules of a payer that you add are on file."), detail)
        self.name = LineField(tr("as it stands on the card"), self)
        self.name.setText(" ".join(typed.split()))
        self.form.add(tr("&Name"), self.name)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        add, name = self.context.services.plan_terms.add_payer, self.name.text()
        return lambda: add(name)

    def place(self, error: TrackerError) -> bool:
        if getattr(error, "about", "") != "name":
            return False
        self.name.set_error(error.sentence())
        return True
