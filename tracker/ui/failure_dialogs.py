"""What is shown of an error that nobody said in place: a mendable one, or a bug of ours with its report."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.failures_text import parts_of, scrubbed_report
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.plain_label import PlainLabel


class FailureDialog(BaseDialog):
    """Title, detail and remedy of an error that a user can mend."""

    help_place = "window#details-of-a-program-error"

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        title, detail, remedy = parts_of(error)
        super().__init__(tr("Injection Tracker"), parent)
        self.heading.setWordWrap(True)
        self.beside.hide()  # the sentence has the whole width
        self.heading.set_role("subtitle")
        self.heading.setText(title)
        for text, tone in ((detail, "ink2"), (remedy, "ink")):
            if text:
                self.body.addWidget(PlainLabel(text, "body", tone, self, wrap=True, selectable=True))
        self.close_button = ActionButton(tr("Close"), self, key="Esc")
        self.close_button.clicked.connect(self.accept)
        self.add_button(self.close_button)


class CrashDialog(FailureDialog):
    """A bug of ours, with a report to copy that names types and places only."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(_Unexpected(), parent)
        self.report = scrubbed_report(error)
        self.body.addWidget(PlainLabel(tr("The report holds no patient data."), "caption", "ink3", self))
        copy = ActionButton(tr("Copy report"), self, icon="copy")
        copy.clicked.connect(self._on_copy_clicked)
        self.add_button(copy, left=True)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report)


class _Unexpected(Exception):
    """Stands for any bug, so that its own words are not shown."""
