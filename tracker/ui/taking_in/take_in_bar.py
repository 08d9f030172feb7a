"""The bar below: the one filled button, which says how many visits change, and the one that leaves all as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.ui.taking_in.pack_words import visits
from tracker.ui.taking_in.stage import Stage
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground

HEIGHT = 54
_WHY_NOT = {
    Stage.EMPTY: "look at a rule pack first",
    Stage.LOOKING: "looking",
    Stage.KEY: "its key is not trusted",
    Stage.TAKING: "taking them in",
}


class TakeInBar(Ground):
    """`show_stage` fits the buttons to where taking in stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(HEIGHT)
        self.take_in_button = ActionButton("Take these rules in", self, key="Ctrl+Enter", kind="primary")
        self.leave_button = ActionButton("Leave as it is", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.take_in_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)

    def show_stage(self, stage: Stage, changed: int) -> None:
        """Offer to take the rules in, or say why not."""
        ready = stage is Stage.READY
        words = f"{visits(changed)} change{'s' if changed == 1 else ''}" if changed else "no visit changes"
        self.take_in_button.setText(f"Take these rules in ({words})" if ready else "Take these rules in")
        self.take_in_button.set_off(_WHY_NOT.get(stage))
        self.leave_button.setVisible(stage in (Stage.READY, Stage.KEY))
