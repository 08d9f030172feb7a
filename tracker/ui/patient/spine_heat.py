"""The whole spine of a patient with how often each place was treated, all procedures together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.anatomy import Target
from tracker.domain.language import tr
from tracker.services.answers.site_marks import Heat
from tracker.ui.spine.heat import HeatMode
from tracker.ui.spine.mini_spine import NUMBERS, WIDTH, MiniSpine
from tracker.ui.spine.rows import Layout
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel

LOWEST = 300


class SpineHeat(Ground):
    """The button turns from the 12 months to everything on file and back."""

    def __init__(self, flipped: bool, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="r")
        self._heat: Mapping[Target, Heat] = {}
        self._mode = HeatMode.WINDOW
        self.mini = MiniSpine(self, numbered=True)
        self.mini.setMinimumHeight(LOWEST)
        self.mini.show_part("", {}, Layout(flipped=flipped))
        self.turn = ActionButton("", self, kind="quiet", small=True)
        self.turn.set_tip(tr("Counts of 12 months, or of everything on file"))
        self.turn.clicked.connect(self._on_turn)
        sides = PlainLabel(tr("R      L") if flipped else tr("L      R"), "caption", "ink3", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 9, 8)
        column.setSpacing(0)
        column.addWidget(self.turn)
        sides.setContentsMargins(34, 4, 0, 0)
        column.addWidget(sides)
        column.addWidget(self.mini, 1)
        self.setFixedWidth(WIDTH + NUMBERS + 18)
        self._show()

    def show_heat(self, heat: Mapping[Target, Heat]) -> None:
        self._heat = heat
        self._show()

    @Slot()
    def _on_turn(self) -> None:
        self._mode = HeatMode.EVER if self._mode is HeatMode.WINDOW else HeatMode.WINDOW
        self._show()

    def _show(self) -> None:
        self.turn.setText(tr("12 months") if self._mode is HeatMode.WINDOW else tr("Ever"))
        self.mini.show_heat(self._heat, self._mode)
