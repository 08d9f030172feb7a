"""A field that leads to a day as the desk types it: 12/3, t, +14, 2w, fri; it is empty again when one is there."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clock import Clock
from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.us_dates import day_in_year, us_date
from tracker.ui.widgets.fields import LineField


class GoToDay(LineField):
    """`day_wanted` carries a date, `refused` the error of what is none, `mended` comes when that is typed over."""

    day_wanted = Signal(object)
    refused = Signal(object)
    mended = Signal()

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(tr("Go to date"), parent, name=tr("Go to date"))
        self._clock = clock
        self.textEdited.connect(self._on_typed)
        self.returnPressed.connect(self._on_entered)

    def type_on(self, text: str) -> None:
        """Take over what was begun elsewhere."""
        self.setFocus()
        self.setText(text)
        self._on_typed(text)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self.error():
            self.set_error(None)
            self.mended.emit()
        self.set_echo(self._read(text))

    def _read(self, text: str) -> str:
        today = self._clock.today()
        try:
            day = parse_day(text, today)
        except (InvalidEntryError, NextWanted):
            return ""
        return day_in_year(day) if day.year == today.year else us_date(day, weekday=True)

    @Slot()
    def _on_entered(self) -> None:
        text = self.text()
        if not text.strip():
            return
        try:
            day = parse_day(text, self._clock.today())
        except InvalidEntryError as error:
            self._refuse(error)
        except NextWanted:
            sentence = tr("“n” means the earliest date of one procedure.")
            self._refuse(InvalidEntryError(sentence, "", tr("Type 12/3, t for today, +14, 2w or fri.")))
        else:
            self.clear()
            self.set_echo("")
            self.day_wanted.emit(day)

    def _refuse(self, error: InvalidEntryError) -> None:
        self.set_error(error.sentence())
        self.refused.emit(error)
