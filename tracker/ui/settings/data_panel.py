"""Where the clinic's data lies, and what there is of backups."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.panel import SettingsPanel
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.plain_label import PlainLabel


class DataPanel(SettingsPanel):
    """Shows only; the folder is chosen at the start of the program."""

    id = "data"
    title = tr("Data and backup")

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("The folder holds the encrypted database and its key file. Each is useless without the other.")
        super().__init__(context, parent, lead=lead)
        self.folder = LineField("", self)
        self.folder.setReadOnly(True)
        form = FormGrid(self, label_width=148)
        form.setMaximumWidth(640)
        form.add(tr("Data &folder"), self.folder)
        self.top.addWidget(form)
        words = tr(
            "This version makes no backups by itself. Close the program and copy the whole folder, database and key"
            " file together, to a place that only the clinic can open."
        )
        note = PlainLabel(words, "body", "ink2", self, wrap=True)
        note.setMaximumWidth(640)
        self.top.addWidget(note)
        self.body.addStretch(1)
        self.end_bar()

    def load(self) -> None:
        self.folder.setText(str(self.context.services.users.folder))

    def enter(self) -> None:
        self.folder.setFocus()
