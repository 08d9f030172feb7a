"""A new password typed twice, with honest words about it: long enough or not, and nothing is called strong."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.services.clinic_file.vault import check_password
from tracker.ui.widgets.fields import SecretField
from tracker.ui.widgets.plain_label import PlainLabel

ADVICE = tr("15 characters or more; a short sentence is easy to remember.")
ACCEPTED = tr("Long enough, and not one of those that are tried first.")


class NewPassword(QObject):
    """Two fields and the line below them, for a form to place. `read` marks what is wrong."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self.password = SecretField(home, name=tr("New password"))
        self.again = SecretField(home, name=tr("New password again"))
        self.strength = PlainLabel(ADVICE, "caption", "ink2", home, wrap=True)
        self._caps = False
        self.password.textEdited.connect(self._say)
        for field in (self.password, self.again):
            field.caps_lock.connect(self._on_caps_lock)

    def read(self) -> str | None:
        """Return the password; or say below the fields what is wrong and return None."""
        typed = self.password.text()
        self.password.set_error(check_password(typed))
        same = typed == self.again.text()
        self.again.set_error(None if same else tr("The two passwords differ. Type the second again."))
        return None if self.password.error() or not same else typed

    def forget(self) -> None:
        """Drop what was typed."""
        self.password.clear()
        self.again.clear()

    @Slot()
    def _say(self) -> None:
        typed = self.password.text()
        refused = check_password(typed) if typed else ADVICE
        caps = tr("Caps Lock is on") if self._caps else ""
        self.strength.setText("   ".join(part for part in (refused or ACCEPTED, caps) if part))
        self.strength.set_tone("ink2" if refused else "ok")

    @Slot(bool)
    def _on_caps_lock(self, on: bool) -> None:
        self._caps = on
        self._say()
