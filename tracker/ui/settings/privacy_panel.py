"""When the desk locks by itself, how long a copied text lies about, and how Today names people on this computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.privacy import Privacy
from tracker.services.changes import Done
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.form_panel import LABEL_WIDTH, FormPanel
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.number_field import NumberField
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.tab_chain import chain


class PrivacyPanel(FormPanel):
    """The two figures hold at every desk of the clinic and are saved; names are hidden on this computer, at once."""

    id = "privacy"
    title = tr("Privacy")
    help_place = "settings#privacy"
    call = "clinic_settings.change_privacy"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            parent,
            lead=tr("Both figures hold at every desk of this clinic. How names are shown is kept on this computer."),
        )
        self.idle = NumberField(tr("minutes"), self)
        names = ((False, tr("Full names")), (True, tr("Initials and record number")))
        self.masked = Segments(names, self, name=tr("Today shows"))
        self.masked.chosen.connect(self._on_masked)
        self.clipboard = NumberField(tr("seconds; 0 leaves it"), self)
        self.form.add(tr("&Lock after"), self.idle)
        self.form.add(tr("&Clear the clipboard"), self.clipboard)
        here = FormGrid(self, label_width=LABEL_WIDTH)
        here.add(tr("&Today shows"), self.masked)
        self.below(here)
        self.places = {"idle_minutes": self.idle, "clipboard_seconds": self.clipboard}
        self.finish()
        chain(self.clipboard, self.masked, self.save_button, self.reset_button)

    def read(self) -> Privacy:
        return self.context.services.clinic_settings.privacy()

    def show_values(self, found: Privacy) -> None:
        self.idle.set_number(found.idle_minutes)
        self.masked.set_value(self.context.preferences.privacy)
        self.clipboard.set_number(found.clipboard_seconds)

    def work(self) -> Callable[[], Done[Any]] | None:
        if [field for field in (self.idle, self.clipboard) if not field.settle()]:
            return None
        typed = Privacy(self.idle.number() or 0, self.clipboard.number() or 0)
        change = self.context.services.clinic_settings.change_privacy
        return lambda: change(typed)

    @Slot(object)
    def _on_masked(self, hidden: object) -> None:
        """Hide or show names here; nothing of the form is saved or lost by it."""
        self.context.preferences.privacy = hidden is True
