"""One row of fields for an alternative of one's own: other levels, another day, another payer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import ProcedureChoice
from tracker.services.answers.what_if import WhatIf
from tracker.ui import theme
from tracker.ui.check.form_columns import beside, with_errors
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import FieldLabel
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.pick_field import Pick, PickField

_NOTHING = WhatIf()
_AROUND = 24
"""Borders and paddings of a field."""


class WhatIfFields(QWidget):
    """`changed` comes when it means something else, `entered` with Enter, `next_wanted` for "n" as the day.

    What was understood stands as an alternative in the list below.
    """

    changed = Signal()
    entered = Signal()
    next_wanted = Signal()

    def __init__(self, clock: Clock, payers: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.levels = LevelField(self, echoes=False)
        self.day = DayField(
            clock, self, name=tr("Date"), placeholder=tr("12/3, +14, fri, n"), echoes=False, takes_next=True
        )
        self.payer = PickField(
            tr("cigna, self-pay …"), self, name=tr("Payer"), missing=tr("is no payer on the list."), steps_on=True
        )
        self.payer.set_picks(Pick(payer, name, words=(payer,)) for payer, name in payers)
        self._fields = (self.levels, self.day, self.payer)
        self._hints = {field: field.placeholderText() for field in self._fields}
        shares = zip((tr("&Levels"), tr("&Date"), tr("Pa&yer")), self._fields, (3, 3, 4), strict=True)
        parts = [
            part for text, field, share in shares for part in ((FieldLabel(text, field, width=0), 0), (field, share))
        ]
        row = beside(*parts)
        for label in row.findChildren(FieldLabel):
            label.setFixedHeight(30)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(with_errors(row, *self._fields))
        self._connect()

    def _connect(self) -> None:
        for field in (self.levels, self.day):
            field.changed.connect(self.changed)
            field.returnPressed.connect(self.entered)
        self.day.next_wanted.connect(self.next_wanted)
        self.payer.picked.connect(self._on_payer_picked)

    def begin(self, choice: ProcedureChoice | None) -> None:
        """Be empty, and read levels as those of this procedure."""
        self.levels.setText("")
        self.levels.set_choice(choice)
        self._hints[self.levels] = self.levels.placeholderText()
        self._fit_hints()
        self.day.set_day(None)
        self.payer.set_value(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hints()

    def _fit_hints(self) -> None:
        """Show as many examples of each field as have room: none is cut."""
        for field, hint in self._hints.items():
            field.setPlaceholderText(as_fits(hint, field.width() - _AROUND))

    def what(self) -> WhatIf | None:
        """Return what was typed, None for nothing and for what cannot be read."""
        sites = self.levels.sites()
        if sites is None or self.day.is_wrong():
            return None
        typed = bool(self.levels.text().strip()) and self.levels.isEnabled()
        what = WhatIf(day=self.day.day(), sites=sites if typed else None, payer=str(self.payer.value() or ""))
        return None if what == _NOTHING else what

    def refuse(self, error: InvalidEntryError) -> None:
        """Say what cannot be below the field that it is about."""
        by_field = {"levels": self.levels, "day": self.day, "coverage": self.payer}
        field = by_field.get(error.about)
        if field is None or not field.text().strip():
            typed = [each for each in self._fields if each.text().strip()]
            field = typed[0] if typed else self.levels
        field.set_error(error.sentence())

    def focus_first(self) -> None:
        field = self.levels if self.levels.isEnabled() else self.day
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_payer_picked(self, _payer: object) -> None:
        self.changed.emit()


def as_fits(hint: str, width: int) -> str:
    """Return a hint without those of its examples, from the last on, that have no room; "" without room for one."""
    shown = hint
    while shown and theme.text_width(shown, "body") > width:
        shown = shown.rpartition(", ")[0]
    return shown
