"""Seven switches, one a day of the week."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.chips import Chip


class WeekdayField(QWidget):
    """`chosen` carries the days that are on, 0 being Monday, when a person switched one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        words = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
        self._days = tuple(Chip(word, None, self) for word in words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        for day in self._days:
            row.addWidget(day)
            day.clicked.connect(lambda _on: self.chosen.emit(self.value()))
        row.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(self._days[0])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> frozenset[int]:
        return frozenset(place for place, day in enumerate(self._days) if day.isChecked())

    def set_value(self, days: Iterable[int]) -> None:
        """Show these days as on, without telling."""
        wanted = frozenset(days)
        for place, day in enumerate(self._days):
            day.setChecked(place in wanted)

    def day(self, place: int) -> Chip:
        """Return the switch of one day."""
        return self._days[place]
