"""Makes the recovery code, and shows it this once: to be printed, sealed in an envelope and locked away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.recovery_code import RecoveryCode
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow

_WHAT = tr(
    "A code of 36 characters that opens the clinic when nobody knows a password any more. Print it, seal it in an"
    " envelope and lock it away: whoever has the code and the clinic's folder, or a backup, can open everything."
)
_ONCE = tr("It is shown this once. Print it, or write it down, before you close this window.")
_USED = tr("Using it is put on record and makes the next code, which is shown then.")


class RecoveryDialog(BaseDialog):
    """`acted` carries the Done of the new code. With `code` it is shown at once: it was made already."""

    help_place = "settings#users"
    acted = Signal(object)

    def __init__(
        self, context: PageContext, parent: QWidget, made: date | None = None, code: RecoveryCode | None = None
    ) -> None:
        super().__init__(tr("Recovery code"), parent, width=min(560, parent.window().width() - 24))
        self._context = context
        self._code: RecoveryCode | None = None
        before = tr("The code made on {day} opens nothing any more then.", day=us_date(made)) if made else ""
        self.words = PlainLabel("\n".join(part for part in (_WHAT, before, _USED) if part), parent=self, wrap=True)
        self.shown = LineField("", self, name=tr("Recovery code"))
        self.shown.setReadOnly(True)
        self.shown.hide()
        self.body.addWidget(self.words)
        self.body.addWidget(self.shown)
        self.close_button = self.add_close(tr("Close"))
        self.print_button = self.add_button(ActionButton(tr("Print…"), self, key="Ctrl+P", icon="printer", bind=True))
        self.print_button.clicked.connect(self.print)
        self.print_button.hide()
        self.make_button = self.add_button(ActionButton(tr("Make a new code"), self), primary=True)
        self.make_button.clicked.connect(self._on_make)
        if code is not None:
            self.show_code(code)

    def show_code(self, code: RecoveryCode) -> None:
        """Show a code that was made just now."""
        self._code = code
        self.words.setText(_ONCE)
        self.shown.setText(code.text)
        self.shown.setCursorPosition(0)
        for widget in (self.shown, self.print_button):
            widget.show()
        self.make_button.hide()
        self.make_button.setEnabled(False)
        self.shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_make(self) -> None:
        self.notice.clear()
        self.make_button.setEnabled(False)
        self._context.tasks.run(self, self._context.services.users.make_recovery_code, self._on_made, self._on_failed)

    def _on_made(self, done: Done[RecoveryCode]) -> None:
        self.show_code(done.value)
        self.acted.emit(done)

    def _on_failed(self, error: Exception) -> None:
        self.make_button.setEnabled(True)
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self._context.tasks.unseen.emit(error)

    @Slot()
    def print(self) -> None:
        """Show the page that goes into the envelope."""
        from tracker.ui.paper.recovery_pages import RecoveryPaperDialog  # most days nobody prints one

        if self._code is None:
            return
        code, services = self._code, self._context.services
        RecoveryPaperDialog(self._context, code, services.clinic.name, services.clock.today(), self).open()

    def reject(self) -> None:
        """Leave; a code that nobody may have written down is not thrown away at the first press."""
        if self._code is not None and self.notice.sentence() == "":
            self.notice.show_sentence(Status.CAUTION, tr("The code is not shown again. Close once more to leave."))
            return
        super().reject()


def show_next_code(window: MainWindow, code: RecoveryCode) -> None:
    """Show the next recovery code, once, where the one before was used to get in."""
    dialog = RecoveryDialog(window.context, window, code=code)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
