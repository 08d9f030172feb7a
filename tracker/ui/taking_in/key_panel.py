"""A pack whose key nobody here trusts yet: its fingerprint is compared with the publisher's before it is trusted."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel

_WIDTH = 620
_ADVICE = tr(
    "The pack is whole, but it is signed by a key that this clinic has not trusted "
    "before. Call the one who publishes the rules, at a number that you know already, "
    "and have the fingerprint of their key read to you. Type it here as you hear it: "
    "when it is that of the key, the pack is theirs."
)


class KeyPanel(QWidget):
    """`trusted` carries whose key it is and the fingerprint as typed."""

    trusted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = LineField(tr("Who publishes these rules"), self, name=tr("Publisher"))
        self.fingerprint = LineField(
            tr("8 groups of 4 letters and digits"), self, name=tr("Fingerprint, as read to you")
        )
        self.trust_button = ActionButton(tr("Trust this key"), self)
        advice = PlainLabel(_ADVICE, "body", "ink2", self, wrap=True)
        advice.setMaximumWidth(_WIDTH)
        form = FormGrid(self)
        form.setMaximumWidth(_WIDTH)
        form.add(tr("&Publisher"), self.name)
        form.add(tr("&Fingerprint"), self.fingerprint)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addWidget(Heading(tr("A key that is new to this clinic"), "heading", parent=self))
        column.addWidget(advice)
        column.addWidget(form)
        column.addWidget(self.trust_button)
        column.addStretch(1)
        self.trust_button.clicked.connect(self.trust)
        for field in (self.name, self.fingerprint):
            field.returnPressed.connect(self.trust)
            field.textEdited.connect(self._offer)
        self.begin()

    def begin(self) -> None:
        """Empty both fields: what was typed for one key says nothing about another."""
        self.name.clear()
        self.fingerprint.clear()
        self._offer()

    @Slot()
    def trust(self) -> None:
        if self.trust_button.isEnabled():
            self.trusted.emit(self.name.text(), self.fingerprint.text())

    @Slot()
    def _offer(self) -> None:
        missing = tr("say whose it is") if not self.name.text().strip() else tr("type the fingerprint")
        complete = self.name.text().strip() and self.fingerprint.text().strip()
        self.trust_button.set_off(None if complete else missing)
