"""The bar below: the one filled button, which says how many records it imports or why it cannot."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.importing.import_words import records
from tracker.ui.importing.step import Step
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground

HEIGHT = 54


class ImportBar(Ground):
    """`show_step` fits the buttons to where the import stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(HEIGHT)
        self.import_button = ActionButton(tr("Import"), self, key="Ctrl+Enter", kind="primary")
        self.again_button = ActionButton(tr("Another file"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.import_button)
        row.addWidget(self.again_button)
        row.addStretch(1)

    def show_step(self, step: Step, writes: int) -> None:
        """Offer to import so many records, or say why not; afterwards offer to begin anew."""
        self.import_button.setVisible(step is not Step.DONE)
        self.again_button.setVisible(step is Step.DONE)
        self.import_button.setText(tr("Import {records}", records=records(writes)) if writes else tr("Import"))
        self.import_button.set_off(_why_not(step, writes))


def _why_not(step: Step, writes: int) -> str | None:
    if step is Step.READY:
        return None if writes else tr("nothing to import")
    return {Step.EMPTY: tr("check a file first"), Step.CHECKING: tr("checking")}.get(step, tr("importing"))
