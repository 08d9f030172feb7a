"""The bar below: the one filled button, which says how many visits change, and the one that leaves all as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr, tr_n
from tracker.ui.taking_in.stage import Stage
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground

HEIGHT = 54
_WHY_NOT = {
    Stage.EMPTY: tr("look at a rule pack first"),
    Stage.LOOKING: tr("looking"),
    Stage.KEY: tr("its key is not trusted"),
    Stage.TAKING: tr("taking them in"),
}


class TakeInBar(Ground):
    """`show_stage` fits the buttons to where taking in stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(HEIGHT)
        self.take_in_button = ActionButton(tr("Take these rules in"), self, key="Ctrl+Enter", kind="primary")
        self.leave_button = ActionButton(tr("Leave as it is"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.take_in_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)

    def show_stage(self, stage: Stage, changed: int) -> None:
        """Offer to take the rules in, or say why not."""
        ready = stage is Stage.READY
        words = tr_n("{n} visit changes", "{n} visits change", changed) if changed else tr("no visit changes")
        self.take_in_button.setText(
            tr("Take these rules in ({words})", words=words) if ready else tr("Take these rules in")
        )
        self.take_in_button.set_off(_WHY_NOT.get(stage))
        self.leave_button.setVisible(stage in (Stage.READY, Stage.KEY))
